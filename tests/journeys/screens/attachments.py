"""사진과 서명: the camera on the visit form, and the pad under a record."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Locator
from tests.journeys.tablet import Tablet


class PhotoSection:
    """사진, on the visit form or on a record."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page, self.hand = tablet, tablet.page, tablet.hand
        self.place = self.page.get_by_role("region", name="사진")

    def take(self, picture: Path) -> None:
        """Press the shutter; the camera is the system's."""
        self.place.locator("[data-photo-input]").first.set_input_files(picture)

    def chip(self, caption: str) -> Locator:
        """One of the quick words."""
        return self.place.get_by_role("button", name=caption, exact=True)

    @property
    def own_words(self) -> Locator:
        """«또는 직접 쓰기»."""
        return self.place.get_by_label("또는 직접 쓰기")

    @property
    def health(self) -> Locator:
        """«건강 사진»."""
        return self.place.get_by_label("건강 사진")

    @property
    def send(self) -> Locator:
        """«올리기»."""
        return self.place.get_by_role("button", name="올리기")

    @property
    def error(self) -> Locator:
        """What is missing."""
        return self.place.locator("[data-photo-error]")

    @property
    def waiting(self) -> Locator:
        """«전송 대기 1장»."""
        return self.place.get_by_role("status")

    @property
    def stored(self) -> Locator:
        """Photos the server has."""
        return self.place.locator("[data-photo]:has(a)")

    def drop(self, caption: str) -> Locator:
        """«빼기»."""
        return self.place.get_by_role("button", name=f"빼기 {caption}")


class SignaturePage:
    """서명, under the whole text."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page

    @property
    def text(self) -> Locator:
        """What is being signed."""
        return self.page.locator(".signed-text")

    @property
    def pad(self) -> Locator:
        """Where one draws."""
        return self.page.get_by_role("img", name="서명 칸")

    @property
    def state(self) -> Locator:
        """«2획»."""
        return self.page.locator("[data-signature-state]")

    def draw(self, *strokes: Sequence[tuple[float, float]]) -> None:
        """Draw lines by a finger; places are parts of the pad, from 0 to 1."""
        self.pad.scroll_into_view_if_needed()
        box = self.pad.bounding_box()
        assert box is not None
        finger = self.tablet.context.new_cdp_session(self.page)
        for stroke in strokes:
            points = [{"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]} for x, y in stroke]
            finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points[:1]})
            for point in points[1:]:
                finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
            finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def button(self, name: str) -> Locator:
        """«한 획 지우기», «모두 지우기», «서명 저장»."""
        return self.page.get_by_role("button", name=name)
