"""E02: a centre's phone tree, what sets it off, and the public numbers."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.accounts.models import Centre
from app.core.clock import korean_date
from app.core.text import format_phone
from app.reports.rules import AlarmFacts, DutyFacts, HotlineFacts, Letterhead, PhoneTreeFacts
from app.safety.queries import list_duty_contacts, list_hotlines
from app.safety.rules import AlarmStep

MINUTE = timedelta(minutes=1)


def gather_phone_tree(session: Session, centre: Centre, letterhead: Letterhead, *, now: datetime) -> PhoneTreeFacts:
    """The facts of one centre's phone tree as it stands."""
    contacts = list_duty_contacts(session, centre.id)
    hotlines = list_hotlines(session, on=korean_date(now))
    return PhoneTreeFacts(
        letterhead=letterhead,
        centre=centre.name,
        alarms=tuple(AlarmFacts(minutes=step.after // MINUTE, what=step.label) for step in AlarmStep),
        contacts=tuple(DutyFacts(title=each.title, phone=format_phone(each.phone)) for each in contacts),
        hotlines=tuple(HotlineFacts(number=each.number, name=each.name, use=each.use) for each in hotlines),
    )
