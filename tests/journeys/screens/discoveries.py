"""발굴: lists that come in, their results, and people who may be known already."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator
from tests.journeys.tablet import Tablet


class ListsPage:
    """Where lists are taken in."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def open(self) -> ListsPage:
        """Go there by its address."""
        self.tablet.open("/discoveries")
        return self

    def take_in(self, file: Path) -> None:
        """Choose a file and press «명단 담기»."""
        self.page.get_by_label("명단 파일").set_input_files(file)
        self.page.get_by_role("button", name="명단 담기").click()
        self.page.wait_for_url("**/discoveries/lists/*")


class ResultPage:
    """What became of one list."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    @property
    def news(self) -> Locator:
        """What the import came to."""
        return self.page.locator(".flashes .banner")

    def count(self, outcome: str) -> Locator:
        """The number of rows with an outcome; it opens them."""
        return self.page.get_by_role("list", name="줄마다의 결과").get_by_role("link", name=outcome)

    @property
    def to_fix(self) -> Locator:
        """Rows that could not be read, with the reason."""
        return self.page.get_by_role("region", name="고칠 행").get_by_role("listitem")

    def download_rows_to_fix(self) -> Path:
        """Press «고칠 행 받기»."""
        with self.page.expect_download() as downloaded:
            self.page.get_by_role("link", name="고칠 행 받기").click()
        return downloaded.value.path()


class HeldPage:
    """확인할 사람."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def open(self) -> HeldPage:
        """Go there by its address."""
        self.tablet.open("/discoveries/held")
        return self

    def in_focus(self, name: str) -> bool:
        """Whether the keyboard stands on this person."""
        return self.person(name).and_(self.page.locator("section:focus")).count() == 1

    def presses(self, label: str) -> None:
        """Tab to a button of the person in focus, and Enter."""
        for _step in range(12):
            self.page.keyboard.press("Tab")
            if self.page.locator("button:focus").filter(has_text=label).count():
                self.page.keyboard.press("Enter")
                return
        raise AssertionError(f"«{label}» was not reached")

    @property
    def news(self) -> Locator:
        """What a decision came to."""
        return self.page.locator(".flashes .banner")

    def person(self, name: str) -> Locator:
        """One person that waits for a decision."""
        return self.page.locator("section.card").filter(has=self.page.get_by_role("heading", name=name))

    def same(self, name: str) -> None:
        """Press «같은 사람입니다»."""
        self.person(name).get_by_role("button", name="같은 사람입니다").click()

    @property
    def decided(self) -> Locator:
        """What was decided just now, to be taken back."""
        return self.page.get_by_role("region", name="내가 방금 정한 것").get_by_role("listitem")
