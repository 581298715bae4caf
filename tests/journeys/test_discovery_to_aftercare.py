"""From a line on a list to the end of aftercare: one household, two people, ten months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from app.cases.models import Case
from app.cases.rules import LIVE, CaseClass, CaseStage
from app.core import clock
from app.discoveries.models import DiscoveryItem
from app.discoveries.rules import ItemOutcome, ItemState
from app.households.models import Household
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet, enter
from tests.journeys.ledger import Ledger
from tests.journeys.screens.casework import CaseDesk
from tests.journeys.screens.conferences import ConferencePages
from tests.journeys.screens.queue import ItemPage
from tests.journeys.serving import Server
from tests.journeys.tablet import LANDSCAPE, Tablet

WORKER, LEAD = "garam.worker1", "garam.lead"
LEVELS = {"가족 내 안전 유지": "긴급", "의식주 관련 일상생활 유지": "필요"}


@dataclass(frozen=True)
class Found:
    """Somebody on the list whose household is known and has no case."""

    item_id: int
    household_id: int


@pytest.fixture
def found(ledger: Ledger) -> Found:
    with ledger.reading() as session:
        centre_id = ledger.identity(session, WORKER).centre_id
        worked = select(Case.household_id).where(Case.stage.in_(sorted(LIVE)))
        statement = (
            select(DiscoveryItem)
            .join(Household, Household.id == DiscoveryItem.household_id)
            .where(
                DiscoveryItem.centre_id == centre_id, DiscoveryItem.state == ItemState.OPEN,
                Household.closed_on.is_(None), ~Household.flags.any(), Household.id.not_in(worked),
            )
        )  # fmt: skip
        item = session.scalars(statement.order_by(DiscoveryItem.score.desc(), DiscoveryItem.id)).first()
        assert item is not None
        assert item.household_id is not None
        return Found(item.id, item.household_id)


class Months:
    """Lets days pass for everybody at the table."""

    def __init__(self, server: Server, *people: tuple[Tablet, str]) -> None:
        self.server, self.people = server, people

    def until(self, day: int) -> None:
        """So many days after the first; everybody signs in again."""
        for tablet, _login in self.people:
            tablet.page.wait_for_load_state("networkidle")
            tablet.page.goto("about:blank")
        self.server.let_days_pass(day)
        for tablet, login in self.people:
            tablet.context.clear_cookies()
            enter(tablet.context.request, self.server, login)


def test_somebody_is_found_helped_and_seen_again(
    open_tablet: OpenTablet, server: Server, ledger: Ledger, found: Found
) -> None:
    worker, lead = open_tablet(WORKER, size=LANDSCAPE), open_tablet(LEAD, size=LANDSCAPE)
    months = Months(server, (worker, WORKER), (lead, LEAD))
    case_id = _discovered(worker, ledger, found)
    desk, boss = CaseDesk(worker, case_id), CaseDesk(lead, case_id)
    desk.open().counsel("혼자 밥을 해 먹지 못하고 아들이 무섭다고 하심")
    desk.survey(LEVELS)
    expect(worker.page.locator("main")).to_contain_text(f"구분 제안: {CaseClass.COMPLEX.label}")
    months.until(5)
    _decided(worker, lead, case_id)
    months.until(9)
    until = (clock.today() + timedelta(days=150)).isoformat()
    desk.plan("하루 두 끼를 드신다", "밑반찬", "가람종합사회복지관", until=until)
    boss.approve()
    expect(boss.open().stage).to_contain_text("제공·점검")
    months.until(40)
    expect(desk.open().clocks.filter(has_text="점검").first).to_contain_text("지남")
    desk.check("그릇을 비우고 기다리심")
    months.until(120)
    desk.ask_to_close("CLOSE_SHORT_GOAL", "두 끼를 스스로 챙기심")
    boss.approve()
    expect(desk.open().stage).to_contain_text("사후관리")
    for day in (190, 280):
        months.until(day)
        desk.call(found.household_id, "잘 지내고 계심. 식사도 하신다고 함")
    desk.open()
    worker.hand.tap(worker.page.get_by_role("link", name="사례 끝내기"))
    worker.hand.tap(worker.page.get_by_role("button", name="끝내기", exact=True))
    expect(worker.page.locator(".flashes")).to_contain_text("사례를 끝냈습니다")
    _the_line_tells_all(worker, ledger, found, case_id)


def _discovered(tablet: Tablet, ledger: Ledger, found: Found) -> int:
    tablet.open(f"/discoveries/items/{found.item_id}")
    tablet.hand.tap(tablet.page.get_by_role("button", name="맡기"))
    item = ItemPage(tablet)
    item.try_it("전화-통화", "월세가 밀리고 식사를 거르신다고 함")
    item.finish(ItemOutcome.CASE.label, "여러 욕구가 함께 있음")
    expect(item.news).to_be_visible()
    with ledger.reading() as session:
        case = session.scalars(select(Case).where(Case.item_id == found.item_id)).one()
        assert (case.household_id, case.stage) == (found.household_id, CaseStage.INTAKE)
        return case.id


def _decided(worker: Tablet, lead: Tablet, case_id: int) -> None:
    worker.open("/conferences")
    pages = ConferencePages(worker)
    pages.plan("내부사례회의", others="김다솜, 가람종합복지관")
    pages.put_on(case_id)
    pages.write_minutes()
    pages.decide(case_id, "선정: 사례관리(고난도)", "안전 욕구가 긴급함")
    worker.hand.tap(worker.page.get_by_role("button", name="저장", exact=True).last)
    expect(pages.told).to_contain_text("안전 욕구가 긴급함")
    lead.open(f"/conferences/{pages.conference_id}")
    lead.hand.tap(lead.page.get_by_role("link", name="확정하기"))
    lead.hand.tap(lead.page.get_by_role("button", name="확정하기"))
    expect(lead.page.locator(".flashes")).to_contain_text("확정했습니다")


def _the_line_tells_all(tablet: Tablet, ledger: Ledger, found: Found, case_id: int) -> None:
    tablet.open(f"/households/{found.household_id}?kind=CASE")
    line = tablet.page.locator("#line")
    steps = (f"사례 {stage.label}" for stage in CaseStage)
    for words in (*steps, "초기상담", "욕구·위기도 조사", "내부사례회의 · 선정: 사례관리(고난도)"):
        expect(line).to_contain_text(words)
    with ledger.reading() as session:
        case = session.get_one(Case, case_id)
        assert (case.stage, case.case_class, case.closure_reason) == (
            CaseStage.ENDED, CaseClass.COMPLEX, "CLOSE_SHORT_GOAL",
        )  # fmt: skip
