"""안전사고: the half-minute report."""

from __future__ import annotations

from playwright.sync_api import Locator
from tests.journeys.tablet import Tablet


class IncidentPage:
    """What somebody fills in who has just got out."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page, self.hand = tablet, tablet.page, tablet.hand

    @property
    def door(self) -> Locator:
        """«안전사고» in the head of a page."""
        return self.page.locator("main").get_by_role("link", name="안전사고", exact=True)

    def kind(self, word: str) -> Locator:
        """One of the big chips."""
        return self.page.locator(".incident-kinds label.chip").filter(has_text=word)

    @property
    def tell(self) -> Locator:
        """«알리기»."""
        return self.page.get_by_role("button", name="알리기", exact=True)

    @property
    def news(self) -> Locator:
        """What the last act came to."""
        return self.page.locator(".flashes .banner")
