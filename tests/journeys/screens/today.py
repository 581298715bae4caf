"""오늘: whom to visit, and why."""

from __future__ import annotations

from playwright.sync_api import Locator
from tests.journeys.tablet import Tablet


class Today:
    """The list of a day."""

    path = "/today"

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def open(self) -> Today:
        """Go there by its address."""
        self.tablet.open(self.path)
        return self

    @property
    def heading(self) -> Locator:
        """The date in words."""
        return self.page.get_by_role("heading", level=1)

    def card(self, household_id: int) -> Locator:
        """One household's card; none when it is not on the list."""
        link = self.page.locator(f'h3 a[href="/households/{household_id}"]')
        return self.page.get_by_role("article").filter(has=link)

    def overdue(self, household_id: int) -> Locator:
        """The household's card among those past their date."""
        heap = self.page.locator("section", has=self.page.locator("#overdue"))
        return heap.get_by_role("article").filter(has=self.page.locator(f'a[href="/households/{household_id}"]'))

    def why(self, household_id: int) -> Locator:
        """The sentences that say why the household stands here."""
        return self.card(household_id).locator(".due-why")

    @property
    def drafts(self) -> Locator:
        """Records begun and not yet sent."""
        return self.page.locator("section[aria-labelledby=drafts] li")

    def start_visit(self, household_id: int) -> None:
        """Tap «방문 시작»."""
        self.tablet.hand.tap(self.card(household_id).get_by_role("link", name="방문 시작"))

    def nobody_home(self, household_id: int) -> None:
        """Tap «부재»."""
        self.tablet.hand.tap(self.card(household_id).get_by_role("link", name="부재"))
