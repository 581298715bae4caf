"""Pages as they come about by doing something: errors, results, open dialogs, the front door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from app.core import clock
from playwright.sync_api import Page, expect
from tests.journeys.accessibility.looking import faults_at_every_width
from tests.journeys.conftest import OpenTablet
from tests.journeys.screens.households import ListPage
from tests.journeys.screens.visit import VisitPage
from tests.journeys.tablet import Tablet

WEEK = timedelta(days=7)
NURSE, LEAD, ADMIN = "garam.nurse1", "garam.lead", "gu.admin"

Act = Callable[[Tablet], object]


def opening(path: str, *, then: Act = lambda _tablet: None) -> Act:
    """Go to a page and do something there."""

    def act(tablet: Tablet) -> None:
        tablet.forgive("status of 404", "status of 403")
        tablet.open(path)
        then(tablet)

    return act


def pressing(name: str) -> Act:
    """Press a button by its words."""
    return lambda tablet: tablet.page.get_by_role("button", name=name, exact=True).click()


def refused(tablet: Tablet) -> None:
    tablet.page.locator("#sign-in input[name=login]").fill("nobody")
    tablet.page.locator("#sign-in input[type=password]").fill("no password of anybody")
    tablet.page.get_by_role("button", name="로그인", exact=True).click()
    expect(tablet.page.locator("[data-error-summary]")).to_be_visible()


def step(word: str) -> Act:
    return lambda tablet: VisitPage(tablet).step(word)


def alarming(tablet: Tablet) -> None:
    """A pressure at which the form asks for symptoms, a second reading and what was done."""
    visit = VisitPage(tablet)
    visit.step("활력징후")
    tablet.page.locator("[id$=-systolic]").first.fill("196")
    tablet.page.locator("[id$=-diastolic]").first.fill("124")
    expect(tablet.page.locator("[data-when=checklist]").first).to_be_visible()


def sent_with_nonsense(tablet: Tablet) -> None:
    visit = VisitPage(tablet)
    visit.step("활력징후")
    tablet.page.locator("[id$=-systolic]").first.fill("78")
    tablet.page.locator("[id$=-diastolic]").first.fill("128")
    tablet.page.locator("[id$=-temperature]").first.fill("365")
    visit.step("다음 약속")
    visit.submit.click()
    expect(visit.errors).to_be_visible()


def running_low(tablet: Tablet) -> None:
    """A low glucose with a clouded mind: its symptoms, the quarter of an hour, the words for 119, and what judges."""
    VisitPage(tablet).step("활력징후")
    tablet.page.locator("[id$=-glucose]").first.fill("62")
    tablet.page.locator("label.chip:visible", has_text="의식이 흐림").click()
    tablet.page.locator(".judged-by summary").click()
    expect(VisitPage(tablet).countdown).to_be_visible()
    expect(VisitPage(tablet).words_for_119).to_be_visible()


def session_warning(page: Page) -> None:
    page.evaluate("""() => document.dispatchEvent(new CustomEvent("session:answered", {detail: {secondsLeft: 50}}))""")
    expect(page.get_by_role("dialog", name="곧 로그아웃됩니다")).to_be_visible()


def twins(tablet: Tablet) -> None:
    """A new household much like one that exists."""
    tablet.page.locator("form.form [name=name]").fill("김순자")
    tablet.page.get_by_role("button", name="등록", exact=True).click()
    expect(tablet.page.locator("#similar, [data-error-summary]").first).to_be_visible()


def opened_tile(kind: str) -> Act:
    """What a tile of the calendar holds."""

    def act(tablet: Tablet) -> None:
        tablet.page.locator(f".tile-{kind}").first.click()
        expect(tablet.page.locator(".sheet:popover-open")).to_be_visible()

    return act


def warned(tablet: Tablet) -> None:
    """Something speaks against the slot that was tapped: a household for two, gone to alone."""
    tablet.page.locator(".slot-free").first.click()
    expect(tablet.page.locator(".plan-objections, [data-error-summary]").first).to_be_visible()


SITUATIONS: dict[str, tuple[str | None, Act]] = {
    "the front door": (None, opening("/sign-in")),
    "the front door, refusing": (None, opening("/sign-in", then=refused)),
    "the front door after a time-out": (None, opening("/sign-in?ended=1")),
    "an address that leads nowhere": (NURSE, opening("/households/999999")),
    "a page for somebody else": (NURSE, opening("/accounts")),
    "households found": (NURSE, opening("/households", then=lambda tablet: ListPage(tablet).search("김"))),
    "no household found": (NURSE, opening("/households", then=lambda tablet: ListPage(tablet).search("뷁뷁뷁"))),
    "households narrowed": (LEAD, opening("/households?who=none&risk=HIGH&status=all")),
    "a household like another": (NURSE, opening("/households/new", then=twins)),
    "a new household without anything": (NURSE, opening("/households/new", then=pressing("등록"))),
    "vitals": (NURSE, opening("/households/1/visits/new", then=step("활력징후"))),
    "notes": (NURSE, opening("/households/1/visits/new", then=step("살핌·기록"))),
    "the next date": (NURSE, opening("/households/1/visits/new", then=step("다음 약속"))),
    "an alarming pressure": (NURSE, opening("/households/1/visits/new", then=alarming)),
    "a low glucose": (NURSE, opening("/households/1/visits/new", then=running_low)),
    "a visit that came back": (NURSE, opening("/households/1/visits/new", then=sent_with_nonsense)),
    "an absence that came back": (NURSE, opening("/households/1/absences/new", then=pressing("부재 기록"))),
    "a flag that came back": (LEAD, opening("/households/1/flags", then=pressing("표시 올리기"))),
    "the timeline of visits": (NURSE, opening("/households/1?kind=VISIT")),
    "rows of a list to fix": (LEAD, opening("/discoveries/lists/1/rows?outcome=BAD")),
    "a report without a purpose": (LEAD, opening("/reports", then=pressing("PDF 만들기"))),
    "an account that came back": (ADMIN, opening("/accounts/new", then=pressing("계정 만들기"))),
    "a due of the calendar": (NURSE, opening(f"/calendar?on={clock.today() + WEEK}", then=opened_tile("due"))),
    "a visit of the calendar": (NURSE, opening(f"/calendar?on={clock.today() + WEEK}", then=opened_tile("visit"))),
    "an hour that was warned of": (NURSE, opening("/households/1/plan", then=warned)),
    "the week of a centre": (LEAD, opening(f"/calendar?on={clock.today() + WEEK}")),
    "the session's end is near": (NURSE, opening("/today", then=lambda tablet: session_warning(tablet.page))),
    "the menu of one's own": (NURSE, opening("/today", then=lambda tablet: tablet.page.locator("header summary").click())),
}  # fmt: skip


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_situation_is_for_everybody(situation: str, open_tablet: OpenTablet) -> None:
    login, act = SITUATIONS[situation]
    tablet = open_tablet(login)
    act(tablet)
    faults = list(faults_at_every_width(tablet.page))
    assert not faults, "\n".join(faults)


def test_what_is_wrong_with_a_page_is_noticed(open_tablet: OpenTablet) -> None:
    page = open_tablet().page
    page.set_content(
        '<html lang="ko"><title>가</title><main><h1>가</h1><input><p class="wide">긴 줄</p>'
        '<p style="color: #aaa; background: #fff">흐린 글</p></main>'
    )
    page.add_style_tag(content=".wide { width: 2000px }")
    faults = "\n".join(faults_at_every_width(page))
    for wrong in ("label at", "color-contrast at", "360: wider than the screen: P wide"):
        assert wrong in faults
