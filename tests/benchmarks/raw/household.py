"""One household's page, raw."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.core.clock import KOREA
from flask import Flask, g
from tests.benchmarks.raw import words
from tests.benchmarks.raw.app import WEEKDAYS, because, page, said, show, timing, today_of
from tests.benchmarks.raw.database import Database, marks

HOME = """SELECT h.*, w.name AS worker, n.name AS nurse FROM household h LEFT JOIN account w ON w.id = h.worker_id
    LEFT JOIN account n ON n.id = h.nurse_id WHERE h.id = ? AND h.centre_id = ?"""
MEMBERS = "SELECT * FROM member WHERE household_id = ? ORDER BY position, id"
FLAGS = """SELECT f.*, a.name AS by_name FROM safety_flag f LEFT JOIN account a ON a.id = f.set_by_id
    WHERE f.household_id = ? ORDER BY f.id DESC"""
DUES = "SELECT * FROM obligation WHERE household_id = ? AND due_on IS NOT NULL ORDER BY due_on"
TERMS = """SELECT t.*, r.code, r.name AS rule, m.name AS member FROM term t JOIN rule_version r ON r.id = t.rule_version_id
    LEFT JOIN member m ON m.id = t.member_id WHERE t.household_id = ? ORDER BY t.id DESC"""
VISITS = """SELECT v.*, a.name AS by_name, (SELECT count(*) FROM visit_version x WHERE x.visit_id = v.id) AS corrections
    FROM visit v JOIN account a ON a.id = v.by_id WHERE v.household_id = ? ORDER BY v.began_at DESC, v.id LIMIT 30"""
SEEN = "SELECT s.visit_id, m.name FROM visit_member s JOIN member m ON m.id = s.member_id WHERE s.visit_id IN ({})"
READINGS = """SELECT r.visit_id, r.kind, r.value, r.systolic, r.diastolic, m.name FROM vital_reading r
    JOIN member m ON m.id = r.member_id WHERE r.visit_id IN ({}) ORDER BY r.id"""
RISKS = "SELECT r.*, a.name AS by_name FROM risk_change r LEFT JOIN account a ON a.id = r.by_id WHERE r.household_id = ? ORDER BY r.id DESC"
HELD = """SELECT s.*, a.name AS account FROM assignment s JOIN account a ON a.id = s.account_id
    WHERE s.household_id = ? ORDER BY s.from_on DESC, s.id DESC"""
LISTED = "SELECT discovered_on FROM list_row WHERE household_id = ? AND follows_id IS NULL ORDER BY discovered_on DESC"
DRAFT = "SELECT id FROM visit_draft WHERE account_id = ? AND household_id = ? AND form = 'visit' ORDER BY saved_at DESC LIMIT 1"


@dataclass
class Event:
    """One line of the household's time."""

    at: str
    when: str
    title: str
    text: str
    tags: list[str]
    tone: str = ""
    url: str = ""


def add_view(app: Flask) -> None:
    """The page."""

    @page(app, "/households/<int:household_id>")
    def household(database: Database, household_id: int) -> tuple[str, list[int]]:
        today = date.fromisoformat(str(today_of(database)))
        home = database.row(HOME, household_id, g.me["centre_id"])
        terms = database.rows(TERMS, household_id)
        flags = [_flag(row) for row in database.rows(FLAGS, household_id) if row["ended_on"] is None]
        dues = [_due(database, row, today) for row in database.rows(DUES, household_id)]
        listed = database.rows(LISTED, household_id)
        answer = show(
            "household.html", database, home=home, members=_members(database, household_id, terms, today), flags=flags, dues=dues,
            lead=dues[0]["timing"] if dues else "", risk=words.RISK[home["risk"]], kind=words.KIND[home["household_type"]],
            dwelling=words.DWELLING[home["dwelling"]], benefits=", ".join(words.BENEFIT[each] for each in _json(home["benefits"])),
            seen=said(database.day(home["last_seen_on"]), today), ground=words.GROUND[home["health_ground"]], listed=listed,
            kinds=words.EVENT_KINDS, events=_events(database, household_id, terms, flags, today),
            draft=database.rows(DRAFT, g.me["id"], household_id),
        )  # fmt: skip
        return answer, [household_id]


def _json(stored: Any) -> Any:
    return json.loads(stored) if isinstance(stored, str) else stored


def _flag(row: Any) -> dict[str, Any]:
    return {**row, "kind_label": words.FLAG[row["kind"]], "rule_label": words.RULE[row["rule"]]}


def _due(database: Database, row: Any, today: date) -> dict[str, Any]:
    on = database.day(row["due_on"])
    assert on is not None
    return {
        "label": row["label"],
        "on": said(on, today),
        "timing": timing(on, today),
        "because": " ".join(because(row["because"])),
    }


