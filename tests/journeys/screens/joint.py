"""공동방문: the second note, the question whether it was one visit, and taking a record back."""

from __future__ import annotations

from playwright.sync_api import Locator
from tests.journeys.screens.visit import DraftedForm
from tests.journeys.tablet import Tablet


class SecondNotePage(DraftedForm):
    """내 기록 더하기."""

    @property
    def beside(self) -> Locator:
        """The colleague's record, to be read."""
        return self.page.locator(".record-beside")

    @property
    def welfare_note(self) -> Locator:
        """복지 기록."""
        return self.page.get_by_label("복지 기록", exact=True)

    @property
    def shared_line(self) -> Locator:
        """The one line both professions read."""
        return self.page.get_by_label("함께 보는 한 줄", exact=True)

    @property
    def add(self) -> Locator:
        """«내 기록 더하기»."""
        return self.page.get_by_role("button", name="내 기록 더하기")

    def go_on(self) -> None:
        """Tap «다음: …»."""
        self.hand.tap(self.page.locator("[data-step-next]"))


class SameVisitQuestion:
    """«같은 방문입니까?»."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet = tablet
        self.text = tablet.page.get_by_role("region", name="같은 방문입니까?")

    def same(self) -> None:
        """Tap «같은 방문, 내 기록 더하기»."""
        self.tablet.hand.tap(self.text.get_by_role("button", name="같은 방문, 내 기록 더하기"))

    def separate(self) -> None:
        """Tap «따로 한 방문»."""
        self.tablet.hand.tap(self.text.get_by_role("button", name="따로 한 방문"))


class VoidPage:
    """방문 기록 무효."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def take_back(self, reason: str) -> None:
        """Write the reason and tap."""
        self.tablet.hand.write(self.page.locator("#reason"), reason)
        self.tablet.hand.tap(self.page.get_by_role("button", name="무효로 하기"))
