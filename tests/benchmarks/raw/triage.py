"""The queue of discovery, raw: the same rows, the same words, the same counts and filters in the same frame.

It asks for the same facts: row, household, holder, earlier times, what was tried (at the item, or by the household's own
contacts since), the next due, safety flags. What the bare hand leaves out: scopes of several centres, roles, labels of
enumerations beyond those that occur, a district's own versions, and the marking up of the design.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from typing import Any

from app.core.clock import KOREA
from flask import Flask, g, request
from tests.benchmarks.raw import words
from tests.benchmarks.raw.app import page, said, show, today_of
from tests.benchmarks.raw.database import Database, marks
from tests.benchmarks.raw.lists import flags_of

AT_ONCE = 20
QUEUE = """SELECT i.id, i.score, i.score_lines, i.state, i.source, i.received_on, i.person_key, i.round_id, i.household_id, i.summary,
    r.read_as, r.previous_discoveries, h.number, a.name AS claimed_by FROM discovery_item i
    LEFT JOIN list_row r ON r.id = i.list_row_id LEFT JOIN household h ON h.id = i.household_id
    LEFT JOIN account a ON a.id = i.claimed_by_id WHERE i.centre_id = ? AND i.state = ? {}
    ORDER BY i.score DESC, i.id DESC LIMIT 21"""
COUNTS = "SELECT state, count(*) AS n FROM discovery_item WHERE centre_id = ? GROUP BY state"
ASKED = "SELECT count(*) AS n FROM discovery_item WHERE centre_id = ? AND state = 'ASKED'"
ROUNDS = "SELECT id, title FROM discovery_round WHERE district_id = ? ORDER BY opens_on DESC, id DESC LIMIT 12"
CODES = (
    "SELECT document FROM crisis_code_version WHERE effective_from <= ? ORDER BY effective_from DESC, id DESC LIMIT 1"
)
EARLIER = """SELECT person_key, id, round_id, received_on, outcome, outcome_at FROM discovery_item WHERE person_key IN ({})
    AND centre_id IN (SELECT id FROM centre WHERE district_id = ?) ORDER BY received_on DESC, id DESC"""
TRIES = "SELECT item_id, mode, at FROM item_attempt WHERE item_id IN ({}) ORDER BY at"
CONTACTS = """SELECT household_id, mode, occurred_on FROM contact WHERE household_id IN ({}) AND voided_at IS NULL
    AND occurred_on >= ? ORDER BY occurred_on"""
DUES = "SELECT household_id, label, due_on FROM obligation WHERE household_id IN ({}) ORDER BY due_on DESC"
STATES = {"OPEN": "미처리", "CLAIMED": "처리 중", "ASKED": "결재 기다림", "CLOSED": "처리함"}
SOURCES = {"SYS_CENTRAL": "중앙 발굴"}
OUTCOMES = {"NO_NEED": "지원 불필요"}


def add_view(app: Flask) -> None:
    """The queue of the own centre."""

    @page(app, "/discoveries/queue", action="LIST")
    def queue(database: Database) -> tuple[str, list[int]]:
        state, today = request.args.get("state", "OPEN"), date.fromisoformat(str(today_of(database)))
        rows = _rows(database, state, request.args.get("after", ""))
        lines = _lines(database, rows[:AT_ONCE], today)
        last = rows[AT_ONCE - 1] if len(rows) > AT_ONCE else None
        centre = g.me["centre_id"]
        counts = {row["state"]: row["n"] for row in database.rows(COUNTS, centre)}
        codes = _json(database.row(CODES, today_of(database))["document"])["codes"]
        html = show(
            "queue.html", database, crisis=request.args.get("crisis", ""), round_id=request.args.get("round_id", type=int), lines=lines, counts=counts, states=STATES, state=state, codes=codes, today=today,
            asked=database.row(ASKED, centre)["n"], rounds=database.rows(ROUNDS, g.me["district_id"]),
            after=f"{last['score']}-{last['id']}" if last else None,
        )  # fmt: skip
        return html, [row["household_id"] for row in rows[:AT_ONCE] if row["household_id"]]


def _rows(database: Database, state: str, after: str) -> list[Any]:
    if not after:
        return database.rows(QUEUE.format(""), g.me["centre_id"], state)
    return database.rows(
        QUEUE.format("AND (i.score, i.id) < (?, ?)"), g.me["centre_id"], state, *map(int, after.split("-"))
    )


def _lines(database: Database, rows: list[Any], today: date) -> list[dict[str, Any]]:
    keys, ids, houses = ([row[name] for row in rows] for name in ("person_key", "id", "household_id"))
    earlier: dict[str, list[Any]] = defaultdict(list)
    for row in database.rows(EARLIER.format(marks(keys)), *keys, g.me["district_id"]):
        earlier[row["person_key"]].append(row)
    tries = _tries(database, rows, ids, houses)
    dues = {row["household_id"]: row for row in database.rows(DUES.format(marks(houses)), *houses)}
    flags = flags_of(database, houses)
    return [_line(database, row, earlier[row["person_key"]], tries, dues, flags, today) for row in rows]


def _tries(database: Database, rows: list[Any], ids: list[int], houses: list[int]) -> dict[int, tuple[str, date]]:
    """The newest try of each item: mode and day."""
    found = {
        row["item_id"]: (row["mode"], database.moment(row["at"]).astimezone(KOREA).date())
        for row in database.rows(TRIES.format(marks(ids)), *ids)
    }
    contacts: dict[int, list[Any]] = defaultdict(list)
    since = min((row["received_on"] for row in rows), default=None)
    for contact in database.rows(CONTACTS.format(marks(houses)), *houses, since):
        contacts[contact["household_id"]].append((contact["mode"], database.day(contact["occurred_on"])))
    for row in rows:
        for mode, on in contacts[row["household_id"]]:
            if on >= database.day(row["received_on"]) and (row["id"] not in found or on > found[row["id"]][1]):
                found[row["id"]] = (mode, on)
    return found


def _line(
    database: Database, row: Any, named: list[Any], tries: Any, dues: Any, flags: Any, today: date
) -> dict[str, Any]:  # fmt: skip
    read, due = _json(row["read_as"]), dues.get(row["household_id"])
    past = [
        each
        for each in named
        if each["id"] != row["id"] and each["round_id"] != row["round_id"] and each["received_on"] <= row["received_on"]
    ]
    times = max(len({each["received_on"] for each in past}), row["previous_discoveries"] or 0)
    tried = tries.get(row["id"])
    return {
        "row": row, "points": _json(row["score_lines"]), "name": read["name"], "times": times, "where": f"{read['road_address']}, {read['unit']}",
        "last": next((OUTCOMES[each["outcome"]] for each in past if each["outcome"]), ""), "source": SOURCES[row["source"]], "on": said(database.day(row["received_on"]), today),
        "tried": f"{words.MODE[tried[0]]} {said(tried[1], today)}" if tried else "", "flags": flags.get(row["household_id"], ""),
        "due": f"{due['label']} {said(database.day(due['due_on']), today)}" if due else "",
    }  # fmt: skip


def _json(stored: Any) -> Any:
    return json.loads(stored) if isinstance(stored, str) else stored
