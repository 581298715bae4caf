"""업무량: the coming four weeks of everybody against what fits into them."""

from __future__ import annotations

from playwright.sync_api import Locator
from tests.journeys.tablet import Tablet


class WorkloadPage:
    """The board of a centre, and one person's page behind it."""

    path = "/workload"

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def open(self) -> WorkloadPage:
        """Go there by its address."""
        self.tablet.open(self.path)
        return self

    def week_of(self, name: str, week: int) -> Locator:
        """The cell of a person and a week, 0 for this one."""
        return self.page.get_by_role("row").filter(has_text=name).get_by_role("cell").nth(week)

    def number(self, name: str, week: int) -> Locator:
        """The load of a person in a week, which opens its rows."""
        return self.week_of(name, week).get_by_role("link")

    @property
    def rows(self) -> Locator:
        """The rows behind a number."""
        return self.page.locator("li.listing-row")

    def hint(self, name: str) -> Locator:
        """That somebody has too much this week, and who has room."""
        return self.page.locator(".banner").filter(has_text="이번 주에 넘치는 사람").filter(has_text=name)

    def set_capacity(self, name: str, visits_a_day: int) -> None:
        """Open a person's page, say how many visits fit into a day, and come back."""
        self.tablet.hand.tap(self.page.get_by_role("rowheader").get_by_role("link", name=name))
        self.page.get_by_label("하루 방문 횟수").fill(str(visits_a_day))
        self.tablet.hand.tap(self.page.get_by_role("button", name="저장"))
        self.page.get_by_text(f"하루 {visits_a_day}회로 계산합니다").wait_for()
