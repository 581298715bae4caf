"""Carry out one decision of a conference through the services of cases; what is refused there is refused here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases import queries as case_queries
from app.cases import service as cases
from app.cases.models import Case
from app.cases.rules import ApprovalKind, CaseClass, CaseStage, Needed, Route, Verdict
from app.cases.service import CaseDetails, ClassDetails, ClosureDetails
from app.conferences.models import AgendaItem
from app.conferences.rules import CLASS_OF, Effect, read_closing, row_of
from app.core.errors import RuleBroken
from app.plans import queries as plan_queries
from app.plans import service as plans
from app.plans.rules import PlanState

Act = Callable[[Session, AgendaItem, Identity, datetime], None]


def apply_decision(session: Session, item: AgendaItem, *, actor: Identity, now: datetime) -> Effect:
    """Do to the case what was decided about it, on the day of the conference.

    Raises RuleBroken: the case's table or its services refuse, with their reason.
    """
    row = row_of(item.decision, item.case.stage, item.case.case_class) if item.decision else None
    if row is None:
        raise RuleBroken("NO_DECISION", "이 사례에 할 수 있는 결정이 아닙니다.")
    act = _ACTS.get(row.effect)
    if act is not None:
        act(session, item, actor, now)
        item.applied_at = now
    return row.effect


def _classify(session: Session, item: AgendaItem, actor: Identity, now: datetime) -> None:
    """A case in 조사 first enters 사례회의: this was its conference."""
    case, on = item.case, item.conference.held_on
    if item.decision is None:
        return
    if case.stage is CaseStage.ASSESSMENT:
        shown = {Needed.CONFERENCE}
        because = item.conference.kind.label
        cases.move(session, case, CaseStage.CONFERENCE, on=on, because=because, shown=shown, actor=actor, now=now)
    details = ClassDetails(CLASS_OF[item.decision], on, _words(item))
    cases.classify(session, case, details, actor=actor, now=now)


def _approve_plan(session: Session, item: AgendaItem, actor: Identity, now: datetime) -> None:
    """The request that waits is approved; a signed version nobody has asked about is asked about by the conference."""
    row = case_queries.waiting_of(session, item.case_id, ApprovalKind.PLAN)
    if row is None:
        plan = plan_queries.open_plan(session, item.case_id)
        if plan is None or plan.state is not PlanState.DRAFT:
            raise RuleBroken("NO_PLAN", "승인을 기다리는 계획이 없습니다. 계획을 먼저 써서 서명을 받아 주세요.")
        row = plans.ask_for_approval(session, plan, version=plan.version, actor=actor, now=now)
    cases.decide_approval(session, row, Verdict.APPROVED, words=_words(item), actor=actor, now=now)


def _return_plan(session: Session, item: AgendaItem, actor: Identity, now: datetime) -> None:
    row = case_queries.waiting_of(session, item.case_id, ApprovalKind.PLAN)
    if row is not None:
        cases.decide_approval(session, row, Verdict.SENT_BACK, words=_words(item), actor=actor, now=now)


def _close(session: Session, item: AgendaItem, actor: Identity, now: datetime) -> None:
    """A request that waits is approved as it was asked; otherwise the minutes hold what a closure asks for."""
    case, on = item.case, item.conference.held_on
    if case.case_class is CaseClass.NOT_SELECTED:
        cases.end_unselected(session, case, on=on, because=_words(item), actor=actor, now=now)
        return
    row = case_queries.waiting_of(session, case.id, ApprovalKind.CLOSURE)
    if row is None:
        row = cases.ask_closure(session, case, _closure(item), actor=actor, now=now)
    cases.decide_approval(session, row, Verdict.APPROVED, words=_words(item), actor=actor, now=now)


def _closure(item: AgendaItem) -> ClosureDetails:
    typed = read_closing(item.closing)
    return ClosureDetails(
        typed.reason, item.conference.held_on, item.decision_note, typed.goals, typed.attempts, typed.recheck_on
    )


def _reopen(session: Session, item: AgendaItem, actor: Identity, now: datetime) -> None:
    """A conference that begins again does so by its office's own authority."""
    case: Case = item.case
    details = CaseDetails(
        item.conference.held_on, Route.EX_OFFICIO.value, _words(item), tuple(case.target_groups), case.keeper_id
    )
    cases.reopen(session, case, details, actor=actor, now=now)


def _words(item: AgendaItem) -> str:
    """«내부사례회의 2026-11-23: 혼자 끼니를 못 챙기심»: a step says where it was decided."""
    held = f"{item.conference.kind.label} {item.conference.held_on.isoformat()}"
    return f"{held}: {item.decision_note.strip()}" if item.decision_note.strip() else held


_ACTS: Mapping[Effect, Act] = {
    Effect.CLASSIFY: _classify,
    Effect.APPROVE_PLAN: _approve_plan,
    Effect.RETURN_PLAN: _return_plan,
    Effect.CLOSE: _close,
    Effect.REOPEN: _reopen,
}
"""The rest are words."""
