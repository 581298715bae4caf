"""일정: the pages of weeks, months, load and feeds."""

from __future__ import annotations

from app.calendars.views import breaks, calendar, choosing, feed, settling, workload
from app.calendars.views.blueprint import blueprint

__all__ = ["blueprint", "breaks", "calendar", "choosing", "feed", "settling", "workload"]
