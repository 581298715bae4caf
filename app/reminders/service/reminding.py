"""The morning's work and the week behind: told in the inbox, and in the one mail of the day to those who want it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

from app.access.identity import Identity, Origin
from app.access.permissions import Role
from app.accounts.models import Account
from app.accounts.queries import identity_of
from app.alerts.queries import list_told
from app.alerts.rules import AlertKind
from app.alerts.service import News, put_away, tell, write_mail
from app.audit import service as audit
from app.audit.rules import Action
from app.reminders import queries
from app.reminders.rules import Morning, Weekly, morning_subject, week_before

Part = TypeVar("Part", Morning, Weekly)
BY_MAIL = Origin(device="daily mail")
"""How the access log names what went out by mail."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """What one person is to hear; None for a part that was told before, or of which there is nothing."""

    account: Account
    who: Identity
    morning: Morning | None
    weekly: Weekly | None

    def text(self, kind: AlertKind) -> str:
        """One line for the inbox; "" when there is nothing of this kind."""
        part = self.morning if kind is AlertKind.MORNING else self.weekly
        return part.text if part else ""


class Words(Protocol):
    """Says a reminder as a mail: its subject and its text."""

    def __call__(self, reminder: Reminder) -> tuple[str, str]: ...


def remind(session: Session, people: Sequence[Account], *, words: Words | None, today: date, now: datetime) -> int:
    """Tell each of these people what waits for them today, and supervisors what last week was; each part once.

    Nobody is told that nothing is to be done. Whoever wants mail gets one with all parts, once a day; `words` is None
    where no mail is sent at all. Returns how many people heard something.
    """
    subjects = {AlertKind.MORNING: morning_subject(today), AlertKind.WEEKLY: week_before(today).subject}
    heard = {
        kind: {recipient for _subject, recipient in list_told(session, kind, [subject])}
        for kind, subject in subjects.items()
    }
    found = [_reminder(session, person, heard, today) for person in people]
    reminders = [each for each in found if each.morning or each.weekly]
    for kind, subject in subjects.items():
        news = [News(subject, each.account.id, text) for each in reminders if (text := each.text(kind))]
        tell(session, kind, news, now=now)
        put_away(session, kind, [person.id for person in people], but=subject, now=now)
    if words is not None:
        for reminder in reminders:
            _write(session, reminder, words, today=today, now=now)
    return len(reminders)


def remind_of_week(
    session: Session, people: Sequence[Account], *, words: Words | None, today: date, now: datetime
) -> int:
    """The same for those supervisors alone whom nothing has told of the last week yet."""
    told = list_told(session, AlertKind.WEEKLY, [week_before(today).subject])
    heard = {recipient for _subject, recipient in told}
    waiting = [person for person in people if person.role is Role.SUPERVISOR and person.id not in heard]
    return remind(session, waiting, words=words, today=today, now=now)


def _reminder(session: Session, account: Account, heard: Mapping[AlertKind, set[int]], today: date) -> Reminder:
    who = identity_of(session, account, origin=BY_MAIL, today=today)
    morning = weekly = None
    if account.id not in heard[AlertKind.MORNING]:
        morning = queries.see_morning(session, who, today=today)
    if account.role is Role.SUPERVISOR and account.id not in heard[AlertKind.WEEKLY]:
        weekly = queries.see_week(session, who, week_before(today), today=today)
    return Reminder(account, who, _if_any(morning), _if_any(weekly))


def _if_any(part: Part | None) -> Part | None:
    return None if part is None or part.is_empty else part


def _write(session: Session, reminder: Reminder, words: Words, *, today: date, now: datetime) -> None:
    """Write the mail; that numbers of households left the house is recorded."""
    subject, body = words(reminder)
    written = write_mail(session, reminder.account, for_on=today, subject=subject, body=body, now=now)
    named = reminder.morning.named_ids if reminder.morning else []
    if written and named:
        audit.record_list(session, Action.LIST, named, subject="mail", actor=reminder.who, now=now)
