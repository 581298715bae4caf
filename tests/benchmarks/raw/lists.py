"""오늘 and the search, raw."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Flask, g, request
from tests.benchmarks.raw import words
from tests.benchmarks.raw.app import because, page, said, show, timing, today_of
from tests.benchmarks.raw.database import Database, marks

DUES = """SELECT h.id, h.title, h.household_type, h.risk, h.road_address, h.lot_address, h.unit, h.approach, h.phone,
    h.last_seen_on, h.absences_in_row, o.label, o.profession, o.due_on, o.window_start, o.because, o.note
    FROM household h JOIN obligation o ON o.household_id = h.id
    WHERE {} = ? AND h.status = 'ACTIVE' AND h.centre_id = ? AND o.due_on <= ? ORDER BY o.due_on"""
MOST = 100
"""Calls of each heap that the product shows of a whole centre."""
DRAFTS = """SELECT d.household_id, d.saved_at, h.title FROM visit_draft d JOIN household h ON h.id = d.household_id
    WHERE d.account_id = ? ORDER BY d.saved_at DESC"""
MINE = "SELECT count(*) AS n FROM household WHERE nurse_id = ? AND status = 'ACTIVE'"
FOUND = """SELECT h.id, h.title, h.number, h.risk, h.household_type, h.road_address, h.unit, h.last_seen_on, c.name AS centre,
    w.name AS worker, n.name AS nurse FROM household h JOIN centre c ON c.id = h.centre_id
    LEFT JOIN account w ON w.id = h.worker_id LEFT JOIN account n ON n.id = h.nurse_id
    WHERE h.id IN (SELECT household_id FROM search_gram WHERE centre_id IN ({}) AND gram = ? LIMIT 400) ORDER BY h.status, h.id LIMIT 50"""


@dataclass
class Due:
    """One due of a call."""

    label: str
    on: str
    because: str


@dataclass
class Call:
    """One household on the list."""

    id: int
    title: str
    people: str
    kind: str
    risk: str
    absences: int
    flags: str
    dues: list[Due]
    status: str
    timing: str
    where: str
    seen: str
    phone: str
    order: tuple[int, int, date]


def add_views(app: Flask) -> None:
    """Both lists."""

    @page(app, "/today", action="LIST")
    def today(database: Database) -> tuple[str, list[int]]:
        on = date.fromisoformat(str(today_of(database)))
        calls = sorted(_calls(database, on), key=lambda call: call.order)
        heaps = {name: [call for call in calls if call.status == name] for name in ("overdue", "due", "coming")}
        drafts = database.rows(DRAFTS, g.me["id"])
        mine = database.row(MINE, g.me["id"])["n"]
        counts = {name: len(heap) for name, heap in heaps.items()}
        shown = {name: heap[:MOST] for name, heap in heaps.items()}
        ids = [call.id for heap in shown.values() for call in heap]
        return show("today.html", database, drafts=drafts, mine=mine, counts=counts, **shown), ids

    @page(app, "/households/search", method="POST", action="SEARCH")
    def search(database: Database) -> tuple[str, list[int]]:
        query = request.form["query"]
        rows = found_rows(database, [g.me["centre_id"]], query)
        found = _lines(database, rows, date.fromisoformat(str(today_of(database))))
        return show("search.html", database, query=query, found=found), [row["id"] for row in rows]


def _calls(database: Database, today: date) -> list[Call]:
    until = today + timedelta(days=7)
    is_nurse = g.me["role"] == "NURSE"
    whose, key = ("h.nurse_id", g.me["id"]) if is_nurse else ("h.centre_id", g.me["centre_id"])
    rows = database.rows(DUES.format(whose), key, g.me["centre_id"], until.isoformat() if database.is_sqlite else until)
    dues: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        dues[row["id"]].append(row)
    own = {
        key: found for key, found in dues.items() if not is_nurse or any(row["profession"] == "NURSE" for row in found)
    }
    people, flags = people_of(database, list(own)), flags_of(database, list(own))
    return [
        _call(
            database,
            sorted(found, key=lambda row: row["profession"] != "NURSE"),
            people[key],
            flags.get(key, ""),
            today,
        )
        for key, found in own.items()
    ]


def _call(database: Database, rows: list[Any], people: list[Any], flags: str, today: date) -> Call:
    row = rows[0]
    on, opens = database.day(row["due_on"]), database.day(row["window_start"])
    assert on is not None
    status = "overdue" if on < today else "due" if on == today else "coming"
    rank = {"overdue": 0, "due": 1}.get(status, 2 if opens and opens <= today else 3)
    return Call(
        row["id"], row["title"], " · ".join(f"{words.age(each['birth_on'], today)}세 {words.SEX[each['sex']]}" for each in people[:2]),
        words.KIND[row["household_type"]], words.RISK[row["risk"]], row["absences_in_row"], flags,
        [Due(each["label"], said(database.day(each["due_on"]), today), " ".join(because(each["because"])[:-1])) for each in rows],
        status, timing(on, today), " · ".join(filter(None, (row["road_address"] or row["lot_address"], row["unit"], row["approach"]))),
        said(database.day(row["last_seen_on"]), today), row["phone"], (rank, words.RANK[row["risk"]], on),
    )  # fmt: skip


def people_of(database: Database, ids: list[int]) -> dict[int, list[Any]]:
    """Members of these households."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in database.rows(
        "SELECT household_id, id, name, birth_on, birth_year, sex FROM member"  # noqa: S608
        f" WHERE left_on IS NULL AND household_id IN ({marks(ids)}) ORDER BY position, id", *ids,
    ):  # fmt: skip
        found[row["household_id"]].append(row)
    return found


