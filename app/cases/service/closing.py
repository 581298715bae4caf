"""Close a case: the worker asks with a reason of the list, the supervisor approves, and what comes after begins."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases import queries
from app.cases.models import Approval, Case
from app.cases.rules import ApprovalKind, CaseStage, Needed, Reason, Verdict, refusal
from app.cases.service.approvals import ask_approval, when_decided
from app.cases.service.clocks import set_recheck
from app.cases.service.moving import enter, move
from app.cases.service.writing import hold, refuse_day
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.follow_ups import queries as follow_up_queries
from app.follow_ups.rules import Quota


@dataclass(frozen=True, slots=True)
class ClosureDetails:
    """A closure as somebody types it. `attempts` and `recheck_on` where the reason asks for them."""

    reason: str
    on: date
    note: str = ""
    goals: str = ""
    attempts: str = ""
    recheck_on: date | None = None


def ask_closure(
    session: Session, case: Case, details: ClosureDetails, *, version: int | None = None, actor: Identity, now: datetime
) -> Approval:
    """Ask the supervisor to close a case; what was typed is kept as it stood.

    Raises:
        RuleBroken: the stage or class does not allow this reason, something the reason asks for is missing, a request
            waits already.
        StaleRecord: somebody changed the case since.
    """
    hold(session, case, version=version)
    reason = _fitting_reason(session, case, details, now=now)
    asked = {"lines": _lines(details, reason), "details": _kept(details)}
    return ask_approval(session, case, ApprovalKind.CLOSURE, asked=asked, actor=actor, now=now)


def close(session: Session, case: Case, details: ClosureDetails, *, actor: Identity, now: datetime) -> Case:
    """Close a case whose closure was approved; its aftercare begins, or it ends where the reason has none.

    Raises:
        RuleBroken: not approved, or as `ask_closure`.
    """
    reason = _fitting_reason(session, case, details, now=now)
    move(
        session, case, CaseStage.CLOSED, on=details.on, because=reason.label, shown=_shown(reason), actor=actor, now=now
    )
    case.closed_on, case.closure_reason = details.on, reason.code
    case.closure_note = "\n".join(part for part in (details.note.strip(), details.attempts.strip()) if part)
    case.goals_reached = details.goals.strip()
    if reason.has_aftercare and case.household.is_active:
        _begin_aftercare(session, case, actor=actor, now=now)
    elif details.recheck_on is not None and case.household.is_active:
        set_recheck(session, case, on=details.recheck_on, note=reason.label, actor=actor, now=now)
    else:
        enter(session, case, CaseStage.ENDED, on=details.on, because="사후관리 없는 종결", actor=actor, now=now)
    return case


def _begin_aftercare(session: Session, case: Case, *, actor: Identity, now: datetime) -> None:
    """Two contacts within nine months of the closure, as the rule in force has it."""
    on = case.stage_since
    rule = follow_up_queries.get_rule_in_force(
        session, "AFTERCARE", district_id=case.household.centre.district_id, on=korean_date(now)
    )
    parameters = follow_up_queries.engine_rule(rule).parameters
    because = ""
    if isinstance(parameters, Quota):
        case.aftercare_until = parameters.period.after(on)
        because = f"{parameters.period.label} 안에 {parameters.count}회"
    enter(session, case, CaseStage.AFTERCARE, on=on, because=because, actor=actor, now=now)


def _fitting_reason(session: Session, case: Case, details: ClosureDetails, *, now: datetime) -> Reason:
    refuse_day(details.on, "on", after=case.stage_since, now=now)
    reasons = queries.closure_reasons(session, case.household.centre.district_id, on=details.on)
    reason = reasons.find(details.reason)
    if reason is None:
        raise RuleBroken("NO_REASON", "종결 사유를 골라 주세요.", field="reason")
    linkage_done = queries.is_done(session, case, "LINKAGE_CHECK", today=korean_date(now))
    there = {*_shown(reason), Needed.CLOSURE_APPROVED} | ({Needed.LINKAGE_CHECKED} if linkage_done else set())
    refused = refusal(case.stage, CaseStage.CLOSED, case.case_class, there)
    if refused is not None:
        raise RuleBroken("MOVE_REFUSED", refused, field="reason")
    _refuse_incomplete(reason, details)
    return reason


def _refuse_incomplete(reason: Reason, details: ClosureDetails) -> None:
    if reason.reaches_goals and not details.goals.strip():
        raise RuleBroken("GOALS_NEEDED", "목표를 어떻게 이루었는지 적어 주세요.", field="goals")
    if reason.needs_note and not details.note.strip():
        raise RuleBroken("NOTE_NEEDED", "이 사유에는 내용을 적어 주세요.", field="note")
    if reason.needs_attempts and not details.attempts.strip():
        raise RuleBroken("ATTEMPTS_NEEDED", "언제, 어떻게 연락하거나 찾아갔는지 적어 주세요.", field="attempts")
    if reason.needs_attempts and (details.recheck_on is None or details.recheck_on <= details.on):
        raise RuleBroken("RECHECK_NEEDED", "종결한 뒤 다시 확인할 날을 적어 주세요.", field="recheck_on")


def _shown(reason: Reason) -> frozenset[Needed]:
    return frozenset({Needed.GOALS if reason.reaches_goals else Needed.CUT_SHORT})


def _lines(details: ClosureDetails, reason: Reason) -> list[list[str]]:
    rows = [
        ["종결 사유", reason.label], ["종결일", details.on.isoformat()], ["목표 달성", details.goals],
        ["내용", details.note], ["연락·방문 시도", details.attempts],
        ["다시 확인할 날", details.recheck_on.isoformat() if details.recheck_on else ""],
    ]  # fmt: skip
    return [row for row in rows if row[1].strip()]


def _kept(details: ClosureDetails) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(details).items()}


def _asked_for(row: Approval) -> ClosureDetails:
    kept = dict(row.asked["details"])
    recheck = kept.pop("recheck_on")
    on = date.fromisoformat(kept.pop("on"))
    return ClosureDetails(on=on, recheck_on=date.fromisoformat(recheck) if recheck else None, **kept)


def _closure_decided(session: Session, row: Approval, actor: Identity, now: datetime) -> None:
    if row.verdict is Verdict.APPROVED:
        close(session, row.case, _asked_for(row), actor=actor, now=now)


when_decided(ApprovalKind.CLOSURE, _closure_decided)
