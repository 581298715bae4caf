"""부재 단계: nobody opens three times; neighbours are asked, the supervisor decides, the sheet is printed, somebody opens."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger, Stop
from tests.journeys.screens.absences import DecisionPage, NeighbourPage
from tests.journeys.screens.alerts import Inbox
from tests.journeys.screens.household import HouseholdPage
from tests.journeys.screens.reports import Printing
from tests.journeys.screens.today import Today
from tests.journeys.screens.visit import AbsencePage, VisitPage
from tests.journeys.tablet import Tablet
from tests.journeys.test_printing import squeezed

WORKER, LEAD = "garam.worker1", "garam.lead"
SAID = "관리소장: 그제부터 못 봤다고 함"
REASON = "사흘째 우편물이 쌓이고 따님도 연락이 안 됨"
ENTRY = "112·119에 공동 출입 요청"


def test_from_a_closed_door_to_an_open_one(open_tablet: OpenTablet, ledger: Ledger) -> None:
    stop = ledger.at_ease(WORKER)
    worker, lead = open_tablet(WORKER), open_tablet(LEAD)
    rings_in_vain(worker, stop, "다른 요일·시간대")
    rings_in_vain(worker, stop, "이웃·관리소에 확인")
    asks_the_neighbours(worker, stop)
    rings_in_vain(worker, stop, "팀장이 그날 판단")
    supervisor_decides(lead, stop)
    worker_is_told_and_prints_the_sheet(worker, stop)
    somebody_opens(worker, lead, stop)
    assert not worker.hand.small
    assert not lead.hand.small


def rings_in_vain(tablet: Tablet, stop: Stop, step: str) -> None:
    """부재 from the household's page; the page then says what is next."""
    household = HouseholdPage(tablet, stop.id).open()
    tablet.hand.tap(tablet.page.get_by_role("main").get_by_role("link", name="부재", exact=True))
    form = AbsencePage(tablet)
    form.tried("초인종")
    tablet.hand.tap(form.submit)
    household.wait()
    expect(household.banner("연속 부재")).to_contain_text(step)
    expect(household.dues.filter(has_text="연속 부재")).to_contain_text(step)


def asks_the_neighbours(tablet: Tablet, stop: Stop) -> None:
    household = HouseholdPage(tablet, stop.id)
    tablet.hand.tap(household.banner("연속 부재").get_by_role("link", name="이웃·관리소 확인"))
    NeighbourPage(tablet).heard(SAID)
    household.wait()
    expect(household.timeline.filter(has_text=SAID)).to_have_count(1)
    expect(household.banner("연속 부재")).to_contain_text("확인 뒤 다시 방문")


def supervisor_decides(tablet: Tablet, stop: Stop) -> None:
    """From the section of 오늘; all that was tried is before the supervisor's eyes."""
    Today(tablet).open()
    waiting = tablet.page.locator("section", has=tablet.page.locator("#awaiting"))
    waiting.get_by_role("link", name=stop.title).click()
    page = DecisionPage(tablet, stop.id).wait()
    expect(page.tries).to_have_count(4)
    expect(page.tries.filter(has_text=SAID)).to_have_count(1)
    page.decide(ENTRY, REASON)
    expect(page.decided).to_contain_text(REASON)
    Today(tablet).open()
    expect(waiting.get_by_role("link", name=stop.title)).to_have_count(0)


def worker_is_told_and_prints_the_sheet(tablet: Tablet, stop: Stop) -> None:
    expect(Inbox(tablet).open().unread(stop.number, "팀장 판단", ENTRY)).to_have_count(1)
    household, printing = HouseholdPage(tablet, stop.id).open(), Printing(tablet)
    tablet.hand.tap(household.banner(ENTRY).get_by_role("link", name="출입 요청서"))
    tablet.page.wait_for_url(f"**/households/{stop.id}/entry-sheet")
    expect(tablet.page.get_by_label("무엇을 보고 그렇게 판단했습니까")).to_have_value(REASON)
    printing.choose("고독사 우려")
    paper = squeezed(printing.press(printing.make))
    for words in ("긴급 출입 협조 요청서", stop.name, stop.number, "고독사 우려", REASON, SAID, ENTRY, "연속 부재 3번"):
        assert squeezed(words) in paper, words


def somebody_opens(worker: Tablet, lead: Tablet, stop: Stop) -> None:
    """A visit ends the ladder for everybody; the decision stays on the line of time."""
    form = VisitPage(worker).open(stop.id)
    form.step("다음 약속")
    form.submit.click()
    household = HouseholdPage(worker, stop.id).wait()
    expect(household.banner("연속 부재")).to_have_count(0)
    expect(household.dues.filter(has_text="연속 부재")).to_have_count(0)
    expect(household.timeline.filter(has_text="팀장 판단")).to_contain_text(REASON)
    lead.open(f"/households/{stop.id}/absence-decision")
    expect(lead.page.get_by_text("판단할 것이 없습니다")).to_be_visible()
