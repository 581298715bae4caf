"""A household becomes a case: the first talk is kept while it is typed, the board says what is late, the supervisor closes."""

from __future__ import annotations

from app.cases.models import Case, Counselling
from app.cases.rules import LIVE, CaseStage
from app.households.models import Household
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger
from tests.journeys.tablet import DESK, PORTRAIT

WORKER, SUPERVISOR = "garam.worker1", "garam.lead"
SAID = "밥을 해 먹을 마음이 안 난다고 하심"


def test_a_case_is_opened_counselled_found_on_the_board_and_closed(open_tablet: OpenTablet, ledger: Ledger) -> None:
    tablet, household_id = open_tablet(WORKER, size=PORTRAIT), ledger.without_case(WORKER)
    page = tablet.page
    tablet.open(f"/households/{household_id}/cases")
    tablet.hand.tap(page.get_by_role("link", name="사례로 접수"))
    page.get_by_label("발굴 경로").select_option("TONGJANG")
    tablet.hand.write(page.get_by_label("접수 사유"), "월세가 석 달 밀림")
    tablet.hand.tap(page.get_by_role("button", name="사례로 접수"))
    expect(page.locator(".case-clock").filter(has_text="접수→")).to_have_count(2)
    tablet.hand.tap(page.get_by_role("link", name="초기상담 적기"))
    tablet.hand.write(page.get_by_label("주 호소"), SAID)
    expect(page.locator("[data-draft-status]")).to_contain_text("저장됨")
    page.reload()
    expect(page.get_by_label("주 호소")).to_have_value(SAID)
    tablet.hand.tap(page.get_by_role("button", name="상담 저장"))
    expect(page.locator("main")).to_contain_text(SAID)
    tablet.hand.tap(page.get_by_role("link", name="종결", exact=True))
    page.get_by_label("종결 사유").select_option("CLOSE_MOVED")
    tablet.hand.tap(page.get_by_role("button", name="결재 올리기"))
    expect(page.locator("main")).to_contain_text("종결 결재를 기다립니다")
    boss = open_tablet(SUPERVISOR, size=DESK)
    boss.open("/cases/approvals")
    with ledger.reading() as session:
        title = session.get_one(Household, household_id).title
    boss.hand.tap(boss.page.get_by_role("link", name=f"{title} 종결"))
    expect(boss.page.locator("main")).to_contain_text("이사·전출")
    boss.hand.tap(boss.page.get_by_role("button", name="승인"))
    expect(boss.page.locator(".flashes")).to_contain_text("승인했습니다")
    with ledger.reading() as session:
        case = session.scalars(select(Case).where(Case.household_id == household_id)).one()
        assert case.stage is CaseStage.ENDED
        assert session.scalars(select(Counselling).where(Counselling.case_id == case.id)).one().complaint == SAID


def test_a_list_of_cases_is_worked_by_keyboard(open_tablet: OpenTablet, ledger: Ledger) -> None:
    desk = open_tablet(SUPERVISOR, size=DESK)
    page = desk.page
    desk.open("/cases?view=list")
    rows = page.locator("[data-row]")
    with ledger.reading() as session:
        centre_id = ledger.identity(session, SUPERVISOR).centre_id
        wanted = select(Case.id).where(Case.centre_id == centre_id, Case.stage.in_(sorted(LIVE)))
        assert len(session.scalars(wanted).all()) >= 3
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    expect(rows.nth(2)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(1)).to_be_focused()
    name = rows.nth(1).inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{name} 사례")
