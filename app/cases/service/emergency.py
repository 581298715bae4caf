"""긴급복지: ask, check on site, decide, survey afterwards; each step stops its clock and starts the next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.cases import queries
from app.cases.models import EmergencyAid
from app.cases.rules.emergency import CHECK, DECISION, SURVEY, AidKind, Crisis
from app.cases.service.writing import hold_household
from app.core.clock import korean_date
from app.core.errors import RuleBroken, StaleRecord
from app.follow_ups import service as follow_ups
from app.follow_ups.service import TermDetails
from app.households.models import Household

LONGEST_AGO = timedelta(days=366)
CLOCK_SLIP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class DecisionDetails:
    """What was decided, when; `kinds` of aid where it is granted, words where it is not."""

    decided_at: datetime
    is_granted: bool
    kinds: tuple[AidKind, ...] = ()
    note: str = ""


def ask_aid(
    session: Session, household: Household, crisis: Crisis, *, asked_at: datetime, actor: Identity, now: datetime
) -> EmergencyAid:
    """Begin an emergency aid; the clocks of the check and the decision run from the day it was asked for.

    Raises RuleBroken: a moment that has not come or lies a year back, another one waits for its decision, or the
        household is closed.
    """
    hold_household(session, household)
    _refuse_moment(asked_at, "on", after=None, now=now)
    if not household.is_active:
        raise RuleBroken("HOUSEHOLD_CLOSED", "종료한 가구입니다. 먼저 가구를 되살려 주세요.")
    if session.scalar(
        select(EmergencyAid.id).where(EmergencyAid.household_id == household.id, EmergencyAid.decided_at.is_(None))
    ):
        raise RuleBroken("RUNNING", "결정을 기다리는 긴급복지 요청이 이미 있습니다.")
    case = queries.live_case(session, household.id)
    aid = EmergencyAid(
        household=household, case_id=case.id if case else None, asked_at=asked_at, crisis=crisis.value,
        by_id=actor.account_id, version=0,
    )  # fmt: skip
    session.add(aid)
    for code in (CHECK, DECISION):
        _start(session, household, code, korean_date(asked_at), crisis.label, actor, now)
    _written(session, aid, "요청", actor, now)
    return aid


def record_on_site_check(
    session: Session,
    aid: EmergencyAid,
    *,
    checked_at: datetime,
    note: str,
    version: int,
    actor: Identity,
    now: datetime,
) -> None:
    """Write down the on-site check.

    Raises:
        RuleBroken: done already, an impossible moment, or nothing said about what was seen.
        StaleRecord: somebody changed it since.
    """
    _hold(session, aid, version)
    if aid.checked_at is not None:
        raise RuleBroken("CHECKED", "현장확인을 이미 적었습니다.")
    _refuse_moment(checked_at, "at", after=aid.asked_at, now=now)
    if not note.strip():
        raise RuleBroken("NOTE_NEEDED", "무엇을 확인했는지 적어 주세요.", field="note")
    aid.checked_at, aid.check_note = checked_at, note.strip()
    _stop(session, aid, {CHECK}, korean_date(checked_at), aid.asked_at, actor, now)
    _written(session, aid, "현장확인", actor, now)


def decide_aid(
    session: Session, aid: EmergencyAid, details: DecisionDetails, *, version: int, actor: Identity, now: datetime
) -> None:
    """Write down the decision; where it is granted the clock of the after-survey begins.

    The law lets support go before the check (선지원): the check is then still owed. A refusal ends it.

    Raises:
        RuleBroken: decided already, an impossible moment, granted without a kind, refused without words or a check.
        StaleRecord: somebody changed it since.
    """
    _hold(session, aid, version)
    _refuse_decision(aid, details, now)
    aid.decided_at, aid.is_granted, aid.decision_note = details.decided_at, details.is_granted, details.note.strip()
    aid.kinds = [kind.value for kind in details.kinds] if details.is_granted else []
    on = korean_date(details.decided_at)
    met = {DECISION} if details.is_granted else {DECISION, CHECK}
    _stop(session, aid, met, on, aid.asked_at, actor, now)
    if details.is_granted and aid.household.is_active:
        _start(session, aid.household, SURVEY, on, ", ".join(kind.label for kind in details.kinds), actor, now)
    _written(session, aid, "지원 결정" if details.is_granted else "지원 안 함", actor, now)


def record_survey(
    session: Session, aid: EmergencyAid, *, surveyed_on: date, note: str, version: int, actor: Identity, now: datetime
) -> None:
    """Write down the after-survey (사후조사).

    Raises:
        RuleBroken: nothing was granted, done already, an impossible day, or nothing said.
        StaleRecord: somebody changed it since.
    """
    _hold(session, aid, version)
    if not aid.is_granted or aid.surveyed_on is not None:
        raise RuleBroken("NO_SURVEY", "사후조사를 할 차례가 아닙니다.")
    today = korean_date(now)
    if aid.decided_at is None or not korean_date(aid.decided_at) <= surveyed_on <= today:
        raise RuleBroken("BAD_DAY", "결정한 날부터 오늘 사이의 날을 적어 주세요.", field="on")
    if not note.strip():
        raise RuleBroken("NOTE_NEEDED", "조사 결과를 적어 주세요.", field="note")
    aid.surveyed_on, aid.survey_note = surveyed_on, note.strip()
    _stop(session, aid, {SURVEY}, surveyed_on, aid.decided_at, actor, now)
    _written(session, aid, "사후조사", actor, now)


def _refuse_decision(aid: EmergencyAid, details: DecisionDetails, now: datetime) -> None:
    if aid.decided_at is not None:
        raise RuleBroken("DECIDED", "이미 결정했습니다.")
    _refuse_moment(details.decided_at, "at", after=aid.asked_at, now=now)
    if details.is_granted and not details.kinds:
        raise RuleBroken("KIND_NEEDED", "무엇을 지원하는지 골라 주세요.", field="kinds")
    if not details.is_granted and not details.note.strip():
        raise RuleBroken("NOTE_NEEDED", "왜 지원하지 않는지 적어 주세요.", field="note")
    if not details.is_granted and aid.checked_at is None:
        raise RuleBroken("CHECK_FIRST", "지원하지 않기로 하려면 현장확인을 먼저 적어 주세요.")


def _refuse_moment(at: datetime, field: str, *, after: datetime | None, now: datetime) -> None:
    if at > now + CLOCK_SLIP:
        raise RuleBroken("FUTURE_TIME", "아직 오지 않은 시각입니다.", field=field)
    if at < now - LONGEST_AGO:
        raise RuleBroken("DISTANT_DAY", "1년보다 앞선 날입니다. 해를 확인해 주세요.", field=field)
    if after is not None and at < after:
        raise RuleBroken("BEFORE_ASKED", "요청한 때보다 앞섭니다.", field=field)


def _start(
    session: Session, household: Household, code: str, on: date, note: str, actor: Identity, now: datetime
) -> None:
    details = TermDetails(code, starts_on=on, event_on=on, note=note)
    follow_ups.set_term(session, household, details, actor=actor, now=now)


def _stop(
    session: Session, aid: EmergencyAid, codes: Collection[str], on: date, since: datetime, actor: Identity,
    now: datetime,
) -> None:  # fmt: skip
    """Stop the clocks that began with this aid alone: another aid of the household may wait for the same."""
    follow_ups.stop_clocks(
        session, aid.household, codes, on=on, event_on=korean_date(since), because="긴급복지", actor=actor, now=now
    )


def _hold(session: Session, aid: EmergencyAid, version: int) -> None:
    session.flush()
    session.refresh(aid, with_for_update={"of": EmergencyAid})
    if aid.version != version:
        raise StaleRecord


def _written(session: Session, aid: EmergencyAid, what: str, actor: Identity, now: datetime) -> None:
    aid.version += 1
    session.flush()
    audit.record(
        session, Action.CASE, subject=f"emergency-aid:{aid.id}", household_id=aid.household_id, detail=f"긴급복지 {what}",
        actor=actor, now=now,
    )  # fmt: skip
