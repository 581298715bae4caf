"""What people judge about a household: its risk, and what to beware of at its door."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.core.privacy import mask_resident_numbers
from app.households.models import Household, RiskChange, SafetyFlag
from app.households.rules import FlagDetails, Risk
from app.households.service.keeping import note, record_change


def judge_risk(
    session: Session, household: Household, risk: Risk, *, reason: str, actor: Identity, now: datetime
) -> RiskChange:
    """Set the risk level with its reason; every judgement stays on record, the same one sent twice only once.

    Raises:
        RuleBroken: no reason is given.
    """
    if not reason.strip():
        raise RuleBroken("REASON_NEEDED", "왜 그렇게 판단했는지 적어 주세요.", field="reason")
    today, reason = korean_date(now), mask_resident_numbers(reason)
    latest = _latest_judgement(session, household)
    if latest is not None and (latest.risk, latest.reason, latest.on, latest.by_id) == (
        risk, reason, today, actor.account_id
    ):  # fmt: skip
        return latest
    change = RiskChange(household_id=household.id, risk=risk, reason=reason, on=today, by_id=actor.account_id)
    session.add(change)
    note(session, household, [("위험도", household.risk.label, risk.label)], actor=actor, now=now)
    household.risk, household.risk_since_on = risk, today
    record_change(session, household, "위험도", actor=actor, now=now)
    return change


def _latest_judgement(session: Session, household: Household) -> RiskChange | None:
    statement = select(RiskChange).where(RiskChange.household_id == household.id).order_by(RiskChange.id.desc())
    return session.scalars(statement.limit(1)).first()


def raise_flag(
    session: Session, household: Household, details: FlagDetails, *, actor: Identity, now: datetime
) -> SafetyFlag:
    """Put up a safety flag.

    Raises:
        RuleBroken: no basis is given, the review date has passed, or a flag of this kind stands already.
    """
    today = korean_date(now)
    if not details.basis.strip():
        raise RuleBroken("BASIS_NEEDED", "무엇을 보고 판단했는지 적어 주세요.", field="basis")
    if details.review_on <= today:
        raise RuleBroken("REVIEW_PAST", "다시 볼 날은 오늘보다 뒤여야 합니다.", field="review_on")
    if any(flag.is_standing and flag.kind is details.kind for flag in household.flags):
        raise RuleBroken("FLAG_STANDS", "같은 표시가 이미 있습니다. 바꾸려면 먼저 내려 주세요.", field="kind")
    flag = SafetyFlag(
        kind=details.kind, rule=details.rule, basis=mask_resident_numbers(details.basis),
        instruction=mask_resident_numbers(details.instruction), set_on=today,
        set_by_id=actor.account_id, review_on=details.review_on,
    )  # fmt: skip
    household.flags.insert(0, flag)
    session.flush()
    after = f"{details.rule.label}, 다시 볼 날 {details.review_on}"
    note(session, household, [(_label(flag), "", after)], actor=actor, now=now)
    record_change(session, household, _label(flag), actor=actor, now=now)
    return flag


def end_flag(session: Session, flag: SafetyFlag, *, because: str, actor: Identity, now: datetime) -> None:
    """Take a safety flag down; it stays on record.

    Raises:
        RuleBroken: no reason is given, or it is down already.
    """
    if not flag.is_standing:
        raise RuleBroken("ENDED_ALREADY", "이미 내린 표시입니다.")
    if not because.strip():
        raise RuleBroken("REASON_NEEDED", "왜 표시를 내리는지 적어 주세요.", field="because")
    flag.ended_on, flag.ended_because = korean_date(now), mask_resident_numbers(because)
    note(session, flag.household, [(_label(flag), flag.rule.label, "내림")], actor=actor, now=now)
    record_change(session, flag.household, f"안전 표시 내림 {flag.kind.label}", actor=actor, now=now)


def _label(flag: SafetyFlag) -> str:
    return f"안전 표시 {flag.kind.label}"
