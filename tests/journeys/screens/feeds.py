"""달력 구독: addresses for a phone's calendar."""

from __future__ import annotations

from playwright.sync_api import Locator
from tests.journeys.tablet import Tablet


class Feeds:
    """One's own feeds."""

    path = "/calendar/feeds"

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def open(self) -> Feeds:
        """Go there by its address."""
        self.tablet.open(self.path)
        return self

    def make(self, device: str) -> str:
        """Make a feed for a device; returns the address the page shows."""
        self.tablet.hand.write(self.page.get_by_label("어느 기기에서 쓰나요"), device)
        self.tablet.hand.tap(self.page.get_by_role("button", name="구독 주소 만들기"))
        return self.address.input_value()

    @property
    def address(self) -> Locator:
        """The address, on the page that answers and never again."""
        return self.page.get_by_label("구독 주소", exact=True)

    def device(self, name: str) -> Locator:
        """A device's line."""
        return self.page.get_by_role("list", name="구독 중인 기기").get_by_role("listitem").filter(has_text=name)

    def revoke(self, name: str) -> None:
        """Tap «끊기» and agree."""
        self.tablet.hand.tap(self.device(name).get_by_role("button", name="끊기"))
        self.tablet.hand.tap(self.page.get_by_role("dialog").get_by_role("button", name="끊기"))
