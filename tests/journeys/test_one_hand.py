"""A visit in one hand: few taps, notes made while there, and a page that leads through what a value asks for."""

from __future__ import annotations

import re

import pytest
from app.safety.models import Outing
from app.visits.models import Visit
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger, Stop
from tests.journeys.screens.household import HouseholdPage
from tests.journeys.screens.today import Today
from tests.journeys.screens.visit import VisitPage
from tests.journeys.tablet import LANDSCAPE, PORTRAIT, Tablet

NURSE = "garam.nurse1"
MOST_TAPS = 25
"""From «오늘» to «제출», numbers not counted."""
NUMBERS = {"systolic": "128", "diastolic": "78", "pulse": "72", "temperature": "36.5"}


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["upright", "flat"])
def test_a_routine_visit_takes_at_most_twenty_five_taps(
    open_tablet: OpenTablet, ledger: Ledger, size: tuple[int, int]
) -> None:
    tablet, stop = open_tablet(NURSE, size=size), ledger.overdue(NURSE)
    Today(tablet).open().start_visit(stop.id)
    visit = VisitPage(tablet)
    tablet.hand.tap(visit.arrive)
    expect(visit.page.locator("[data-running]")).to_contain_text("방문 중")
    writes_with_one_hand(visit, stop)
    HouseholdPage(tablet, stop.id).wait()
    print(f"\none hand, {size[0]}×{size[1]}: {tablet.hand.taps} taps, {tablet.hand.keys} figures")
    assert tablet.hand.taps <= MOST_TAPS
    assert not tablet.hand.small
    everything_is_stored(ledger, stop)


def writes_with_one_hand(visit: VisitPage, stop: Stop) -> None:
    hand = visit.hand
    visit.go_on()
    for name, figures in NUMBERS.items():
        field = visit.vital(stop.member_id, name)
        assert field.get_attribute("inputmode") in ("numeric", "decimal")
        hand.write(field, figures)
    visit.go_on()
    hand.tap(visit.done(0))
    hand.tap(visit.done(1))
    visit.go_on()
    hand.tap(visit.proposed_day)
    expect(visit.proposed_day).to_have_attribute("aria-pressed", "true")
    hand.tap(visit.submit)


def everything_is_stored(ledger: Ledger, stop: Stop) -> None:
    with ledger.reading() as session:
        newest = select(Visit).where(Visit.household_id == stop.id).order_by(Visit.received_at.desc())
        visit = session.scalars(newest).first()
        assert visit is not None
        assert {row.kind.value for row in visit.readings} == {"BLOOD_PRESSURE", "PULSE", "TEMPERATURE"}
        assert visit.readings[0].arm is not None
        assert visit.promised_on is not None
        assert visit.promised_on > visit.occurred_on
        outing = session.scalars(select(Outing).where(Outing.visit_id == visit.id)).one()
        assert outing.ended_at is not None


def test_notes_made_at_the_door_are_carried_into_the_record_and_lost_nowhere(
    open_tablet: OpenTablet, ledger: Ledger
) -> None:
    tablet, stop = open_tablet(NURSE, size=LANDSCAPE), ledger.quiet(NURSE)
    visit = VisitPage(tablet).open(stop.id)
    tablet.hand.tap(visit.page.get_by_role("button", name="지금 시각 넣기"))
    expect(visit.field_notes).to_have_value(re.compile(r"^\d\d:\d\d $"))
    visit.field_notes.press_sequentially("저녁 약을 거르심\n딸과 통화함")
    visit.saved()
    visit.page.reload()
    expect(visit.field_notes).to_have_value(re.compile("딸과 통화함$"))
    visit.step("살핌·기록")
    carries_the_notes_over(visit)
    visit.step("다음 약속")
    tablet.hand.tap(visit.submit)
    HouseholdPage(tablet, stop.id).wait()
    with ledger.reading() as session:
        newest = select(Visit).where(Visit.household_id == stop.id).order_by(Visit.received_at.desc())
        stored = session.scalars(newest).first()
        assert stored is not None
        assert stored.field_notes.endswith("딸과 통화함")
        assert stored.nursing_note == stored.field_notes


