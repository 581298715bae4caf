"""점검: write down whether a service is given as planned, end one, judge how far a goal was reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.plans.models import Plan, PlanGoal, PlanService, ServiceCheck
from app.plans.rules import GoalReach, PlanState
from app.plans.service.clocks import follow_checks
from app.plans.service.drafting import refuse_unless
from app.plans.service.writing import hold, written


@dataclass(frozen=True, slots=True)
class CheckDetails:
    """One check. The page makes the id, so that sending twice checks once; `is_satisfied` None: not asked."""

    check_id: UUID
    checked_on: date
    is_given: bool
    is_satisfied: bool | None = None
    note: str = ""
    visit_id: UUID | None = None


def record_check(
    session: Session, service: PlanService, details: CheckDetails, *, actor: Identity, now: datetime
) -> ServiceCheck:
    """Write a check down; the next one is due from it.

    Raises RuleBroken: a day that has not come or before the service began, a service that is not given and nothing said
        about it, a plan that does not hold, or the id is another service's.
    """
    known = session.get(ServiceCheck, details.check_id)
    if known is not None:
        return _same(known, service)
    plan = service.plan
    hold(session, plan)
    _refuse_check(plan, service, details, now)
    row = ServiceCheck(
        id=details.check_id, service=service, visit_id=details.visit_id, checked_on=details.checked_on,
        is_given=details.is_given, is_satisfied=details.is_satisfied, note=details.note, by_id=actor.account_id, at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.expire(service, ["checks"])
    _followed(session, plan, f"점검 {service.id}", actor, now)
    return row


def _same(known: ServiceCheck, service: PlanService) -> ServiceCheck:
    if known.service_id != service.id:
        raise RuleBroken("ID_TAKEN", "이 화면의 번호가 이미 쓰였습니다. 화면을 새로 열어 다시 적어 주세요.")
    return known


def _refuse_check(plan: Plan, service: PlanService, details: CheckDetails, now: datetime) -> None:
    refuse_unless(plan, PlanState.APPROVED)
    if service.ended_on is not None:
        raise RuleBroken("ENDED", "이미 끝낸 서비스입니다.")
    if details.checked_on > korean_date(now):
        raise RuleBroken("FUTURE_DATE", "아직 오지 않은 날입니다.", field="checked_on")
    if details.checked_on < service.starts_on:
        text = f"서비스가 시작한 날({service.starts_on.isoformat()})보다 앞섭니다."
        raise RuleBroken("BEFORE_START", text, field="checked_on")
    if not details.is_given and not details.note.strip():
        raise RuleBroken("NOTE_NEEDED", "왜 제공되지 않는지 적어 주세요.", field="note")


def end_service(
    session: Session, service: PlanService, *, on: date, because: str, actor: Identity, now: datetime
) -> None:
    """Let a service of the plan that holds end on a day, with a reason; it is checked no more.

    Raises RuleBroken: no reason, a day before it began or that has not come, or ended already.
    """
    plan = service.plan
    hold(session, plan)
    refuse_unless(plan, PlanState.APPROVED)
    if service.ended_on is not None:
        raise RuleBroken("ENDED", "이미 끝낸 서비스입니다.")
    if not because.strip():
        raise RuleBroken("REASON_NEEDED", "왜 끝내는지 적어 주세요.", field="because")
    if not service.starts_on <= on <= korean_date(now):
        raise RuleBroken("BAD_DAY", "시작한 날부터 오늘 사이의 날을 적어 주세요.", field="on")
    service.ended_on, service.ended_because = on, because.strip()
    _followed(session, plan, f"서비스 끝 {service.id}", actor, now)


def judge_goal(
    session: Session, goal: PlanGoal, reach: GoalReach, *, note: str, actor: Identity, now: datetime
) -> None:
    """Say how far a goal of the plan that holds was reached.

    Raises RuleBroken: the plan does not hold, or a goal is given up without words.
    """
    hold(session, goal.plan)
    refuse_unless(goal.plan, PlanState.APPROVED)
    if reach is GoalReach.GIVEN_UP and not note.strip():
        raise RuleBroken("NOTE_NEEDED", "왜 그만두는지 적어 주세요.", field="note")
    goal.reach, goal.reach_note = reach, note.strip()
    written(session, goal.plan, f"목표 {goal.position} {reach.value}", actor=actor, now=now)


def _followed(session: Session, plan: Plan, what: str, actor: Identity, now: datetime) -> None:
    written(session, plan, what, actor=actor, now=now)
    follow_checks(session, plan.case.household, actor=actor, now=now)
