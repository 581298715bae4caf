"""A tablet in somebody's hand: a real page in a real browser, taps that are counted, and what went wrong on it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response, expect
from tests.journeys.serving import Server

PORTRAIT, LANDSCAPE, PHONE, DESK = (800, 1280), (1280, 800), (360, 740), (1280, 900)
FARTHEST = 400
"""Presses of Tab after which a place counts as out of reach."""
SHOWS_FOCUS = """element => {
  for (let at = element; at && at !== document.body; at = at.parentElement) {
    for (const part of [null, "::after"]) {
      const { outlineStyle, outlineWidth } = getComputedStyle(at, part);
      if (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) return true;
    }
    if (at.matches("form, section, article, li, main")) return false;
  }
  return false;
}"""
"""Whether something around a place that has focus is outlined."""
COMES_BACK = "status of 422"
"""A form that comes back with its errors; Chromium complains about it, nobody else should."""
SMALLEST_TARGET = 48
"""CSS pixels; what a finger needs in a doorway."""


def until(page: Page, script: str, *, seconds: float = 30) -> None:
    """Ask the page until it says yes: the browser's own waiting evaluates text, which our pages forbid."""
    end = time.monotonic() + seconds
    while not page.evaluate(script):
        assert time.monotonic() < end, f"{script} stayed untrue"
        time.sleep(0.1)


@dataclass
class Hand:
    """What a person does to the screen, counted."""

    taps: int = 0
    keys: int = 0
    small: list[str] = field(default_factory=list)
    """Targets that were tapped and are smaller than a finger needs."""

    def tap(self, target: Locator) -> None:
        """Put a finger on something a person can see."""
        expect(target).to_be_visible()
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box is not None
        if min(box["width"], box["height"]) < SMALLEST_TARGET - 0.5:
            self.small.append(f"{target}: {box['width']:.0f}×{box['height']:.0f}")
        target.tap()
        self.taps += 1

    def write(self, field: Locator, text: str) -> None:
        """Tap a field and type."""
        self.tap(field)
        field.press_sequentially(text)
        self.keys += len(text)


@dataclass
class Keyboard:
    """A person who uses no pointer: everything is reached by Tab, and one can always see where one is."""

    page: Page
    pressed: int = 0
    unseen: list[str] = field(default_factory=list)
    """Places that had focus without showing it."""

    def reach(self, target: Locator) -> None:
        """Press Tab until this has focus."""
        for _ in range(FARTHEST):
            if target.evaluate("element => element === document.activeElement"):
                self._look(target)
                return
            self.press("Tab")
        raise AssertionError(f"{target} cannot be reached by Tab")

    def press(self, key: str) -> None:
        """Press one key."""
        self.page.keyboard.press(key)
        self.pressed += 1

    def choose(self, target: Locator) -> None:
        """Reach a link or a button and press Enter."""
        self.reach(target)
        self.press("Enter")

    def tick(self, target: Locator) -> None:
        """Reach a box and press the space bar."""
        self.reach(target)
        self.press("Space")

    def write(self, target: Locator, text: str) -> None:
        """Reach a field and type."""
        self.reach(target)
        self.page.keyboard.type(text)
        self.pressed += len(text)

    def _look(self, target: Locator) -> None:
        if not target.evaluate(SHOWS_FOCUS):
            self.unseen.append(str(target))


class Tablet:
    """One device somebody holds: `screen` is what it shows, `hand` what touches it."""

    def __init__(self, context: BrowserContext, server: Server, page: Page | None = None) -> None:
        self.context, self.server = context, server
        self.hand = Hand()
        self.faults: list[str] = []
        self._forgiven: list[str] = []
        self.page = self._watch(page or context.new_page())

    def beside(self, page: Page) -> Tablet:
        """The same device, looking at another window of it."""
        return Tablet(self.context, self.server, page)

    def _watch(self, page: Page) -> Page:
        """Listen to what a page complains about: scripts, refused content, and answers that failed."""
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("response", self._answered)
        return page

    def open(self, path: str) -> None:
        """Go to a page of the product."""
        self.page.goto(self.server.url + path)

    def forgive(self, *words: str) -> None:
        """Let complaints that hold one of these words be part of the story."""
        self._forgiven += words

    def unforgiven(self) -> list[str]:
        """What went wrong and was not expected to."""
        return [fault for fault in self.faults if not any(word in fault for word in self._forgiven)]

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and COMES_BACK not in message.text:
            self.faults.append(f"console: {message.text} {message.location.get('url', '')}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.request.method} {response.url} answered {response.status}")
