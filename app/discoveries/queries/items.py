"""The queue: who is to be found next, and why. Scoped to who asks, paged by (score, id)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, select, true, tuple_
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Account
from app.core.database import fetch
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

_SHOWN = (
    select(
        DiscoveryItem.id, DiscoveryItem.centre_id, DiscoveryItem.round_id, DiscoveryItem.source, DiscoveryItem.household_id,
        DiscoveryItem.person_key, DiscoveryItem.received_on, DiscoveryItem.summary, DiscoveryItem.score, DiscoveryItem.score_lines,
        DiscoveryItem.state, DiscoveryItem.claimed_by_id, DiscoveryItem.outcome, ListRow.read_as, ListRow.previous_discoveries, Household.number,
        Household.title, Household.road_address, Household.lot_address, Household.unit, Account.name.label("claimed_by"),
    )
    .outerjoin(ListRow, ListRow.id == DiscoveryItem.list_row_id)
    .outerjoin(Household, Household.id == DiscoveryItem.household_id)
    .outerjoin(Account, Account.id == DiscoveryItem.claimed_by_id)
)  # fmt: skip
"""The columns of an item, its row, its household and whoever holds it that the queue shows."""


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What somebody wants to see of the queue."""

    state: ItemState | None = ItemState.OPEN
    centre_id: int | None = None
    round_id: int | None = None
    crisis: str = ""
    is_mine: bool = False


class Home(NamedTuple):
    """What the queue says of a household."""

    number: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One item as the queue shows it."""

    item: Any
    """The item; in the queue, a row of those of its columns that are shown."""
    row: ListRow | None
    household: Household | Home | None
    claimed_by: str
    previous: str
    """«3회 연속 발굴, 마지막 결과 …»; "" for the first time."""
    last_try: LastTry | None
    due: Due | None
    """What is due first at the household."""
    flags: Sequence[SafetyFlag] = field(default_factory=tuple)
    person: ListedPerson | None = None
    """Whom a list named."""


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
    statement = _SHOWN.where(*_tests(who, wanted))
    if after is not None:
        statement = statement.where(tuple_(DiscoveryItem.score, DiscoveryItem.id) < after)
    ordered = statement.order_by(DiscoveryItem.score.desc(), DiscoveryItem.id.desc()).limit(limit + 1)
    rows = fetch(session, ordered, {})
    around = _around(session, who, rows, today)
    return [
        around.line(row, None, _home(row), row.claimed_by or "", _person(row.read_as), row.previous_discoveries)
        for row in rows
    ]


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
    statement = select(DiscoveryItem.state, func.count())
    if wanted.crisis:
        statement = statement.outerjoin(ListRow, ListRow.id == DiscoveryItem.list_row_id)
    counted = fetch(session, statement.where(*_tests(who, every)).group_by(DiscoveryItem.state), {})
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
    around = _around(session, who, [row[0] for row in rows], today)
    return [
        around.line(
            item, row, household, name or "", row.person if row and row.read_as else None,
            row.previous_discoveries if row else None,
        )
        for item, row, household, name in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands beside the items of a page."""

    named: Mapping[str, Sequence[EarlierItem]]
    tries: Mapping[int, LastTry]
    dues: Mapping[int, Sequence[Due]]
    flags: Mapping[int | None, Sequence[SafetyFlag]]

    def line(
        self, item: Any, row: ListRow | None, household: Household | Home | None, claimed_by: str,
        person: ListedPerson | None, told: int | None,
    ) -> QueueLine:  # fmt: skip
        previous = previous_line(item, before(item, self.named.get(item.person_key, ())), told or 0)
        due = next(iter(in_order(self.dues.get(item.household_id, ()))), None)
        flags = self.flags.get(item.household_id, ())
        return QueueLine(item, row, household, claimed_by, previous, self.tries.get(item.id), due, flags, person)


def _around(session: Session, who: Identity, items: Sequence[Any], today: date) -> _Around:
    houses = {item.household_id for item in items if item.household_id is not None}
    return _Around(
        earlier_items(session, who.district_id, {item.person_key for item in items}),
        last_tries(session, items),
        read_dues(session, houses, district_id=who.district_id, today=today) if houses else {},
        _flags(session, houses),
    )


def _home(row: Any) -> Home | None:
    if row.number is None:
        return None
    address = ", ".join(part for part in (row.road_address or row.lot_address, row.unit) if part)
    return Home(row.number, row.title, address)


def _person(read: Mapping[str, Any] | None) -> ListedPerson | None:
    """Name and address of whom a list named: all that the queue shows."""
    if not read:
        return None
    where = {name: read.get(name, "") for name in ("road_address", "lot_address", "unit")}
    return ListedPerson(0, read["name"], date.fromisoformat(read["birth_on"]), **where)


def _flags(session: Session, household_ids: Collection[int]) -> dict[int | None, list[SafetyFlag]]:
    found: dict[int | None, list[SafetyFlag]] = {}
    standing = select(SafetyFlag).where(SafetyFlag.household_id.in_(household_ids), SafetyFlag.ended_on.is_(None))
    for flag in session.scalars(standing.order_by(SafetyFlag.id)) if household_ids else ():
        found.setdefault(flag.household_id, []).append(flag)
    return found
