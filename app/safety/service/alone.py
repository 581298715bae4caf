"""Ask to go alone where two must go, and let one person do so for a day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.alerts.rules import AlertKind
from app.alerts.service import raise_alert, settle
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.core.privacy import mask_resident_numbers
from app.households.models import Household
from app.safety import queries
from app.safety.models import AloneOverride
from app.safety.rules import Company, refusal_of
from app.safety.rules.outings import REASON_LENGTH


def ask_for_alone(session: Session, household: Household, *, on: date, actor: Identity, now: datetime) -> int:
    """Ask the supervisors to let oneself go alone on a day; asked twice it is asked once. Returns how many were told.

    Raises RuleBroken: nothing to ask for (one may go alone, or nobody may go at all), or a day gone by.
    """
    _refuse_needless(household, on=on, now=now)
    own_id = actor.account_id or 0
    return raise_alert(
        session, AlertKind.ALONE, subject=queries.asked_subject(household.id, own_id, on),
        recipient_ids=queries.deciding_ids(session, household.centre_id, today=korean_date(now), but=(own_id,)),
        text=f"{actor.name} {actor.role.label}: {household.number} {_day(on)} 혼자 방문 허락을 요청했습니다.",
        household_id=household.id, now=now,
    )  # fmt: skip


def allow_alone(
    session: Session, household: Household, *, account_id: int, on: date, reason: str, actor: Identity, now: datetime
) -> AloneOverride:
    """Let one person go alone on one day; they hear of it, and whoever asked for them is answered.

    Raises RuleBroken: no reason, a day gone by, somebody of another centre, oneself, or nothing to allow.
    """
    _refuse_needless(household, on=on, now=now)
    said = mask_resident_numbers(" ".join(reason.split()))[:REASON_LENGTH]
    if not said:
        raise RuleBroken("REASON_NEEDED", "혼자 가도 되는 까닭을 적어 주세요.", field="reason")
    if account_id not in queries.colleague_ids(session, household.centre_id):
        raise RuleBroken("NOT_OF_CENTRE", "이 센터에서 일하는 사람만 고를 수 있습니다.", field="account_id")
    override = AloneOverride(
        household_id=household.id, account_id=account_id, on=on, reason=said, by_id=actor.account_id, at=now
    )
    session.add(override)
    session.flush()
    audit.record(
        session, Action.OUTING, subject=f"aloneoverride:{override.id}", household_id=household.id, detail="단독 허락",
        actor=actor, now=now,
    )  # fmt: skip
    _answer(session, override, household, actor=actor, now=now)
    return override


def _answer(session: Session, override: AloneOverride, household: Household, *, actor: Identity, now: datetime) -> None:
    asked = queries.asked_subject(household.id, override.account_id, override.on)
    settle(session, AlertKind.ALONE, {asked}, now=now)
    raise_alert(
        session, AlertKind.ALONE, subject=f"allowed:{override.id}",
        recipient_ids={override.account_id} - {actor.account_id or 0}, household_id=household.id,
        text=f"{household.number} {_day(override.on)} 혼자 방문이 허락되었습니다: {override.reason}", now=now,
    )  # fmt: skip


def _refuse_needless(household: Household, *, on: date, now: datetime) -> None:
    refusal = refusal_of(queries.rule_of(household), Company(), is_allowed=False)
    if refusal is None:
        raise RuleBroken("NOT_NEEDED", "혼자 가도 되는 가구입니다. 허락이 필요 없습니다.")
    if not refusal.may_be_allowed:
        raise RuleBroken(refusal.code, refusal.text)
    if on < korean_date(now):
        raise RuleBroken("PAST_DAY", "지난 날은 허락할 수 없습니다.", field="on")


def _day(on: date) -> str:
    return f"{on.month}/{on.day}"
