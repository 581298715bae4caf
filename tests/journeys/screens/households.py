"""가구: the list, the search, a new household, and what is edited about one."""

from __future__ import annotations

from playwright.sync_api import Locator
from tests.journeys.tablet import Tablet


class ListPage:
    """가구 목록, and what a search finds."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def open(self) -> ListPage:
        """Go there by its address."""
        self.tablet.open("/households")
        return self

    def search(self, words: str) -> None:
        """Type into the one box and press «찾기»."""
        box = self.page.get_by_role("search", name="가구")
        box.get_by_role("textbox").fill(words)
        box.get_by_role("button", name="찾기").click()
        self.page.wait_for_url("**/households/search")

    def line(self, household_id: int) -> Locator:
        """One household among those listed."""
        link = self.page.locator(f'a[href="/households/{household_id}"]')
        return self.page.get_by_role("listitem").filter(has=link)

    @property
    def nothing(self) -> Locator:
        """The word for «none»."""
        return self.page.get_by_text("찾은 가구가 없습니다")


class HouseholdForm:
    """새 가구 and 기본 정보."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def open(self, path: str) -> HouseholdForm:
        """Go there by its address."""
        self.tablet.open(path)
        return self

    def field(self, name: str) -> Locator:
        """One field by the name it is sent under."""
        return self.page.locator(f"form.form [name={name}]")

    @property
    def similar(self) -> Locator:
        """Households the new one may be a second copy of."""
        return self.page.get_by_role("table", name="지금 쓴 가구와 비슷한 가구")

    @property
    def overtaken(self) -> Locator:
        """What somebody else saved meanwhile."""
        return self.page.get_by_role("region", name="그사이 바뀐 내용")

    def is_another_one(self) -> None:
        """Tick «그래도 새 가구로 등록»."""
        self.page.get_by_role("checkbox", name="그래도 새 가구로 등록").check()

    def send(self) -> None:
        """Press the one main button."""
        self.page.locator("form.form button.button-main").click()
