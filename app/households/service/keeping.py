"""What every change of a household has in common: its history, its title, its version, its search grams."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.core.errors import StaleRecord
from app.core.text import stored_doors
from app.households.models import Household, HouseholdChange, Member, SearchGram
from app.households.queries import searchable
from app.households.rules import Relation, grams_of
from app.households.service.stored import spoken

Difference = tuple[str, str, str]
"""Korean name of the field, what stood there before, what stands there now."""


def title_of(members: Sequence[Member]) -> str:
    """What a household is called: the head's name, and the spouse's beside it."""
    present = [member for member in members if member.is_present] or list(members)
    names = [present[0].name, *(member.name for member in present[1:] if member.relation is Relation.SPOUSE)]
    return " · ".join(names[:2])


def apply_columns(row: Any, wanted: dict[str, Any], labels: dict[str, str]) -> Iterator[Difference]:
    """Set the columns that differ, and tell each difference."""
    for name, label in labels.items():
        before, after = getattr(row, name), wanted[name]
        if before != after:
            setattr(row, name, after)
            yield label, spoken(before), spoken(after)


def keep(
    session: Session, household: Household, changes: list[Difference], *, actor: Identity, now: datetime
) -> list[HouseholdChange]:
    """Keep the history of an edit, refresh title, door and search, and count the version up; nothing changed, nothing
    kept."""
    if not changes:
        return []
    kept = note(session, household, changes, actor=actor, now=now)
    household.title = title_of(household.members)
    _refresh_doors(household)
    household.version += 1
    session.flush()
    refresh_grams(session, household)
    record_change(session, household, ", ".join(label for label, _before, _after in changes), actor=actor, now=now)
    return kept


def _refresh_doors(household: Household) -> None:
    doors = stored_doors(household.road_address, household.lot_address, household.unit)
    household.road_door, household.lot_door = doors["road_door"], doors["lot_door"]


def note(
    session: Session, household: Household, changes: list[Difference], *, actor: Identity, now: datetime
) -> list[HouseholdChange]:
    """Add lines to the household's history."""
    rows = [
        HouseholdChange(
            household_id=household.id, field=label, before=before, after=after, at=now, by_id=actor.account_id
        )
        for label, before, after in changes
    ]
    session.add_all(rows)
    return rows


def record_change(session: Session, household: Household, what: str, *, actor: Identity, now: datetime) -> None:
    """Write the access-log row of a change: which fields, never what stands in them."""
    session.flush()
    subject = f"household:{household.id}"
    audit.record(session, Action.CHANGE, subject=subject, household_id=household.id, detail=what, actor=actor, now=now)


def refuse_stale(session: Session, household: Household, version: int) -> None:
    """Hold the household and compare versions.

    Raises:
        StaleRecord: somebody saved since the form was opened with `version`.
    """
    statement = select(Household.version).where(Household.id == household.id).with_for_update()
    if session.scalar(statement) != version:
        raise StaleRecord


def refresh_grams(session: Session, household: Household, *, is_new: bool = False) -> None:
    """Make the household findable under what it is now, and no longer under what it was."""
    if not is_new:
        session.execute(delete(SearchGram).where(SearchGram.household_id == household.id))
    rows = [
        {"centre_id": household.centre_id, "gram": gram, "household_id": household.id}
        for gram in sorted(grams_of(searchable(household)))
    ]
    session.execute(insert(SearchGram), rows)
