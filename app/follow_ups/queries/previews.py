"""What a change would move, as a list for whoever is about to make it; nothing is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Centre
from app.follow_ups.rules.comparing import DueChange, Turn
from app.households.models import Household, Member
from app.households.queries import visible_to

AT_ONCE = 500
"""Households judged together: enough for few statements, few enough for the memory of a small server."""
SHOWN = 200


@dataclass(frozen=True, slots=True)
class MovedLine:
    """One due that would move, with the words that name its household."""

    change: DueChange
    number: str
    title: str
    dong: str
    member: str
    """Whose due it is; empty when it concerns the household."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do to the households of one's scope on the day it begins to hold, `on`."""

    on: date
    looked_at: int
    """Households that the change concerns."""
    touched: int
    """Households with at least one due that would move."""
    turns: Mapping[Turn, int]
    """How many dues turn how; none that do not occur."""
    overdue: int
    """Households that would be overdue at once and are not now."""
    lines: Sequence[MovedLine]
    """One page of them, what becomes overdue first."""
    total: int
    """Dues that would move."""
    page: int

    @property
    def has_more(self) -> bool:
        return self.total > self.page * SHOWN

    @property
    def household_ids(self) -> list[int]:
        """The households on this page, each once."""
        return list(dict.fromkeys(line.change.household_id for line in self.lines))


def in_batches(session: Session, who: Identity, household_ids: Sequence[int]) -> Iterator[list[int]]:
    """The ids that lie in `who`'s scope, some hundreds at a time."""
    for at in range(0, len(household_ids), AT_ONCE):
        batch = household_ids[at : at + AT_ONCE]
        statement = select(Household.id).where(Household.id.in_(batch), visible_to(who)).order_by(Household.id)
        yield list(session.scalars(statement))


def preview_of(session: Session, changes: Iterable[DueChange], *, on: date, looked_at: int, page: int) -> Preview:
    """The changes counted and in order, with one page of them named."""
    ordered = sorted(changes, key=lambda change: change.order)
    first = (max(page, 1) - 1) * SHOWN
    return Preview(
        on=on, looked_at=looked_at, touched=len({each.household_id for each in ordered}),
        turns=_turns(ordered),
        overdue=len({each.household_id for each in ordered if each.becomes_overdue}),
        lines=_named(session, ordered[first : first + SHOWN]), total=len(ordered), page=max(page, 1),
    )  # fmt: skip


def _turns(changes: Iterable[DueChange]) -> dict[Turn, int]:
    counted = Counter(each.turn for each in changes)
    return {turn: counted[turn] for turn in Turn if counted[turn]}


def _named(session: Session, changes: Sequence[DueChange]) -> list[MovedLine]:
    homes = _homes(session, {each.household_id for each in changes})
    members = _members(session, {each.due.member_id for each in changes if each.due.member_id is not None})
    return [MovedLine(each, *homes[each.household_id], members.get(each.due.member_id or 0, "")) for each in changes]


def _homes(session: Session, ids: Collection[int]) -> dict[int, tuple[str, str, str]]:
    statement = select(Household.id, Household.number, Household.title, Centre.dong).join(Centre)
    return {row[0]: (row[1], row[2], row[3]) for row in session.execute(statement.where(Household.id.in_(ids)))}


def _members(session: Session, ids: Collection[int]) -> dict[int, str]:
    return {row[0]: row[1] for row in session.execute(select(Member.id, Member.name).where(Member.id.in_(ids)))}
