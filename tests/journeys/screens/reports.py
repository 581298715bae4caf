"""보고서: choose, print, and the register of what was printed."""

from __future__ import annotations

from playwright.sync_api import Locator, Route
from tests.journeys.tablet import Tablet


class Printing:
    """Whatever a page answers with a PDF: the browser shows it, and what came is kept."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page
        self.papers: list[bytes] = []
        papers = ("**/report", "**/reports", "**/entry-sheet", "**/form", "**/reports/blank", "**/reports/register/*")
        for path in papers:
            self.page.route(path, self._kept)

    def choose(self, *words: str) -> None:
        """Tick these chips."""
        for word in words:
            self.page.locator("label.chip").get_by_text(word, exact=True).click()

    def press(self, button: Locator) -> bytes:
        """Press a button that opens a paper; returns it."""
        before = len(self.papers)
        with self.page.expect_response(lambda answer: answer.request.method == "POST") as answered:
            button.click()
        assert answered.value.headers["content-type"] == "application/pdf"
        assert len(self.papers) == before + 1
        return self.papers[-1]

    @property
    def make(self) -> Locator:
        """«PDF 만들기»."""
        return self.page.get_by_role("button", name="PDF 만들기")

    def _kept(self, route: Route) -> None:
        answer = route.fetch(max_redirects=0)
        if answer.headers.get("content-type") == "application/pdf":
            self.papers.append(answer.body())
        route.fulfill(response=answer)


class RegisterPage:
    """출력 대장."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def open(self) -> RegisterPage:
        """Go there by its address."""
        self.tablet.open("/reports/register")
        return self

    @property
    def rows(self) -> Locator:
        """What was printed, newest first."""
        return self.page.locator("tbody tr")

    def view(self, row: Locator) -> Locator:
        """«그대로 보기» of a row."""
        return row.get_by_role("button", name="그대로 보기")
