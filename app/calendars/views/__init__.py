"""일정: the pages of weeks, months, load and feeds."""

from __future__ import annotations

from app.calendars.views import breaks, feed, workload
from app.calendars.views.blueprint import blueprint

__all__ = ["blueprint", "breaks", "feed", "workload"]
