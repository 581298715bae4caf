"""Read emergency aid: one, those of a household, those that run in the scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.cases.models import EmergencyAid
from app.cases.rules.emergency import CHECK, DECISION, SURVEY, AidDates, AidDays, AidStep, due_at, next_step
from app.core.clock import KOREA, korean_date
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.core.working_days import WorkingDays
from app.follow_ups.queries import RuleBook, Version, rule_book, working_days_for
from app.follow_ups.rules import Deadline, Due, Term, due, due_from
from app.households.models import Household
from app.households.queries import visible_to


@dataclass(frozen=True, slots=True)
class AidStanding:
    """An aid as it stands at a moment: what comes next, by when, and whether that is late."""

    aid: EmergencyAid
    step: AidStep
    due_at: datetime | None
    """For check and decision, which go by the hour."""
    survey: Due | None
    """For the survey, which goes by days: the same as on every list of what is due."""
    is_late: bool


@dataclass(frozen=True, slots=True)
class AidClocks:
    """By what the aids of a 시군구 are judged on a day."""

    days: AidDays
    survey: Version
    working_days: WorkingDays
    on: date


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
    clocks = aid_clocks(session, who.district_id, on=on)
    rows = [standing_of(aid, clocks, now=now) for aid in session.scalars(statement)]
    return sorted(rows, key=lambda row: (_pressing_at(row) or now, row.aid.id))


def standing_of(aid: EmergencyAid, clocks: AidClocks, *, now: datetime) -> AidStanding:
    """How an aid stands at a moment."""
    dates = dates_of(aid)
    step, by = next_step(dates), due_at(dates, clocks.days)
    if step is not AidStep.SURVEY or aid.decided_at is None:
        return AidStanding(aid, step, by, None, by is not None and now > by)
    survey = _survey_due(aid, korean_date(aid.decided_at), clocks)
    return AidStanding(aid, step, None, survey, survey.is_overdue)


def dates_of(aid: EmergencyAid) -> AidDates:
    """A stored aid as the rules read it."""
    return AidDates(aid.asked_at, aid.checked_at, aid.decided_at, aid.is_granted, aid.surveyed_on)


def aid_clocks(session: Session, district_id: int, *, on: date) -> AidClocks:
    """The clocks of a 시군구 on a day."""
    book = rule_book(session, district_id)
    days = AidDays(_target(book, CHECK, on), _target(book, DECISION, on))
    return AidClocks(days, _holding(book, SURVEY, on), working_days_for(session, district_id), on)


def _holding(book: RuleBook, code: str, on: date) -> Version:
    version = book.holding(code, on)
    if version is None:
        raise NotFound
    return version


def _target(book: RuleBook, code: str, on: date) -> int:
    parameters = _holding(book, code, on).rule.parameters
    return parameters.target_days if isinstance(parameters, Deadline) else 0


def _survey_due(aid: EmergencyAid, decided_on: date, clocks: AidClocks) -> Due:
    """What the due engine says of the survey, as it says it everywhere else."""
    version = clocks.survey
    term = Term(starts_on=decided_on, event_on=decided_on)
    answer = due(term, version.rule, (), today=clocks.on, working_days=clocks.working_days)
    return due_from(
        answer, term_id=None, household_id=aid.household_id, member_id=None, label=version.name,
        profession=version.profession, kind=version.kind, today=clocks.on,
    )  # fmt: skip


def _pressing_at(row: AidStanding) -> datetime | None:
    """The moment that puts an aid among others: for a survey the end of the day it aims at."""
    if row.survey is None or row.survey.due_on is None:
        return row.due_at
    return datetime.combine(row.survey.due_on, time.max, KOREA)
