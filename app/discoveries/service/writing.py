"""Writes a planned list: new households, the rows, and what people have to decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.clock import korean_date
from app.discoveries.models import ImportedList, ListRow, RowCandidate
from app.discoveries.rules import Match, RowOutcome
from app.discoveries.service.people import as_document, as_household
from app.discoveries.service.planning import Plan
from app.households.service.bulk import create_households

Progress = Callable[[int, int], None]
"""Told how many rows of how many are done."""

AT_ONCE = 1_000


def write_rows(
    session: Session, imported: ImportedList, plans: Sequence[Plan], *, progress: Progress | None, actor: Identity,
    now: datetime,
) -> list[int]:  # fmt: skip
    """Write every planned row, some thousand at a time. Returns the keys of the new households."""
    created: list[int] = []
    done = 0
    for some in _batches(plans):
        created += _create(session, some, actor=actor, now=now)
        _write(session, imported, some, korean_date(now))
        done += len(some)
        if progress is not None:
            progress(done, len(plans))
    return created


def compared(match: Match) -> list[list[str]]:
    """What `RowCandidate.compared` keeps."""
    return [[each.trait, each.agreement, each.listed, each.recorded] for each in match.comparisons]


def _create(session: Session, plans: Sequence[Plan], *, actor: Identity, now: datetime) -> list[int]:
    new = [plan for plan in plans if plan.outcome is RowOutcome.NEW]
    details = [as_household(plan.person, plan.centre_id or 0) for plan in new]
    households = create_households(session, details, actor=actor, now=now)
    for plan, household in zip(new, households, strict=True):
        plan.household_id, plan.member_id = household.household_id, household.member_ids[0]
    return [household.household_id for household in households]


def _write(session: Session, imported: ImportedList, plans: Sequence[Plan], today: date) -> None:
    session.execute(insert(ListRow), [_columns(plan, imported.id, today) for plan in plans])
    numbered = select(ListRow.row_number, ListRow.id).where(ListRow.imported_list_id == imported.id)
    span = ListRow.row_number.between(plans[0].row.row_number, plans[-1].row.row_number)
    keys = {row.row_number: row.id for row in session.execute(numbered.where(span))}
    for plan in plans:
        plan.row_id = keys[plan.row.row_number]
    if ties := list(_ties(plans)):
        session.execute(update(ListRow), ties)
    if candidates := [row for plan in plans if plan.outcome is RowOutcome.HELD for row in _candidates(plan)]:
        session.execute(insert(RowCandidate), candidates)


def _columns(plan: Plan, list_id: int, today: date) -> dict[str, Any]:
    row, person = plan.row, plan.row.person if plan.outcome is not RowOutcome.BAD else None
    first = plan.follows or plan
    return {
        "imported_list_id": list_id, "centre_id": plan.centre_id, "row_number": row.row_number,
        "fingerprint": row.fingerprint, "cells": list(row.cells), "outcome": plan.outcome, "reason": plan.reason,
        "read_as": as_document(person) if person else None, "crisis_codes": list(person.crisis_codes) if person else [],
        "months_in_arrears": person.months_in_arrears if person else None,
        "previous_discoveries": person.previous_discoveries if person else None, "household_id": first.household_id,
        "member_id": first.member_id, "follows_id": plan.repeats.id if plan.repeats else None, "discovered_on": today,
    }  # fmt: skip


def _ties(plans: Sequence[Plan]) -> Iterator[dict[str, Any]]:
    """Which rows of the file hang on which."""
    for plan in plans:
        if plan.follows is not None:
            yield {"id": plan.row_id, "follows_id": plan.follows.row_id}
        if plan.resembles is not None and plan.outcome is RowOutcome.HELD:
            yield {"id": plan.row_id, "resembles_id": plan.resembles.row_id}


def _candidates(plan: Plan) -> Iterator[dict[str, Any]]:
    for position, possible in enumerate(plan.possible):
        yield {
            "list_row_id": plan.row_id, "household_id": possible.household_id, "member_id": possible.member_id,
            "position": position, "degree": possible.match.degree, "compared": compared(possible.match),
        }  # fmt: skip


def _batches(plans: Sequence[Plan]) -> Iterator[list[Plan]]:
    rest = iter(plans)
    while some := list(islice(rest, AT_ONCE)):
        yield some
