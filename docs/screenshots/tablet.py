"""A tablet in Chromium, and the gestures every scene needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from playwright.sync_api import Browser, Locator, Page

from screenshots.camera import DESK, Camera
from screenshots.demo_district import MOMENT, District

NURSE, LEAD, WORKER, OTHER_WORKER = "garam.nurse1", "garam.lead", "garam.worker1", "garam.worker2"
OFFICER, ADMINISTRATOR = "gu.officer", "gu.admin"
SAVED = '[data-draft-status][data-state="saved"]'


@dataclass(frozen=True, slots=True)
class Guide:
    """What every scene needs: the browser, the district, the camera."""

    browser: Browser
    district: District
    camera: Camera

    @property
    def at_desk(self) -> Guide:
        """The same guide on the screen of a desk."""
        return replace(self, camera=replace(self.camera, width=DESK))

    @contextmanager
    def tablet(self) -> Iterator[Page]:
        """A tablet nobody has signed in with."""
        context = self.browser.new_context(
            base_url=self.district.url,
            viewport={"width": self.camera.width, "height": 1280},
            locale="ko-KR",
            timezone_id="Asia/Seoul",
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.clock.set_fixed_time(MOMENT)
        yield page
        context.close()

    @contextmanager
    def signed_in(self, login: str = NURSE, path: str = "/today") -> Iterator[Page]:
        """A tablet signed in with, standing on a page."""
        with self.tablet() as page:
            enter(page, login, self.district.passwords[login])
            page.click("#sign-in .button-main")
            page.wait_for_url(lambda url: not url.endswith("/sign-in"))
            page.goto(path)
            yield page


def enter(page: Page, login: str, password: str) -> None:
    """Fill in the door."""
    page.goto("/sign-in")
    page.fill("#login", login)
    page.fill("#password", password)


def due(page: Page, title: str) -> Locator:
    """The card of a household on 오늘."""
    return page.locator("article.due").filter(has=page.get_by_role("link", name=title, exact=True)).first


def begin(page: Page, title: str, button: str = "방문 시작") -> None:
    """From 오늘 into a form of a household."""
    due(page, title).get_by_role("link", name=button).click()
    page.wait_for_load_state()


def look_up(page: Page, number: str) -> None:
    """From the list of households to the page of the one with that number."""
    page.fill("#query", number)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator(".listing a").first.click()
    page.wait_for_load_state()


def unfold(page: Page, words: str) -> None:
    """Open what is folded under those words, unless it is open."""
    folded = page.locator("details:visible").filter(has=page.locator("summary", has_text=words)).last
    if folded.get_attribute("open") is None:
        folded.locator("summary").first.click()


def onward(page: Page) -> None:
    """To the next step of the form."""
    page.click("[data-step-next]")


def submit(page: Page) -> None:
    """Press the main button of the form and wait for the page after it."""
    with page.expect_navigation():
        page.locator(".foot-bar .button-main:visible").click()
