"""Feeds: make one, take it away, answer whoever asks with its address."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity, Origin
from app.accounts.queries import identity_of
from app.accounts.service import hash_of
from app.audit import service as audit
from app.audit.rules import Action
from app.calendars.models import CalendarFeed
from app.calendars.queries.feed import find_feed, gather_feed, list_feeds
from app.calendars.rules.feed import LONGEST_DEVICE, MOST_FEEDS, SOONEST_AGAIN, TOKEN_BYTES, Feed, may_be_read
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.core.text import normalise


class AskedTooSoon(Exception):
    """The same feed was fetched a moment ago."""


@dataclass(frozen=True, slots=True)
class FeedReading:
    """One reading of a feed: what it tells, and what the access log has to know."""

    feed: Feed
    feed_id: int
    owner: Identity
    household_ids: tuple[int, ...]


def open_feed(session: Session, device: str, *, actor: Identity, now: datetime) -> tuple[CalendarFeed, str]:
    """Make a feed for one device; returns it with its token, which is stored nowhere and shown once.

    Raises:
        RuleBroken: no name for the device, a name over 40 letters, or five feeds already.
    """
    name = normalise(device)
    if not name or len(name) > LONGEST_DEVICE:
        text = f"어느 기기에서 쓰는지 {LONGEST_DEVICE}자까지 적어 주세요."
        raise RuleBroken("DEVICE_NAME", text, field="device")
    if len(list_feeds(session, actor)) >= MOST_FEEDS:
        text = f"달력 구독은 {MOST_FEEDS}개까지 만듭니다. 쓰지 않는 것을 먼저 끊어 주세요."
        raise RuleBroken("TOO_MANY_FEEDS", text, field="device")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    feed = CalendarFeed(account_id=actor.account_id, token_hash=hash_of(token), device=name, created_at=now)
    session.add(feed)
    session.flush()
    _record(session, feed.id, "만듦", actor=actor, now=now)
    return feed, token


def revoke_feed(session: Session, feed: CalendarFeed, *, actor: Identity, now: datetime) -> bool:
    """Let a feed answer no more, from this moment on. Returns False when it was revoked before."""
    if feed.revoked_at is not None:
        return False
    feed.revoked_at = now
    session.flush()
    _record(session, feed.id, "끊음", actor=actor, now=now)
    return True


def read_feed(session: Session, token: str, *, origin: Origin, now: datetime) -> FeedReading | None:
    """What the feed with this token tells now; None for an unknown or revoked one, and when its owner may no longer
    sign in or keep a feed. The scope is that of the owner at this moment.

    Raises:
        AskedTooSoon: it was read less than five seconds ago.
    """
    found = find_feed(session, hash_of(token))
    if found is None or found.revoked_at is not None:
        return None
    today = korean_date(now)
    owner = identity_of(session, found.account, origin=origin, today=today)
    if not may_be_read(owner, is_disabled=found.account.disabled_at is not None):
        return None
    if found.read_at is not None and now - found.read_at < SOONEST_AGAIN:
        raise AskedTooSoon
    found.read_at = now
    session.flush()
    feed, household_ids = gather_feed(session, owner, today=today)
    return FeedReading(feed, found.id, owner, tuple(household_ids))


def record_reading(session: Session, reading: FeedReading, *, now: datetime) -> None:
    """Write into the access log that a calendar got the feed, and of which households it told."""
    audit.record_list(
        session, Action.CALENDAR_FEED, reading.household_ids, subject=f"feed:{reading.feed_id}", actor=reading.owner,
        now=now,
    )  # fmt: skip


def _record(session: Session, feed_id: int, what: str, *, actor: Identity, now: datetime) -> None:
    audit.record(
        session, Action.CALENDAR_FEED, subject=f"feed:{feed_id}", row_count=0, detail=what, actor=actor, now=now
    )
