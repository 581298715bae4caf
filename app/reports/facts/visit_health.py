"""The parts of a visit that may be health: what was measured, asked, done, checked and scored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.assessments.queries import list_results
from app.care.queries import VisitCare, list_done
from app.reports.rules import DoneFacts, MemberTrendFacts, NotedFacts, ScoreFacts, VitalLineFacts
from app.visits.models import Visit, VitalReading
from app.visits.queries import as_reading
from app.visits.queries.trends import list_trends
from app.visits.rules import CrisisAction, Symptom, show

YEAR = timedelta(days=365)


def gather_health(session: Session, who: Identity, visit: Visit, *, tells_health: bool) -> dict[str, Any]:
    """The health fields of a sheet; without `tells_health` only what of care and scores is no health detail."""
    care = list_done(session, [visit.id], reads_health=tells_health)[visit.id]
    return {
        "vitals": tuple(_vital(row) for row in visit.readings) if tells_health else (),
        "trends": _trends(session, visit) if tells_health else (),
        "alarms": tuple(_alarms(visit)) if tells_health else (),
        "done": tuple(_done(care)),
        "medicines": tuple(
            NotedFacts(member=check.member, what=point, said=answer)
            for check in care.checks
            for point, answer, _is_concern in check.points
        ),
        "scores": tuple(_scores(session, who, visit, tells_health=tells_health)),
    }


def _vital(row: VitalReading) -> VitalLineFacts:
    context = f"{row.context.label} " if row.context else ""
    how = " · ".join(each.label for each in (row.arm, row.position) if each)
    return VitalLineFacts(
        member=row.member.name,
        kind=f"{context}{row.kind.label}",
        value=_value(row),
        measured_at=row.measured_at,
        judged=" · ".join(part for part in (row.judgement_label, how) if part),
    )


def _value(row: VitalReading) -> str:
    if row.not_measured is not None:
        return row.not_measured.label
    if row.flag is not None:
        return row.flag.value
    amounts = "/".join(show(measure, amount) for measure, amount in as_reading(row).amounts.items())
    return f"{amounts} {row.kind.unit}"


def _trends(session: Session, visit: Visit) -> tuple[MemberTrendFacts, ...]:
    """Of whoever was measured on this visit, the year up to it; what was measured once has no chart."""
    members = {row.member_id: row.member for row in visit.readings}
    on = visit.occurred_on
    found = list_trends(session, members.values(), on=on, since=on - YEAR, until=on)
    shown = {key: [each for each in kinds.values() if len(each.measured) > 1] for key, kinds in found.items()}
    return tuple(
        MemberTrendFacts(member=member.name, trends=tuple(shown[key]))
        for key, member in members.items()
        if shown.get(key)
    )


def _alarms(visit: Visit) -> Iterator[NotedFacts]:
    names = {each.member_id: each.member.name for each in visit.attendances}
    names |= {row.member_id: row.member.name for row in visit.readings}
    for check in visit.symptom_checks:
        felt = ", ".join(Symptom(code).label for code in check["symptoms"])
        yield NotedFacts(member=names.get(check["member_id"], ""), what="증상 확인", said=felt or "증상 없음을 확인함")
    for act in visit.actions_taken:
        said = f"{CrisisAction(act['action']).label} {act.get('note', '')}".strip()
        yield NotedFacts(member=names.get(act["member_id"], ""), what="한 일", said=said)


def _done(care: VisitCare) -> Iterator[DoneFacts]:
    for kind, lines in care.by_kind:
        for line in lines:
            yield DoneFacts(kind=kind.label, what=line.label, member=line.member, problem=line.problem, note=line.note)
    for rating in care.ratings:
        yield DoneFacts(
            kind="문제 평가", what=rating.words, member=rating.member, problem=rating.label, note=rating.note
        )


def _scores(session: Session, who: Identity, visit: Visit, *, tells_health: bool) -> Iterator[ScoreFacts]:
    for result in list_results(session, visit.household, who):
        row, band = result.row, result.band
        if row.visit_id != visit.id or (result.instrument.is_health and not tells_health):
            continue
        chosen = f"사람이 정함: {row.override_reason}" if row.chosen_band else ""
        yield ScoreFacts(
            instrument=result.instrument.name,
            member=row.member.name if row.member else "",
            total=f"{row.total.normalize():f}",
            band=band.label if band else "",
            note=" ".join(part for part in (chosen, row.note) if part),
        )
