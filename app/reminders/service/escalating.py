"""What stays undone too long is told to those who watch over the centre, once per household and due."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.alerts.queries import list_told
from app.alerts.rules import AlertKind
from app.alerts.service import News, tell
from app.core.working_days import WorkingDays
from app.follow_ups.queries import read_dues, working_days_for
from app.follow_ups.rules.dues import Due
from app.reminders import queries
from app.reminders.queries import Suspect
from app.reminders.rules import Escalation, overdue_since, overdue_text, subject_of

AT_ONCE = 500
"""Households whose dues are read in one statement."""
Watchers = Mapping[int, frozenset[int]]


def escalate(session: Session, district_id: int, escalation: Escalation, *, today: date, now: datetime) -> int:
    """Tell of every due of a 시군구 that is overdue for longer than its household's risk allows and was not told yet.

    What a day on which nobody ran this would have told is told by the next one. Returns how many alerts were new.
    """
    days = working_days_for(session, district_id)
    told_before = escalation.told_before(today, days)
    watchers = queries.watchers_of(session, district_id, today=today)
    suspects = queries.list_suspects(session, district_id, told_before=told_before, today=today)
    by_household = {each.household_id: each for each in _untold(session, suspects, watchers)}
    news: list[News] = []
    for dues in _dues(session, sorted(by_household), district_id, today):
        for due in dues:
            household = by_household[due.household_id]
            news += _news(household, due, told_before[household.risk], watchers, days)
    return tell(session, AlertKind.OVERDUE, news, now=now)


def _untold(session: Session, suspects: Sequence[Suspect], watchers: Watchers) -> Iterator[Suspect]:
    """Those of which somebody has not heard, as far as the stored answers know."""
    subjects = {subject_of(each.term_id, each.household_id, each.due_on) for each in suspects if not each.is_stale}
    told = list_told(session, AlertKind.OVERDUE, subjects)
    for each in suspects:
        subject = subject_of(each.term_id, each.household_id, each.due_on)
        if each.is_stale or any((subject, key) not in told for key in watchers[each.centre_id]):
            yield each


def _dues(session: Session, ids: Sequence[int], district_id: int, today: date) -> Iterator[Collection[Due]]:
    for start in range(0, len(ids), AT_ONCE):
        yield from read_dues(session, ids[start : start + AT_ONCE], district_id=district_id, today=today).values()


def _news(household: Suspect, due: Due, told_before: date, watchers: Watchers, days: WorkingDays) -> list[News]:
    """What is said of one due; nothing while its household's risk lets it wait."""
    last_on = overdue_since(due)
    if last_on is None or last_on >= told_before:
        return []
    text = overdue_text(household.number, due, days)
    subject = subject_of(due.term_id, due.household_id, due.due_on)
    return [News(subject, key, text, due.household_id) for key in sorted(watchers[household.centre_id])]
