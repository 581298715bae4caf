"""The queue: who is to be found next, and why. Scoped to who asks, paged by (score, id).

Statements are built once for each set of filters that is asked for, with places for the values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, bindparam, cast, func, select, tuple_
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Account
from app.core.database import fetch
from app.discoveries.models import DiscoveryItem, ListRow
from app.discoveries.queries.items import Home, QueueLine, ShownPerson, around_items
from app.discoveries.rules import ItemState
from app.households.models import Household

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


_KEY = tuple_(DiscoveryItem.score, DiscoveryItem.id)
_TESTS: Mapping[str, ColumnElement[bool]] = {
    "centre_ids": DiscoveryItem.centre_id.in_(bindparam("centre_ids", expanding=True)),
    "state": DiscoveryItem.state == bindparam("state"),
    "centre_id": DiscoveryItem.centre_id == bindparam("centre_id"),
    "round_id": DiscoveryItem.round_id == bindparam("round_id"),
    "holders": DiscoveryItem.claimed_by_id.in_(bindparam("holders", expanding=True)),
    "crisis": cast(ListRow.crisis_codes, String).contains(bindparam("crisis"), escape="/"),
    "after_id": tuple_(bindparam("after_score", type_=Integer), bindparam("after_id", type_=Integer)) > _KEY,
}
"""What may be asked of the queue, by the name of the value that asks it."""


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What somebody wants to see of the queue."""

    state: ItemState | None = ItemState.OPEN
    centre_id: int | None = None
    round_id: int | None = None
    crisis: str = ""
    is_mine: bool = False


def list_queue(
    session: Session, who: Identity, wanted: QueueFilter, *, today: date, after: tuple[int, int] | None = None,
    limit: int = 20,
) -> list[QueueLine]:  # fmt: skip
    """Items by score, the most urgent first, one more than `limit` when there are more. Statements do not grow with rows.

    Args:
        after: score and id of the last item of the page before.
    """
    asked = _asked(who, wanted)
    if after is not None:
        asked |= {"after_score": after[0], "after_id": after[1]}
    rows = fetch(session, _page(*asked), asked | {"most": limit + 1})
    around = around_items(session, who, rows, today)
    return [
        around.line(row, None, _home(row), row.claimed_by or "", _person(row.read_as), row.previous_discoveries)
        for row in rows
    ]


def count_states(session: Session, who: Identity, wanted: QueueFilter) -> Mapping[ItemState, int]:
    """Items of each state with the other filters of `wanted`; every state is there."""
    asked = _asked(who, replace(wanted, state=None))
    return dict.fromkeys(ItemState, 0) | {row.state: row.number for row in fetch(session, _counted(*asked), asked)}


def count_asked(session: Session, who: Identity) -> int:
    """How many items wait for a supervisor's approval."""
    asked = _asked(who, QueueFilter(ItemState.ASKED))
    return sum(row.number for row in fetch(session, _counted(*asked), asked))


def _asked(who: Identity, wanted: QueueFilter) -> dict[str, Any]:
    """The values to ask for; what does not matter is left out: the scope, where one centre of it is chosen.

    The system itself sees all centres.
    """
    sees_it = who.account_id is None or wanted.centre_id in who.centre_ids
    values = {
        "centre_ids": None if sees_it else sorted(who.centre_ids),
        "state": wanted.state,
        "centre_id": wanted.centre_id,
        "round_id": wanted.round_id,
        "holders": sorted(who.acting_for) if wanted.is_mine else None,
        "crisis": _escaped(f'"{wanted.crisis}"') if wanted.crisis else None,
    }
    return {name: value for name, value in values.items() if value is not None}


def _escaped(text: str) -> str:
    """Text to be found as it stands: signs that mean anything to LIKE mean themselves."""
    return text.replace("/", "//").replace("%", "/%").replace("_", "/_")


@cache
def _page(*asked: str) -> Select[*tuple[Any, ...]]:
    """One page of the queue where these values are given."""
    statement = _SHOWN.where(*_tests(asked))
    return statement.order_by(DiscoveryItem.score.desc(), DiscoveryItem.id.desc()).limit(bindparam("most"))


@cache
def _counted(*asked: str) -> Select[*tuple[Any, ...]]:
    """Items by state where these values are given."""
    statement = select(DiscoveryItem.state, func.count().label("number")).select_from(DiscoveryItem)
    if "crisis" in asked:
        statement = statement.join(ListRow, ListRow.id == DiscoveryItem.list_row_id)
    return statement.where(*_tests(asked)).group_by(DiscoveryItem.state)


def _tests(asked: tuple[str, ...]) -> list[ColumnElement[bool]]:
    return [_TESTS[name] for name in asked if name in _TESTS]


def _home(row: Any) -> Home | None:
    if row.number is None:
        return None
    return Home(row.number, row.title, _address(row.road_address, row.lot_address, row.unit))


def _person(read: Mapping[str, Any] | None) -> ShownPerson | None:
    """Whom a list named, as the queue shows them."""
    if not read:
        return None
    where = _address(read.get("road_address", ""), read.get("lot_address", ""), read.get("unit", ""))
    return ShownPerson(read["name"], where)


def _address(road: str, lot: str, unit: str) -> str:
    return ", ".join(part for part in (road or lot, unit) if part)
