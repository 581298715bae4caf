"""Phones that subscribe to somebody's calendar."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from app.accounts.models import Account
from app.calendars.rules.feed_limits import MissCounter
from app.calendars.service.feed import open_feed
from app.calendars.views import feed as feed_views
from sqlalchemy.orm import Session
from tests.factories.town import Town
from tests.moments import NOW


@pytest.fixture(autouse=True)
def no_misses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of the tests stands still, and so would its minute."""
    monkeypatch.setattr(feed_views, "MISSES", MissCounter(30))


@pytest.fixture
def subscribe(session: Session, town: Town) -> Callable[[Account], str]:
    """The address of somebody's new feed."""

    def made(account: Account) -> str:
        _feed, token = open_feed(session, "휴대전화", actor=town.who(account), now=NOW)
        return f"/calendar/feed/{token}.ics"

    return made
