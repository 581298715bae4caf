"""사례회의: planning one, its agenda, its minutes."""

from __future__ import annotations

import re

from playwright.sync_api import Locator
from tests.journeys.tablet import Tablet


class ConferencePages:
    """From the button «새 회의» to the confirmation."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def plan(self, kind: str, *, others: str) -> None:
        """A conference of today with whoever comes from elsewhere."""
        self.tablet.hand.tap(self.page.get_by_role("link", name="새 회의"))
        self.tablet.hand.tap(self.page.get_by_text(kind, exact=True))
        self.tablet.hand.write(self.page.get_by_label("다른 기관에서 오는 사람"), others)
        self.tablet.hand.tap(self.page.get_by_role("button", name="회의 잡기"))

    def put_on(self, *case_ids: int) -> None:
        """Tick these cases, one after the other, and put them on the agenda."""
        for case_id in case_ids:
            self.tablet.hand.tap(self.page.locator(f"label[for='case-{case_id}']"))
        self.tablet.hand.tap(self.page.get_by_role("button", name="안건으로 올리기"))

    def write_minutes(self) -> None:
        """Go to the minutes."""
        self.tablet.hand.tap(self.page.get_by_role("link", name="회의록 쓰기"))

    def item(self, case_id: int) -> Locator:
        """The part of the minutes about a case."""
        return self.page.locator("fieldset.minutes-item", has=self.page.locator(f"a[href='/cases/{case_id}']"))

    def decide(self, case_id: int, decision: str, note: str) -> None:
        """Choose what was decided and say why."""
        item = self.item(case_id)
        item.get_by_label("결정", exact=True).select_option(label=decision)
        self.tablet.hand.write(item.get_by_label("결정 내용"), note)

    @property
    def conference_id(self) -> int:
        """Whose pages are open."""
        found = re.search(r"/conferences/(\d+)", self.page.url)
        assert found is not None
        return int(found[1])

    @property
    def saved(self) -> Locator:
        """Where the page says that it was kept."""
        return self.page.locator("[data-draft-status]").first

    @property
    def told(self) -> Locator:
        """All that the page says."""
        return self.page.locator("main")
