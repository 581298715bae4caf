"""A visiting nurse's routine visit, by touch, from 오늘 to the next date and its reason."""

from __future__ import annotations

import pytest
from app.visits.models import Visit
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger, Stop
from tests.journeys.screens.doors import SignIn
from tests.journeys.screens.household import HouseholdPage
from tests.journeys.screens.today import Today
from tests.journeys.screens.visit import VisitPage
from tests.journeys.tablet import LANDSCAPE, PORTRAIT, Tablet

NURSE = "garam.nurse1"
MOST_TAPS = 16
"""A routine visit with four measurements, one note and nothing unusual."""


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["upright", "flat"])
def test_a_nurse_logs_a_visit_and_sees_the_next_one_with_its_reason(
    open_tablet: OpenTablet, ledger: Ledger, size: tuple[int, int]
) -> None:
    tablet = open_tablet(size=size)
    stop = ledger.overdue(NURSE)
    sees_whom_to_visit_and_why(tablet, stop)
    writes_the_visit(tablet, stop)
    sees_the_next_visit(tablet, stop)
    what_was_typed_is_stored(ledger, stop)
    print(f"\nroutine visit: {tablet.hand.taps} taps, {tablet.hand.keys} keys")
    assert tablet.hand.taps <= MOST_TAPS
    assert not tablet.hand.small


def sees_whom_to_visit_and_why(tablet: Tablet, stop: Stop) -> None:
    SignIn(tablet).enter(tablet.server.staff[NURSE])
    today = Today(tablet)
    expect(today.heading).to_contain_text("오늘 갈 곳")
    expect(today.overdue(stop.id)).to_contain_text(stop.title)
    expect(today.overdue(stop.id)).to_contain_text("지남")
    expect(today.why(stop.id).first).to_contain_text("마지막 접촉")
    today.start_visit(stop.id)


def writes_the_visit(tablet: Tablet, stop: Stop) -> None:
    visit = VisitPage(tablet)
    visit.go_on()
    hand = tablet.hand
    hand.write(visit.vital(stop.member_id, "systolic"), "128")
    hand.write(visit.vital(stop.member_id, "diastolic"), "78")
    expect(visit.judgement(stop.member_id, "systolic")).not_to_be_empty()
    hand.write(visit.vital(stop.member_id, "pulse"), "72")
    hand.write(visit.vital(stop.member_id, "temperature"), "36.5")
    visit.go_on()
    hand.write(visit.nursing_note, "약 잘 드심. 발 부종 없음.")
    visit.saved()
    visit.go_on()
    expect(visit.proposals.filter(has_text="마지막 접촉").first).to_be_visible()
    hand.tap(visit.submit)


def sees_the_next_visit(tablet: Tablet, stop: Stop) -> None:
    household = HouseholdPage(tablet, stop.id).wait()
    expect(household.news).to_contain_text("방문을 기록했습니다")
    next_visit = household.dues.filter(has_text="마지막 접촉").first
    expect(next_visit).to_contain_text("까지")
    expect(next_visit).not_to_contain_text("지남")
    expect(household.timeline.first).to_contain_text("128/78")
    expect(Today(tablet).open().overdue(stop.id)).to_have_count(0)


def what_was_typed_is_stored(ledger: Ledger, stop: Stop) -> None:
    with ledger.reading() as session:
        newest = select(Visit).where(Visit.household_id == stop.id).order_by(Visit.received_at.desc())
        visit = session.scalars(newest).first()
        assert visit is not None
        assert visit.nursing_note == "약 잘 드심. 발 부종 없음."
        pressure = visit.readings[0]
        assert [pressure.systolic, pressure.diastolic] == [128, 78]
        assert [each.member_id for each in visit.attendances] == [stop.member_id]
