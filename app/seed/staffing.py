"""Who works where, who is responsible for whom, and who stood in for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from .dice import shuffled, stream
from .portraits import Portrait
from .seed_files import read
from .shapes import AssignmentPlan, CentrePlan, CoverPlan, StaffPlan
from .workdays import DAY, Workdays

FIRST_REASON = "신규 등록"
UNASSIGNED_NEWCOMERS = 3
"""Households registered in the last so many days have yet to be given to a nurse."""


def centres() -> tuple[CentrePlan, ...]:
    return tuple(CentrePlan(c["key"], c["code"], c["name"], c["dong"], c["phone"]) for c in read("staff")["centres"])


def staff() -> tuple[StaffPlan, ...]:
    return tuple(StaffPlan(**person) for person in read("staff")["staff"])


def lead_of(centre: str) -> str:
    """The login of the centre's supervisor."""
    return next(p.login for p in staff() if p.centre == centre and p.role == "SUPERVISOR")


def logins(centre: str, role: str) -> list[str]:
    """The logins of a centre's people of one role, in the order of the list."""
    return [p.login for p in staff() if p.centre == centre and p.role == role]


def cover(today: date) -> CoverPlan:
    """The leave that is being covered on the day of the story."""
    row = read("staff")["cover"]
    starts = today - timedelta(days=row["from_days_ago"])
    centre = next(p.centre for p in staff() if p.login == row["absent"]) or ""
    until = today + timedelta(days=row["until_days_ahead"])
    return CoverPlan(row["absent"], row["by"], starts, until, row["reason"], lead_of(centre))


class Rota:
    """Who is responsible for a household on a day, after moves and cover."""

    def __init__(self, assignments: Sequence[AssignmentPlan], cover: CoverPlan) -> None:
        self._cover = cover
        self._rows: dict[tuple[str, str], list[AssignmentPlan]] = {}
        for row in assignments:
            self._rows.setdefault((row.household, row.duty), []).append(row)

    def responsible(self, household: str, duty: str, day: date) -> str:
        """The assignee of that day, or the first one ever when the household had none yet; '' when never any."""
        rows = self._rows.get((household, duty), [])
        current = [row for row in rows if row.from_on <= day]
        return (current[-1] if current else rows[0]).login if rows else ""

    def on_duty(self, household: str, duty: str, day: date) -> str:
        """Who actually went: the assignee, or whoever covered for them that day."""
        login = self.responsible(household, duty, day)
        covered = login == self._cover.absent and self._cover.from_on <= day <= self._cover.until_on
        return self._cover.by if covered else login


def assign(seed: int, portraits: Sequence[Portrait], today: date, workdays: Workdays) -> tuple[AssignmentPlan, ...]:
    """Every household's worker and nurse with the moves of the year, oldest first. Featured households stay."""
    rows = {(p.key, duty): [_first(p, duty, login)] for p in portraits for duty, login in _holders(seed, p, today)}
    stays = {p.key for p in portraits if p.featured or p.closing}
    movable = [chain for (key, _), chain in rows.items() if key not in stays]
    for move in read("staff")["moves"]:
        _move(seed, move, movable, workdays.at_or_before(today - timedelta(days=move["days_ago"])))
    return tuple(
        sorted((row for chain in rows.values() for row in chain), key=lambda r: (r.from_on, r.household, r.duty))
    )


def _holders(seed: int, portrait: Portrait, today: date) -> list[tuple[str, str]]:
    workers = logins(portrait.centre, "WORKER")
    worker = workers[0] if portrait.featured else stream(seed, "worker", portrait.key).choice(workers)
    if (today - portrait.registered_on).days <= UNASSIGNED_NEWCOMERS:
        return [("WORKER", worker)]
    return [("WORKER", worker), ("NURSE", logins(portrait.centre, "NURSE")[0])]


def _first(portrait: Portrait, duty: str, login: str) -> AssignmentPlan:
    starts = portrait.registered_on
    return AssignmentPlan(portrait.key, duty, login, starts, None, FIRST_REASON, lead_of(portrait.centre))


def _move(seed: int, move: dict[str, Any], chains: list[list[AssignmentPlan]], on: date) -> None:
    """Give `count` households of one assignee to another from `on`; those registered later stay."""
    candidates = [chain for chain in chains if _can_move(chain[-1], move, on)]
    rng = stream(seed, "move", move["from"], move["to"])
    for chain in shuffled(rng, candidates)[: move["count"]]:
        old = chain.pop()
        chain.append(replace(old, until_on=on - DAY))
        chain.append(replace(old, login=move["to"], from_on=on, reason=move["reason"]))


def _can_move(row: AssignmentPlan, move: dict[str, Any], on: date) -> bool:
    return row.login == move["from"] and row.duty == move["duty"] and row.from_on < on
