"""From the record at the door to an instrument and back: nothing that was written is lost, and the score is beside it."""

from __future__ import annotations

import re

from app.assessments.models import Assessment
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger
from tests.journeys.screens.groups import InstrumentPage
from tests.journeys.screens.visit import VisitPage
from tests.journeys.tablet import PHONE

NURSE = "garam.nurse1"
SAID = "«요즘은 밥맛이 없어요.» 잠도 설치심"


def test_two_items_lead_to_nine_and_back_to_the_record_that_was_being_written(
    open_tablet: OpenTablet, ledger: Ledger
) -> None:
    tablet, stop = open_tablet(NURSE), ledger.quiet(NURSE)
    visit, asked = VisitPage(tablet).open(stop.id), InstrumentPage(tablet)
    visit.step("살핌·기록")
    tablet.hand.write(visit.nursing_note, SAID)
    tablet.hand.tap(tablet.page.get_by_role("link", name="PHQ-2 우울 선별"))
    expect(asked.total).to_contain_text("0/2")
    for item, points in ((1, 3), (2, 2)):
        tablet.hand.tap(asked.answer(item, points))
    expect(asked.total).to_contain_text("2/2 · 합계 5점 선별 양성")
    tablet.hand.tap(asked.store)
    tablet.hand.tap(tablet.page.get_by_role("link", name="PHQ-9 우울 이어서 여쭙기"))
    asked.by_figures("221021100")
    expect(asked.total).to_contain_text("9/9 · 합계 9점 가벼움")
    tablet.hand.tap(asked.store)
    expect(tablet.page).to_have_url(re.compile(r"/visits/new\?visit="))
    expect(visit.nursing_note).to_be_visible()
    expect(visit.nursing_note).to_have_value(SAID)
    expect(tablet.page.locator("[data-assessments] .asked li")).to_have_count(2)
    assert not tablet.hand.small
    with ledger.reading() as session:
        rows = session.scalars(select(Assessment).where(Assessment.household_id == stop.id, Assessment.total.in_((5, 9)))).all()  # fmt: skip
        assert len({row.visit_id for row in rows if row.visit_id}) >= 1


def test_an_instrument_fits_a_phone(open_tablet: OpenTablet, ledger: Ledger) -> None:
    tablet, stop = open_tablet(NURSE, size=PHONE), ledger.quiet(NURSE)
    visit, asked = VisitPage(tablet).open(stop.id), InstrumentPage(tablet)
    visit.step("살핌·기록")
    tablet.hand.tap(tablet.page.get_by_role("link", name="AUDIT-C 음주"))
    for item in (1, 2, 3):
        tablet.hand.tap(asked.answer(item, 1))
    expect(asked.total).to_contain_text("합계 3점")
    assert tablet.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not tablet.hand.small