def carries_the_notes_over(visit: VisitPage) -> None:
    """Twice: what stands in the record already is not written again."""
    notes = visit.field_notes.input_value()
    move = visit.page.get_by_role("button", name="기록에 옮기기")
    visit.hand.tap(move)
    expect(visit.nursing_note).to_have_value(notes)
    visit.hand.tap(move)
    expect(visit.page.get_by_text("옮길 새 줄이 없습니다.")).to_be_visible()
    expect(visit.nursing_note).to_have_value(notes)
    expect(visit.field_notes).to_have_value(notes)
    beside, below = (field.bounding_box() for field in (visit.field_notes, visit.nursing_note))
    assert beside is not None
    assert below is not None
    assert beside["x"] + beside["width"] <= below["x"], "the notes stand beside the record"


def test_a_severe_pressure_leads_to_its_own_symptoms_and_the_words_for_119(
    open_tablet: OpenTablet, ledger: Ledger
) -> None:
    tablet, stop = open_tablet(NURSE), ledger.quiet(NURSE)
    visit = VisitPage(tablet).open(stop.id)
    visit.go_on()
    types_pressure(visit, stop, "186", "104")
    expect(visit.vital(stop.member_id, "systolic_again")).to_be_visible()
    assert visit.symptoms() == ["가슴 통증", "숨참", "말 어눌함·한쪽 힘 빠짐", "시야 이상", "심한 두통", "의식이 흐림"]
    visit.vital(stop.member_id, "systolic_again").fill("178")
    visit.vital(stop.member_id, "diastolic_again").fill("100")
    expect(visit.page.locator("[data-mean]")).to_contain_text("2회 평균 182/102")
    expect(visit.words_for_119).to_have_count(0)
    tablet.hand.tap(visit.chip("가슴 통증"))
    expect(visit.words_for_119).to_contain_text("혈압 186/104")
    expect(visit.words_for_119).to_contain_text("가슴 통증")
    expect(visit.page.get_by_role("link", name="119 전화")).to_have_attribute("href", "tel:119")


def types_pressure(visit: VisitPage, stop: Stop, systolic: str, diastolic: str) -> None:
    visit.hand.write(visit.vital(stop.member_id, "systolic"), systolic)
    visit.hand.write(visit.vital(stop.member_id, "diastolic"), diastolic)


def test_a_low_glucose_counts_fifteen_minutes_down_also_after_a_reload(open_tablet: OpenTablet, ledger: Ledger) -> None:
    tablet, stop = open_tablet(NURSE), ledger.quiet(NURSE)
    visit = VisitPage(tablet).open(stop.id)
    visit.go_on()
    tablet.hand.write(visit.vital(stop.member_id, "glucose"), "62")
    tablet.hand.tap(visit.chip("공복"))
    expect(visit.countdown).to_contain_text(re.compile(r"다시 잴 때까지 1[45]:\d\d"))
    expect(visit.vital(stop.member_id, "glucose_again")).to_be_visible()
    assert "식은땀" in visit.symptoms()
    assert "가슴 통증" not in visit.symptoms()
    visit.saved()
    visit.page.reload()
    visit.go_on()
    expect(visit.countdown).to_contain_text(re.compile(r"다시 잴 때까지 14:\d\d"))
    again = visit.vital(stop.member_id, "glucose_again")
    again.fill("66")
    expect(visit.countdown).to_contain_text("다시 잴 때까지")
    again.fill("104")
    expect(visit.countdown).to_have_count(0)
    again.fill("")
    a_meter_that_shows_lo(tablet, visit, stop)


def a_meter_that_shows_lo(tablet: Tablet, visit: VisitPage, stop: Stop) -> None:
    """No letters on a keypad: LO is a chip, and one that was tapped wrongly is tapped off."""
    glucose = visit.vital(stop.member_id, "glucose")
    low = visit.page.get_by_role("button", name="LO, 측정 범위보다 낮음").first
    tablet.hand.tap(low)
    expect(glucose).to_have_value("LO")
    expect(visit.judgement(stop.member_id, "glucose")).to_contain_text("54 미만")
    tablet.hand.tap(low)
    expect(glucose).to_have_value("")
    expect(visit.countdown).to_have_count(0)
