"""Gather everything that happened to a household from the slices that know it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import pairwise

from sqlalchemy.orm import Session

from app.assessments.queries import Result, series_of
from app.assignments.queries import list_history
from app.care.models import ProblemRating
from app.care.queries import ProblemLine, rating_words, values_of
from app.care_groups.models import Registration
from app.cases.models import Case
from app.cases.queries import list_counselling
from app.cases.queries.emergency import aids_of
from app.cases.rules.emergency import Crisis
from app.core.clock import KOREA
from app.discoveries.queries import list_rows_of
from app.discoveries.queries.items_events import list_item_events
from app.follow_ups.models import TermRow
from app.follow_ups.queries import list_decisions, list_terms
from app.follow_ups.rules import ContactMode, decision_words
from app.households.models import Household
from app.households.queries import list_risk_changes
from app.plans.queries import plans_of_household, referrals_of
from app.safety.models import Incident
from app.timelines.rules import Event, EventKind, newest_first
from app.visits.models import Visit
from app.visits.queries import VisitRecord, as_reading, list_visits
from app.visits.rules import Tried, VisitState, corrections_mark, cut, lateness, vitals_line

MOST_VISITS = 30
TEXT_LIMIT = 160


def list_events(
    session: Session,
    household: Household,
    *,
    reads_health: bool,
    kind: EventKind | None = None,
    terms: Sequence[TermRow] | None = None,
    incidents: Sequence[Incident] = (),
    problems: Sequence[ProblemLine] = (),
    results: Sequence[Result] = (),
    registrations: Sequence[Registration] = (),
    cases: Sequence[Case] = (),
) -> list[Event]:
    """The household's line of time, newest first; without `reads_health` no vitals and no nursing note are in it.

    `terms` are the household's, where they have been read already; `incidents`, `problems` and `results`
    those that the reader may see.
    """
    sources = {
        EventKind.VISIT: lambda: _visits(session, household, reads_health),
        EventKind.DISCOVERY: lambda: _discoveries(session, household),
        EventKind.RISK: lambda: _risks(session, household),
        EventKind.DECISION: lambda: _decisions(session, household),
        EventKind.TERM: lambda: _terms(list_terms(session, household.id) if terms is None else terms),
        EventKind.ASSIGNMENT: lambda: _assignments(session, household),
        EventKind.SAFETY: lambda: _safety(household, incidents),
        EventKind.CARE: lambda: _problems(problems),
        EventKind.ASSESSMENT: lambda: _band_changes(results),
        EventKind.REGISTRATION: lambda: _registrations(registrations),
        EventKind.CASE: lambda: _cases(session, household, cases),
        EventKind.PLAN: lambda: _planned(session, household),
    }
    wanted = [kind] if kind else list(sources)
    return newest_first([event for each in wanted for event in sources[each]()])


def _visits(session: Session, household: Household, reads_health: bool) -> Iterator[Event]:
    for visit in list_visits(session, household.id, limit=MOST_VISITS, every=True):
        happened = visit.voided_at is None and visit.state is not VisitState.CANCELLED
        is_met = happened and visit.mode is ContactMode.FACE
        yield Event(
            EventKind.VISIT,
            visit.began_at,
            _visit_title(visit),
            visit_text(visit, reads_health=reads_health),
            tone="ok" if is_met else "",
            icon="check" if is_met else "close" if not happened else "phone" if "전화" in visit.mode.label else "dot",
            has_time=True,
            url=str(visit.id),
            tags=tuple(tag for tag in _marks(visit) if tag),
        )


def _visit_title(visit: VisitRecord) -> str:
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
        return _short(f"무효 까닭: {visit.voided_because}")
    if visit.state is VisitState.CANCELLED:
        return _short(visit.cancelled_because)
    if visit.state is VisitState.ABSENT:
        return _absence_text(visit)
    health = [_vitals(visit), visit.nursing_note] if reads_health else []
    parts = [*health, visit.welfare_note, visit.shared_line]
    return _short(" · ".join(" ".join(part.split()) for part in parts if part.strip()))


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
    return _short(" · ".join(part for part in parts if part))


def _short(text: str) -> str:
    """At most so many visible characters; a text of fewer letters is not looked through one by one."""
    return text if len(text) <= TEXT_LIMIT else cut(text, TEXT_LIMIT)


def _marks(visit: Visit | VisitRecord) -> tuple[str, ...]:
    seen = ", ".join(each.member.name for each in visit.attendances)
    return (
        ", ".join(person.name for person in (visit.by, visit.second_by) if person),
        seen,
        corrections_mark(len(visit.corrections)),
        lateness(visit.occurred_on, visit.typed_at) or "",
    )


def _discoveries(session: Session, household: Household) -> Iterator[Event]:
    for row in list_rows_of(session, household.id):
        yield Event(EventKind.DISCOVERY, noon(row.discovered_on), row.title, row.text, tone="warn", icon="discovery")
    for each in list_item_events(session, household.id):
        yield Event(
            EventKind.DISCOVERY, each.at, each.title, _short(" ".join(each.text.split())),
            tone="ok" if each.is_outcome else "", icon="check" if each.is_outcome else "phone", has_time=True,
            item_id=each.item_id, tags=(each.by,) if each.by else (),
        )  # fmt: skip


def _risks(session: Session, household: Household) -> Iterator[Event]:
    for change in list_risk_changes(session, household.id):
        by = change.by.name if change.by else ""
        yield Event(
            EventKind.RISK,
            noon(change.on),
            f"위험도 {change.risk.label}",
            change.reason,
            "warn",
            "warning",
            tags=(by,) if by else (),
        )


def _decisions(session: Session, household: Household) -> Iterator[Event]:
    for made in list_decisions(session, household.id):
        yield Event(
            EventKind.DECISION,
            made.at,
            f"팀장 판단 · {decision_words(made.verdict, made.until_on)}",
            made.reason,
            tone="warn",
            icon="shield",
            has_time=True,
            tags=(made.by.name, f"연속 부재 {made.tries}번"),
        )


def _terms(terms: Sequence[TermRow]) -> Iterator[Event]:
    for term in terms:
        whom = f"{term.member.name} · " if term.member else ""
        yield Event(EventKind.TERM, noon(term.starts_on), f"{whom}{term.rule.name}", term.note, icon="calendar")
        if term.ends_on is not None and term.ends_on >= term.starts_on and term.ended_because:
            yield Event(
                EventKind.TERM, noon(term.ends_on), f"{whom}{term.rule.name} 끝", term.ended_because, icon="calendar"
            )


def _assignments(session: Session, household: Household) -> Iterator[Event]:
    for each in list_history(session, household.id):
        title = f"{each.duty.label} {each.account.name}"
        yield Event(EventKind.ASSIGNMENT, noon(each.from_on), title, each.reason, icon="person")


def _safety(household: Household, incidents: Sequence[Incident]) -> Iterator[Event]:
    yield from _incidents(incidents)
    for flag in household.flags:
        by = (flag.set_by.name,) if flag.set_by else ()
        title = f"안전 표시 {flag.kind.label} · {flag.rule.label}"
        yield Event(EventKind.SAFETY, noon(flag.set_on), title, flag.basis, "danger", "shield", tags=by)
        if flag.ended_on:
            yield Event(
                EventKind.SAFETY,
                noon(flag.ended_on),
                f"안전 표시 내림 {flag.kind.label}",
                flag.ended_because,
                icon="shield",
            )


def _incidents(incidents: Sequence[Incident]) -> Iterator[Event]:
    for each in incidents:
        hurt = ("다침",) if each.is_hurt else ()
        yield Event(
            EventKind.SAFETY, each.occurred_at, f"안전사고 {each.kind.label}", _short(each.what), "danger", "warning",
            has_time=True, incident_id=str(each.id), tags=(each.account.name, *hurt),
        )  # fmt: skip


def _problems(lines: Sequence[ProblemLine]) -> Iterator[Event]:
    """What was opened, rated otherwise and closed; what one person did with several at once is one line."""
    opened, changed = defaultdict(list), defaultdict(list)
    for line in lines:
        title, row = f"{line.kind.label} · {line.whose}", line.row
        opened[row.opened_on, row.opened_by.name].append((title, row.signs))
        for rating, words in _changes(line):
            changed[rating.rated_on, rating.by.name, rating.visit_id].append((f"{title} {words}", rating.note))
        if row.closed_on is not None:
            closer = (row.closed_by.name,) if row.closed_by else ()
            yield Event(
                EventKind.CARE,
                noon(row.closed_on),
                f"문제 종결 {title}",
                line.closed_because,
                "ok",
                "check",
                tags=closer,
            )
    for (on, by), told in opened.items():
        yield _told(on, by, told, "문제", "열림")
    for (on, by, visit_id), told in changed.items():
        yield _told(on, by, told, "문제 평가", "바뀜", url=str(visit_id or ""))


def _band_changes(results: Sequence[Result]) -> Iterator[Event]:
    """Each first result, and each that fell into another band: «PHQ-9 우울 7점 가벼움 → 14점 중간 ▲»."""
    for change in (each for series in series_of(results) for each in series.changes if each.is_new_band):
        row, band = change.result.row, change.result.band
        whose = (row.member.name,) if row.member else ()
        tone = "warn" if change.is_worse else "ok" if change.before else ""
        yield Event(
            EventKind.ASSESSMENT, noon(row.assessed_on), change.words, band.advice if band else "", tone, "report",
            assessment_id=str(row.id), tags=(*whose, row.by.name),
        )  # fmt: skip


def _registrations(rows: Sequence[Registration]) -> Iterator[Event]:
    for row in rows:
        name = row.programme.label
        yield Event(
            EventKind.REGISTRATION,
            noon(row.registered_on),
            f"{name} 등록",
            "",
            icon="edit",
            tags=(row.member.name, row.by.name),
        )
        if row.discharged_on is not None:
            by = (row.discharged_by.name,) if row.discharged_by else ()
            why = row.discharge_reason.label if row.discharge_reason else ""
            yield Event(
                EventKind.REGISTRATION,
                noon(row.discharged_on),
                f"{name} 퇴록",
                why,
                icon="close",
                tags=(row.member.name, *by),
            )


def _told(on: date, by: str, told: Sequence[tuple[str, str]], first: str, many: str, *, url: str = "") -> Event:
    """One thing by its name with its words below, several by their number with their names below."""
    if len(told) == 1:
        ((title, text),) = told
        return Event(EventKind.CARE, noon(on), f"{first} {title}", text, icon="flag", url=url, tags=(by,))
    names = "\n".join(title for title, _text in told)
    return Event(EventKind.CARE, noon(on), f"{first} {len(told)}건 {many}", names, icon="flag", url=url, tags=(by,))


def _changes(line: ProblemLine) -> Iterator[tuple[ProblemRating, str]]:
    """Each rating that differs from the one before, with both said; one that does not is told by its visit."""
    for before, rating in pairwise(line.ratings):
        was, now = values_of(before), values_of(rating)
        if was != now:
            yield rating, rating_words(now, was)


def noon(on: date) -> datetime:
    """A day without a known time, placed at noon."""
    return datetime.combine(on, time(12), KOREA)


def _cases(session: Session, household: Household, cases: Sequence[Case]) -> Iterator[Event]:
    """Every step of every case, and the first talks."""
    for case in cases:
        for step in case.steps:
            title = f"사례 {step.to_stage.label}"
            yield Event(
                EventKind.CASE, noon(step.on), title, _short(step.because), tone="brand", icon="case", case_id=case.id,
                tags=(step.by.name,),
            )  # fmt: skip
    for talk in list_counselling(session, household.id):
        title = f"초기상담 {talk.way.label}"
        yield Event(
            EventKind.CASE, noon(talk.counselled_on), title, _short(talk.complaint), icon="case", case_id=talk.case_id,
            tags=(talk.by.name,),
        )  # fmt: skip


def _planned(session: Session, household: Household) -> Iterator[Event]:
    yield from _plans(session, household)
    yield from _referrals(session, household)
    yield from _aids(session, household)


def _plans(session: Session, household: Household) -> Iterator[Event]:
    """Each version when it was approved, and the checks of its services."""
    for plan in plans_of_household(session, household.id):
        leads_to = ("plans.show", "plan_id", plan.id)
        if plan.approved_on is not None:
            words = ", ".join(service.title for service in plan.services)
            title = f"서비스 제공계획 {plan.number}판 승인"
            yield Event(
                EventKind.PLAN, noon(plan.approved_on), title, _short(words), "brand", "report", leads_to=leads_to
            )
        for service in plan.services:
            for check in service.checks:
                how = "제공됨" if check.is_given else "제공되지 않음"
                yield Event(
                    EventKind.PLAN, noon(check.checked_on), f"점검 {service.title}: {how}", _short(check.note),
                    "ok" if check.is_given else "warn", "check" if check.is_given else "warning", leads_to=leads_to,
                    tags=(check.by.name,),
                )  # fmt: skip


def _referrals(session: Session, household: Household) -> Iterator[Event]:
    for row in referrals_of(session, household.id):
        leads_to = ("plans.show_referral", "referral_id", row.id)
        if row.sent_on is not None:
            yield Event(
                EventKind.PLAN, noon(row.sent_on), f"의뢰 {row.receiver}", _short(row.asked_for), icon="out",
                leads_to=leads_to, tags=(row.by.name,),
            )  # fmt: skip
        if row.replied_on is not None and row.reply is not None:
            title = f"회신 {row.receiver}: {row.reply.label}"
            yield Event(
                EventKind.PLAN, noon(row.replied_on), title, _short(row.reply_note), icon="mail", leads_to=leads_to
            )


def _aids(session: Session, household: Household) -> Iterator[Event]:
    """Steps of emergency aid."""
    for aid in aids_of(session, household.id):
        crisis = Crisis(aid.crisis).label if aid.crisis in Crisis.__members__ else aid.crisis
        decided = "" if aid.is_granted is None else "지원" if aid.is_granted else "지원하지 않음"
        steps = (
            (aid.asked_at, "요청", crisis), (aid.checked_at, "현장확인", aid.check_note),
            (aid.decided_at, f"결정 {decided}", aid.decision_note),
            (noon(aid.surveyed_on) if aid.surveyed_on else None, "사후조사", aid.survey_note),
        )  # fmt: skip
        for at, step, text in steps:
            if at is not None:
                yield Event(
                    EventKind.PLAN, at, f"긴급복지 {step}", _short(text), "warn", "warning", has_time=step != "사후조사",
                    leads_to=("cases.show_aid", "aid_id", aid.id),
                )  # fmt: skip
