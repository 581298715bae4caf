"""What the timetable calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from app.access.permissions import Role
from app.core.clock import korean_date
from app.core.database import unit_of_work
from app.reminders import queries, service
from app.reminders.jobs.mails import words_of
from app.reminders.jobs.table import read_escalation
from app.reminders.rules import is_time_to_tell

__all__ = ["escalate_overdue", "tell_ending_consents", "tell_mornings", "tell_weeks"]


def tell_mornings(session: Session, now: datetime) -> int:
    """On a working day of each 시군구, tell everybody at work what waits for them. Returns how many heard something."""
    return _tell_teams(session, (Role.NURSE, Role.WORKER, Role.SUPERVISOR), service.remind, now)


def tell_weeks(session: Session, now: datetime) -> int:
    """Tell the supervisors whom no morning of this week has told of the last one. Returns how many heard something."""
    return _tell_teams(session, (Role.SUPERVISOR,), service.remind_of_week, now)


def _tell_teams(session: Session, roles: Iterable[Role], remind: Callable[..., int], now: datetime) -> int:
    """Centre by centre, each committed for itself: nobody waits for a whole 시군구, and what fails in one centre is
    raised when the others have been told."""
    if not is_time_to_tell(now):
        return 0
    today, heard, failure = korean_date(now), 0, None
    words = words_of(current_app, current_app.config["OUTREACH"])
    for centre_id in queries.list_working_centres(session, today=today):
        try:
            with unit_of_work(session):
                team = queries.list_at_work(session, centre_id, *roles, today=today)
                heard += remind(session, team, words=words, today=today, now=now)
        except Exception as error:
            failure = error
    if failure is not None:
        raise failure
    return heard


def tell_ending_consents(session: Session, now: datetime) -> int:
    """On a working day of each 시군구, tell who is responsible which consents run out. Returns how many alerts were new."""
    if not is_time_to_tell(now):
        return 0
    today, told = korean_date(now), 0
    for district_id in queries.list_working_districts(session, today=today):
        with unit_of_work(session):
            told += service.remind_of_consents(session, district_id, today=today, now=now)
    return told


def escalate_overdue(session: Session, now: datetime) -> int:
    """On a working day of each 시군구, tell supervisors what is overdue for too long. Returns how many alerts were new.

    Raises:
        EscalationError: the table of this installation cannot be used.
    """
    if not is_time_to_tell(now):
        return 0
    today, told = korean_date(now), 0
    escalation = read_escalation(current_app.config["OUTREACH"].instance)
    for district_id in queries.list_working_districts(session, today=today):
        with unit_of_work(session):
            told += service.escalate(session, district_id, escalation, today=today, now=now)
    return told
