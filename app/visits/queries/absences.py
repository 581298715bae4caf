"""What happened since a household was last reached: every try that counts, whatever it was written on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.core.clock import KOREA
from app.core.database import fetch
from app.discoveries.queries.items_tries import NotedTry, noted_tries
from app.follow_ups.models import ContactRow
from app.follow_ups.rules import ContactMode
from app.visits.queries.records import VisitRecord, list_visits
from app.visits.rules import REACHED

FAR_ENOUGH = 60
"""Contacts looked through for the last time somebody was reached."""
VAIN = frozenset({ContactMode.ABSENT, ContactMode.NO_ANSWER})


class Told(NamedTuple):
    """One contact with what is known of it: its visit record, or what was noted at the item it was made for."""

    mode: ContactMode
    occurred_on: date
    happened_at: datetime | None
    by: str
    visit: VisitRecord | None
    noted: NotedTry | None

    @property
    def at(self) -> datetime:
        """The moment; the day's beginning where no hour is known."""
        return self.happened_at or datetime.combine(self.occurred_on, time(), KOREA)

    @property
    def has_time(self) -> bool:
        """Whether the hour is known."""
        return self.happened_at is not None

    @property
    def is_vain(self) -> bool:
        return self.mode in VAIN


class Unreached(NamedTuple):
    """A household since nobody of it was met or spoken to any more."""

    since: list[Told]
    """Everything after that, newest first: vain tries, words with neighbours, letters."""
    last_reached: Told | None
    last_seen: Told | None
    """The last time face to face, which may lie before `last_reached`."""

    @property
    def tries(self) -> list[Told]:
        """The vain tries among them."""
        return [told for told in self.since if told.is_vain]


def list_unreached(session: Session, household_id: int, *, today: date) -> Unreached:
    """What was tried since a household was last reached, and when that was; what is still to come counts for nothing."""
    contacts = list(_told(session, household_id, today))
    reached = next((at for at, told in enumerate(contacts) if told.mode in REACHED), len(contacts))
    seen = (told for told in contacts if told.mode is ContactMode.FACE)
    return Unreached(contacts[:reached], next(iter(contacts[reached:]), None), next(seen, None))


_CONTACTS: Any = (
    select(ContactRow.record_id, ContactRow.mode, ContactRow.occurred_on, ContactRow.happened_at, Account.name)
    .outerjoin(Account, Account.id == ContactRow.by_id)
    .where(
        ContactRow.household_id == bindparam("of_household"), ContactRow.voided_at.is_(None),
        ContactRow.occurred_on <= bindparam("today"),
    )
    .order_by(
        ContactRow.occurred_on.desc(), func.coalesce(ContactRow.happened_at, ContactRow.recorded_at).desc(),
        ContactRow.recorded_at.desc(),
    )
    .limit(FAR_ENOUGH)
)  # fmt: skip
"""In the order in which the ladder counts them."""


def _told(session: Session, household_id: int, today: date) -> Iterator[Told]:
    """A household's newest contacts, each record once: what was heard beside an absence stands in the absence."""
    rows = fetch(session, _CONTACTS, {"of_household": household_id, "today": today})
    visits = {visit.id: visit for visit in list_visits(session, household_id, limit=FAR_ENOUGH)}
    notes = noted_tries(session, {row.record_id for row in rows} - visits.keys())
    told: set[UUID] = set()
    for record_id, mode, occurred_on, happened_at, name in rows:
        visit = visits.get(record_id)
        if record_id in told or (visit is not None and visit.mode is not mode):
            continue
        told.add(record_id)
        at, by = (visit.began_at, visit.by.name) if visit else (happened_at, name or "")
        yield Told(mode, occurred_on, at, by, visit, notes.get(record_id))
