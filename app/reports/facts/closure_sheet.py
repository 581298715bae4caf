"""F07: a case as it is closed, or as its closure is asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases.models import Approval, Case
from app.cases.queries import closure_reasons, reason_label
from app.cases.rules import ApprovalKind, route_label
from app.plans.models import Plan
from app.plans.queries import plans_of_case
from app.plans.rules import PlanState
from app.reports.facts.form_parts import goals_of, ground_of, household_facts, services_of
from app.reports.facts.needs_over_time import needs_over_time
from app.reports.rules import Letterhead, wording
from app.reports.rules.boxed import ChoiceFacts, FormHouseholdFacts, FormWishes
from app.reports.rules.closing_sheets import ApprovalFacts, CaseFacts, ClosureSheetFacts

CLOSED, WAITS, OPEN = "종결됨", "결재를 기다림", "종결 전"


def gather_closure_sheet(
    session: Session, who: Identity, case: Case | None, letterhead: Letterhead, wishes: FormWishes
) -> ClosureSheetFacts:
    """The facts of one closure, or of a blank form; unmasked, to be masked by the caller."""
    ground = ground_of(letterhead, wishes)
    if case is None:
        reasons = _offered(session, who.district_id, letterhead.written_on)
        return ClosureSheetFacts(household=FormHouseholdFacts(), reasons=ChoiceFacts(options=reasons), **ground)
    plan = last_plan(session, case)
    approvals = [row for row in case.approvals if row.kind is ApprovalKind.CLOSURE]
    return ClosureSheetFacts(
        household=household_facts(case.household, letterhead.written_on, with_members=False),
        case=case_facts(case),
        goals=goals_of(plan),
        services=services_of(plan),
        aftercare=aftercare_words(case),
        approvals=tuple(_approval(row) for row in approvals),
        **_closure(session, case, approvals, letterhead.written_on),
        **_needs(session, who, case),
        **ground,
    )


def case_facts(case: Case) -> CaseFacts:
    """The case as the head of a form names it."""
    return CaseFacts(
        intake_on=case.intake_on,
        route=route_label(case.route),
        case_class=case.case_class.label if case.case_class else "",
        keeper=case.keeper.name if case.keeper else "",
        reason=case.reason,
    )


def last_plan(session: Session, case: Case) -> Plan | None:
    """The version by which the household was last helped; None where no plan was ever approved."""
    held = (PlanState.APPROVED, PlanState.REPLACED)
    return next((plan for plan in plans_of_case(session, case.id) if plan.state in held), None)


def aftercare_words(case: Case) -> str:
    """«9개월 안에 2회, 2027. 6. 1.까지», empty where nothing is agreed."""
    if case.aftercare_until is None:
        return ""
    step = next((each for each in reversed(case.steps) if each.to_stage.value == "AFTERCARE"), None)
    until = f"{wording.day(case.aftercare_until)}까지"
    return ", ".join(part for part in (step.because if step else "", until) if part)


def _closure(session: Session, case: Case, approvals: list[Approval], today: date) -> dict[str, Any]:
    """What was decided, or while it is not what was asked last."""
    district_id = case.household.centre.district_id
    asked = approvals[-1].asked.get("details", {}) if approvals else {}
    if case.closed_on is not None:
        asked = {**asked, "reason": case.closure_reason, "on": case.closed_on.isoformat(), "goals": case.goals_reached}
    state = CLOSED if case.closed_on else WAITS if approvals and approvals[-1].is_waiting else OPEN
    chosen = (reason_label(session, district_id, asked["reason"]),) if asked.get("reason") else ()
    offered = _offered(session, district_id, _day(asked.get("on")) or today)
    return {
        "state": state, "closed_on": _day(asked.get("on")),
        "reasons": ChoiceFacts(options=tuple(dict.fromkeys((*offered, *chosen))), chosen=chosen),
        "goals_reached": asked.get("goals") or "", "note": asked.get("note") or "",
        "attempts": asked.get("attempts") or "", "recheck_on": _day(asked.get("recheck_on")),
    }  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _offered(session: Session, district_id: int, on: date) -> tuple[str, ...]:
    return tuple(reason.label for reason in closure_reasons(session, district_id, on=on).offered)


def _approval(row: Approval) -> ApprovalFacts:
    decided = f"{row.decided_by.name}, {wording.moment(row.decided_at)}" if row.decided_by and row.decided_at else ""
    return ApprovalFacts(
        asked=f"{row.asked_by.name}, {wording.moment(row.asked_at)}",
        decided=decided,
        verdict=row.verdict.label if row.verdict else "기다림" if row.is_waiting else "거두어들임",
        words=row.words,
    )


def _needs(session: Session, who: Identity, case: Case) -> dict[str, Any]:
    """Every domain at the first survey and at the latest before the case was closed."""
    found = needs_over_time(session, who, case.household, until=case.closed_on)
    return {"needs": found.rows, "assessed": found.assessed, "needs_withheld": found.withheld}
