"""군 분류: the list to look at again, the proposal, registration; and an instrument as it is asked."""

from __future__ import annotations

from playwright.sync_api import Locator
from tests.journeys.tablet import Tablet


class GroupPages:
    """Everything about care groups and programmes."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page, self.hand = tablet, tablet.page, tablet.hand

    def open_reviews(self) -> GroupPages:
        """군 재분류 검토."""
        self.tablet.open("/care-groups/review")
        return self

    def person(self, member_id: int) -> Locator:
        """One person of the list."""
        link = self.page.locator(f'a[href$="/members/{member_id}/care-group"]')
        return self.page.locator(".listing-row").filter(has=link)

    @property
    def proposed(self) -> Locator:
        """The group that is proposed."""
        return self.page.locator(".proposal-group")

    @property
    def reasons(self) -> Locator:
        """Why, line by line."""
        return self.page.locator(".why-line")

    @property
    def accept(self) -> Locator:
        """The one button that takes the proposal."""
        return self.page.locator('button[name="accept"]')

    def open_registration(self, household_id: int, member_id: int) -> GroupPages:
        """사업 등록."""
        self.tablet.open(f"/households/{household_id}/members/{member_id}/register")
        return self

    @property
    def register(self) -> Locator:
        """The button that registers."""
        return self.page.get_by_role("button", name="등록", exact=True)

    @property
    def errors(self) -> Locator:
        """The summary on top of a form that came back."""
        return self.page.locator("[data-error-summary]")

    @property
    def news(self) -> Locator:
        """What the last act came to."""
        return self.page.locator(".flashes .banner")


class InstrumentPage:
    """One instrument with its items."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page, self.hand = tablet, tablet.page, tablet.hand

    def answer(self, item: int, points: int) -> Locator:
        """One answer of an item, to put a finger on."""
        return self.page.locator(f"#item_{item} .item-answer").nth(points)

    @property
    def total(self) -> Locator:
        """What the answers so far add up to."""
        return self.page.locator("[data-running-total]")

    @property
    def store(self) -> Locator:
        """평가 저장."""
        return self.page.get_by_role("button", name="평가 저장")

    def by_figures(self, figures: str) -> None:
        """Answer item after item by the keys, beginning with the first."""
        self.page.locator("#item_1 input").first.focus()
        for figure in figures:
            self.page.keyboard.press(figure)
