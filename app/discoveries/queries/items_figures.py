"""A round in numbers (R02), by centre and by worker. A number and the rows behind it are one and the same test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Account, Centre
from app.core.clock import KOREA, korean_date
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.discoveries.models import DiscoveryItem, ItemAttempt, Round
from app.discoveries.queries.items import visible_items
from app.discoveries.rules import ItemOutcome, ItemState
from app.discoveries.rules.items_figures import Figure, rate
from app.follow_ups.models import ContactRow
from app.follow_ups.rules import ContactMode

COUNSELLED = (ContactMode.CALL, ContactMode.OFFICE)
_OUTCOMES = {
    Figure.PUBLIC: (
        ItemOutcome.PUBLIC_BASIC, ItemOutcome.PUBLIC_NEAR_POOR, ItemOutcome.PUBLIC_EMERGENCY, ItemOutcome.PUBLIC_OTHER,
    ),
    Figure.PRIVATE: (ItemOutcome.PRIVATE,),
    Figure.CASE: (ItemOutcome.CASE,),
    Figure.MONITOR: (ItemOutcome.MONITOR,),
    Figure.NOT_SUPPORTED: (
        ItemOutcome.ALREADY, ItemOutcome.NO_NEED, ItemOutcome.REFUSED, ItemOutcome.MOVED, ItemOutcome.AWAY,
        ItemOutcome.DIED, ItemOutcome.UNFOUNDED,
    ),
    Figure.SEARCHING: (ItemOutcome.UNREACHED, ItemOutcome.NOT_FOUND),
}  # fmt: skip
"""Every outcome is in exactly one."""


@dataclass(frozen=True, slots=True)
class CentreFigures:
    """One line of the report: a centre, or all of them."""

    centre_id: int | None
    name: str
    numbers: Mapping[Figure, int]

    @property
    def rate(self) -> str:
        return rate(self.numbers[Figure.DONE], self.numbers[Figure.ASSIGNED])


@dataclass(frozen=True, slots=True)
class WorkerFigures:
    """How far one person is: what they hold, what waits for approval, what they finished."""

    account_id: int | None
    """None: nobody has taken it up."""
    name: str
    states: Mapping[ItemState, int]

    @property
    def total(self) -> int:
        return sum(self.states.values())


@dataclass(frozen=True, slots=True)
class BurnDown:
    """What was left at the end of a day."""

    on: date
    left: int


def get_round(session: Session, who: Identity, round_id: int) -> Round:
    """A round of the own 시군구, or NotFound."""
    found = session.get(Round, round_id) if round_id <= LARGEST_KEY else None
    if found is None or (who.account_id is not None and found.district_id != who.district_id):
        raise NotFound
    return found


def figure_test(figure: Figure, of_round: Round) -> ColumnElement[bool]:
    """Whether an item counts for a figure of its round."""
    if figure is Figure.ASSIGNED:
        return DiscoveryItem.id.is_not(None)
    if figure is Figure.COUNSELLED:
        return _reached(COUNSELLED, of_round)
    if figure is Figure.VISITED:
        return _reached((ContactMode.FACE,), of_round)
    if figure is Figure.UNDONE:
        return DiscoveryItem.state != ItemState.CLOSED
    if figure is Figure.DONE:
        return DiscoveryItem.state == ItemState.CLOSED
    became = DiscoveryItem.outcome.in_(_OUTCOMES[figure])
    is_over = (
        DiscoveryItem.outcome_at.is_not(None) if figure is Figure.SEARCHING else DiscoveryItem.state == ItemState.CLOSED
    )
    return and_(became, is_over)


def rows_test(
    of_round: Round, figure: Figure, *, centre_id: int | None = None, worker_id: int | None = None,
    state: ItemState | None = None,
) -> ColumnElement[bool]:  # fmt: skip
    """Which items stand behind a number of the page; `worker_id` 0 means nobody."""
    tests = [DiscoveryItem.round_id == of_round.id, figure_test(figure, of_round)]
    if centre_id is not None:
        tests.append(DiscoveryItem.centre_id == centre_id)
    if worker_id is not None:
        tests.append(DiscoveryItem.claimed_by_id == worker_id if worker_id else DiscoveryItem.claimed_by_id.is_(None))
    if state is not None:
        tests.append(DiscoveryItem.state == state)
    return and_(*tests)


def count_figures(session: Session, who: Identity, of_round: Round) -> list[CentreFigures]:
    """The round by centre in scope, in the order of their names; one statement."""
    numbers = [func.count().filter(figure_test(figure, of_round)) for figure in Figure]
    statement = (
        select(Centre.id, Centre.name, *numbers)
        .join(DiscoveryItem, DiscoveryItem.centre_id == Centre.id)
        .where(DiscoveryItem.round_id == of_round.id, visible_items(who))
        .group_by(Centre.id, Centre.name)
        .order_by(Centre.name)
    )
    return [
        CentreFigures(row[0], row[1], dict(zip(Figure, row[2:], strict=True))) for row in session.execute(statement)
    ]


def totalled(lines: Sequence[CentreFigures]) -> CentreFigures:
    """All centres together."""
    return CentreFigures(None, "합계", {each: sum(line.numbers[each] for line in lines) for each in Figure})


def count_workers(session: Session, who: Identity, of_round: Round) -> list[WorkerFigures]:
    """The round by whoever holds or held an item, those nobody has taken up first."""
    statement = (
        select(DiscoveryItem.claimed_by_id, Account.name, DiscoveryItem.state, func.count())
        .outerjoin(Account, Account.id == DiscoveryItem.claimed_by_id)
        .where(DiscoveryItem.round_id == of_round.id, visible_items(who))
        .group_by(DiscoveryItem.claimed_by_id, Account.name, DiscoveryItem.state)
    )
    found: dict[tuple[int | None, str], dict[ItemState, int]] = {}
    for account_id, name, state, number in session.execute(statement):
        found.setdefault((account_id, name or ""), dict.fromkeys(ItemState, 0))[state] = number
    order = sorted(found, key=lambda key: (key[0] is not None, key[1]))
    return [
        WorkerFigures(account_id, name or "아직 아무도 맡지 않음", found[account_id, name])
        for account_id, name in order
    ]


def burn_down(session: Session, who: Identity, of_round: Round, *, today: date) -> list[BurnDown]:
    """What was left at the end of each day, from the round's first to its last or to today."""
    statement = select(DiscoveryItem.received_on, DiscoveryItem.state, DiscoveryItem.outcome_at)
    changes: Counter[date] = Counter()
    for row in session.execute(statement.where(DiscoveryItem.round_id == of_round.id, visible_items(who))):
        changes[row.received_on] += 1
        if row.state is ItemState.CLOSED and row.outcome_at is not None:
            changes[korean_date(row.outcome_at)] -= 1
    last = min(today, of_round.closes_on)
    left = sum(number for on, number in changes.items() if on < of_round.opens_on)
    days = []
    for ahead in range((last - of_round.opens_on).days + 1):
        day = of_round.opens_on + timedelta(ahead)
        left += changes[day]
        days.append(BurnDown(day, left))
    return days


def _reached(modes: Sequence[ContactMode], of_round: Round) -> ColumnElement[bool]:
    """A try of the item, or a contact of its household, from the day it came in to the round's last day."""
    end = datetime.combine(of_round.closes_on + timedelta(1), time(), KOREA)
    typed = exists().where(ItemAttempt.item_id == DiscoveryItem.id, ItemAttempt.mode.in_(modes), ItemAttempt.at < end)
    told = exists().where(
        ContactRow.household_id == DiscoveryItem.household_id, ContactRow.mode.in_(modes),
        ContactRow.voided_at.is_(None), ContactRow.occurred_on >= DiscoveryItem.received_on,
        ContactRow.occurred_on <= of_round.closes_on,
    )  # fmt: skip
    return or_(typed, told)
