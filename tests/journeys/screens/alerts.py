"""알림: what somebody was told."""

from __future__ import annotations

from playwright.sync_api import Locator
from tests.journeys.tablet import Tablet


class Inbox:
    """The inbox."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def open(self) -> Inbox:
        """Go there by its address."""
        self.tablet.open("/alerts")
        return self

    def unread(self, *words: str) -> Locator:
        """Unread news that holds all these words."""
        rows = self.page.get_by_role("list", name="읽지 않은 알림").get_by_role("listitem")
        for word in words:
            rows = rows.filter(has_text=word)
        return rows
