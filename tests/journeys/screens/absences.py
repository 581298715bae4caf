"""The absence ladder: a word with the neighbours, and the supervisor's decision."""

from __future__ import annotations

from playwright.sync_api import Locator
from tests.journeys.tablet import Tablet


class NeighbourPage:
    """이웃·관리소 확인."""

    def __init__(self, tablet: Tablet) -> None:
        self.hand, self.page = tablet.hand, tablet.page

    def heard(self, words: str) -> None:
        """Type what somebody said and send it."""
        self.hand.write(self.page.get_by_label("누가 무엇이라고 했습니까"), words)
        self.hand.tap(self.page.get_by_role("button", name="확인 기록"))


class DecisionPage:
    """팀장 판단."""

    def __init__(self, tablet: Tablet, household_id: int) -> None:
        self.hand, self.page, self.id = tablet.hand, tablet.page, household_id

    def wait(self) -> DecisionPage:
        """Until the page is this household's."""
        self.page.wait_for_url(f"**/households/{self.id}/absence-decision")
        return self

    @property
    def tries(self) -> Locator:
        """What was tried since the household was last reached, newest first."""
        return self.page.get_by_role("list", name="확인한 경과").get_by_role("listitem")

    @property
    def decided(self) -> Locator:
        """The decision that holds."""
        return self.page.locator("main > .banner.tone-ok")

    def decide(self, verdict: str, reason: str) -> None:
        """Choose, say why, and send it."""
        self.hand.tap(self.page.locator("label.chip").filter(has_text=verdict))
        self.hand.write(self.page.get_by_label("까닭"), reason)
        self.hand.tap(self.page.get_by_role("button", name="판단 남기기"))
