"""가구: the one page everything hangs on."""

from __future__ import annotations

from playwright.sync_api import Locator
from tests.journeys.tablet import Tablet


class HouseholdPage:
    """One household."""

    def __init__(self, tablet: Tablet, household_id: int) -> None:
        self.tablet, self.page, self.id = tablet, tablet.page, household_id

    def open(self) -> HouseholdPage:
        """Go there by its address."""
        self.tablet.open(f"/households/{self.id}")
        return self

    def wait(self) -> HouseholdPage:
        """Until the page is this household's."""
        self.page.wait_for_url(f"**/households/{self.id}*")
        return self

    @property
    def dues(self) -> Locator:
        """What is due next, each with its reasons."""
        return self.page.locator("#dues .next-due")

    @property
    def news(self) -> Locator:
        """What the last act came to."""
        return self.page.locator(".flashes .banner")

    @property
    def timeline(self) -> Locator:
        """What happened, newest first."""
        return self.page.get_by_role("list", name="걸어온 길").get_by_role("listitem")

    def banner(self, words: str) -> Locator:
        """A message that stands out on the page itself."""
        return self.page.locator("main > .banner").filter(has_text=words)
