"""What was recorded is pasted into the national system and marked, from the quiet line on 오늘 to a shorter list."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.journeys.conftest import OpenTablet
from tests.journeys.tablet import LANDSCAPE, PORTRAIT, Tablet

WORKER = "garam.worker1"
WITHOUT_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
"""As over plain http, where a page has no clipboard to write to."""


@pytest.mark.parametrize("is_plain_http", [False, True], ids=["https", "http"])
def test_a_worker_copies_a_record_marks_it_and_then_two_more(open_tablet: OpenTablet, *, is_plain_http: bool) -> None:
    tablet = open_tablet(WORKER, size=PORTRAIT if is_plain_http else LANDSCAPE, permissions=["clipboard-write"])
    if is_plain_http:
        tablet.context.add_init_script(WITHOUT_CLIPBOARD)
    page, hand = tablet.page, tablet.hand
    tablet.open("/today")
    left = counted(line(page))
    hand.tap(line(page))
    expect(page.get_by_role("heading", level=1)).to_have_text("아직 입력하지 않은 기록")
    hand.tap(page.get_by_role("link", name=re.compile("^요약")).first)
    copies_and_marks(tablet)
    tablet.open("/visits/unentered")
    for box in page.get_by_role("checkbox").all()[:2]:
        hand.tap(box.locator("xpath=ancestor::label"))
    hand.tap(page.get_by_role("button", name="고른 기록 입력 완료"))
    expect(page.locator(".flash, [role=status]").first).to_contain_text("2건을")
    tablet.open("/today")
    assert counted(line(page)) == left - 3
    assert not hand.small


def copies_and_marks(tablet: Tablet) -> None:
    """One tap copies all of it; one more says that it was pasted; a third would take that back."""
    page, hand = tablet.page, tablet.hand
    part = page.locator("#national .national-part").first
    whole = part.locator("textarea").input_value()
    assert whole.startswith("상담일시: ")
    hand.tap(part.get_by_role("button", name="행복이음용 복사"))
    expect(page.locator("[data-toasts]")).to_contain_text("복사했습니다")
    assert pasted(page) == whole
    hand.tap(part.get_by_role("button", name="입력 완료"))
    expect(page.locator("#national")).to_contain_text("표시 지우기")


def pasted(page: Page) -> str:
    """What lands in a field of another program: here one put beside the page."""
    page.evaluate(
        "document.querySelector('main').append(Object.assign(document.createElement('textarea'), {id: 'there'}))"
    )
    page.locator("#there").focus()
    page.keyboard.press("Control+V")
    text = page.locator("#there").input_value()
    page.evaluate("document.getElementById('there').remove()")
    return text


def line(page: Page) -> Locator:
    """The quiet line on 오늘."""
    return page.get_by_role("link", name=re.compile("아직 입력하지 않은 기록"))


def counted(link: Locator) -> int:
    found = re.search(r"(\d+)건", link.inner_text())
    assert found is not None
    return int(found[1])
