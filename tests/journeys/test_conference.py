"""A conference decides about three households: nothing moves while the minutes are written, all of it when they are confirmed."""

from __future__ import annotations

import pytest
from app.cases.models import Case
from app.cases.rules import CaseClass, CaseStage
from app.conferences.models import Conference
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger
from tests.journeys.screens.conferences import ConferencePages
from tests.journeys.tablet import DESK, LANDSCAPE

WORKER, LEAD = "garam.worker1", "garam.lead"
WAITING = (CaseStage.ASSESSMENT, CaseStage.CONFERENCE)


@pytest.fixture
def case_ids(ledger: Ledger) -> list[int]:
    """Three cases of the centre that wait for a conference."""
    with ledger.reading() as session:
        centre_id = ledger.identity(session, WORKER).centre_id
        waiting = select(Case.id).where(Case.centre_id == centre_id, Case.stage.in_(WAITING)).order_by(Case.id)
        found = list(session.scalars(waiting.limit(3)))
        assert len(found) == 3
        return found


def test_a_conference_decides_three_households_and_the_board_shows_them_moved(
    open_tablet: OpenTablet, ledger: Ledger, case_ids: list[int]
) -> None:
    chosen, linked, refused = case_ids
    tablet = open_tablet(WORKER, size=LANDSCAPE)
    tablet.open("/cases")
    tablet.hand.tap(tablet.page.get_by_role("link", name="회의 목록"))
    pages = ConferencePages(tablet)
    pages.plan("내부사례회의", others="김다솜, 가람종합복지관")
    pages.put_on(*case_ids)
    pages.write_minutes()
    pages.decide(chosen, "선정: 사례관리(일반)", "혼자 끼니를 챙기지 못하심")
    pages.decide(linked, "서비스연계", "밑반찬 하나로 충분함")
    expect(pages.saved).to_contain_text("저장됨")
    tablet.page.reload()
    pages.decide(refused, "미선정", "따님이 돌보기로 함")
    tablet.hand.tap(pages.item(refused).get_by_role("button", name="위로"))
    second = tablet.page.locator("fieldset.minutes-item").nth(1)
    expect(second.locator(f"a[href='/cases/{refused}']")).to_be_visible()
    expect(pages.item(chosen).get_by_label("결정 내용")).to_have_value("혼자 끼니를 챙기지 못하심")
    tablet.hand.tap(tablet.page.get_by_role("button", name="저장", exact=True).last)
    expect(pages.told).to_contain_text("따님이 돌보기로 함")
    assert stages(ledger, case_ids) <= set(WAITING)
    boss = open_tablet(LEAD, size=DESK)
    boss.open("/conferences")
    boss.hand.tap(boss.page.locator(".listing-row", has_text="오늘").get_by_role("link"))
    boss.hand.tap(boss.page.get_by_role("link", name="확정하기"))
    expect(boss.page.locator("main")).to_contain_text("구분·선정 단계로 갑니다")
    boss.hand.tap(boss.page.get_by_role("button", name="확정하기"))
    expect(boss.page.locator(".flashes")).to_contain_text("확정했습니다")
    boss.open("/cases?stage=CLASSIFIED")
    for case_id in case_ids:
        expect(boss.page.locator(f"[data-row][href='/cases/{case_id}']")).to_be_visible()
    with ledger.reading() as session:
        classes = [session.get_one(Case, case_id).case_class for case_id in case_ids]
        assert classes == [CaseClass.GENERAL, CaseClass.LINKAGE, CaseClass.NOT_SELECTED]
        held = session.scalars(select(Conference).order_by(Conference.id.desc())).first()
        assert held is not None
        assert held.confirmed_at is not None


def stages(ledger: Ledger, case_ids: list[int]) -> set[CaseStage]:
    """Where the cases stand now."""
    with ledger.reading() as session:
        return set(session.scalars(select(Case.stage).where(Case.id.in_(case_ids))))
