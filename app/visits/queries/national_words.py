"""What a record says, by the keys that the boxes of a national form are filled with."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from app.care.queries import VisitCare, list_done
from app.core.clock import korean_time
from app.follow_ups.queries import standing_groups
from app.visits.models import Visit
from app.visits.queries.vitals import as_reading
from app.visits.rules import CrisisAction, Symptom, vitals_line

WEEKDAYS = "월화수목금토일"


def record_words(session: Session, visit: Visit, *, reads_health: bool) -> dict[str, str]:
    """The words of one record; without `reads_health` no word of health is among them."""
    care = list_done(session, [visit.id], reads_health=reads_health)[visit.id]
    words = {
        "happened": _when(visit),
        "mode": visit.mode.label,
        "place": visit.place or (visit.household.address if visit.mode.value == "FACE" else ""),
        "whom": ", ".join(each.member.name for each in visit.attendances) or visit.household.title,
        "purpose": visit.purpose.label,
        "content": "\n".join(part for part in (visit.welfare_note, visit.shared_line) if part.strip()),
        "actions": "\n".join([*_done(care), *_told(visit)]),
        "plan": " ".join(_plan(visit)),
        "by": ", ".join(person.title for person in (visit.by, visit.second_by) if person),
        "done": "\n".join(_done(care)),
        "told": "\n".join(_told(visit)),
    }
    return words | (_health(session, visit, care) if reads_health else {})


def _when(visit: Visit) -> str:
    begun = korean_time(visit.began_at)
    until = f"~{korean_time(visit.ended_at):%H:%M}" if visit.ended_at else ""
    return f"{begun:%Y-%m-%d}({WEEKDAYS[begun.weekday()]}) {begun:%H:%M}{until}"


def _plan(visit: Visit) -> Iterator[str]:
    if visit.promised_on:
        yield f"다음 방문 {visit.promised_on.isoformat()}({WEEKDAYS[visit.promised_on.weekday()]})."
    if visit.promise_note.strip():
        yield visit.promise_note


def _told(visit: Visit) -> Iterator[str]:
    if visit.told_to.strip():
        yield f"알림: {visit.told_to}"


def _done(care: VisitCare) -> Iterator[str]:
    for kind, lines in care.by_kind:
        named = (f"{line.label}({line.note})" if line.note.strip() else line.label for line in lines)
        yield f"{kind.label}: {', '.join(named)}"


def _health(session: Session, visit: Visit, care: VisitCare) -> dict[str, str]:
    names = {each.member_id: each.member.name for each in visit.attendances}
    groups = standing_groups(session, visit.household_id, today=visit.occurred_on)
    said = (f"{names.get(key or 0, '')} {group.label}".strip() for key, group in groups.items())
    return {
        "group": ", ".join(said),
        "vitals": "\n".join([*_vitals(visit), *_alarms(visit)]),
        "nursing": visit.nursing_note,
        "medicines": "\n".join(
            f"{check.member}: " + ", ".join(f"{point} {answer}" for point, answer, _concern in check.points)
            for check in care.checks
        ),
    }


def _vitals(visit: Visit) -> Iterator[str]:
    people = {row.member_id: row.member.name for row in visit.readings}
    for member_id, name in people.items():
        line = vitals_line([as_reading(row) for row in visit.readings if row.member_id == member_id])
        yield f"{name}: {line}" if len(people) > 1 else line


def _alarms(visit: Visit) -> Iterator[str]:
    for check in visit.symptom_checks:
        felt = ", ".join(Symptom(code).label for code in check["symptoms"])
        yield f"증상: {felt or '없음을 확인함'}"
    for act in visit.actions_taken:
        yield f"조치: {CrisisAction(act['action']).label} {act.get('note', '')}".strip()
