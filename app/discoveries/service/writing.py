"""Writes a planned list: new households, the rows, and what people have to decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.clock import korean_date
from app.core.database import bulk_insert, next_ids
from app.core.memory import collecting_later
from app.discoveries.models import ImportedList, ListRow, RowCandidate
from app.discoveries.rules import Match, RowOutcome
from app.discoveries.service.people import as_document, as_household
from app.discoveries.service.planning import Plan
from app.discoveries.service.scoring import Ground, Listed, add_items, ground_of_list
from app.households.service.bulk import create_households

Progress = Callable[[int, int], None]
"""Told how many rows of how many are done."""

AT_ONCE = 1_000
ROWS, CANDIDATES = (cast(Table, model.__table__) for model in (ListRow, RowCandidate))
COLUMNS = (
    "id", "imported_list_id", "centre_id", "row_number", "fingerprint", "cells", "outcome", "reason", "read_as", "crisis_codes",
    "months_in_arrears", "previous_discoveries", "household_id", "member_id", "follows_id", "resembles_id", "discovered_on",
)  # fmt: skip
CANDIDATE = ("list_row_id", "household_id", "member_id", "position", "degree", "compared")


@collecting_later()
def write_rows(
    session: Session, imported: ImportedList, plans: Sequence[Plan], *, progress: Progress | None, actor: Identity,
    now: datetime,
) -> list[int]:  # fmt: skip
    """Write every planned row, some thousand at a time, and an item of every person who is named for sure.

    Rows that repeat another one (in this file, or in another of the same round) share its item; held rows get theirs
    when somebody decides them. Returns the keys of the new households.
    """
    created: list[int] = []
    done, today = 0, korean_date(now)
    ground = ground_of_list(session, imported, today)
    for some in _batches(plans):
        made = _create(session, some, actor=actor, now=now)
        _write(session, imported, some, today)
        _add_items(session, some, ground, today, made)
        created += made
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
    for plan, key in zip(plans, next_ids(session, ROWS, len(plans)), strict=True):
        plan.row_id = key
    bulk_insert(session, ROWS, COLUMNS, (_row(plan, imported.id, today) for plan in plans))
    held = [plan for plan in plans if plan.outcome is RowOutcome.HELD]
    bulk_insert(session, CANDIDATES, CANDIDATE, (row for plan in held for row in _candidates(plan)))


def _row(plan: Plan, list_id: int, today: date) -> tuple[Any, ...]:
    """Values in the order of `COLUMNS`."""
    row, person = plan.row, plan.row.person if plan.outcome is not RowOutcome.BAD else None
    first = plan.follows or plan
    return (
        plan.row_id, list_id, plan.centre_id, row.row_number, row.fingerprint, list(row.cells), plan.outcome, plan.reason,
        as_document(person) if person else None, list(person.crisis_codes) if person else [],
        person.months_in_arrears if person else None, person.previous_discoveries if person else None,
        first.household_id, first.member_id, _followed(plan), _resembled(plan), today,
    )  # fmt: skip


def _followed(plan: Plan) -> int | None:
    """The row whose fate this one shares: above in the file, or of another file of the round."""
    return plan.follows.row_id if plan.follows else plan.repeats.id if plan.repeats else None


def _resembled(plan: Plan) -> int | None:
    """The row above that perhaps names the same person; of a row that waits for an answer."""
    return plan.resembles.row_id if plan.resembles and plan.outcome is RowOutcome.HELD else None


def _candidates(plan: Plan) -> Iterator[tuple[Any, ...]]:
    """Values in the order of `CANDIDATE`."""
    for position, each in enumerate(plan.possible):
        yield plan.row_id, each.household_id, each.member_id, position, each.match.degree, compared(each.match)


def _add_items(session: Session, plans: Sequence[Plan], ground: Ground, today: date, made: Sequence[int]) -> None:
    sure = (RowOutcome.NEW, RowOutcome.JOINED)
    named = [_listed(plan, today) for plan in plans if plan.outcome in sure and not plan.is_follower]
    add_items(session, named, ground, made=frozenset(made))


def _listed(plan: Plan, today: date) -> Listed:
    person = plan.person
    return Listed(
        plan.row_id or 0, plan.centre_id, plan.household_id, person.name, person.birth_on, person.crisis_codes,
        person.months_in_arrears, person.previous_discoveries, today,
    )  # fmt: skip


def _batches(plans: Sequence[Plan]) -> Iterator[list[Plan]]:
    rest = iter(plans)
    while some := list(islice(rest, AT_ONCE)):
        yield some
