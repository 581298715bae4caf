"""팀장 판단: the supervisor says what happens with a household that nobody reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.queries import list_covers
from app.alerts.rules import AlertKind
from app.alerts.service import raise_alert
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.core.privacy import mask_resident_numbers
from app.follow_ups import queries
from app.follow_ups.models import AbsenceDecision
from app.follow_ups.rules import AbsenceAnswer, AbsenceVerdict, LadderAction, check_decision, decision_words
from app.follow_ups.service.refreshing import hold, refresh
from app.households.models import Household


@dataclass(frozen=True, slots=True)
class DecisionDetails:
    """A decision as somebody makes it, with what that person saw when making it."""

    verdict: AbsenceVerdict
    reason: str
    first_try_on: date | None
    tries: int
    """The row of vain tries that was on the screen."""
    newest_id: int = 0
    """The household's newest decision that was on the screen; 0 for none."""
    until_on: date | None = None


class Decided(NamedTuple):
    """What stands decided; not `is_new` when somebody else, or the click before, had decided already."""

    decision: AbsenceDecision
    is_new: bool


def decide_absence(
    session: Session, household: Household, details: DecisionDetails, *, actor: Identity, now: datetime
) -> Decided:
    """Store a decision, bring the household's dues up to date and tell its worker and nurse once.

    Whoever decides without having seen the newest decision gets that one, and nothing is stored.

    Raises:
        RuleBroken: nobody is asked (any more), another try was recorded since, or what `check_decision` refuses.
    """
    hold(session, household)
    made = next(iter(queries.list_decisions(session, household.id)), None)
    if made is not None and made.id != details.newest_id:
        return Decided(made, False)
    today = korean_date(now)
    answer = _asked(session, household, details, today)
    check_decision(details.verdict, until_on=details.until_on, reason=details.reason, today=today)
    decision = AbsenceDecision(
        household_id=household.id, first_try_on=answer.first_try_on, tries=answer.tries, verdict=details.verdict,
        until_on=details.until_on, reason=mask_resident_numbers(details.reason).strip(), by_id=actor.account_id, at=now,
    )  # fmt: skip
    session.add(decision)
    session.flush()
    refresh(session, household, today=today)
    _record(session, decision, actor=actor, now=now)
    _tell_staff(session, household, decision, actor=actor, now=now)
    return Decided(decision, True)


def _asked(session: Session, household: Household, details: DecisionDetails, today: date) -> AbsenceAnswer:
    """The step about which is decided, if it is the one the person saw."""
    answer = queries.absence_step(session, household, today=today) if household.is_active else None
    if answer is None:
        raise RuleBroken("NOT_ASKED", "그 사이에 연락이 닿았거나 종료한 가구라 판단할 것이 없습니다.")
    if answer.action is not LadderAction.SUPERVISOR_DECIDES:
        raise RuleBroken("NOT_ASKED", "아직 팀장이 판단할 단계가 아닙니다.")
    if (answer.first_try_on, answer.tries) != (details.first_try_on, details.tries):
        raise RuleBroken("FURTHER_TRY", "그 사이에 부재 기록이 바뀌었습니다. 다시 살펴보고 판단해 주세요.")
    return answer


def _record(session: Session, decision: AbsenceDecision, *, actor: Identity, now: datetime) -> None:
    audit.record(
        session,
        Action.DECIDE_ABSENCE,
        subject=f"absence-decision:{decision.id}",
        household_id=decision.household_id,
        detail=decision.verdict.value,
        actor=actor,
        now=now,
    )


def _tell_staff(
    session: Session, household: Household, decision: AbsenceDecision, *, actor: Identity, now: datetime
) -> None:
    """The worker and the nurse, and whoever covers them today; the reason stays on the household's page."""
    words = decision_words(decision.verdict, decision.until_on)
    raise_alert(
        session,
        AlertKind.ABSENCE_STEP,
        subject=f"absence-decision:{decision.id}",
        recipient_ids=_staff_of(session, household, korean_date(now)) - {actor.account_id or 0},
        text=f"{household.number} 팀장 판단: {words}.",
        household_id=household.id,
        now=now,
    )


def _staff_of(session: Session, household: Household, today: date) -> set[int]:
    own = {account_id for account_id in (household.worker_id, household.nurse_id) if account_id is not None}
    covers = list_covers(session, frozenset({household.centre_id}), today=today)
    return own | {each.covered_by_id for each in covers if each.absent_id in own and each.from_on <= today}
