"""How somebody was tried to be reached: what was typed at the item, and what visit records of the household tell."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.core.clock import korean_date
from app.core.database import fetch
from app.discoveries.models import DiscoveryItem, ItemAttempt
from app.follow_ups.models import ContactRow
from app.follow_ups.rules import ContactMode

_TRIES = (
    select(ItemAttempt.item_id, ItemAttempt.mode, ItemAttempt.at)
    .where(ItemAttempt.item_id.in_(bindparam("item_ids", expanding=True)))
    .order_by(ItemAttempt.at)
)
_NOTED = select(ItemAttempt.id, ItemAttempt.item_id, ItemAttempt.note).where(
    ItemAttempt.id.in_(bindparam("ids", expanding=True))
)
_CONTACTS = (
    select(ContactRow.household_id, ContactRow.mode, ContactRow.occurred_on)
    .where(
        ContactRow.household_id.in_(bindparam("household_ids", expanding=True)), ContactRow.voided_at.is_(None),
        ContactRow.occurred_on >= bindparam("since"),
    )
    .order_by(ContactRow.occurred_on)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TriedOnce:
    """One try, newest knowledge of it."""

    id: UUID
    mode: ContactMode
    on: date
    at: datetime | None
    note: str
    by: str
    is_record: bool
    """Told by a record of the household, typed elsewhere and counted here without typing it again."""
    record_id: UUID | None = None


class LastTry(NamedTuple):
    """The newest try of an item."""

    mode: ContactMode
    on: date


@dataclass(frozen=True, slots=True)
class NotedTry:
    """What was typed at a try of an item."""

    item_id: int
    note: str


def noted_tries(session: Session, ids: Collection[UUID]) -> dict[UUID, NotedTry]:
    """What was typed at tries, by their ids; an id of any other record is left out."""
    rows = fetch(session, _NOTED, {"ids": ids}) if ids else ()
    return {row.id: NotedTry(row.item_id, row.note) for row in rows}


def list_tries(session: Session, item: DiscoveryItem) -> list[TriedOnce]:
    """Every try since an item came in, newest first; a try that is also a contact of the household is there once."""
    typed = [
        TriedOnce(row.id, row.mode, korean_date(row.at), row.at, row.note, name, is_record=False)
        for row, name in session.execute(
            select(ItemAttempt, Account.name).join(Account, Account.id == ItemAttempt.by_id).where(ItemAttempt.item_id == item.id)
        )
    ]  # fmt: skip
    known = {each.id for each in typed}
    told = [each for each in _told(session, item) if each.id not in known and each.record_id not in known]
    return sorted([*typed, *told], key=lambda each: (each.on, each.at.timestamp() if each.at else 0), reverse=True)


def counted_modes(session: Session, item: DiscoveryItem) -> list[ContactMode]:
    """How the tries went that count for an outcome now: after an item came back, those since then."""
    return [each.mode for each in list_tries(session, item) if counts(item, each)]


def counts(item: DiscoveryItem, tried: TriedOnce) -> bool:
    """Whether a try counts for the next outcome: one from before the last finished outcome proves nothing new."""
    if item.outcome_at is None:
        return True
    return tried.at > item.outcome_at if tried.at else tried.on > korean_date(item.outcome_at)


def last_tries(session: Session, items: Sequence[Any]) -> dict[int, LastTry]:
    """The newest try of each item, of those and of the household's contacts since the item came in."""
    ids = [item.id for item in items]
    newest: dict[int, LastTry] = {}
    for item_id, mode, at in fetch(session, _TRIES, {"item_ids": ids}) if ids else ():
        newest[item_id] = LastTry(mode, korean_date(at))
    contacts = _contacts_of(session, items)
    for item in items:
        for tried in contacts.get(item.household_id or 0, ()):
            known = newest.get(item.id)
            if tried.on >= item.received_on and (known is None or tried.on > known.on):
                newest[item.id] = tried
    return newest


def _contacts_of(session: Session, items: Sequence[Any]) -> dict[int, list[LastTry]]:
    houses = {item.household_id for item in items if item.household_id}
    if not houses:
        return {}
    since = min(item.received_on for item in items if item.household_id)
    found: dict[int, list[LastTry]] = {}
    for household_id, mode, on in fetch(session, _CONTACTS, {"household_ids": houses, "since": since}):
        found.setdefault(household_id, []).append(LastTry(mode, on))
    return found


def _told(session: Session, item: DiscoveryItem) -> list[TriedOnce]:
    if item.household_id is None:
        return []
    statement = (
        select(ContactRow, Account.name)
        .outerjoin(Account, Account.id == ContactRow.by_id)
        .where(
            ContactRow.household_id == item.household_id, ContactRow.voided_at.is_(None),
            ContactRow.occurred_on >= item.received_on,
        )
    )  # fmt: skip
    return [
        TriedOnce(
            row.id, row.mode, row.occurred_on, row.happened_at, row.purpose.label, name or "", True, row.record_id
        )
        for row, name in session.execute(statement)
    ]
