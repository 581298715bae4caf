"""Put what was typed on the row of a visit, and say what stands there."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy.orm import object_session

from app.care.queries import kept_words
from app.core.clock import KOREA
from app.core.privacy import mask_resident_numbers
from app.households.models import Household
from app.visits import queries
from app.visits.models import Visit, VisitMember, VitalReading
from app.visits.rules import AbsenceDetails, Judgements, Reading, VisitDetails, find_symptoms, judge, vitals_line

NOON = time(12)
TEXTS = (
    "place", "companion_name", "alone_because", "welfare_note", "nursing_note", "shared_line", "promise_note",
    "next_visit_reason", "told_to",
)  # fmt: skip
HEALTH_TEXTS = frozenset({"nursing_note"})


def fill(
    visit: Visit, details: VisitDetails, judgements: Judgements, household: Household, *, with_health: bool
) -> None:
    """Put what was typed on the row; without `with_health` the nursing note and the vitals stay as they are.

    A resident number in a text is masked: none is ever stored.
    """
    visit.occurred_on, visit.mode, visit.purpose = details.occurred_on, details.mode, details.purpose
    visit.began_at = details.began_at or _noon(details.occurred_on)
    visit.ended_at = details.ended_at
    visit.companion_ids = sorted(details.companion_ids)
    visit.promised_on = details.promised_on
    visit.attendances = _attendances(visit, details)
    for name in TEXTS:
        if with_health or name not in HEALTH_TEXTS:
            setattr(visit, name, mask_resident_numbers(getattr(details, name)))
    if with_health:
        fill_health(visit, details, judgements, household)


def fill_once(visit: Visit, details: VisitDetails) -> None:
    """Put on the row what no correction touches: the notes made while there, and what was confirmed to be as before."""
    visit.field_notes = mask_resident_numbers(details.field_notes)
    visit.carried = [
        {
            "name": each.name.value,
            "text": mask_resident_numbers(each.text),
            "from_visit_id": str(each.from_visit_id) if each.from_visit_id else None,
        }
        for each in details.carried
    ]


def fill_absence(visit: Visit, details: AbsenceDetails) -> None:
    """Put what was tried at a shut door on the row; resident numbers are masked."""
    visit.occurred_on, visit.mode, visit.purpose = details.occurred_on, details.mode, details.purpose
    visit.began_at = details.at or _noon(details.occurred_on)
    visit.tried = sorted(way.value for way in details.tried)
    visit.notice_left = details.notice_left
    visit.neighbour_asked = mask_resident_numbers(details.neighbour_asked)
    visit.absence_note = mask_resident_numbers(details.note)


def _noon(on: date) -> datetime:
    """What stands for a time nobody knows."""
    return datetime.combine(on, NOON, KOREA)


def fill_health(visit: Visit, details: VisitDetails, judgements: Judgements, household: Household) -> None:
    """Put vitals, symptoms and what was done about alarming values on the row; they take the place of what stood there."""
    visit.symptom_checks, visit.actions_taken = _checks(details), _actions(details)
    visit.readings = [_measured(reading, details, judgements, household) for reading in details.readings]


def _attendances(visit: Visit, details: VisitDetails) -> list[VisitMember]:
    kept = {each.member_id: each for each in visit.attendances}
    return [kept.get(member_id) or VisitMember(member_id=member_id) for member_id in sorted(details.members_seen)]


def _measured(reading: Reading, details: VisitDetails, judgements: Judgements, household: Household) -> VitalReading:
    member_id = details.member_of(reading.member_id)
    sex = next((member.sex for member in household.members if member.id == member_id), None)
    judgement = judge(reading, judgements, symptoms=find_symptoms(details, member_id) or (), sex=sex)
    return VitalReading(
        member_id=member_id,
        kind=reading.kind,
        value=reading.value,
        systolic=reading.systolic,
        diastolic=reading.diastolic,
        arm=reading.arm,
        position=reading.position,
        context=reading.context,
        flag=reading.flag,
        not_measured=reading.not_measured,
        measured_at=reading.measured_at or details.began_at or _noon(details.occurred_on),
        judgement_code=judgement.code if judgement else "",
        judgement_label=judgement.label if judgement else "",
        judgement_tone=judgement.tone.value if judgement else "",
        judged_by=judgements.version if judgement else "",
    )


def snapshot(visit: Visit) -> dict[str, Any]:
    """Everything a correction may change, as JSON: what a version keeps."""
    return {
        "occurred_on": visit.occurred_on.isoformat(),
        "began_at": _moment(visit.began_at),
        "ended_at": _moment(visit.ended_at),
        "mode": visit.mode.value,
        "purpose": visit.purpose.value,
        "members_seen": sorted(each.member_id for each in visit.attendances),
        "companion_ids": visit.companion_ids,
        "promised_on": visit.promised_on.isoformat() if visit.promised_on else None,
        "vitals": [[row.member_id, _vital_words(queries.as_reading(row))] for row in visit.readings],
        "symptom_checks": visit.symptom_checks,
        "actions_taken": visit.actions_taken,
        **_care_words(visit),
        **{name: getattr(visit, name) for name in TEXTS},
    }


def _care_words(visit: Visit) -> dict[str, list[str]]:
    """What the record holds of care, in lines; a record that is not stored yet holds nothing."""
    session = object_session(visit)
    return kept_words(session, visit.id) if session is not None else {}


def snapshot_of(details: VisitDetails) -> dict[str, Any]:
    """The snapshot of the record that these details would make."""
    readings = ((details.member_of(reading.member_id), reading) for reading in details.readings)
    return {
        "occurred_on": details.occurred_on.isoformat(),
        "began_at": _moment(details.began_at or _noon(details.occurred_on)),
        "ended_at": _moment(details.ended_at),
        "mode": details.mode.value,
        "purpose": details.purpose.value,
        "members_seen": sorted(details.members_seen),
        "companion_ids": sorted(details.companion_ids),
        "promised_on": details.promised_on.isoformat() if details.promised_on else None,
        "vitals": [[member_id, _vital_words(reading)] for member_id, reading in readings],
        "symptom_checks": _checks(details),
        "actions_taken": _actions(details),
        **{name: mask_resident_numbers(getattr(details, name)) for name in TEXTS},
    }


def _vital_words(reading: Reading) -> str:
    """«혈압 132/78 오른팔 누워서»: the value, and how it was taken where that was said."""
    return " ".join((vitals_line([reading]), *(word.label for word in (reading.arm, reading.position) if word)))


def _checks(details: VisitDetails) -> list[dict[str, Any]]:
    return [{"member_id": check.member_id, "symptoms": sorted(check.symptoms)} for check in details.symptom_checks]


def _actions(details: VisitDetails) -> list[dict[str, Any]]:
    return [
        {"member_id": done.member_id, "action": done.action.value, "note": mask_resident_numbers(done.note)}
        for done in details.actions_taken
    ]


def _moment(at: datetime | None) -> str | None:
    """In UTC, so that a moment just typed equals the same one read back."""
    return at.astimezone(UTC).isoformat() if at else None
