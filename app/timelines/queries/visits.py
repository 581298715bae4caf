"""Visits and contacts on the line of time."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from app.follow_ups.rules import ContactMode
from app.households.models import Household
from app.timelines.queries.words import one_line, short
from app.timelines.rules import Door, Event, EventKind
from app.visits.models import Visit
from app.visits.queries import VisitRecord, as_reading, list_visits
from app.visits.rules import Tried, VisitState, corrections_mark, lateness, vitals_line


def visits(session: Session, household: Household, *, reads_health: bool, most: int) -> Iterator[Event]:
    """The newest visits, `most` of them at most; those taken back or cancelled say so."""
    for visit in list_visits(session, household.id, limit=most, every=True):
        happened = visit.voided_at is None and visit.state is not VisitState.CANCELLED
        is_met = happened and visit.mode is ContactMode.FACE
        yield Event(
            EventKind.VISIT, visit.began_at, _title(visit), visit_text(visit, reads_health=reads_health),
            tone="ok" if is_met else "", icon=_icon(visit, happened, is_met), has_time=True,
            opens=Door("visits.show_visit", {"visit_id": visit.id}), tags=tuple(tag for tag in _marks(visit) if tag),
        )  # fmt: skip


def _icon(visit: VisitRecord, happened: bool, is_met: bool) -> str:
    if not happened:
        return "close"
    return "check" if is_met else "phone" if "전화" in visit.mode.label else "dot"


def _title(visit: VisitRecord) -> str:
    """«방문-대면 · 방문간호», «무효: 방문-대면 · 방문간호», «방문 취소»."""
    if visit.state is VisitState.CANCELLED:
        return "무효: 방문 취소" if visit.voided_at else "방문 취소"
    title = f"{visit.mode.label} · {visit.purpose.label}"
    return f"무효: {title}" if visit.voided_at else title


def visit_text(visit: Visit | VisitRecord, *, reads_health: bool) -> str:
    """A visit in one short paragraph: vitals and nursing note only for those who may read them.

    One that was taken back says why, and nothing of what it had said.
    """
    if visit.voided_at is not None:
        return short(f"무효 까닭: {visit.voided_because}")
    if visit.state is VisitState.CANCELLED:
        return short(visit.cancelled_because)
    if visit.state is VisitState.ABSENT:
        return _absence_text(visit)
    health = [_vitals(visit), visit.nursing_note] if reads_health else []
    parts = [*health, visit.welfare_note, visit.shared_line]
    return short(" · ".join(" ".join(part.split()) for part in parts if part.strip()))


def _vitals(visit: Visit | VisitRecord) -> str:
    names = {row.member_id: row.member.name for row in visit.readings}
    lines = [
        (f"{name} " if len(names) > 1 else "")
        + vitals_line([as_reading(row) for row in visit.readings if row.member_id == member_id])
        for member_id, name in names.items()
    ]
    return " · ".join(lines)


def _absence_text(visit: Visit | VisitRecord) -> str:
    tried = "·".join(Tried(way).label for way in visit.tried)
    notice = "안내문 부착" if visit.notice_left else ""
    neighbour = f"이웃: {visit.neighbour_asked}" if visit.neighbour_asked else ""
    parts = (f"{tried}, 응답 없음" if tried else "응답 없음", notice, neighbour, visit.absence_note)
    return one_line(" · ".join(part for part in parts if part))


def _marks(visit: Visit | VisitRecord) -> tuple[str, ...]:
    seen = ", ".join(each.member.name for each in visit.attendances)
    return (
        ", ".join(person.name for person in (visit.by, visit.second_by) if person),
        seen,
        corrections_mark(len(visit.corrections)),
        lateness(visit.occurred_on, visit.typed_at) or "",
    )
