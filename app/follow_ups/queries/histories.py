"""What is known of households, read the short way: plain columns, many households at once.

A nightly refresh reads a million contacts, so nothing here passes through the ORM: dates and lists come as text, and
each distinct text is understood once.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Executable, String, Text, bindparam, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from app.accounts.models import Centre
from app.core.clock import korean_date
from app.core.database import fetch
from app.follow_ups.models import AbsenceDecision, ContactRow, RuleVersionRow, TermRow
from app.follow_ups.rules import AbsenceRuling, Contact, ContactMode, Profession, Purpose, Term
from app.households.models import Household, Member
from app.households.rules import HouseholdStatus, HouseholdType

_MODES = {mode.value: mode for mode in ContactMode}
_PURPOSES = {purpose.value: purpose for purpose in Purpose}


class Place(NamedTuple):
    """A household as the refresh needs it."""

    id: int
    centre_id: int
    district_id: int
    is_active: bool
    risk: str
    lives_alone: bool
    worker_id: int | None
    nurse_id: int | None
    last_seen_on: date | None
    absences_in_row: int


class Standing(NamedTuple):
    """A term that may still be due."""

    id: int
    household_id: int
    member_id: int | None
    code: str
    note: str
    promised_by: Profession | None
    term: Term


_OF: Any = bindparam("household_ids", expanding=True)
_PLACES = (
    select(
        Household.id, Household.centre_id, Centre.district_id, Household.status == HouseholdStatus.ACTIVE,
        type_coerce(Household.risk, String), Household.household_type == HouseholdType.SINGLE, Household.worker_id,
        Household.nurse_id, Household.last_seen_on, Household.absences_in_row,
    )
    .join(Centre, Centre.id == Household.centre_id)
    .where(Household.id.in_(_OF))
    .order_by(Household.id)
)  # fmt: skip
_HELD = _PLACES.with_for_update(key_share=True, of=Household)


def list_places(session: Session, household_ids: Collection[int]) -> list[Place]:
    """The households with these ids, in the order of their ids."""
    return _places(session, _PLACES, household_ids)


def hold_places(session: Session, household_ids: Collection[int]) -> list[Place]:
    """The same, waiting until nobody else is changing what is due of them; they stay held until the commit."""
    return _places(session, _HELD, household_ids)


def _places(session: Session, statement: Executable, household_ids: Collection[int]) -> list[Place]:
    return [Place._make(row) for row in fetch(session, statement, {"household_ids": household_ids})]


_CONTACTS = (
    select(
        ContactRow.household_id, cast(ContactRow.occurred_on, Text), type_coerce(ContactRow.mode, String),
        type_coerce(ContactRow.purpose, String), cast(ContactRow.member_ids, Text),
    )
    .where(ContactRow.household_id.in_(_OF), ContactRow.voided_at.is_(None))
    .order_by(
        ContactRow.occurred_on, func.coalesce(ContactRow.happened_at, ContactRow.recorded_at), ContactRow.recorded_at
    )
)  # fmt: skip


def list_contacts(session: Session, household_ids: Collection[int]) -> dict[int, list[Contact]]:
    """The contacts that count, by household, in the order they happened."""
    found: dict[int, list[Contact]] = defaultdict(list)
    modes, purposes = _MODES, _PURPOSES
    for household_id, on, mode, purpose, members in fetch(session, _CONTACTS, {"household_ids": household_ids}):
        found[household_id].append(Contact(_day(on), modes[mode], purposes[purpose], _members(members)))
    return found


@lru_cache(maxsize=20_000)
def _day(text: str) -> date:
    return date.fromisoformat(text)


@lru_cache(maxsize=20_000)
def _members(text: str) -> frozenset[int]:
    return frozenset(json.loads(text))


_STANDING = (
    select(
        TermRow.id, TermRow.household_id, RuleVersionRow.code, TermRow.note, TermRow.promised_by, TermRow.member_id,
        cast(TermRow.starts_on, Text), cast(TermRow.ends_on, Text), cast(TermRow.event_on, Text),
        cast(TermRow.promised_on, Text), cast(TermRow.made_on, Text),
    )
    .join(RuleVersionRow, RuleVersionRow.id == TermRow.rule_version_id)
    .join(Household, Household.id == TermRow.household_id)
    .outerjoin(Member, Member.id == TermRow.member_id)
    .where(
        TermRow.household_id.in_(_OF),
        TermRow.closed_on.is_(None),
        Member.left_on.is_(None),
        Household.status == HouseholdStatus.ACTIVE,
    )
    .order_by(TermRow.id)
)  # fmt: skip


def standing_terms(session: Session, household_ids: Collection[int]) -> dict[int, list[Standing]]:
    """Terms that may still be due, by household, of households that are looked after and of people who still live there."""
    found: dict[int, list[Standing]] = defaultdict(list)
    for key, household_id, code, note, promised_by, member_id, *days in fetch(
        session, _STANDING, {"household_ids": household_ids}
    ):
        starts_on, ends_on, event_on, promised_on, made_on = (day and _day(day) for day in days)
        term = Term(starts_on, ends_on, member_id, event_on, None, promised_on, made_on)
        found[household_id].append(Standing(key, household_id, member_id, code, note, promised_by, term))
    return found


_RULINGS = (
    select(
        AbsenceDecision.household_id, AbsenceDecision.first_try_on, AbsenceDecision.tries, AbsenceDecision.verdict,
        AbsenceDecision.at, AbsenceDecision.until_on,
    )
    .where(AbsenceDecision.household_id.in_(_OF))
    .order_by(AbsenceDecision.id)
)  # fmt: skip


def newest_rulings(session: Session, household_ids: Collection[int]) -> dict[int, AbsenceRuling]:
    """What the supervisor decided last about households that nobody reached."""
    if not household_ids:
        return {}
    return {
        household_id: AbsenceRuling(first_try_on, tries, verdict, korean_date(at), until_on)
        for household_id, first_try_on, tries, verdict, at, until_on in fetch(
            session, _RULINGS, {"household_ids": household_ids}
        )
    }
