"""E01: what police and fire service must know of a household that nobody reaches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.core.clock import korean_date
from app.core.text import format_phone
from app.follow_ups.queries import absence_step, list_decisions, standing_groups
from app.follow_ups.rules import ContactMode, decision_words
from app.households.models import Household
from app.reports.facts.persons import age_text
from app.reports.rules import (
    HEALTH_WITHHELD,
    MOST_TRIES,
    EntryCallFacts,
    EntrySheetFacts,
    GroundNamed,
    Letterhead,
    ResidentFacts,
    RulingFacts,
    TryFacts,
    wording,
)
from app.visits.queries import VisitRecord, as_reading, list_visits
from app.visits.queries.absences import Told, Unreached, list_unreached
from app.visits.rules import Tried, cut, vitals_line

NOTE_LIMIT = 120


def gather_entry_sheet(
    session: Session, who: Identity, household: Household, named: GroundNamed, letterhead: Letterhead, *, now: datetime
) -> EntrySheetFacts:
    """The facts of the urgent entry request; unmasked, to be masked by the caller.

    Health is in it for those who may read it, and for the household's own centre where a pressing interest of life
    and body is the named ground.
    """
    today = korean_date(now)
    unreached = list_unreached(session, household.id, today=today)
    older, tries = unreached.since[MOST_TRIES:], unreached.since[:MOST_TRIES]
    reads_health = _tells_health(who, household, named)
    health = tuple(_health(session, household, today)) if reads_health else ()
    return EntrySheetFacts(
        letterhead=letterhead,
        asked_by=letterhead.printed_by,
        asked_by_phone=format_phone(household.centre.phone),
        ground=named.ground.label,
        ground_words=named.words,
        **_dwelling(household),
        residents=tuple(_resident(member, today) for member in household.members if member.is_present),
        safety=tuple(_flag(flag) for flag in household.flags if flag.is_standing),
        health=health,
        health_withheld="" if reads_health else HEALTH_WITHHELD,
        last_seen_on=household.last_seen_on,
        last_spoken_on=_spoken_on(unreached),
        vain_tries=household.absences_in_row,
        tries=tuple(map(_try, reversed(tries))),
        older_tries=len(older),
        ruling=_ruling(session, household, today),
        calls=_calls(household),
    )


def _tells_health(who: Identity, household: Household, named: GroundNamed) -> bool:
    """Whoever goes to the door may tell health for life and body; the 시군구 may not."""
    in_need = named.ground.opens_health and can(who, Permission.LOG_VISIT, household)
    return in_need or can(who, Permission.READ_NURSING_NOTE, household)


def _dwelling(household: Household) -> dict[str, Any]:
    return {
        "number": household.number,
        "name": household.title,
        "address": _joined(household.road_address, household.unit),
        "lot_address": _joined(household.lot_address, "" if household.road_address else household.unit),
        "dwelling": household.dwelling.label if household.dwelling else "",
        "approach": household.approach,
        "phone": format_phone(household.phone),
        "household_type": household.household_type.label,
        "risk": household.risk.label,
    }


def _joined(address: str, unit: str) -> str:
    return ", ".join(part for part in (address, unit) if part) if address else ""


def _resident(member: Any, today: date) -> ResidentFacts:
    return ResidentFacts(
        name=member.name,
        relation=member.relation.label,
        sex=member.sex.label if member.sex else "",
        age=age_text(member, today),
        phone=format_phone(member.phone),
        note=member.note,
    )


def _flag(flag: Any) -> str:
    return f"{flag.kind.label} · {flag.rule.label}: {flag.instruction or flag.basis}"


def _health(session: Session, household: Household, today: date) -> Iterator[str]:
    """Care groups, the last measurements and the last nursing note: what matters at the door, no more."""
    groups = standing_groups(session, household.id, today=today)
    names = {member.id: member.name for member in household.members}
    if groups:
        yield ", ".join(f"{names.get(member_id, '')} {group.label}" for member_id, group in groups.items())
    visits = list_visits(session, household.id)
    measured = next((visit for visit in visits if visit.readings), None)
    if measured:
        yield f"{wording.day(measured.occurred_on)} {_vitals(measured)}"
    noted = next((visit for visit in visits if visit.nursing_note.strip()), None)
    if noted:
        yield f"{wording.day(noted.occurred_on)} {cut(' '.join(noted.nursing_note.split()), NOTE_LIMIT)}"


def _vitals(visit: VisitRecord) -> str:
    people = {row.member_id: row.member.name for row in visit.readings}
    lines = (
        f"{name} {vitals_line([as_reading(row) for row in visit.readings if row.member_id == member_id])}"
        for member_id, name in people.items()
    )
    return ". ".join(lines)


def _spoken_on(unreached: Unreached) -> date | None:
    """The last call or word at the counter, unless the household was seen since."""
    last = unreached.last_reached
    return last.occurred_on if last is not None and last.mode is not ContactMode.FACE else None


def _try(told: Told) -> TryFacts:
    return TryFacts(
        happened_at=told.at,
        mode=told.mode.label,
        tried=_tried(told.visit) if told.visit else "",
        heard=". ".join(part.rstrip(". ") for part in _heard(told) if part.strip()),
        by=told.by,
    )


def _tried(visit: VisitRecord) -> str:
    notice = ["안내문"] if visit.notice_left else []
    return "·".join([*(Tried(way).label for way in visit.tried), *notice])


def _heard(told: Told) -> Iterator[str]:
    """What neighbours said and what was noted, on the visit record or at the discovery item."""
    visit = told.visit
    if visit is None:
        yield told.noted.note if told.noted else ""
    else:
        yield f"이웃: {visit.neighbour_asked}" if visit.neighbour_asked else ""
        yield from (visit.absence_note, visit.welfare_note, visit.shared_line)


def _ruling(session: Session, household: Household, today: date) -> RulingFacts | None:
    """The decision that holds for the present tries."""
    step = absence_step(session, household, today=today)
    if step is None or step.ruling is None:
        return None
    decision = list_decisions(session, household.id)[0]
    return RulingFacts(
        verdict=decision_words(decision.verdict, None),
        decided_at=decision.at,
        decided_by=decision.by.title,
        until_on=decision.until_on,
        reason=decision.reason,
    )


def _calls(household: Household) -> tuple[EntryCallFacts, ...]:
    """In the order in which one calls; who keeps the keys is not known here and is written in by hand."""
    return (
        EntryCallFacts(whom="경찰", phone="112"),
        EntryCallFacts(whom="소방·구급", phone="119"),
        EntryCallFacts(whom="관리사무소·집주인", phone=""),
        EntryCallFacts(whom="가족 (비상연락처)", phone="", note=household.emergency_contact),
    )
