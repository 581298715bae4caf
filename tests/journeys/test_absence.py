"""부재: nobody opens, twice."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger
from tests.journeys.screens.alerts import Inbox
from tests.journeys.screens.household import HouseholdPage
from tests.journeys.screens.today import Today
from tests.journeys.screens.visit import AbsencePage
from tests.journeys.tablet import Tablet

NURSE, LEAD = "garam.nurse1", "garam.lead"
MOST_TAPS = 4
"""부재, 초인종, 전화, 부재 기록."""


def test_nobody_opens_twice_and_the_supervisor_is_told_once(open_tablet: OpenTablet, ledger: Ledger) -> None:
    tablet = open_tablet(NURSE)
    stop = ledger.overdue(NURSE)
    taps = rings_in_vain(tablet, stop.id)
    shows_the_step(tablet, stop.id, "연속 부재 1번", "다른 요일·시간대")
    rings_in_vain(tablet, stop.id)
    shows_the_step(tablet, stop.id, "연속 부재 2번", "이웃")
    expect(Today(tablet).open().card(stop.id)).to_contain_text("연속 부재 2번")
    inbox = Inbox(open_tablet(LEAD)).open()
    expect(inbox.unread(stop.number, "연속 부재 2번")).to_have_count(1)
    print(f"\nabsence: {taps} taps")
    assert taps <= MOST_TAPS
    assert not tablet.hand.small


def test_an_absence_sent_twice_counts_once(open_tablet: OpenTablet, ledger: Ledger) -> None:
    tablet = open_tablet(NURSE)
    stop = ledger.quiet(NURSE)
    tablet.open(f"/households/{stop.id}/absences/new")
    form = AbsencePage(tablet)
    form.tried("초인종")
    form.saved()
    fields = form.fields()
    form.hand.tap(form.submit)
    HouseholdPage(tablet, stop.id).wait()
    again = tablet.context.request.post(f"{tablet.server.url}/households/{stop.id}/absences/new", form=fields)
    assert again.ok
    expect(HouseholdPage(tablet, stop.id).open().banner("연속 부재")).to_contain_text("연속 부재 1번")


def rings_in_vain(tablet: Tablet, household_id: int) -> int:
    """부재 from 오늘; returns the taps it took."""
    Today(tablet).open()
    before = tablet.hand.taps
    Today(tablet).nobody_home(household_id)
    form = AbsencePage(tablet)
    form.tried("초인종", "전화")
    tablet.hand.tap(form.submit)
    HouseholdPage(tablet, household_id).wait()
    return tablet.hand.taps - before


def shows_the_step(tablet: Tablet, household_id: int, count: str, step: str) -> None:
    household = HouseholdPage(tablet, household_id)
    expect(household.news).to_contain_text("부재를 기록했습니다")
    expect(household.banner(count)).to_contain_text(step)
    expect(household.timeline.first).to_contain_text("초인종")
