"""Which weights put items in order, and what is known of many people at once when they are judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple, TypeVar

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Centre
from app.core.clock import korean_date
from app.core.database import fetch
from app.discoveries.models import DiscoveryItem, TriageTable
from app.discoveries.rules import ItemOutcome
from app.discoveries.rules.triage import TriageWeights, triage_from
from app.households.models import Household, SafetyFlag
from app.households.rules import FlagKind, HouseholdType, Risk

Key = TypeVar("Key")
AT_ONCE = 500
"""Keys in one statement."""

_EARLIER = (
    select(
        DiscoveryItem.person_key, DiscoveryItem.id, DiscoveryItem.round_id, DiscoveryItem.received_on, DiscoveryItem.outcome,
        DiscoveryItem.outcome_at,
    )
    .where(
        DiscoveryItem.person_key.in_(bindparam("keys", expanding=True)),
        DiscoveryItem.centre_id.in_(select(Centre.id).where(Centre.district_id == bindparam("district_id"))),
    )
    .order_by(DiscoveryItem.received_on.desc(), DiscoveryItem.id.desc())
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TriageInForce:
    """The version of the weights that holds."""

    id: int
    weights: TriageWeights


class EarlierItem(NamedTuple):
    """One earlier time a person was to be found."""

    id: int
    round_id: int | None
    received_on: date
    outcome: ItemOutcome | None
    outcome_at: datetime | None

    @property
    def outcome_on(self) -> date | None:
        """The day of the outcome in Korea."""
        return korean_date(self.outcome_at) if self.outcome_at else None


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """What of a household counts for its place in the queue."""

    is_alone: bool
    risk: Risk
    flags: frozenset[FlagKind]


def triage_in_force(session: Session, district_id: int, on: date) -> TriageInForce | None:
    """The newest weights begun by `on`, those of the 시군구 itself and everybody's alike; None when none were loaded."""
    own = or_(TriageTable.district_id.is_(None), TriageTable.district_id == district_id)
    newest = (TriageTable.effective_from.desc(), TriageTable.id.desc())
    begun = select(TriageTable).where(own, TriageTable.effective_from <= on).order_by(*newest).limit(1)
    row = session.scalars(begun).one_or_none()
    return TriageInForce(row.id, triage_from(row.document)) if row else None


def earlier_items(
    session: Session, district_id: int, keys: Collection[str], *, besides: Collection[int] = ()
) -> dict[str, list[EarlierItem]]:
    """By person, the items of this 시군구 that named them, newest first.

    Args:
        besides: items that are none of the earlier ones.
    """
    found: dict[str, list[EarlierItem]] = defaultdict(list)
    for some in _batches(sorted({key for key in keys if key})):
        for row in fetch(session, _EARLIER, {"keys": some, "district_id": district_id}):
            if row.id not in besides:
                found[row.person_key].append(EarlierItem(*row[1:]))
    return found


def before(item: DiscoveryItem, named: Sequence[EarlierItem]) -> list[EarlierItem]:
    """Those of `named` that came in before an item, in another round."""
    return [
        each for each in named
        if each.id != item.id and each.received_on <= item.received_on and (each.received_on, each.id) < (item.received_on, item.id)
        and (each.round_id is None or each.round_id != item.round_id)
    ]  # fmt: skip


def household_facts(session: Session, household_ids: Collection[int]) -> dict[int, HouseholdFacts]:
    """What counts of these households, two statements for some hundred of them."""
    found: dict[int, HouseholdFacts] = {}
    for some in _batches(sorted(household_ids)):
        flags: dict[int, set[FlagKind]] = defaultdict(set)
        standing = select(SafetyFlag.household_id, SafetyFlag.kind).where(SafetyFlag.ended_on.is_(None))
        for household_id, kind in session.execute(standing.where(SafetyFlag.household_id.in_(some))):
            flags[household_id].add(kind)
        columns = select(Household.id, Household.household_type, Household.risk).where(Household.id.in_(some))
        for row in session.execute(columns):
            is_alone = row.household_type is HouseholdType.SINGLE
            found[row.id] = HouseholdFacts(is_alone, row.risk, frozenset(flags.get(row.id, ())))
    return found


def _batches(keys: Sequence[Key]) -> Iterator[list[Key]]:
    rest = iter(keys)
    while some := list(islice(rest, AT_ONCE)):
        yield some
