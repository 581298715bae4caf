"""The queue: who is to be found next, and why. Scoped to who asks, paged by (score, id)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, select, true, tuple_
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Account
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.discoveries.models import DiscoveryItem, ListRow, Round
from app.discoveries.queries.items_tries import LastTry, last_tries
from app.discoveries.queries.triage import EarlierItem, before, earlier_items
from app.discoveries.rules import ItemState, ListedPerson
from app.discoveries.rules.scores import count_in_a_row, previous_words
from app.follow_ups.queries import read_dues
from app.follow_ups.rules import Due, in_order
from app.households.models import Household, SafetyFlag


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What somebody wants to see of the queue."""

    state: ItemState | None = ItemState.OPEN
    centre_id: int | None = None
    round_id: int | None = None
    crisis: str = ""
    is_mine: bool = False


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One item as the queue shows it."""

    item: DiscoveryItem
    row: ListRow | None
    household: Household | None
    claimed_by: str
    previous: str
    """«3회 연속 발굴, 마지막 결과 …»; "" for the first time."""
    last_try: LastTry | None
    due: Due | None
    """What is due first at the household."""
    flags: Sequence[SafetyFlag] = field(default_factory=tuple)

    @property
    def person(self) -> ListedPerson | None:
        return self.row.person if self.row and self.row.read_as else None


def visible_items(who: Identity) -> ColumnElement[bool]:
    """Items of the own centres; the system itself sees all."""
    return true() if who.account_id is None else DiscoveryItem.centre_id.in_(who.centre_ids)


def get_item(session: Session, who: Identity, item_id: int) -> DiscoveryItem:
    """One item in scope, or NotFound."""
    found = None
    if item_id <= LARGEST_KEY:
        found = session.scalars(
            select(DiscoveryItem).where(DiscoveryItem.id == item_id, visible_items(who))
        ).one_or_none()
    if found is None:
        raise NotFound
    return found


def list_queue(
    session: Session, who: Identity, wanted: QueueFilter, *, today: date, after: tuple[int, int] | None = None,
    limit: int = 20,
) -> list[QueueLine]:  # fmt: skip
    """Items by score, the most urgent first, one more than `limit` when there are more. Statements do not grow with rows.

    Args:
        after: score and id of the last item of the page before.
    """
    statement = _named().where(*_tests(who, wanted))
    if after is not None:
        statement = statement.where(tuple_(DiscoveryItem.score, DiscoveryItem.id) < after)
    ordered = statement.order_by(DiscoveryItem.score.desc(), DiscoveryItem.id.desc()).limit(limit + 1)
    return _lines(session, who, session.execute(ordered).all(), today)


def line_of_item(session: Session, who: Identity, item: DiscoveryItem, *, today: date) -> QueueLine:
    """One item as the queue shows it."""
    statement = _named()
    return _lines(session, who, session.execute(statement.where(DiscoveryItem.id == item.id)).all(), today)[0]


def list_asked(session: Session, who: Identity, *, today: date, limit: int = 50) -> list[QueueLine]:
    """Items that wait for a supervisor's approval, the oldest request first."""
    statement = _named()
    waiting = statement.where(visible_items(who), DiscoveryItem.state == ItemState.ASKED)
    ordered = waiting.order_by(DiscoveryItem.outcome_at, DiscoveryItem.id).limit(limit)
    return _lines(session, who, session.execute(ordered).all(), today)


def lines_where(
    session: Session,
    who: Identity,
    test: ColumnElement[bool],
    *,
    today: date,
    after: int | None = None,
    limit: int = 50,
) -> list[QueueLine]:
    """Items in scope of which something holds, by their key, one more than `limit` when there are more."""
    statement = _named().where(visible_items(who), test)
    if after is not None:
        statement = statement.where(DiscoveryItem.id > after)
    return _lines(session, who, session.execute(statement.order_by(DiscoveryItem.id).limit(limit + 1)).all(), today)


def count_states(session: Session, who: Identity, wanted: QueueFilter) -> Mapping[ItemState, int]:
    """Items of each state with the other filters of `wanted`; every state is there."""
    every = QueueFilter(None, wanted.centre_id, wanted.round_id, wanted.crisis, wanted.is_mine)
    statement = select(DiscoveryItem.state, func.count()).outerjoin(ListRow, ListRow.id == DiscoveryItem.list_row_id)
    counted = session.execute(statement.where(*_tests(who, every)).group_by(DiscoveryItem.state))
    numbers = dict.fromkeys(ItemState, 0)
    for state, number in counted:
        numbers[state] = number
    return numbers


