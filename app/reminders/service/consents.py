"""Consents that run out are told to whoever is responsible for the household, once in each period of theirs."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.alerts.queries import list_unread_subjects
from app.alerts.rules import AlertKind
from app.alerts.service import News, settle, tell
from app.consents.queries.expiring import Expiring, list_ending
from app.consents.rules.reminding import ending_text, period_of, subject_of
from app.reminders import queries
from app.reminders.queries.responsible import Hearers


def remind_of_consents(session: Session, district_id: int, *, today: date, now: datetime) -> int:
    """Tell of every consent of a 시군구 that runs out or has just run out and that nothing newer covers.

    Days on which nobody ran this lose nothing. What was told before and is over by now, because somebody renewed it, took
    it back, moved away or because a nearer period tells of it, is put away. Returns how many alerts were new.
    """
    hearers = queries.hearers_of(session, district_id, today=today)
    news = [each for row in list_ending(session, district_id, today=today) for each in _news(row, hearers)]
    told = tell(session, AlertKind.CONSENT_ENDING, news, now=now)
    unread = list_unread_subjects(session, AlertKind.CONSENT_ENDING, district_id=district_id)
    over = unread - {each.subject for each in news}
    if over:
        settle(session, AlertKind.CONSENT_ENDING, over, now=now)
    return told


def _news(row: Expiring, hearers: Hearers) -> list[News]:
    consent, period = row.consent, period_of(row.days_left)
    if period is None or consent.valid_until is None:
        return []
    subject = subject_of(consent.id, period)
    text = ending_text(consent.household.number, consent.kind, consent.valid_until, period)
    return [News(subject, key, text, consent.household_id) for key in sorted(hearers.of(consent))]
