"""The front door."""

from __future__ import annotations

from tests.journeys.seeded import Person
from tests.journeys.tablet import Tablet


class SignIn:
    """로그인."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    def enter(self, person: Person) -> None:
        """Type login and password, and go in."""
        self.tablet.open("/sign-in")
        self.fill(person)

    def fill(self, person: Person) -> None:
        """Sign in on the page that is already open."""
        self.page.get_by_role("textbox", name="아이디", exact=True).fill(person.login)
        self.page.locator("#sign-in input[type=password]").fill(person.password)
        self.page.get_by_role("button", name="로그인", exact=True).click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
