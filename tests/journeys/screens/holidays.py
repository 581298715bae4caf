"""휴무일: the year, a day to be added, and what it would move."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from playwright.sync_api import Locator
from tests.journeys.tablet import Tablet


class HolidaysPage:
    """The days off of a year."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def open(self, year: int) -> HolidaysPage:
        """Go there by its address."""
        self.tablet.open(f"/holidays?year={year}")
        return self

    def line(self, on: date) -> Locator:
        """One day of the list."""
        return self.page.locator("li").filter(has_text=f"{on.month}월 {on.day}일")

    def begin_to_add(self) -> DayPage:
        """Press «휴무일 추가»."""
        self.tablet.hand.tap(self.page.get_by_role("link", name="휴무일 추가"))
        return DayPage(self.tablet)

    def undo(self, on: date) -> DayPage:
        """Press «되돌리기» beside a day."""
        self.tablet.hand.tap(self.line(on).get_by_role("link", name="되돌리기"))
        return DayPage(self.tablet)

    def read_file(self, file: Path) -> None:
        """Choose a file and press «읽어 보기»."""
        self.tablet.open("/holidays/import")
        self.page.get_by_label("휴무일 파일").set_input_files(file)
        self.page.get_by_role("button", name="읽어 보기").click()


class DayPage:
    """One day, typed and previewed."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def preview(self, on: date, name: str) -> None:
        """Say which day and why it is off, and press «바뀌는 기한 미리 보기»."""
        self.page.get_by_label("날짜").fill(on.isoformat())
        self.page.get_by_label("이름").fill(name)
        self.page.get_by_label("근거").fill("관보 공고")
        self.tablet.hand.tap(self.page.get_by_role("button", name="바뀌는 기한 미리 보기"))

    @property
    def heading(self) -> Locator:
        """How many households would move."""
        return self.page.get_by_role("heading", level=1)

    def moved(self, number: str) -> Locator:
        """What would move of one household."""
        return self.page.locator("li.moved").filter(has_text=number)

    def press(self, button: str) -> None:
        """Press a button of the bar."""
        self.tablet.hand.tap(self.page.get_by_role("button", name=button, exact=True))

    def wait_until_counted(self) -> None:
        """The bar has come to its end."""
        self.page.wait_for_url("**/follow-ups/refreshing**")
        self.page.get_by_text("모두 다시 계산했습니다").first.wait_for()
