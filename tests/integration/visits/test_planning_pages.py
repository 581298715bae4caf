"""The board on which a visit is planned, moved and cancelled; two people at once; what other pages then say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.assignments import service as assignments
from app.assignments.rules import Duty
from app.core.database import new_id
from app.households.models import Household
from app.households.rules import MemberDetails
from app.visits import service
from app.visits.models import PlannedVisit, PlannedVisitMove
from app.visits.rules import PlanChange, PlannedState
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import add_flag, add_household, set_rule
from tests.factories.plans import TOMORROW, plan, slot_for
from tests.factories.town import Town
from tests.factories.visits import visit_details
from tests.integration.visits.doing import count
from tests.moments import NOW, TODAY, day
from tests.pages import Form

Enter = Callable[[Role | Account], Browser]
LATER = day(3)


@pytest.fixture
def at_home(session: Session, town: Town, household: Household) -> Household:
    """The household in the hands of the nurse."""
    lead = town.who(town.supervisor)
    assignments.assign(session, household, Duty.NURSE, town.nurse, from_on=day(-60), actor=lead, now=NOW)
    return household


@pytest.fixture
def browser(sign_in_as: Enter) -> Browser:
    return sign_in_as(Role.NURSE)


def board(browser: Browser, household: Household, query: str = "") -> Form:
    return browser.get(f"/households/{household.id}/plan{query}").form("/plan")


def only(session: Session) -> PlannedVisit:
    return session.scalars(select(PlannedVisit)).one()


def test_one_tap_plans_a_visit_and_another_takes_it_back(
    session: Session, browser: Browser, at_home: Household
) -> None:
    answer = browser.submit(board(browser, at_home), slot=f"{TOMORROW}T10:30")
    assert answer.headers["Location"] == f"/calendar?on={TOMORROW}"
    planned = only(session)
    assert (planned.planned_on, planned.planned_at, planned.minutes) == (TOMORROW, time(10, 30), 30)
    undo = browser.get(answer.headers["Location"]).form("/undo")
    browser.submit(undo)
    assert only(session).state is PlannedState.CANCELLED
    assert "되돌렸습니다" in browser.get("/calendar").text


def test_the_same_tap_sent_twice_plans_once(session: Session, browser: Browser, at_home: Household) -> None:
    form = board(browser, at_home)
    for _ in range(2):
        browser.submit(form, slot=f"{TOMORROW}T10:30")
    assert count(session, PlannedVisit) == 1


def test_one_goes_back_to_where_one_came_from_and_nowhere_else(browser: Browser, at_home: Household) -> None:
    form = board(browser, at_home, f"?next=/households/{at_home.id}")
    answer = browser.submit(form, slot=f"{TOMORROW}T10:30")
    assert answer.headers["Location"] == f"/households/{at_home.id}"
    form = board(browser, at_home, "?next=https://elsewhere.example/")
    assert browser.submit(form, slot=f"{LATER}T10:30").headers["Location"].startswith("/calendar")


def test_the_board_shows_the_reason_the_suggestion_and_what_is_taken(
    session: Session, town: Town, browser: Browser, at_home: Household
) -> None:
    set_rule(session, at_home, "CASE_CHECK_GENERAL", town.who(town.worker), starts_on=day(-26))
    other = add_household(session, town.who(town.nurse), MemberDetails("박말순"))
    plan(session, other, town.who(town.nurse), LATER, time(14))
    text = browser.get(f"/households/{at_home.id}/plan").text
    assert "일반 점검 11/27(금)까지" in text
    assert "11/27(금) 제안 · 기한 11/27(금)까지" in text
    assert "박말순" in text
    christmas = browser.get(f"/households/{at_home.id}/plan?from=2026-12-21").text
    assert "성탄절" in christmas
    assert "T10:00" in browser.page.html  # type: ignore[union-attr]
    assert "2026-12-25T10:00" not in browser.page.html  # type: ignore[union-attr]


def test_before_a_long_break_the_board_says_so(
    session: Session, town: Town, browser: Browser, at_home: Household
) -> None:
    set_rule(
        session, at_home, "PROMISE", town.who(town.nurse), starts_on=day(-1), promised_on=day(40), note="연휴 뒤 약속"
    )
    text = browser.get(f"/households/{at_home.id}/plan").text
    assert "연휴 전 방문 권장 · 신정 1/1(금)~1/3(일) 전에, 12/31(목)까지" in text


def test_a_warning_is_asked_back_and_the_tap_is_kept(
    session: Session, town: Town, browser: Browser, at_home: Household
) -> None:
    add_flag(session, at_home, town.who(town.nurse))
    browser.submit(board(browser, at_home), slot="2026-11-28T10:00", note="겨울 이불", status=422)
    assert browser.page is not None
    text = browser.page.text
    for words in ("고른 시간 11/28(토) 10:00", "쉬는 날입니다: 토요일", "2인 필수 가구입니다"):
        assert words in text
    assert count(session, PlannedVisit) == 0
    again = browser.page.form("/plan")
    assert again.fields["note"] == "겨울 이불"
    browser.submit(again, slot="2026-11-29T10:00", status=422)
    assert count(session, PlannedVisit) == 0, "another slot overrules nothing"
    again = browser.page.form("/plan")
    browser.submit(again, overrule="2026-11-29T10:00", companion_id=str(town.worker.id))
    planned = only(session)
    assert (planned.planned_on, planned.companion_id, planned.note) == (day(6), town.worker.id, "겨울 이불")


@pytest.mark.parametrize("slot", ["", "tomorrow", "2026-11-31T10:00", "2026-11-24T25:00"])
def test_what_is_no_time_is_asked_for_again(session: Session, browser: Browser, at_home: Household, slot: str) -> None:
    browser.submit(board(browser, at_home), slot=slot, status=422)
    assert "방문할 시간을 골라 주세요" in browser.page.text  # type: ignore[union-attr]
    assert count(session, PlannedVisit) == 0


@pytest.mark.parametrize(
    "query", ["?from=9999-12-31", "?from=0001-01-01", "?from=x", "?who=99999999999999999999", "?minutes=-5", "?who=x"]
)
def test_nonsense_in_the_address_shows_the_board_all_the_same(browser: Browser, at_home: Household, query: str) -> None:
    assert "언제 갑니까" in browser.get(f"/households/{at_home.id}/plan{query}").text


@pytest.mark.parametrize(
    "fields",
    [
        {"companion_id": "99999999999999999999"},
        {"companion_id": "x"},
        {"purpose": "NONE"},
        {"note": "가" * 201},
        {"slot": "9999-12-31T10:00"},
        {"slot": "0001-01-01T10:00"},
    ],
)
def test_nonsense_in_the_form_comes_back(
    session: Session, browser: Browser, at_home: Household, fields: dict[str, str]
) -> None:
    browser.submit(board(browser, at_home), **{"slot": f"{TOMORROW}T10:00"} | fields, status=422)
    assert count(session, PlannedVisit) == 0


def test_a_visit_may_be_planned_without_an_hour(session: Session, browser: Browser, at_home: Household) -> None:
    browser.submit(board(browser, at_home), slot=str(TOMORROW))
    assert only(session).planned_at is None
    assert "시간 미정" in browser.get(f"/calendar/day/{TOMORROW}").text


def test_a_supervisor_chooses_whose_day_and_others_have_their_own(
    session: Session, town: Town, sign_in_as: Enter, at_home: Household
) -> None:
    lead = sign_in_as(Role.SUPERVISOR)
    page = lead.get(f"/households/{at_home.id}/plan?who={town.other_nurse.id}")
    assert "서은결 방문간호사" in page.text
    lead.submit(page.form("/plan"), slot=f"{TOMORROW}T10:00")
    assert only(session).assignee_id == town.other_nurse.id
    assert "방문이 잡혔습니다" in sign_in_as(town.other_nurse).get("/alerts").text
    own = sign_in_as(town.worker).get(f"/households/{at_home.id}/plan?who={town.other_nurse.id}")
    assert "누가 갑니까" not in own.text


def test_a_move_asks_why_and_keeps_the_slot_meanwhile(
    session: Session, town: Town, browser: Browser, at_home: Household
) -> None:
    planned = plan(session, at_home, town.who(town.nurse))
    page = browser.get(f"/planned-visits/{planned.id}/move")
    browser.submit(page.form("/move"), slot=f"{LATER}T14:00", status=422)
    again = browser.page
    assert again is not None
    assert "고른 시간 11/26(목) 14:00" in again.text
    assert "까닭을 골라 주세요" in again.text
    browser.submit(again.form("/move"), overrule=f"{LATER}T14:00", change="OTHER", words="이삿날")
    session.refresh(planned)
    assert (planned.planned_on, planned.planned_at) == (LATER, time(14))
    assert session.scalars(select(PlannedVisitMove.reason)).all() == ["이삿날"]
    assert "방문을 옮겼습니다: 11/26(목) 14:00" in browser.get("/calendar").text


def test_the_second_of_two_sees_what_the_first_did_and_can_do_it_again(
    session: Session, town: Town, browser: Browser, at_home: Household
) -> None:
    planned = plan(session, at_home, town.who(town.nurse))
    opened = browser.get(f"/planned-visits/{planned.id}/move").form("/move")
    lead = town.who(town.supervisor)
    to = slot_for(lead, day(2), time(9), assignee_id=town.nurse.id)
    service.move_visit(session, planned, to, change=PlanChange.STAFF, version=1, actor=lead, now=NOW)
    browser.submit(opened, slot=f"{LATER}T14:00", change="ASKED", words="병원", status=422)
    assert browser.page is not None
    text = browser.page.text
    assert "그사이 다른 사람이 바꾸었습니다" in text
    assert "도윤서" in text
    assert "11/24(화) 10:00 → 11/25(수) 09:00 · 직원 사정" in text
    assert "고른 시간 11/26(목) 14:00" in text
    again = browser.page.form("/move")
    assert (again.fields["words"], again.fields["change"]) == ("병원", "ASKED")
    browser.submit(again, overrule=f"{LATER}T14:00")
    session.refresh(planned)
    assert (planned.planned_on, planned.version) == (LATER, 3)


def test_whoever_moves_a_cancelled_visit_sees_that_and_may_bring_it_back(
    session: Session, town: Town, browser: Browser, at_home: Household
) -> None:
    planned = plan(session, at_home, town.who(town.nurse))
    opened = browser.get(f"/planned-visits/{planned.id}/move").form("/move")
    lead = town.who(town.supervisor)
    service.cancel_visit(session, planned, change=PlanChange.WEATHER, version=1, actor=lead, now=NOW)
    browser.submit(opened, slot=f"{LATER}T14:00", change="ASKED", status=422)
    assert browser.page is not None
    assert "취소한 방문입니다 날씨" in browser.page.text
    browser.submit(browser.page.form("/undo"))
    session.refresh(planned)
    assert planned.state is PlannedState.PLANNED


def test_a_cancellation_asks_why_and_can_be_undone(
    session: Session, town: Town, browser: Browser, at_home: Household
) -> None:
    planned = plan(session, at_home, town.who(town.nurse))
    form = browser.get(f"/planned-visits/{planned.id}/cancel").form("/cancel")
    browser.submit(form, status=422)
    assert "까닭을 골라 주세요" in browser.page.text  # type: ignore[union-attr]
    answer = browser.submit(form, change="WEATHER")
    page = browser.get(answer.headers["Location"])
    assert "방문을 취소했습니다" in page.text
    browser.submit(page.form("/undo"))
    session.refresh(planned)
    assert planned.state is PlannedState.PLANNED


def test_an_undo_that_comes_too_late_says_so(
    session: Session, town: Town, browser: Browser, at_home: Household
) -> None:
    planned = plan(session, at_home, town.who(town.nurse))
    lead = town.who(town.supervisor)
    service.cancel_visit(session, planned, change=PlanChange.WEATHER, version=1, actor=lead, now=NOW)
    browser.get("/calendar")
    browser.post(f"/planned-visits/{planned.id}/undo", {"version": "1"})
    assert "그사이 다른 사람이" in browser.get("/calendar").text
    session.refresh(planned)
    assert planned.state is PlannedState.CANCELLED


def test_a_visit_with_a_record_is_neither_moved_nor_cancelled(
    session: Session, town: Town, browser: Browser, at_home: Household
) -> None:
    nurse = town.who(town.nurse)
    planned = plan(session, at_home, nurse, TODAY, time(9))
    service.log_visit(session, at_home, visit_details(at_home), typed_at=NOW, actor=nurse, now=NOW)
    for what in ("move", "cancel"):
        assert "이미 다녀온 방문입니다" in browser.get(f"/planned-visits/{planned.id}/{what}").text


def test_another_centres_visit_is_not_there(
    session: Session, town: Town, sign_in_as: Enter, at_home: Household
) -> None:
    planned = plan(session, at_home, town.who(town.nurse))
    stranger = sign_in_as(town.narae_nurse)
    stranger.get("/calendar")
    stranger.get(f"/households/{at_home.id}/plan", status=404)
    for what in ("move", "cancel"):
        stranger.get(f"/planned-visits/{planned.id}/{what}", status=404)
    stranger.post(f"/planned-visits/{planned.id}/undo", {"version": "1"}, status=404)
    sign_in_as(town.nurse).get(f"/planned-visits/{new_id()}/move", status=404)


def test_today_shows_the_hour_of_the_visit_and_the_household_its_next_one(
    session: Session, town: Town, sign_in_as: Enter, at_home: Household
) -> None:
    assignments.assign(
        session, at_home, Duty.WORKER, town.worker, from_on=day(-60), actor=town.who(town.supervisor), now=NOW
    )
    set_rule(session, at_home, "CASE_CHECK_GENERAL", town.who(town.worker), starts_on=day(-30))
    plan(session, at_home, town.who(town.worker), TODAY, time(14))
    plan(session, at_home, town.who(town.nurse), TOMORROW)
    text = sign_in_as(town.worker).get("/today").text
    assert "오늘 14:00 방문 예정" in text
    assert "11/24(화) 10:00 방문 예정" in text
    assert "오늘 일정 1곳" in text
    page = sign_in_as(town.nurse).get(f"/households/{at_home.id}")
    assert "다음 방문 11/23(월) 14:00~14:30 오늘 민하준" in page.text
    assert sum("/move" in link for link in page.links()) == 2
    assert f"/households/{at_home.id}/plan?next=/households/{at_home.id}" in page.links()


def test_a_visit_planned_where_nothing_is_due_stands_in_the_day_as_well(
    session: Session, town: Town, browser: Browser, at_home: Household
) -> None:
    plan(session, at_home, town.who(town.nurse), TODAY, time(15))
    text = browser.get("/today").text
    assert "오늘 일정 1곳" in text
    assert "15:00 김순자" in text
