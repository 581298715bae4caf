"""R13: everything about one household that the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.assignments.queries import list_history
from app.core.clock import korean_date
from app.core.text import format_phone
from app.discoveries.queries import list_rows_of
from app.follow_ups.queries import list_dues, list_terms
from app.follow_ups.rules import ContactMode, group_of, in_order
from app.households.models import Household
from app.households.queries import list_risk_changes
from app.households.rules import Benefit
from app.reports.facts import standing
from app.reports.facts.case_care import done_words, gather_care
from app.reports.facts.episodes import list_episodes
from app.reports.facts.persons import age_text, because_text, birth_text, days_overdue, first_phone
from app.reports.rules import (
    NURSING_WITHHELD,
    AssigneeFacts,
    CareGroupFacts,
    CaseReportFacts,
    ContactFacts,
    DueFacts,
    HouseholdFacts,
    Letterhead,
    MemberFacts,
    ReadingFacts,
    RiskFacts,
    SafetyFlagFacts,
    SectionFacts,
    VisitFacts,
    VitalsFacts,
    wording,
)
from app.visits.queries import ReadingRecord, VisitRecord, as_reading, list_visits
from app.visits.queries.trends import list_trends
from app.visits.rules import Tried, VisitState, VitalKind, lateness, vitals_line
from app.visits.rules.trends import Trend

MOST_VISITS = 500
AT_THE_DOOR = (ContactMode.FACE, ContactMode.ABSENT)
"""Modes that are visits; the others are listed as contacts."""
WHOLE = {
    VitalKind.PULSE: "pulse",
    VitalKind.RESPIRATION: "respiration",
    VitalKind.SPO2: "spo2",
    VitalKind.GLUCOSE: "glucose",
}
TENTHS = {VitalKind.TEMPERATURE: "temperature", VitalKind.WEIGHT: "weight"}


def gather_case_report(
    session: Session,
    who: Identity,
    household: Household,
    letterhead: Letterhead,
    *,
    now: datetime,
    since: date | None = None,
) -> CaseReportFacts:
    """The facts of one household's case report, of visits from `since` on; unmasked, to be masked by the caller."""
    today = korean_date(now)
    reads_health = can(who, Permission.READ_NURSING_NOTE, household)
    visits = [
        v for v in list_visits(session, household.id, limit=MOST_VISITS) if since is None or v.occurred_on >= since
    ]
    names = {member.id: member.name for member in household.members}
    risks = list_risk_changes(session, household.id)
    done = done_words(session, [visit.id for visit in visits], reads_health=reads_health)
    return CaseReportFacts(
        letterhead=letterhead,
        household=_household(household, risks[0].reason if risks else ""),
        assignees=_assignees(session, household),
        members=tuple(_member(member, today) for member in household.members),
        safety_flags=tuple(_flag(flag) for flag in household.flags if flag.is_standing),
        dues=tuple(_due(due, names) for due in in_order(list_dues(session, household, today=today))),
        care_groups=_care_groups(session, household),
        risk_history=_risk_history(risks),
        sections=_sections(session, household, who),
        visits=tuple(
            _visit(visit, done[visit.id], reads_health=reads_health) for visit in visits if visit.mode in AT_THE_DOOR
        ),
        vitals=_vitals(visits, list_trends(session, household.members, on=today, since=since)) if reads_health else (),
        vitals_withheld="" if reads_health else NURSING_WITHHELD,
        contacts=tuple(
            _contact(visit, done[visit.id], reads_health=reads_health)
            for visit in visits
            if visit.mode not in AT_THE_DOOR
        ),
        **gather_care(session, household, reads_health=reads_health),
    )


def _sections(session: Session, household: Household, who: Identity) -> tuple[SectionFacts, ...]:
    return (
        *_discoveries(session, household),
        *list_episodes(session, household, who),
        *standing.registrations(session, household),
        *standing.assessments(session, household, who),
    )


def _assignees(session: Session, household: Household) -> tuple[AssigneeFacts, ...]:
    return tuple(
        AssigneeFacts(role=each.duty.label, name=each.account.name, since_on=each.from_on, until_on=each.until_on)
        for each in list_history(session, household.id)
    )


def _risk_history(risks: Sequence[Any]) -> tuple[RiskFacts, ...]:
    return tuple(
        RiskFacts(level=each.risk.label, since_on=each.on, set_by=each.by.name if each.by else "", reason=each.reason)
        for each in risks
    )


def _household(household: Household, risk_reason: str) -> HouseholdFacts:
    closed = f" {wording.day(household.closed_on)}" if household.closed_on else ""
    return HouseholdFacts(
        number=household.number,
        name=household.title,
        address=household.address,
        phone=first_phone(household),
        household_type=household.household_type.label,
        benefits=tuple(Benefit(value).label for value in household.benefits),
        status=household.status.label + closed,
        risk_level=household.risk.label,
        risk_since_on=household.risk_since_on,
        risk_reason=risk_reason,
        approach=household.approach,
    )


def _member(member: Any, today: date) -> MemberFacts:
    left = f"{wording.day(member.left_on)} 제외 {member.left_because}" if member.left_on else ""
    return MemberFacts(
        name=member.name,
        relation=member.relation.label,
        born=birth_text(member),
        age=age_text(member, today),
        sex=member.sex.label if member.sex else "",
        phone=format_phone(member.phone),
        note=" ".join(part for part in (member.note, left) if part),
    )


def _flag(flag: Any) -> SafetyFlagFacts:
    return SafetyFlagFacts(
        kind=flag.kind.label,
        rule=flag.rule.label,
        basis=" ".join(part for part in (flag.basis, flag.instruction) if part),
        noted_by=flag.set_by.name if flag.set_by else "",
        noted_on=flag.set_on,
        review_on=flag.review_on,
    )


