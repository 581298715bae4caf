"""A whole visit without a pointer: from the front door to the next date."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger, Stop
from tests.journeys.screens.household import HouseholdPage
from tests.journeys.screens.today import Today
from tests.journeys.screens.visit import VisitPage
from tests.journeys.tablet import DESK, Keyboard

NURSE = "garam.nurse1"


def test_a_visit_can_be_made_by_keys_alone(open_tablet: OpenTablet, ledger: Ledger) -> None:
    tablet, stop = open_tablet(size=DESK), ledger.overdue(NURSE)
    keys = Keyboard(tablet.page)
    tablet.open("/sign-in")
    person = tablet.server.staff[NURSE]
    keys.write(tablet.page.get_by_role("textbox", name="아이디", exact=True), person.login)
    keys.write(tablet.page.locator("#sign-in input[type=password]"), person.password)
    keys.press("Enter")
    tablet.page.wait_for_url("**/today")
    past_the_menu(keys, tablet.page)
    keys.choose(Today(tablet).card(stop.id).get_by_role("link", name="방문 시작"))
    writes_the_visit(keys, VisitPage(tablet), stop)
    household = HouseholdPage(tablet, stop.id).wait()
    expect(household.news).to_contain_text("방문을 기록했습니다")
    expect(household.timeline.first).to_contain_text("118/76")
    print(f"\nby keys alone: {keys.pressed} keys")
    assert not keys.unseen


def past_the_menu(keys: Keyboard, page: Page) -> None:
    """The first Tab of a page offers to skip what stands on every page."""
    keys.press("Tab")
    skip = page.get_by_role("link", name="본문으로 건너뛰기")
    expect(skip).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def writes_the_visit(keys: Keyboard, visit: VisitPage, stop: Stop) -> None:
    page = visit.page
    keys.tick(page.get_by_role("radio", name="방문-대면"))
    keys.choose(page.get_by_role("button", name="다음: 활력징후"))
    keys.write(visit.vital(stop.member_id, "systolic"), "118")
    keys.press("Enter")  # on to the next field, never the whole record
    expect(visit.vital(stop.member_id, "diastolic")).to_be_focused()
    keys.write(visit.vital(stop.member_id, "diastolic"), "76")
    keys.choose(page.get_by_role("button", name="다음: 살핌·기록"))
    keys.write(visit.nursing_note, "걸음 고름")
    keys.choose(page.get_by_role("button", name="다음: 다음 약속"))
    keys.choose(visit.submit)
