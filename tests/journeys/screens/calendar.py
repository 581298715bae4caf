"""일정: the week, what a tile opens, and the board on which a visit is planned."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import Locator
from tests.journeys.tablet import Tablet


class CalendarPage:
    """One person's week."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page, self.hand = tablet, tablet.page, tablet.hand

    def open(self, on: date | None = None) -> CalendarPage:
        """Go to the week of a day by its address."""
        self.tablet.open(f"/calendar?on={on}" if on else "/calendar")
        return self

    @property
    def news(self) -> Locator:
        """What the last act came to."""
        return self.page.locator(".flashes .banner")

    @property
    def heading(self) -> Locator:
        """The days in words."""
        return self.page.get_by_role("heading", level=1)

    def due(self, title: str) -> Locator:
        """The tile of a door with something due."""
        return self.page.locator(".tile-due").filter(has_text=title).first

    def visit(self, title: str) -> Locator:
        """The tile of a visit that is still to be made."""
        return self.page.locator("[data-visit]").filter(has_text=title).first

    def kept(self, title: str) -> Locator:
        """The tile of a visit that was made."""
        return self.page.locator(".tile-visit.is-kept").filter(has_text=title).first

    @property
    def sheet(self) -> Locator:
        """What a tile has opened."""
        return self.page.locator(".sheet:popover-open")

    def act(self, words: str) -> None:
        """Tap a link of the open sheet."""
        self.hand.tap(self.sheet.get_by_role("link", name=words))

    def undo(self) -> None:
        """Tap «되돌리기» beside the news."""
        self.hand.tap(self.news.get_by_role("button", name="되돌리기"))


class BoardPage:
    """The board of free hours."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page, self.hand = tablet, tablet.page, tablet.hand

    def wait(self, what: str) -> BoardPage:
        """Until the board is there to plan, or to move."""
        self.page.wait_for_url(re.compile(rf"/{what}(\?|$)"))
        return self

    @property
    def suggestion(self) -> Locator:
        """The day the board speaks for."""
        return self.page.locator(".plan-hint").first

    def free(self, on: str) -> Locator:
        """The free slots of a day."""
        return self.page.locator(f"#day-{on} .slot-free")

    @property
    def last_day(self) -> str:
        """The last day that has free slots, as its address names it."""
        days = self.page.locator(".board-day:has(.slot-free)")
        return (days.last.get_attribute("id") or "").removeprefix("day-")

    @property
    def objections(self) -> Locator:
        """What speaks against the slot that was tapped."""
        return self.page.locator(".plan-objections")

    def because(self, words: str) -> None:
        """Pick why something is moved."""
        self.hand.tap(self.page.locator("label.chip:visible").filter(has_text=words))
