"""A feed as iCalendar (RFC 5545): draws what it is given and looks nothing up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from icalendar import Calendar, Event, Timezone

from app.calendars.rules.feed import Feed, FeedDay, FeedVisit, uid_of
from app.core.clock import KOREA
from app.visits.rules import PlannedState

PRODUCT = "-//outreach//visits//KO"
ZONE = "Asia/Seoul"
ONE_DAY = timedelta(days=1)
READ_AGAIN_AFTER = timedelta(hours=1)
"""What calendars are asked to do; most of them do as they like."""


def draw_feed(feed: Feed, *, now: datetime) -> bytes:
    """The feed as a calendar that is replaced as a whole whenever it is read; UTF-8."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"방문 일정 {feed.centre_name}")
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", READ_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", READ_AGAIN_AFTER)
    calendar.add_component(_zone(now.year))
    for visit in feed.visits:
        calendar.add_component(_visit(visit, now))
    for day in (*feed.due_days, *feed.holidays):
        calendar.add_component(_whole_day(day, now))
    return bytes(calendar.to_ical())


@lru_cache(maxsize=4)
def _zone(year: int) -> Timezone:
    """Korean time: nine hours ahead all the year since 1988, so two years around now are enough."""
    january = datetime(year - 1, 1, 1, tzinfo=UTC).date()
    return Timezone.from_tzid(ZONE, first_date=january, last_date=january.replace(year=year + 2))


def _entry(key: str, summary: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", uid_of(key))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", summary)
    event.add("class", "PRIVATE")
    return event


def _visit(visit: FeedVisit, now: datetime) -> Event:
    """Timed where an hour is known, else the whole day; a change counts the sequence on under the same name."""
    event = _entry(f"visit-{visit.planned_id}", visit.summary, now)
    if visit.at is None:
        event.add("dtstart", visit.on)
        event.add("dtend", visit.on + ONE_DAY)
    else:
        begins = datetime.combine(visit.on, visit.at, KOREA)
        event.add("dtstart", begins)
        event.add("dtend", begins + timedelta(minutes=visit.minutes))
    is_cancelled = visit.state is PlannedState.CANCELLED
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if is_cancelled else "OPAQUE")
    event.add("sequence", visit.version - 1)
    event.add("last-modified", visit.changed_at.astimezone(UTC))
    return event


def _whole_day(day: FeedDay, now: datetime) -> Event:
    """Nobody is busy because something is due, or because it is a holiday."""
    event = _entry(day.key, day.summary, now)
    event.add("dtstart", day.on)
    event.add("dtend", day.on + ONE_DAY)
    event.add("transp", "TRANSPARENT")
    return event
