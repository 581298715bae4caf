"""기준: the rules, the next version of one, its preview, and the bar of a change on its way."""

from __future__ import annotations

from playwright.sync_api import Locator, Route
from tests.journeys.tablet import Tablet


class RulesPage:
    """The rules of the 시군구."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def open(self) -> RulesPage:
        """Go there by the menu."""
        self.tablet.open("/")
        self.page.get_by_role("navigation", name="주 메뉴").get_by_role("link", name="기준").click()
        self.page.wait_for_url("**/rules")
        return self

    def line(self, name: str) -> Locator:
        """One rule."""
        link = self.page.get_by_role("link", name=name, exact=True)
        return self.page.locator(".listing-row").filter(has=link)

    def begin_new_version(self, name: str) -> VersionPage:
        """Open a rule and tap «새 판 만들기»."""
        self.line(name).get_by_role("link", name=name, exact=True).click()
        self.tablet.hand.tap(self.page.get_by_role("link", name="새 판 만들기"))
        self.page.wait_for_url("**/new-version")
        return VersionPage(self.tablet)


class VersionPage:
    """The next version: typed, previewed, applied."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def every(self, months: int, *, source: str, why: str) -> None:
        """Say how often, on what ground and why."""
        self.page.locator("#every").fill(str(months))
        self.page.locator("#source").fill(source)
        self.page.get_by_label("바꾸는 까닭").fill(why)

    def preview(self) -> None:
        """Tap «바뀌는 기한 미리 보기»."""
        self.tablet.hand.tap(self.page.get_by_role("button", name="바뀌는 기한 미리 보기"))

    @property
    def heading(self) -> Locator:
        """How many households would move."""
        return self.page.get_by_role("heading", level=1)

    @property
    def errors(self) -> Locator:
        """What is wrong with what was typed."""
        return self.page.locator("[data-error-summary]")

    def moved(self, number: str) -> Locator:
        """The row of one household in the preview."""
        return self.page.locator("tbody tr").filter(has_text=number)

    def apply(self) -> RefreshingPage:
        """Tap «오늘부터 적용»."""
        self.tablet.hand.tap(self.page.get_by_role("button", name="오늘부터 적용"))
        self.page.wait_for_url("**/follow-ups/refreshing**")
        return RefreshingPage(self.tablet)


class RefreshingPage:
    """기한 다시 계산."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def lose_the_line(self) -> None:
        """Let every request of the bar fail from now on, until `heal`."""
        self.page.route("**/follow-ups/refreshing**", _lost)

    def heal(self) -> None:
        """The line is back."""
        self.page.unroute("**/follow-ups/refreshing**")

    @property
    def bar(self) -> Locator:
        """How far it is."""
        return self.page.get_by_role("progressbar")

    @property
    def trouble(self) -> Locator:
        """What it says when nothing comes back."""
        return self.page.locator("[data-refreshing-trouble]")

    @property
    def go_on(self) -> Locator:
        """«계속»."""
        return self.page.get_by_role("button", name="계속", exact=True)

    @property
    def end(self) -> Locator:
        """What it says when all is done."""
        return self.page.get_by_text("모두 다시 계산했습니다", exact=True).first


def _lost(route: Route) -> None:
    if route.request.method == "POST":
        route.abort()
    else:
        route.continue_()
