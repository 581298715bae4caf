"""The government declares a day off: the officer adds it, and a nurse's list says why a visit comes earlier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from app.core import clock
from app.follow_ups.queries import list_today
from app.follow_ups.rules import Profession, RuleKind
from app.follow_ups.rules.holiday_changes import spoken_day
from playwright.sync_api import expect
from tests.journeys.accessibility.looking import faults_at_every_width
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger
from tests.journeys.screens.holidays import DayPage, HolidaysPage
from tests.journeys.screens.today import Today
from tests.journeys.tablet import DESK, Tablet

OFFICER, NURSE = "gu.officer", "garam.nurse1"
FILE = Path(__file__).parents[1] / "data" / "holidays_office.csv"
DECLARED = "국가 애도의 날"


@dataclass(frozen=True)
class Visit:
    """A visit of the coming days that falls on a working day."""

    household_id: int
    number: str
    due_on: date

    @property
    def short(self) -> str:
        """«11/27»."""
        return f"{self.due_on.month}/{self.due_on.day}"


@pytest.fixture
def visit(ledger: Ledger) -> Visit:
    """The first of the nurse's coming visits that nothing has moved yet."""
    with ledger.reading() as session:
        calls = list_today(session, ledger.identity(session, NURSE), today=clock.today()).coming
        return next(
            Visit(call.household.id, call.household.number, due.due_on)
            for call in calls
            for due in call.dues[:1]
            if due.profession is Profession.NURSE and due.kind is RuleKind.INTERVAL and due.due_on is not None
            and "앞당김" not in " ".join(due.because) and due.due_on.weekday() < 5
        )  # fmt: skip


def test_a_day_off_that_is_declared_moves_a_nurses_visit_and_the_reason_names_it(
    open_tablet: OpenTablet, visit: Visit
) -> None:
    desk, tablet = open_tablet(OFFICER, size=DESK), open_tablet(NURSE)
    expect(Today(tablet).open().why(visit.household_id).first).not_to_contain_text(DECLARED)
    year = HolidaysPage(desk).open(visit.due_on.year)
    sees_what_would_move(year.begin_to_add(), visit)
    adds_it(desk, visit)
    expect(year.open(visit.due_on.year).line(visit.due_on)).to_contain_text(DECLARED)
    why = Today(tablet).open().why(visit.household_id).first
    expect(why).to_contain_text(f"{visit.short}")
    expect(why).to_contain_text(f"{DECLARED}이라")
    expect(why).to_contain_text("앞당김")
    takes_it_back(year, visit)
    expect(Today(tablet).open().why(visit.household_id).first).not_to_contain_text(DECLARED)


def sees_what_would_move(day: DayPage, visit: Visit) -> None:
    day.preview(visit.due_on, DECLARED)
    expect(day.heading).to_contain_text("이 변경으로 기한이 바뀌는 가구")
    expect(day.moved(visit.number).first).to_contain_text(f"{visit.short}(")
    expect(day.moved(visit.number).first).to_contain_text(f"{DECLARED}이라")
    day.press("고치기")
    expect(day.page.get_by_label("이름")).to_have_value(DECLARED)
    day.page.get_by_role("button", name="바뀌는 기한 미리 보기").click()


def adds_it(desk: Tablet, visit: Visit) -> None:
    day = DayPage(desk)
    day.press("휴무일로 추가")
    day.wait_until_counted()
    expect(desk.page.get_by_text(f"{spoken_day(visit.due_on)}을 휴무일로 추가했습니다.")).to_be_visible()
    assert not desk.hand.small


def takes_it_back(year: HolidaysPage, visit: Visit) -> None:
    day = year.undo(visit.due_on)
    expect(day.heading).to_contain_text("이 변경으로 기한이 바뀌는 가구")
    day.press("되돌리기")
    day.wait_until_counted()


def test_every_step_of_a_change_is_for_everybody(open_tablet: OpenTablet, visit: Visit) -> None:
    """The preview, a form that came back, and the rows of a file: at each width and in both themes."""
    desk = open_tablet(OFFICER, size=DESK)
    year, faults = HolidaysPage(desk), []
    day = year.open(visit.due_on.year).begin_to_add()
    day.preview(date(visit.due_on.year - 1, 3, 2), DECLARED)
    expect(desk.page.locator("[data-error-summary]")).to_contain_text("지난 날입니다")
    faults += list(faults_at_every_width(desk.page))
    day.preview(visit.due_on, DECLARED)
    expect(day.heading).to_contain_text("이 변경으로 기한이 바뀌는 가구")
    faults += list(faults_at_every_width(desk.page))
    year.read_file(FILE)
    expect(desk.page.get_by_role("heading", name="읽은 결과")).to_be_visible()
    for closed in desk.page.locator("main details summary").all():
        closed.click()
    faults += list(faults_at_every_width(desk.page))
    assert not faults, "\n".join(faults)