def flags_of(database: Database, ids: list[int]) -> dict[int, str]:
    """Standing safety flags of these households, as a line."""
    found: dict[int, str] = {}
    for row in database.rows(
        f"SELECT household_id, kind, rule FROM safety_flag WHERE ended_on IS NULL AND household_id IN ({marks(ids)})", *ids  # noqa: S608
    ):  # fmt: skip
        found[row["household_id"]] = f"{words.FLAG[row['kind']]} · {words.RULE[row['rule']]}"
    return found


def found_rows(database: Database, centre_ids: list[int], query: str) -> list[Any]:
    """Households of these centres that carry the gram of two letters or of initial consonants."""
    gram = ("c" if "ㄱ" <= query[0] <= "ㅎ" else "t") + query
    return database.rows(FOUND.format(marks(centre_ids)), *centre_ids, gram)


def find(database: Database, centre_ids: list[int], query: str) -> Any:
    """The rows of a search: households, their people, their flags."""
    rows = found_rows(database, centre_ids, query)
    ids = [row["id"] for row in rows]
    return rows, people_of(database, ids), flags_of(database, ids)


def _lines(database: Database, rows: list[Any], today: date) -> list[dict[str, Any]]:
    ids = [row["id"] for row in rows]
    people, flags = people_of(database, ids), flags_of(database, ids)
    return [_line(database, row, people[row["id"]], flags.get(row["id"], ""), today) for row in rows]


def _line(database: Database, row: Any, people: list[Any], flags: str, today: date) -> dict[str, Any]:
    head, seen_on = people[0], database.day(row["last_seen_on"])
    names = row["title"].split(" · ")
    return {
        "id": row["id"], "title": row["title"], "number": row["number"], "risk": words.RISK[row["risk"]], "flags": flags,
        "kind": words.KIND[row["household_type"]], "address": f"{row['road_address']}, {row['unit']}", "centre": row["centre"],
        "worker": row["worker"], "nurse": row["nurse"], "seen": said(seen_on, today), "seen_on": seen_on,
        "head": f"{words.age(head['birth_on'], today)}세 {words.SEX[head['sex']]}",
        "others": ", ".join(each["name"] for each in people if each["name"] not in names),
    }  # fmt: skip
