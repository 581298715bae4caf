"""Items of discovery with what stands beside them: whom they name, why, what was tried. Scoped to who asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, select, true
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

_FLAGS = (
    select(SafetyFlag.household_id, SafetyFlag.kind)
    .where(SafetyFlag.household_id.in_(bindparam("household_ids", expanding=True)), SafetyFlag.ended_on.is_(None))
    .order_by(SafetyFlag.id)
)
_ROUNDS = (
    select(Round.id, Round.title, Round.source)
    .where(Round.district_id == bindparam("district_id"))
    .order_by(Round.opens_on.desc(), Round.id.desc())
    .limit(bindparam("most"))
)


class Home(NamedTuple):
    """What the queue says of a household."""

    number: str
    title: str
    address: str


class ShownPerson(NamedTuple):
    """What the queue says of whom a list named."""

    name: str
    address: str


class QueueLine(NamedTuple):
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
    flags: Sequence[Any] = ()
    """Kinds of the standing safety flags of the household."""
    person: Any = None
    """Whom a list named (`ListedPerson`), in the queue as far as it is shown; None where none did."""

    @property
    def title(self) -> str:
        """The name on the list, or that of the household, or where the news came from."""
        if self.person:
            return str(self.person.name)
        return self.household.title if self.household else self.item.source.label

    @property
    def address(self) -> str:
        """Where the list says they live, otherwise where the household does."""
        known = self.person or self.household
        return known.address if known else ""

    @property
    def reasons(self) -> str:
        """What counts most: «단전 · 건강보험료 체납»."""
        return " · ".join(words for _points, words in self.item.score_lines[:3])

    @property
    def origin(self) -> str:
        """Where they live, the household's number, who told of them and when."""
        number = self.household.number if self.household else "가구 모름"
        told = (self.address, number, self.item.source.label, f"{self.item.received_on} 발굴")
        return " · ".join(part for part in told if part)


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


def list_item_rounds(session: Session, who: Identity, *, limit: int = 12) -> Sequence[Any]:
    """Ids, titles and sources of the rounds of the own 시군구, the newest first."""
    return fetch(session, _ROUNDS, {"district_id": who.district_id, "most": limit})


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


def _lines(session: Session, who: Identity, rows: Sequence[Any], today: date) -> list[QueueLine]:
    around = around_items(session, who, [row[0] for row in rows], today)
    return [
        around.line(
            item, row, household, name or "", row.person if row and row.read_as else None,
            row.previous_discoveries if row else None,
        )
        for item, row, household, name in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Around:
    """What stands beside the items of a page."""

    named: Mapping[str, Sequence[EarlierItem]]
    tries: Mapping[int, LastTry]
    dues: Mapping[int, Sequence[Due]]
    flags: Mapping[int | None, Sequence[Any]]

    def line(
        self, item: Any, row: ListRow | None, household: Household | Home | None, claimed_by: str,
        person: ListedPerson | ShownPerson | None, told: int | None,
    ) -> QueueLine:  # fmt: skip
        previous = previous_line(item, before(item, self.named.get(item.person_key, ())), told or 0)
        due = next(iter(in_order(self.dues.get(item.household_id, ()))), None)
        flags = self.flags.get(item.household_id, ())
        return QueueLine(item, row, household, claimed_by, previous, self.tries.get(item.id), due, flags, person)


def around_items(session: Session, who: Identity, items: Sequence[Any], today: date) -> Around:
    houses = {item.household_id for item in items if item.household_id is not None}
    return Around(
        earlier_items(session, who.district_id, {item.person_key for item in items}),
        last_tries(session, items),
        read_dues(session, houses, district_id=who.district_id, today=today) if houses else {},
        _flags(session, houses),
    )


def _flags(session: Session, household_ids: Collection[int]) -> dict[int | None, list[Any]]:
    found: dict[int | None, list[Any]] = {}
    for flag in fetch(session, _FLAGS, {"household_ids": household_ids}) if household_ids else ():
        found.setdefault(flag.household_id, []).append(flag)
    return found
