"""Pages of counts: tables whose numbers open their rows, and the paper or spreadsheet of the same period."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator
from tests.journeys.tablet import Tablet


class CountedPage:
    """통합사례관리 현황 and its like."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def open_from_reports(self, title: str) -> CountedPage:
        """보고서, then this one among the others."""
        self.tablet.open("/reports")
        self.page.get_by_role("main").get_by_role("link", name=title, exact=True).click()
        return self

    def table(self, caption: str) -> Locator:
        return self.page.get_by_role("table", name=caption)

    def row(self, caption: str, label: str) -> list[str]:
        """The cells of one row as a person reads them; what only a screen reader says is left out."""
        cells = self.table(caption).locator("tr").filter(has=self.page.get_by_role("rowheader", name=label, exact=True))
        return [text.split(",")[0].strip() for text in cells.locator("td").all_inner_texts()]

    def download(self, purpose: str) -> Path:
        """«PDF·엑셀», a purpose, «엑셀»: the file that arrives."""
        self.page.get_by_role("link", name="PDF·엑셀").click()
        self.page.locator("label.chip").get_by_text(purpose, exact=True).click()
        with self.page.expect_download() as waiting:
            self.page.get_by_role("button", name="엑셀").click()
        return Path(waiting.value.path())
