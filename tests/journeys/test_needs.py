"""A first talk, then a survey with one need of safety: the case goes on by itself and 고난도 is proposed on it."""

from __future__ import annotations

from app.cases.models import Case
from app.cases.rules import CaseClass, CaseStage
from app.needs.queries import latest_needs
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger
from tests.journeys.screens.needs import NeedsPage
from tests.journeys.tablet import PORTRAIT

WORKER = "garam.worker1"
LEVELS = {"가족 내 안전 유지": "긴급", "기초생활 해결": "필요"}
SAID = "아들이 술만 마시면 때린다고 하심"


def test_a_need_of_safety_proposes_the_complex_class_on_the_case(open_tablet: OpenTablet, ledger: Ledger) -> None:
    tablet, household_id = open_tablet(WORKER, size=PORTRAIT), ledger.without_case(WORKER)
    page, needs = tablet.page, NeedsPage(tablet)
    tablet.open(f"/households/{household_id}/cases")
    tablet.hand.tap(page.get_by_role("link", name="사례로 접수"))
    page.get_by_label("발굴 경로").select_option("TONGJANG")
    tablet.hand.write(page.get_by_label("접수 사유"), "이웃이 큰 소리를 들음")
    tablet.hand.tap(page.get_by_role("button", name="사례로 접수"))
    expect(page.get_by_role("link", name="욕구조사 하기")).to_have_count(0)
    tablet.hand.tap(page.get_by_role("link", name="초기상담 적기"))
    tablet.hand.write(page.get_by_label("주 호소"), "집에 들어가기가 무서워요")
    tablet.hand.tap(page.get_by_role("button", name="상담 저장"))
    tablet.hand.tap(page.get_by_role("link", name="욕구조사 하기"))
    for label, level in LEVELS.items():
        needs.answer(label, level)
    tablet.hand.write(needs.item("가족 내 안전 유지").get_by_role("textbox"), SAID)
    expect(page.locator("[data-draft-status]")).to_contain_text("저장됨")
    page.reload()
    expect(needs.item("가족 내 안전 유지").get_by_role("radio", name="긴급")).to_be_checked()
    expect(needs.item("가족 내 안전 유지").get_by_role("textbox")).to_have_value(SAID)
    needs.answer_the_rest_by_keys(LEVELS)
    tablet.hand.tap(page.get_by_role("button", name="조사 저장"))
    expect(page.locator(".flashes")).to_contain_text("조사 단계로 갔습니다")
    expect(page.locator("main")).to_contain_text(f"구분 제안: {CaseClass.COMPLEX.label}")
    tablet.hand.tap(page.get_by_role("link", name="사례로"))
    expect(page.locator("main")).to_contain_text(CaseClass.COMPLEX.label)
    with ledger.reading() as session:
        case = session.scalars(select(Case).where(Case.household_id == household_id)).one()
        assert (case.stage, case.proposed_class) == (CaseStage.ASSESSMENT, CaseClass.COMPLEX)
        assert [need.note for need in latest_needs(session, household_id) if need.note] == [SAID]