def _due(due: Any, names: dict[int, str]) -> DueFacts:
    return DueFacts(
        what=due.label,
        whom=names.get(due.member_id or 0, ""),
        due_on=due.due_on,
        status=due.status.label,
        days_overdue=days_overdue(due),
        because=because_text(due),
    )


def _care_groups(session: Session, household: Household) -> tuple[CareGroupFacts, ...]:
    grouped = [(term, group_of(term.rule.code)) for term in list_terms(session, household.id)]
    return tuple(
        CareGroupFacts(
            member=term.member.name if term.member else "",
            group=group.label,
            from_on=term.starts_on,
            until_on=term.ends_on,
            reason=term.note,
        )
        for term, group in grouped
        if group is not None
    )


def _discoveries(session: Session, household: Household) -> tuple[SectionFacts, ...]:
    rows = tuple((wording.day(row.discovered_on), row.title, row.text) for row in list_rows_of(session, household.id))
    return (SectionFacts(title="발굴", columns=("발굴일", "명단", "위기정보"), rows=rows),) if rows else ()


def _visit(visit: VisitRecord, done: str, *, reads_health: bool) -> VisitFacts:
    has_health = bool(visit.nursing_note or visit.readings)
    promised = (
        f"{wording.day(visit.promised_on)} {visit.promise_note}".strip() if visit.promised_on else visit.promise_note
    )
    return VisitFacts(
        happened_at=visit.began_at,
        mode=visit.mode.label,
        purpose=visit.purpose.label,
        visited_by=tuple(person.name for person in (visit.by, visit.second_by) if person),
        members_seen=tuple(each.member.name for each in visit.attendances),
        welfare_note=shared_text(visit),
        nursing_note=visit.nursing_note if reads_health else "",
        vitals=_vitals_text(visit) if reads_health else "",
        promised=promised,
        done=done,
        corrections=len(visit.corrections),
        nursing_withheld=NURSING_WITHHELD if has_health and not reads_health else "",
        late=lateness(visit.occurred_on, visit.typed_at) or "",
    )


def _contact(visit: VisitRecord, done: str, *, reads_health: bool) -> ContactFacts:
    """A call, a letter, somebody at the counter: a line of its own."""
    withheld = NURSING_WITHHELD if (visit.nursing_note or visit.readings) and not reads_health else ""
    health = [_vitals_text(visit), visit.nursing_note] if reads_health else [withheld]
    return ContactFacts(
        occurred_on=visit.occurred_on,
        mode=visit.mode.label,
        purpose=visit.purpose.label,
        contacted_by=visit.by.name,
        reached=tuple(each.member.name for each in visit.attendances),
        note="\n".join(part for part in (shared_text(visit), *health, done) if part),
    )


def shared_text(visit: VisitRecord) -> str:
    """The part of a record that both professions read; for an absence, what was tried."""
    if visit.state is not VisitState.ABSENT:
        return "\n".join(part for part in (visit.welfare_note, visit.shared_line) if part)
    tried = "·".join(Tried(way).label for way in visit.tried)
    neighbour = f"이웃: {visit.neighbour_asked}" if visit.neighbour_asked else ""
    parts = (f"{tried}, 응답 없음", "안내문 부착" if visit.notice_left else "", neighbour, visit.absence_note)
    return ". ".join(part for part in parts if part)


def _vitals_text(visit: VisitRecord) -> str:
    people = {row.member_id: row.member.name for row in visit.readings}
    lines = (
        f"{name} {vitals_line([as_reading(row) for row in visit.readings if row.member_id == member_id])}"
        for member_id, name in people.items()
    )
    return ". ".join(lines)


def _vitals(visits: Sequence[VisitRecord], trends: dict[int, dict[VitalKind, Trend]]) -> tuple[VitalsFacts, ...]:
    """Each member's measurements, one line a visit, oldest first, with the charts of what was measured twice."""
    takings: dict[int, dict[Any, list[ReadingRecord]]] = {}
    names: dict[int, str] = {}
    for visit in reversed(visits):
        for row in visit.readings:
            names[row.member_id] = row.member.name
            takings.setdefault(row.member_id, {}).setdefault(visit.id, []).append(row)
    return tuple(
        VitalsFacts(
            member=names[member_id],
            readings=tuple(_taking(rows) for rows in by_visit.values()),
            trends=tuple(each for each in trends.get(member_id, {}).values() if len(each.measured) > 1),
        )
        for member_id, by_visit in takings.items()
    )


def _taking(rows: Sequence[ReadingRecord]) -> ReadingFacts:
    """One visit's measurements of one person; of a kind measured twice the last stands in the table, all in the remark."""
    values: dict[str, Any] = {"measured_at": rows[0].measured_at}
    remarks = []
    for row in rows:
        shown = _amounts(row)
        values |= shown
        if row.judgement_label and row.judgement_tone != "ok":
            remarks.append(f"{row.kind.label} {row.judgement_label}")
        if not shown:
            remarks.append(vitals_line([as_reading(row)]))
    return ReadingFacts(**values, remark=", ".join(dict.fromkeys(remarks)))


def _amounts(row: ReadingRecord) -> dict[str, Any]:
    if row.not_measured is not None or row.flag is not None:
        return {}
    if row.kind is VitalKind.BLOOD_PRESSURE:
        return {"systolic": int(row.systolic or 0), "diastolic": int(row.diastolic or 0)}
    amount = row.value or Decimal(0)
    if row.kind is VitalKind.GLUCOSE:
        return {"glucose": int(amount), "glucose_context": row.context.label if row.context else ""}
    if row.kind in WHOLE:
        return {WHOLE[row.kind]: int(amount)}
    return {TENTHS[row.kind]: float(amount)} if row.kind in TENTHS else {}
