"""The case report and the caseload report, raw: rows out of SQL onto a bare ReportLab canvas."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.reports.documents.page import LANDSCAPE, PORTRAIT
from flask import Flask, Response, g
from tests.benchmarks.pdf import bare
from tests.benchmarks.raw import household, words
from tests.benchmarks.raw.app import because, page, said, timing, today_of
from tests.benchmarks.raw.database import Database

CASES = """SELECT h.id, h.number, h.title, h.household_type, h.risk, h.last_seen_on, o.label, o.due_on, o.because, m.birth_on
    FROM household h JOIN member m ON m.household_id = h.id AND m.position = 0
    LEFT JOIN obligation o ON o.household_id = h.id AND o.profession = 'NURSE'
    WHERE h.nurse_id = ? AND h.status = 'ACTIVE' ORDER BY h.number"""
CASE_PORTRAIT, CASE_LANDSCAPE = 55, 48
"""Letters of the widest column."""


def add_views(app: Flask) -> None:
    """Both papers."""

    @page(app, "/households/<int:household_id>/report", method="POST", action="PRINT")
    def case_report(database: Database, household_id: int) -> tuple[Response, list[int]]:
        today = date.fromisoformat(str(today_of(database)))
        return _paper(bare(_case_rows(database, household_id, today), PORTRAIT, CASE_PORTRAIT)), [household_id]

    @page(app, "/reports", method="POST", action="PRINT")
    def caseload(database: Database) -> tuple[Response, list[int]]:
        today = date.fromisoformat(str(today_of(database)))
        rows = database.rows(CASES, g.me["id"])
        return _paper(bare(_caseload_rows(database, rows, today), LANDSCAPE, CASE_LANDSCAPE)), [
            row["id"] for row in rows
        ]


def _paper(content: bytes) -> Response:
    return Response(content, mimetype="application/pdf")


def _caseload_rows(database: Database, rows: list[Any], today: date) -> list[tuple[str, ...]]:
    """Every household, and before them those overdue and those of this week."""
    due = [(row, on) for row in rows if (on := database.day(row["due_on"]))]
    pressing = [(row, on) for row, on in sorted(due, key=lambda pair: pair[1]) if (on - today).days <= 6]
    near = [
        (
            row["number"],
            row["title"],
            row["label"],
            said(on, today),
            timing(on, today),
            " ".join(because(row["because"])),
        )
        for row, on in pressing
    ]
    everybody = [
        (row["number"], row["title"], f"{words.age(row['birth_on'], today)}세", words.KIND[row["household_type"]], words.RISK[row["risk"]],
         said(database.day(row["last_seen_on"]), today), said(database.day(row["due_on"]), today),
         " ".join(because(row["because"])) if row["because"] else "")
        for row in rows
    ]  # fmt: skip
    unseen = [row for row in everybody if row[5] == "없음"]
    return [*near, *unseen, *everybody]


def _case_rows(database: Database, household_id: int, today: date) -> list[tuple[str, ...]]:
    home = database.row(household.HOME, household_id, g.me["centre_id"])
    terms = database.rows(household.TERMS, household_id)
    members = [
        (
            row["name"],
            words.RELATION[row["relation"]],
            str(row["birth_on"]),
            f"{words.age(row['birth_on'], today)}세",
            words.phone(row["phone"]),
            row["note"],
        )
        for row in database.rows(household.MEMBERS, household_id)
    ]
    dues = [
        (row["label"], str(row["due_on"]), " ".join(because(row["because"])))
        for row in database.rows(household.DUES, household_id)
    ]
    flags = [
        (words.FLAG[row["kind"]], words.RULE[row["rule"]], str(row["set_on"]), row["basis"])
        for row in database.rows(household.FLAGS, household_id)
    ]
    risks = [
        (words.RISK[row["risk"]], str(row["on"]), row["by_name"] or "", row["reason"])
        for row in database.rows(household.RISKS, household_id)
    ]
    held = [
        (words.DUTY[row["duty"]], str(row["from_on"]), row["account"])
        for row in database.rows(household.HELD, household_id)
    ]
    head = [(home["number"], home["title"], f"{home['road_address']} {home['unit']}"), ("가는 길", home["approach"])]
    groups = [(row["member"] or "", row["rule"], str(row["starts_on"]), row["note"]) for row in terms]
    return [*head, *held, *members, *flags, *dues, *groups, *risks, *_visit_rows(database, household_id)]


def _visit_rows(database: Database, household_id: int) -> list[tuple[str, ...]]:
    rows = database.rows(household.VISITS.replace("LIMIT 30", "LIMIT 500"), household_id)
    keys = [row["id"] for row in rows]
    seen, readings = household.seen_of(database, keys), household.readings_of(database, keys)
    told: list[tuple[str, ...]] = []
    for row in rows:
        told += [
            (str(row["began_at"])[:16], words.MODE[row["mode"]], words.PURPOSE[row["purpose"]], row["by_name"], ", ".join(seen[row["id"]])),
            ("복지 기록", row["welfare_note"]), ("간호 기록", row["nursing_note"]), ("활력징후", household.vitals(readings[row["id"]])),
        ]  # fmt: skip
    measured = [
        (str(row["began_at"])[:10], household.vitals(readings[row["id"]])) for row in rows if readings[row["id"]]
    ]
    return [*told, *measured]
