"""Two people at one form: which fields somebody else saved since it was opened, and whether both touched them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.households.models import Household, Member
from app.households.queries import list_changes_since
from app.households.rules import HouseholdDetails, MemberDetails
from app.households.service.members import member_label
from app.households.service.stored import (
    HOUSEHOLD_FIELDS,
    MEMBER_FIELDS,
    household_columns,
    member_columns,
    spoken,
)


@dataclass(frozen=True, slots=True)
class Overtaken:
    """One field that changed under an open form."""

    name: str
    """Column name."""
    label: str
    before: str
    """What stood there when the form was opened."""
    after: str
    """What stands there now."""
    typed: str
    """What the form wants there."""
    by_name: str
    at: datetime

    @property
    def is_conflict(self) -> bool:
        """Whether both changed it, differently; a field nobody touched here simply takes the new value."""
        return self.typed not in (self.before, self.after)


def overtaken_in_household(
    session: Session, household: Household, details: HouseholdDetails, *, since: datetime
) -> list[Overtaken]:
    """Fields of a household that were saved after `since`, beside what `details` wants there."""
    labels = {label: name for name, label in HOUSEHOLD_FIELDS.items()}
    return _overtaken(session, household.id, labels, household_columns(details), since=since)


def overtaken_in_member(
    session: Session, member: Member, details: MemberDetails, *, since: datetime
) -> list[Overtaken]:
    """Fields of a member that were saved after `since`, beside what `details` wants there."""
    labels = {f"{member_label(member)} {label}": name for name, label in MEMBER_FIELDS.items()}
    return _overtaken(session, member.household_id, labels, member_columns(details), since=since)


def _overtaken(
    session: Session, household_id: int, names: Mapping[str, str], wanted: Mapping[str, Any], *, since: datetime
) -> list[Overtaken]:
    found: dict[str, Overtaken] = {}
    for change in list_changes_since(session, household_id, since):
        name = names.get(change.field)
        if name is None:
            continue
        by_name = change.by.name if change.by else ""
        latest = Overtaken(name, change.field, change.before, change.after, spoken(wanted[name]), by_name, change.at)
        known = found.get(name)
        found[name] = replace(latest, before=known.before) if known else latest
    return list(found.values())