def _members(database: Database, household_id: int, terms: list[Any], today: date) -> list[dict[str, Any]]:
    groups = {
        term["member_id"]: words.GROUP.get(term["code"], "") for term in reversed(terms) if term["ends_on"] is None
    }
    return [
        {"id": row["id"], "name": row["name"], "age": words.age(row["birth_on"], today), "sex": words.SEX[row["sex"]],
         "relation": words.RELATION[row["relation"]], "group": groups.get(row["id"], ""), "phone": words.phone(row["phone"]),
         "note": row["note"]}
        for row in database.rows(MEMBERS, household_id)
    ]  # fmt: skip


def _events(database: Database, household_id: int, terms: list[Any], flags: list[Any], today: date) -> list[Event]:
    events = _visits(database, household_id, today)
    events += [
        _event(row["on"], f"위험도 {words.RISK[row['risk']]}", row["reason"], today, row["by_name"])
        for row in database.rows(RISKS, household_id)
    ]
    events += [_event(row["starts_on"], f"{row['member'] or ''} · {row['rule']}", row["note"], today) for row in terms]
    events += [
        _event(row["from_on"], f"{words.DUTY[row['duty']]} {row['account']}", row["reason"], today)
        for row in database.rows(HELD, household_id)
    ]
    events += [
        _event(flag["set_on"], f"안전 표시 {flag['kind_label']}", flag["basis"], today, flag["by_name"])
        for flag in flags
    ]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _event(on: Any, title: str, text: str, today: date, *tags: str) -> Event:
    day = date.fromisoformat(str(on))
    return Event(f"{day}T12:00", f"{_said(day, today)}", title, text, [tag for tag in tags if tag])


def _said(day: date, today: date) -> str:
    year = f"{day.year}년 " if day.year != today.year else ""
    return f"{year}{day.month}월 {day.day}일 {WEEKDAYS[day.weekday()]}"


def _visits(database: Database, household_id: int, today: date) -> list[Event]:
    rows = database.rows(VISITS, household_id)
    keys = [row["id"] for row in rows]
    seen, readings = seen_of(database, keys), readings_of(database, keys)
    return [_visit(database, row, seen[row["id"]], readings[row["id"]], today) for row in rows]


def seen_of(database: Database, keys: list[Any]) -> dict[Any, list[str]]:
    """Names of those seen, by visit."""
    seen: dict[Any, list[str]] = defaultdict(list)
    for each in database.rows(SEEN.format(marks(keys)), *keys):
        seen[each["visit_id"]].append(each["name"])
    return seen


def readings_of(database: Database, keys: list[Any]) -> dict[Any, list[Any]]:
    """Measurements, by visit."""
    readings: dict[Any, list[Any]] = defaultdict(list)
    for each in database.rows(READINGS.format(marks(keys)), *keys):
        readings[each["visit_id"]].append(each)
    return readings


def _visit(database: Database, row: Any, seen: list[str], readings: list[Any], today: date) -> Event:
    began = database.moment(row["began_at"]).astimezone(KOREA)
    text = " · ".join(filter(None, (vitals(readings), row["nursing_note"], row["welfare_note"], row["shared_line"])))
    if row["state"] == "ABSENT":
        text = " · ".join(
            filter(None, ("초인종, 응답 없음", "안내문 부착" if row["notice_left"] else "", row["absence_note"]))
        )
    tags = [
        row["by_name"],
        ", ".join(seen),
        f"정정 {row['corrections']}회" if row["corrections"] else "",
        _late(database, row),
    ]
    title = f"{words.MODE[row['mode']]} · {words.PURPOSE[row['purpose']]}"
    when = f"{_said(began.date(), today)}{began.strftime(' %H:%M')}"
    return Event(
        began.isoformat(),
        when,
        title,
        text[:160],
        [tag for tag in tags if tag],
        "ok" if row["mode"] == "FACE" else "",
        str(row["id"]),
    )


def _late(database: Database, row: Any) -> str:
    typed: datetime = database.moment(row["typed_at"])
    occurred_on = database.day(row["occurred_on"])
    assert occurred_on is not None
    days = (typed.astimezone(KOREA).date() - occurred_on).days
    return f"사후 입력 {days}일 뒤" if days > 0 else ""


def vitals(readings: list[Any]) -> str:
    """«혈압 152/88, 맥박 78»."""
    return ", ".join(
        f"혈압 {each['systolic']:.0f}/{each['diastolic']:.0f}"
        if each["kind"] == "BLOOD_PRESSURE"
        else f"맥박 {each['value']:.0f}"
        for each in readings
    )
