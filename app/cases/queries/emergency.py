"""Read emergency aid: one, those of a household, those that run in the scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.cases.models import EmergencyAid
from app.cases.rules.emergency import CHECK, DECISION, SURVEY, AidDates, AidDays, AidStep, due_at, next_step
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.follow_ups.queries import engine_rule, get_rule_in_force
from app.follow_ups.rules import Deadline
from app.households.models import Household
from app.households.queries import visible_to


@dataclass(frozen=True, slots=True)
class AidStanding:
    """An aid as it stands at a moment: what comes next, by when, and whether that is late."""

    aid: EmergencyAid
    step: AidStep
    due_at: datetime | None
    is_late: bool


def get_aid(session: Session, who: Identity, aid_id: int) -> EmergencyAid:
    """One aid of a visible household, or NotFound."""
    if aid_id > LARGEST_KEY:
        raise NotFound
    statement = (
        select(EmergencyAid)
        .join(Household, Household.id == EmergencyAid.household_id)
        .where(EmergencyAid.id == aid_id, visible_to(who))
        .options(joinedload(EmergencyAid.household))
    )
    row = session.scalars(statement).first()
    if row is None:
        raise NotFound
    return row


def aids_of(session: Session, household_id: int) -> Sequence[EmergencyAid]:
    """Every emergency aid of a household, the newest first. Its page has asked whether it may be seen."""
    statement = select(EmergencyAid).where(EmergencyAid.household_id == household_id)
    return session.scalars(statement.order_by(EmergencyAid.asked_at.desc(), EmergencyAid.id.desc())).all()


def list_running_aids(session: Session, who: Identity, *, now: datetime, on: date) -> list[AidStanding]:
    """Aids of the scope that are not finished, the latest and most pressing first."""
    not_checked = and_(EmergencyAid.is_granted.is_(True), EmergencyAid.checked_at.is_(None))
    not_surveyed = and_(EmergencyAid.is_granted.is_(True), EmergencyAid.surveyed_on.is_(None))
    statement = (
        select(EmergencyAid)
        .join(Household, Household.id == EmergencyAid.household_id)
        .where(visible_to(who), or_(EmergencyAid.decided_at.is_(None), not_checked, not_surveyed))
        .options(joinedload(EmergencyAid.household))
    )
    days = aid_days(session, who.district_id, on=on)
    rows = [standing_of(aid, days, now=now) for aid in session.scalars(statement)]
    return sorted(rows, key=lambda row: (row.due_at or now, row.aid.id))


def standing_of(aid: EmergencyAid, days: AidDays, *, now: datetime) -> AidStanding:
    """How an aid stands at a moment."""
    dates = dates_of(aid)
    due = due_at(dates, days)
    return AidStanding(aid, next_step(dates), due, due is not None and now > due)


def dates_of(aid: EmergencyAid) -> AidDates:
    """A stored aid as the rules read it."""
    return AidDates(aid.asked_at, aid.checked_at, aid.decided_at, aid.is_granted, aid.surveyed_on)


def aid_days(session: Session, district_id: int, *, on: date) -> AidDays:
    """How many days each step has in a 시군구 on a day."""
    check, decision = (_target(session, code, district_id, on) for code in (CHECK, DECISION))
    return AidDays(check, decision, _last(session, district_id, on))


def _target(session: Session, code: str, district_id: int, on: date) -> int:
    parameters = engine_rule(get_rule_in_force(session, code, district_id=district_id, on=on)).parameters
    return parameters.target_days if isinstance(parameters, Deadline) else 0


def _last(session: Session, district_id: int, on: date) -> int:
    """The survey is late after its limit, which the decree sets, not after our target."""
    parameters = engine_rule(get_rule_in_force(session, SURVEY, district_id=district_id, on=on)).parameters
    if not isinstance(parameters, Deadline):
        return 0
    return parameters.target_days if parameters.limit_days is None else parameters.limit_days
