"""일정: a nurse plans from a due, moves it with a reason, goes there, and it is kept."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from app.core import clock
from app.visits.models import PlannedVisit, PlannedVisitMove, Visit
from app.visits.rules import PlannedState
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger, Stop
from tests.journeys.screens.calendar import BoardPage, CalendarPage
from tests.journeys.screens.household import HouseholdPage
from tests.journeys.screens.today import Today
from tests.journeys.screens.visit import VisitPage
from tests.journeys.serving import Server
from tests.journeys.tablet import DESK, PHONE, PORTRAIT, Keyboard, Tablet

NURSE = "garam.nurse1"


@pytest.mark.parametrize("size", [PORTRAIT, PHONE], ids=["tablet", "phone"])
def test_a_visit_is_planned_from_its_due_moved_and_kept(
    open_tablet: OpenTablet, ledger: Ledger, server: Server, size: tuple[int, int]
) -> None:
    stop, due_on = ledger.unplanned(NURSE)
    tablet = open_tablet(NURSE, size=size)
    planned_on = plans_from_the_due(tablet, stop, due_on)
    moves_with_a_reason(tablet, stop, planned_on)
    planned_id = stored(ledger, stop, moves=["대상자 요청"])
    the_day_comes(server, planned_id)
    goes_there(tablet, stop)
    is_kept(tablet, ledger, planned_id, stop)
    assert not tablet.hand.small


def plans_from_the_due(tablet: Tablet, stop: Stop, due_on: date) -> str:
    calendar = CalendarPage(tablet).open(due_on)
    tablet.hand.tap(calendar.due(stop.title))
    expect(calendar.sheet).to_contain_text("까지")
    calendar.act("일정 잡기")
    board = BoardPage(tablet).wait("plan")
    day = board.last_day
    tablet.hand.tap(board.free(day).first)
    expect(calendar.news).to_contain_text("방문을 잡았습니다")
    calendar.undo()
    expect(calendar.news).to_contain_text("되돌렸습니다")
    tablet.open(f"/households/{stop.id}")
    tablet.hand.tap(tablet.page.get_by_role("link", name="일정 잡기"))
    tablet.hand.tap(BoardPage(tablet).wait("plan").free(day).first)
    household = HouseholdPage(tablet, stop.id).wait()
    expect(household.news).to_contain_text("방문을 잡았습니다")
    expect(tablet.page.get_by_role("region", name="다음 방문")).to_contain_text("윤가람")
    return day


def moves_with_a_reason(tablet: Tablet, stop: Stop, planned_on: str) -> None:
    calendar = CalendarPage(tablet).open(date.fromisoformat(planned_on))
    tablet.hand.tap(calendar.visit(stop.title))
    calendar.act("옮기기")
    board = BoardPage(tablet).wait("move")
    board.because("대상자 요청")
    tablet.hand.tap(board.free(planned_on).last)
    expect(calendar.news).to_contain_text("방문을 옮겼습니다")
    expect(calendar.visit(stop.title)).to_be_visible()


def stored(ledger: Ledger, stop: Stop, *, moves: list[str]) -> UUID:
    with ledger.reading() as session:
        standing = select(PlannedVisit).where(
            PlannedVisit.household_id == stop.id, PlannedVisit.state == PlannedState.PLANNED
        )
        planned = session.scalars(standing.order_by(PlannedVisit.set_at.desc())).first()
        assert planned is not None
        reasons = select(PlannedVisitMove.reason).where(PlannedVisitMove.planned_id == planned.id)
        assert list(session.scalars(reasons)) == moves
        return planned.id


def the_day_comes(server: Server, planned_id: UUID) -> None:
    """What was planned for later is today, which no person could bring about."""
    with server.altering() as session:
        session.get_one(PlannedVisit, planned_id).planned_on = clock.today()


def goes_there(tablet: Tablet, stop: Stop) -> None:
    today = Today(tablet).open()
    expect(tablet.page.get_by_role("region", name="오늘 일정")).to_contain_text(stop.title)
    expect(today.card(stop.id)).to_contain_text("방문 예정")
    today.start_visit(stop.id)
    visit = VisitPage(tablet)
    visit.go_on()
    visit.go_on()
    tablet.hand.write(visit.nursing_note, "약 잘 드심.")
    visit.saved()
    visit.go_on()
    tablet.hand.tap(visit.submit)
    HouseholdPage(tablet, stop.id).wait()


def is_kept(tablet: Tablet, ledger: Ledger, planned_id: UUID, stop: Stop) -> None:
    calendar = CalendarPage(tablet).open()
    expect(calendar.kept(stop.title)).to_contain_text("방문함")
    with ledger.reading() as session:
        planned = session.get_one(PlannedVisit, planned_id)
        assert planned.state is PlannedState.KEPT
        assert session.get_one(Visit, planned.visit_id).household_id == stop.id


def test_a_visit_can_be_planned_and_taken_back_by_keys_alone(open_tablet: OpenTablet, ledger: Ledger) -> None:
    stop, due_on = ledger.unplanned(NURSE)
    tablet = open_tablet(NURSE, size=DESK)
    page, keys = tablet.page, Keyboard(tablet.page)
    calendar = CalendarPage(tablet).open(due_on)
    keys.choose(calendar.due(stop.title))
    keys.choose(calendar.sheet.get_by_role("link", name="일정 잡기"))
    board = BoardPage(tablet).wait("plan")
    keys.reach(page.locator("[data-slot][tabindex='0']"))
    first = focused(tablet)
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        keys.press(key)
    assert focused(tablet) == first, "there and back again"
    while page.locator("[data-slot]:focus.slot-free").count() == 0:
        keys.press("ArrowDown")
    keys.press("Enter")
    expect(calendar.news).to_contain_text("방문을 잡았습니다")
    expect(board.objections).to_have_count(0)
    keys.choose(calendar.news.get_by_role("button", name="되돌리기"))
    expect(calendar.news).to_contain_text("되돌렸습니다")
    assert not keys.unseen


def focused(tablet: Tablet) -> str:
    return str(tablet.page.evaluate("document.activeElement.value"))


def test_the_arrow_keys_turn_the_week(open_tablet: OpenTablet) -> None:
    tablet = open_tablet(NURSE, size=DESK)
    calendar = CalendarPage(tablet).open()
    this_week = calendar.heading.inner_text()
    tablet.page.keyboard.press("ArrowRight")
    expect(calendar.heading).not_to_have_text(this_week)
    tablet.page.keyboard.press("ArrowLeft")
    expect(calendar.heading).to_have_text(this_week)


def test_a_mouse_pulls_a_visit_onto_another_day_and_is_asked_why(open_tablet: OpenTablet, ledger: Ledger) -> None:
    stop, _due_on = ledger.unplanned(NURSE)
    tablet = open_tablet(NURSE, size=DESK)
    tablet.open(f"/households/{stop.id}/plan")
    board = BoardPage(tablet)
    day = board.last_day
    board.free(day).last.click()
    calendar = CalendarPage(tablet)
    expect(calendar.news).to_contain_text("방문을 잡았습니다")
    calendar.open(date.fromisoformat(day))
    tile = calendar.page.locator(f"[data-day='{day}'] [data-visit]").filter(has_text=stop.title)
    target = (
        calendar.page.locator("[data-day]").filter(has_not=calendar.page.locator(f"[data-title='{stop.title}']")).first
    )
    reached = target.get_attribute("data-day")
    pull(tablet, tile.bounding_box(), target.bounding_box())
    dialog = tablet.page.get_by_role("dialog", name="왜 옮깁니까")
    expect(dialog).to_contain_text(stop.title)
    dialog.get_by_role("button", name="대상자 요청").click()
    expect(calendar.news.or_(tablet.page.locator(".plan-chosen"))).to_be_visible()
    if tablet.page.locator(".plan-chosen").count():
        tablet.page.get_by_role("button", name="그래도 이 시간으로 옮기기").click()
    expect(calendar.news).to_contain_text("방문을 옮겼습니다")
    expect(calendar.page.locator(f"[data-day='{reached}'] [data-visit]").filter(has_text=stop.title)).to_have_count(1)


def pull(tablet: Tablet, start: dict[str, float] | None, end: dict[str, float] | None) -> None:
    assert start is not None
    assert end is not None
    mouse = tablet.page.mouse
    mouse.move(start["x"] + 20, start["y"] + 20)
    mouse.down()
    mouse.move(end["x"] + 30, end["y"] + 60, steps=8)
    mouse.up()
