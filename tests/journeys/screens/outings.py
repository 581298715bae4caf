"""도착 and 나왔습니다 on the visit form and in the header, the warning, and the board of who is out."""

from __future__ import annotations

from playwright.sync_api import Locator, expect
from tests.journeys.tablet import Tablet


class Door:
    """What somebody at a door touches."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page, self.hand = tablet, tablet.page, tablet.hand

    def stand_at(self, household_id: int) -> Door:
        """Open the visit form of a household."""
        self.tablet.open(f"/households/{household_id}/visits/new")
        return self

    @property
    def strip(self) -> Locator:
        """«방문 중 14:03–15:00»."""
        return self.page.locator("[data-outing]")

    @property
    def warning(self) -> Locator:
        return self.page.locator("[data-outing-warning]")

    @property
    def refusal(self) -> Locator:
        return self.page.locator("[data-refused]")

    def arrive(self) -> None:
        """도착 · 방문 시작."""
        self.hand.tap(self.page.get_by_role("button", name="도착 · 방문 시작"))

    def come_out(self, where: Locator | None = None) -> None:
        """나왔습니다."""
        self.hand.tap((where or self.strip).get_by_role("button", name="나왔습니다"))

    def is_known(self) -> None:
        """Wait until the server has heard of the stamps."""
        expect(self.strip).to_contain_text("방문 중")
        expect(self.strip).not_to_contain_text("전송 대기")


class OutBoard:
    """지금 밖에 있는 직원."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page, self.hand = tablet, tablet.page, tablet.hand

    def open(self) -> OutBoard:
        """Go there by its address."""
        self.tablet.open("/out")
        return self

    def card(self, name: str) -> Locator:
        """Somebody who is out."""
        return self.page.locator(".out-card").filter(has=self.page.get_by_role("heading", name=name))

    def answer(self, name: str, word: str) -> None:
        """Say what was found out."""
        card = self.card(name)
        self.hand.tap(card.get_by_text("답하기", exact=True))
        self.hand.tap(card.locator("label.chip").get_by_text(word))
        self.hand.tap(card.get_by_role("button", name="답 남기기"))
