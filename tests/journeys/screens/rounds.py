"""차수, 칸 짝짓기, and the bar of a long list."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator
from tests.journeys.tablet import Tablet


class RoundPage:
    """Where a round is opened, and what it shows."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def open_new(self, title: str) -> RoundPage:
        """Fill in the form of a new round with the days it proposes."""
        self.tablet.open("/discoveries/rounds/new")
        self.page.get_by_label("차수 이름").fill(title)
        self.tablet.hand.tap(self.page.get_by_role("button", name="차수 열기"))
        self.page.get_by_role("heading", name=title, level=1).wait_for()
        return self

    def bring_list(self) -> None:
        """Press «명단 담기» of the round."""
        self.tablet.hand.tap(self.page.get_by_role("link", name="명단 담기"))
        self.page.get_by_label("명단 파일").wait_for()

    def open(self, title: str) -> RoundPage:
        """Reach it by the list of rounds."""
        self.tablet.open("/discoveries/rounds")
        self.tablet.hand.tap(self.page.get_by_role("link", name=title, exact=True))
        return self

    @property
    def lists(self) -> Locator:
        """The lists in it."""
        return self.page.get_by_role("region", name="명단").get_by_role("listitem")

    @property
    def progress(self) -> Locator:
        """How many of its people are done."""
        return self.page.locator(".round-bar").first


class SendPage:
    """The form that takes a file in."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def send(self, file: Path) -> None:
        """Choose a file and press «명단 담기»."""
        self.page.get_by_label("명단 파일").set_input_files(file)
        self.tablet.hand.tap(self.page.get_by_role("button", name="명단 담기"))


class ColumnsPage:
    """칸 짝짓기."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def name(self, heading: str, meaning: str) -> None:
        """Say what the column under a heading holds."""
        self.page.get_by_label(f"«{heading}» 칸").select_option(label=meaning)

    def go_on(self) -> None:
        """Press «이대로 담기»."""
        self.tablet.hand.tap(self.page.get_by_role("button", name="이대로 담기"))

    @property
    def errors(self) -> Locator:
        """Everything wrong with the form."""
        return self.page.locator(".error-summary")


class TakingPage:
    """The bar of a long list."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    @property
    def finished(self) -> Locator:
        """What it says in the end."""
        return self.page.get_by_text("명단을 모두 담았습니다")

    def see_result(self) -> None:
        """Press «결과 보기»."""
        self.tablet.hand.tap(self.page.get_by_role("link", name="결과 보기"))
        self.page.wait_for_url("**/discoveries/lists/*")
