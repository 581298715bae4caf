"""발굴 대기열: who is to be found next, and one of them."""

from __future__ import annotations

from playwright.sync_api import Locator
from tests.journeys.tablet import Tablet


class QueuePage:
    """The list in the order of the scores."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def open(self, state: str = "OPEN") -> QueuePage:
        """Go there by its address."""
        self.tablet.open(f"/discoveries/queue?state={state}")
        return self

    @property
    def rows(self) -> Locator:
        """One for each person."""
        return self.page.get_by_role("list", name="발굴 대상").locator(".queue-row")

    def claim_button(self, row: Locator) -> Locator:
        """«맡기» of a row."""
        return row.get_by_role("button", name="맡기")


class ItemPage:
    """One person who is to be found."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def wait(self) -> ItemPage:
        """Until the page is there."""
        self.page.wait_for_url("**/discoveries/items/*")
        return self

    def try_it(self, mode: str, note: str = "") -> None:
        """Choose what was done, and store it."""
        self.tablet.hand.tap(self.page.locator("#try-form .chip", has_text=mode))
        if note:
            self.page.get_by_label("짧은 메모").fill(note)
        self.tablet.hand.tap(self.page.get_by_role("button", name="시도 적기"))

    def finish(self, outcome: str, note: str = "") -> None:
        """Choose what became of them, and store it."""
        form = self.page.locator("#outcome-form")
        form.get_by_label("처리 결과").select_option(label=outcome)
        form.get_by_label("내용").fill(note)
        self.tablet.hand.tap(form.get_by_role("button", name="결과 저장"))

    @property
    def news(self) -> Locator:
        """What the last tap came to."""
        return self.page.locator(".flashes")

    @property
    def errors(self) -> Locator:
        """Everything wrong with a form."""
        return self.page.locator(".error-summary")
