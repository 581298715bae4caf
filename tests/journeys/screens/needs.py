"""욕구조사: the page of four buttons an item."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Locator, expect
from tests.journeys.tablet import Tablet


class NeedsPage:
    """The survey as one hand answers it."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet = tablet
        self.page = tablet.page

    @property
    def items(self) -> Locator:
        """Every item, in the order of the page."""
        return self.page.locator("[data-item]")

    def item(self, label: str) -> Locator:
        """The item of a name."""
        return self.items.filter(has_text=label)

    def answer(self, label: str, level: str) -> None:
        """Tap one of the four buttons of an item."""
        self.tablet.hand.tap(self.item(label).locator("label", has_text=level))

    def answer_the_rest_by_keys(self, levels: Mapping[str, str]) -> None:
        """«없음» for every item that is not in `levels`, by the key 1, which goes on to the next open one by itself."""
        left = self.items.count() - len(levels)
        self.items.filter(has_not=self.page.locator("input:checked")).first.locator("input[type=radio]").first.focus()
        for _ in range(left):
            self.page.keyboard.press("1")
        expect(self.page.locator("[data-progress]")).to_have_text(f"{self.items.count()}/{self.items.count()} 답함")
