"""Sections of the case report about what was worked: cases, first talks, needs, plans, referrals, emergency aid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases.models import Case, EmergencyAid
from app.cases.queries import list_cases_of, list_counselling, reason_label
from app.cases.queries.emergency import aids_of
from app.cases.rules import route_label
from app.cases.rules.emergency import Crisis
from app.conferences.models import AgendaItem
from app.conferences.queries import list_items_of
from app.consents.models import Consent
from app.consents.queries import list_of_household
from app.core.clock import korean_date
from app.discoveries.queries.items_events import list_item_events
from app.households.models import Household
from app.plans.models import Plan, PlanService, Referral
from app.plans.queries import plans_of_household, referrals_of
from app.reports.facts.form_parts import lines_of
from app.reports.facts.needs_over_time import needs_over_time
from app.reports.rules import SectionFacts, wording

Row = tuple[str, ...]
STILL = "진행 중"
_GRANTED = {True: "지원", False: "지원하지 않음", None: ""}


def list_episodes(session: Session, household: Household, who: Identity) -> tuple[SectionFacts, ...]:
    """Everything that was worked, a section each in the order of the work; what never was has no section."""
    cases = list_cases_of(session, household.id)
    found = (
        _section("발굴 처리", ("날", "무엇", "내용", "담당"), _found(session, household)),
        _section("사례", ("접수", "경로와 사유", "구분", "지금 · 종결", "담당"), (_case(session, each) for each in cases)),
        _section("초기상담", ("날", "방법", "주 호소", "조치", "상담자"), _talks(session, household)),
        *_needs(session, household, who),
        _section("사례회의", ("날", "회의", "안건", "결정", "내용"), _decided(session, cases)),
        _section("서비스 제공계획", ("판", "목표", "서비스", "지난 점검"), map(_plan, plans_of_household(session, household.id))),
        _section("의뢰와 회신", ("보낸 날", "받은 곳", "요청", "근거", "회신"), map(_referral, referrals_of(session, household.id))),
        _section("동의", ("누구", "종류", "받는 곳", "동의한 날", "언제까지"), map(_consent, list_of_household(session, household.id))),
        _section("긴급복지", ("요청", "위기", "현장확인", "결정", "사후조사"), map(_aid, aids_of(session, household.id))),
    )  # fmt: skip
    return tuple(each for each in found if each.rows)


def _section(title: str, columns: Row, rows: Iterator[Row] | map[Row]) -> SectionFacts:
    return SectionFacts(title=title, columns=columns, rows=tuple(rows))


def _found(session: Session, household: Household) -> Iterator[Row]:
    """What was tried about each discovery and what became of it, the newest first."""
    for each in sorted(list_item_events(session, household.id), key=lambda event: event.at, reverse=True):
        yield wording.day(korean_date(each.at)), each.title, each.text, each.by


def _case(session: Session, case: Case) -> Row:
    again = f"{wording.day(case.previous.intake_on)} 사례를 이어 다시 접수" if case.previous else ""
    classed = case.case_class.label if case.case_class else ""
    keeper = case.keeper.name if case.keeper else ""
    why = lines_of(route_label(case.route), case.reason, again)
    return wording.day(case.intake_on), why, lines_of(classed, case.class_reason), _standing(session, case), keeper


def _standing(session: Session, case: Case) -> str:
    """The stage since when; once closed the reason, what was reached and how long it is looked after."""
    if case.closed_on is None:
        return f"{case.stage.label} ({wording.day(case.stage_since)}부터)"
    reason = reason_label(session, case.household.centre.district_id, case.closure_reason)
    until = f"사후관리 {wording.day(case.aftercare_until)}까지" if case.aftercare_until else ""
    ended = f"{wording.day(case.ended_on)} 끝남" if case.ended_on else ""
    return lines_of(f"{wording.day(case.closed_on)} 종결: {reason}", case.goals_reached, until, ended)


def _talks(session: Session, household: Household) -> Iterator[Row]:
    """First talks, the newest first. What they say of anybody's health stays off this paper."""
    for each in list_counselling(session, household.id):
        yield wording.day(each.counselled_on), each.way.label, each.complaint, each.measures, each.by.name


def _needs(session: Session, household: Household, who: Identity) -> tuple[SectionFacts, ...]:
    found = needs_over_time(session, who, household)
    rows: list[Row] = [(each.domain, each.first, each.latest, each.change) for each in found.rows]
    if found.withheld:
        rows.append((found.withheld, "", "", ""))
    columns = ("욕구 영역", "처음 조사", "마지막 조사", "변화")
    return (SectionFacts(title=f"욕구의 변화 ({found.assessed})", columns=columns, rows=tuple(rows)),) if rows else ()


def _decided(session: Session, cases: Sequence[Case]) -> Iterator[Row]:
    """What conferences decided about the household's cases, as far as the minutes are confirmed."""
    for case in cases:
        for item in list_items_of(session, case.id):
            if item.conference.confirmed_at is not None:
                yield _decision(item)


def _decision(item: AgendaItem) -> Row:
    held = item.conference
    decided = item.decision.label if item.decision else ""
    return wording.day(held.held_on), held.kind.label, item.matter.label, decided, item.decision_note


def _plan(plan: Plan) -> Row:
    number = lines_of(f"{plan.number}판", plan.state.label, wording.day(plan.approved_on or plan.drawn_on))
    goals = (f"{each.text} ({each.span.label}, {each.reach.label})" for each in plan.goals)
    checks = (_last_check(each) for each in plan.services)
    return number, lines_of(*goals), lines_of(*map(_service, plan.services)), lines_of(*checks)


def _service(each: PlanService) -> str:
    until = wording.day(each.ended_on or each.ends_on, "계속")
    return f"{each.title}: {each.amount}, {wording.day(each.starts_on)} ~ {until}, {each.giver}"


def _last_check(each: PlanService) -> str:
    if not each.checks:
        return ""
    last = each.checks[-1]
    given = "제공됨" if last.is_given else "제공되지 않음"
    return f"{each.title}: {wording.day(last.checked_on)} {given} (모두 {len(each.checks)}번)"


def _referral(row: Referral) -> Row:
    sent = wording.day(row.sent_on) if row.sent_on else row.state.label
    answered = f"{wording.day(row.replied_on)} {row.reply.label}" if row.reply else row.state.label
    return sent, row.receiver, row.asked_for, row.ground.label, lines_of(answered, row.reply_note, row.ended_because)


def _consent(row: Consent) -> Row:
    until = wording.day(row.valid_until, "기한 없음")
    ended = f"{wording.day(row.withdrawn_on)} 거둠" if row.withdrawn_on else until
    given = lines_of(wording.day(row.given_on), f"{row.channel.label}, {row.signer.label}")
    return row.member.name, row.kind.label, row.receiver, given, ended


def _aid(aid: EmergencyAid) -> Row:
    crisis = Crisis(aid.crisis).label if aid.crisis in Crisis.__members__ else aid.crisis
    decided = _GRANTED[aid.is_granted]
    return (
        wording.moment(aid.asked_at), crisis,
        lines_of(wording.moment(aid.checked_at) if aid.checked_at else "", aid.check_note),
        lines_of(f"{wording.moment(aid.decided_at)} {decided}" if aid.decided_at else STILL, aid.decision_note),
        lines_of(wording.day(aid.surveyed_on) if aid.surveyed_on else "", aid.survey_note),
    )  # fmt: skip
