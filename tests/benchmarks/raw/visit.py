"""Save a visit, raw: the record, its contact, the next due dates and the household in one transaction."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.core.clock import KOREA
from flask import Flask, g, redirect, request
from tests.benchmarks.raw.app import page, said, today_of
from tests.benchmarks.raw.database import Database

VISIT = """INSERT INTO visit (id, household_id, state, mode, purpose, occurred_on, began_at, ended_at, typed_at, received_at, place,
    by_id, typed_by_id, companion_ids, welfare_note, nursing_note, shared_line, symptom_checks, actions_taken, tried, notice_left,
    neighbour_asked, absence_note, promise_note, next_visit_reason, told_to, version)
    VALUES (?, ?, 'SUBMITTED', ?, ?, ?, ?, ?, ?, ?, '', ?, ?, '[]', ?, ?, ?, '[]', '[]', '[]', ?, '', '', '', '', '', 1)"""
READING = """INSERT INTO vital_reading (visit_id, member_id, kind, value, systolic, diastolic, judgement_code, judgement_label,
    judgement_tone, judged_by, measured_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '2026', ?)"""
CONTACT = """INSERT INTO contact (id, record_id, household_id, occurred_on, mode, purpose, by_id, member_ids, recorded_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
TERMS = """SELECT t.id, t.member_id, r.name, r.parameters, r.counts_modes, r.counts_purposes, r.lead_days, o.due_on
    FROM term t JOIN rule_version r ON r.id = t.rule_version_id JOIN obligation o ON o.term_id = t.id
    WHERE t.household_id = ? AND t.closed_on IS NULL"""
NEXT = "UPDATE obligation SET due_on = ?, window_start = ?, because = ?, computed_on = ? WHERE term_id = ?"


def add_view(app: Flask) -> None:
    """The form's target."""

    @page(app, "/households/<int:household_id>/visits/new", method="POST", action="LOG_VISIT")
    def log_visit(database: Database, household_id: int) -> tuple[Any, list[int]]:
        given, today = request.form, date.fromisoformat(str(today_of(database)))
        key, now = database.key(UUID(given["visit_id"])), database.stored(datetime.now(UTC))
        on = given["occurred_on"]
        began = database.stored(datetime.combine(date.fromisoformat(on), time.fromisoformat(given["began"]), KOREA))
        seen, me = [int(each) for each in given.getlist("members_seen")], g.me["id"]
        member = database.row("SELECT id, sex FROM member WHERE household_id = ? ORDER BY position", household_id)
        if not database.rows("SELECT id FROM visit WHERE id = ?", key):
            shared = (given["mode"], given["purpose"])
            database.write(
                VISIT, key, household_id, *shared, on, began, began, now, now, me, me, given["welfare_note"], given["nursing_note"],
                given["shared_line"], 0 if database.is_sqlite else False,
            )  # fmt: skip
            database.write_many(
                "INSERT INTO visit_member (visit_id, member_id) VALUES (?, ?)", [(key, each) for each in seen]
            )
            _add_readings(database, key, member["id"], given, began)
            database.write(CONTACT, key, key, household_id, on, *shared, me, json.dumps(seen), now)
            _recompute(database, household_id, today)
            database.write("DELETE FROM visit_draft WHERE id = ?", key)
        return redirect(f"/households/{household_id}"), [household_id]


def _add_readings(database: Database, key: Any, member: int, given: Any, at: Any) -> None:
    systolic, diastolic, pulse = (int(given[f"m{member}-{name}"]) for name in ("systolic", "diastolic", "pulse"))
    label = (
        "2기 고혈압 범위"
        if systolic >= 160
        else "1기 고혈압 범위"
        if systolic >= 140
        else "주의"
        if systolic >= 120
        else ""
    )
    database.write_many(READING, [
        (key, member, "BLOOD_PRESSURE", None, systolic, diastolic, "BP", label, at),
        (key, member, "PULSE", pulse, None, None, "", "", at),
    ])  # fmt: skip


def _recompute(database: Database, household_id: int, today: date) -> None:
    """The last fitting contact plus the rule's interval, stepped back off the weekend; the latest meeting."""
    contacts = database.rows(
        "SELECT occurred_on, mode, purpose, member_ids FROM contact WHERE household_id = ? AND voided_at IS NULL ORDER BY occurred_on",
        household_id,
    )
    updates = []
    for term in database.rows(TERMS, household_id):
        modes, purposes = _json(term["counts_modes"]), _json(term["counts_purposes"])
        fitting = [
            each["occurred_on"] for each in contacts
            if each["mode"] in modes and (not purposes or each["purpose"] in purposes)
            and (term["member_id"] is None or term["member_id"] in _json(each["member_ids"]))
        ]  # fmt: skip
        updates.append(_answer(database, term, date.fromisoformat(str(fitting[-1])), today))
    database.write_many(NEXT, updates)
    faces = [each["occurred_on"] for each in contacts if each["mode"] == "FACE"]
    database.write("UPDATE household SET last_seen_on = ?, absences_in_row = 0 WHERE id = ?", faces[-1], household_id)


def _answer(database: Database, term: Any, last: date, today: date) -> tuple[Any, ...]:
    every = _json(term["parameters"])["every"]
    month = last.month - 1 + every.get("months", 0)
    due = date(last.year + month // 12, month % 12 + 1, min(last.day, 28)) + timedelta(days=every.get("days", 0))
    while due.weekday() > 4:
        due -= timedelta(days=1)
    opens, text = due - timedelta(days=term["lead_days"]), f"{term['name']}, 마지막 접촉 {said(last, today)}."
    line = json.dumps([{"code": "LAST_CONTACT", "text": text}])
    days = (due, opens, line, today)
    return (*(str(each) for each in days), term["id"]) if database.is_sqlite else (*days, term["id"])


def _json(stored: Any) -> Any:
    return json.loads(stored) if isinstance(stored, str) else stored
