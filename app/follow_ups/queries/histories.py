"""What is known of households, read the short way: plain columns, many households at once.

A nightly refresh reads a million contacts, so nothing here passes through the ORM: a household's contacts come as one
text, dates and lists as text, and each distinct one is understood once.
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

from app.accounts.models import Centre, District
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
_UNCHANGED: Any = (
    select(District.id)
    .where(District.id.in_(bindparam("district_ids", expanding=True)))
    .order_by(District.id)
    .with_for_update(read=True)
)
_CHANGING: Any = select(District.id).where(District.id == bindparam("district_id")).with_for_update(key_share=True)
_HELD = _PLACES.with_for_update(key_share=True, of=Household)


def list_places(session: Session, household_ids: Collection[int]) -> list[Place]:
    """The households with these ids, in the order of their ids."""
    return _places(session, _PLACES, household_ids)


def hold_places(session: Session, household_ids: Collection[int]) -> list[Place]:
    """The same, waiting until nobody else is changing what is due of them; they stay held until the commit.

    So do the rules and days off they are judged by: whoever changes those waits in `hold_rules`.
    """
    places = _places(session, _HELD, household_ids)
    fetch(session, _UNCHANGED, {"district_ids": {place.district_id for place in places}})
    return places


def hold_rules(session: Session, district_id: int) -> None:
    """Wait until nobody judges by the rules of a 시군구 or changes them; they stay held until the commit.

    Without it a visit stored at the same moment could write an answer that rests on what was before.
    """
    fetch(session, _CHANGING, {"district_id": district_id})


def _places(session: Session, statement: Executable, household_ids: Collection[int]) -> list[Place]:
    return [Place._make(row) for row in fetch(session, statement, {"household_ids": household_ids})]


_BETWEEN_PARTS, _BETWEEN_CONTACTS = "|", ";"
"""Neither occurs in a date, in the value of a list of ours or in a list of keys."""
_HAPPENED_AT = func.coalesce(ContactRow.happened_at, ContactRow.recorded_at)
_CONTACT = (
    cast(ContactRow.occurred_on, Text) + _BETWEEN_PARTS + cast(_HAPPENED_AT, Text) + _BETWEEN_PARTS
    + cast(ContactRow.recorded_at, Text) + _BETWEEN_PARTS + type_coerce(ContactRow.mode, Text) + _BETWEEN_PARTS
    + type_coerce(ContactRow.purpose, Text) + _BETWEEN_PARTS + cast(ContactRow.member_ids, Text)
)  # fmt: skip
_CONTACTS = (
    select(ContactRow.household_id, func.aggregate_strings(_CONTACT, _BETWEEN_CONTACTS))
    .where(ContactRow.household_id.in_(_OF), ContactRow.voided_at.is_(None))
    .group_by(ContactRow.household_id)
)


def list_contacts(session: Session, household_ids: Collection[int]) -> dict[int, list[Contact]]:
    """The contacts that count, by household, in the order they happened."""
    rows = fetch(session, _CONTACTS, {"household_ids": household_ids})
    return defaultdict(list, {household_id: _contacts(text) for household_id, text in rows})


def _contacts(text: str) -> list[Contact]:
    """The contacts of one text: it begins with the day and the moment, so that sorting it puts them in order."""
    found, modes, purposes = [], _MODES, _PURPOSES
    for contact in sorted(text.split(_BETWEEN_CONTACTS)):
        on, _happened_at, _recorded_at, mode, purpose, members = contact.split(_BETWEEN_PARTS)
        found.append(Contact(_day(on), modes[mode], purposes[purpose], _members(members)))
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
    rows = fetch(session, _STANDING, {"household_ids": household_ids})
    for (
        key,
        household_id,
        code,
        note,
        promised_by,
        member_id,
        starts_on,
        ends_on,
        event_on,
        promised_on,
        made_on,
    ) in rows:
        term = Term(
            _day(starts_on), ends_on and _day(ends_on), member_id, event_on and _day(event_on), None,
            promised_on and _day(promised_on), made_on and _day(made_on),
        )  # fmt: skip
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