def count_asked(session: Session, who: Identity) -> int:
    """How many items wait for a supervisor's approval."""
    statement = select(func.count(DiscoveryItem.id)).where(DiscoveryItem.state == ItemState.ASKED)
    return session.scalar(statement.where(visible_items(who))) or 0


def list_item_rounds(session: Session, who: Identity, *, limit: int = 12) -> Sequence[Round]:
    """Rounds of the own 시군구, the newest first."""
    statement = select(Round).where(Round.district_id == who.district_id)
    return session.scalars(statement.order_by(Round.opens_on.desc(), Round.id.desc()).limit(limit)).all()


def items_of_household(session: Session, household_id: int) -> Sequence[DiscoveryItem]:
    """Every time a household was to be found, newest first."""
    statement = select(DiscoveryItem).where(DiscoveryItem.household_id == household_id)
    return session.scalars(statement.order_by(DiscoveryItem.received_on.desc(), DiscoveryItem.id.desc())).all()


def earlier_of(session: Session, who: Identity, item: DiscoveryItem) -> list[EarlierItem]:
    """The earlier times the person of an item was to be found, newest first."""
    named = earlier_items(session, who.district_id, {item.person_key})
    return before(item, named[item.person_key])


def previous_line(item: DiscoveryItem, earlier: Sequence[EarlierItem], told: int) -> str:
    """«3회 연속 발굴, 마지막 결과 …» of an item's person. `told`: how many earlier times the list itself knows of."""
    days = {each.received_on for each in earlier}
    last = next((each for each in earlier if each.outcome), None)
    return previous_words(
        times=max(len(days), told), in_a_row=count_in_a_row(sorted(days), item.received_on),
        last_outcome=last.outcome if last else None, last_on=last.outcome_on if last else None,
    )  # fmt: skip


def _named() -> Select[*tuple[Any, ...]]:
    """Items with their row, their household and the name of whoever holds them."""
    return (
        select(DiscoveryItem, ListRow, Household, Account.name)
        .outerjoin(ListRow, ListRow.id == DiscoveryItem.list_row_id)
        .outerjoin(Household, Household.id == DiscoveryItem.household_id)
        .outerjoin(Account, Account.id == DiscoveryItem.claimed_by_id)
    )


def _tests(who: Identity, wanted: QueueFilter) -> list[ColumnElement[bool]]:
    tests = [visible_items(who)]
    if wanted.state is not None:
        tests.append(DiscoveryItem.state == wanted.state)
    if wanted.centre_id is not None:
        tests.append(DiscoveryItem.centre_id == wanted.centre_id)
    if wanted.round_id is not None:
        tests.append(DiscoveryItem.round_id == wanted.round_id)
    if wanted.is_mine:
        tests.append(DiscoveryItem.claimed_by_id.in_(who.acting_for))
    if wanted.crisis:
        tests.append(
            and_(
                ListRow.id.is_not(None),
                cast(ListRow.crisis_codes, String).contains(f'"{wanted.crisis}"', autoescape=True),
            )
        )
    return tests


def _lines(session: Session, who: Identity, rows: Sequence[Any], today: date) -> list[QueueLine]:
    items = [row[0] for row in rows]
    houses = {item.household_id for item in items if item.household_id is not None}
    named = earlier_items(session, who.district_id, {item.person_key for item in items})
    tries = last_tries(session, items)
    dues = read_dues(session, houses, district_id=who.district_id, today=today) if houses else {}
    flags = _flags(session, houses)
    return [
        QueueLine(
            item, row, household, name or "",
            previous_line(item, before(item, named[item.person_key]), (row.previous_discoveries or 0) if row else 0),
            tries.get(item.id), next(iter(in_order(dues.get(item.household_id, ()))), None),
            flags.get(item.household_id, ()),
        )
        for item, row, household, name in rows
    ]  # fmt: skip


def _flags(session: Session, household_ids: Collection[int]) -> dict[int | None, list[SafetyFlag]]:
    found: dict[int | None, list[SafetyFlag]] = {}
    standing = select(SafetyFlag).where(SafetyFlag.household_id.in_(household_ids), SafetyFlag.ended_on.is_(None))
    for flag in session.scalars(standing.order_by(SafetyFlag.id)) if household_ids else ():
        found.setdefault(flag.household_id, []).append(flag)
    return found
