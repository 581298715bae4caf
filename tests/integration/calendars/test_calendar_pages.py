"""일정 as pages: by role and scope, in dates and ids alone, and from a free hour to a planned visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from app.access.permissions import Role
from app.accounts.service import arrange_cover
from app.assignments import service as assignments
from app.assignments.rules import Duty
from app.audit.rules import Action
from app.follow_ups.models import HolidayOverride
from app.households.models import Household
from app.households.rules import MemberDetails
from app.visits.models import PlannedVisit
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.access_log import list_entries
from tests.factories.households import add_flag, add_household, set_rule
from tests.factories.plans import TOMORROW, plan
from tests.factories.town import Town
from tests.moments import NOW, TODAY, day

Enter = Callable[..., Browser]
FRIDAY = day(4)


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    """The worker's and the nurse's; a check is due on Friday, and the nurse goes there tomorrow at ten."""
    made = add_household(session, town.who(town.worker))
    for duty, account in ((Duty.WORKER, town.worker), (Duty.NURSE, town.nurse)):
        assignments.assign(session, made, duty, account, from_on=day(-60), actor=town.who(town.supervisor), now=NOW)
    set_rule(session, made, "CASE_CHECK_GENERAL", town.who(town.worker), starts_on=day(-26))
    plan(session, made, town.who(town.nurse), note="혈압약 확인")
    return made


def shown(browser: Browser, path: str) -> str:
    return browser.get(path).text


def test_a_nurse_opens_her_week_with_hours_names_and_reasons(
    sign_in_as: Enter, town: Town, household: Household
) -> None:
    text = shown(sign_in_as(town.nurse), "/calendar")
    for word in ("11월 23일 ~ 29일 일정", "10:00", "김순자", "혈압약 확인", "옮기기"):
        assert word in text
    assert "일반 점검" not in text, "the check is the worker's"
    text = shown(sign_in_as(town.worker), "/calendar")
    assert "일반 점검" in text
    assert "일정 잡기" in text
    assert "10:00" not in text


def test_what_was_shown_is_recorded_once(session: Session, sign_in_as: Enter, town: Town, household: Household) -> None:
    browser = sign_in_as(town.nurse)
    for path in ("/calendar", "/calendar/month", f"/calendar/day/{TOMORROW}"):
        browser.get(path)
    entries = list_entries(session, actor_ids=frozenset({town.nurse.id}))
    listed = [entry for entry in entries if entry.subject == "calendar"]
    assert [entry.action for entry in listed] == [Action.LIST] * 3
    assert {entry.detail for entry in listed} == {str(household.id)}


def test_a_supervisor_sees_everybody_and_then_one(sign_in_as: Enter, town: Town, household: Household) -> None:
    browser = sign_in_as(Role.SUPERVISOR)
    text = shown(browser, "/calendar")
    assert all(name in text for name in ("윤가람", "서은결", "민하준", "김순자"))
    one = browser.get(f"/calendar?assignee={town.nurse.id}")
    assert "윤가람 방문간호사" in one.text
    assert "혈압약 확인" in one.text
    assert f"/calendar/day/{TOMORROW}?assignee={town.nurse.id}" in one.links()
    browser.get(f"/calendar?assignee={town.narae_nurse.id}", status=404)


def test_a_district_officer_sees_centres_in_numbers_and_plans_nothing(
    sign_in_as: Enter, town: Town, household: Household
) -> None:
    browser = sign_in_as(Role.DISTRICT)
    text = shown(browser, "/calendar")
    assert "가람동" in text
    assert "김순자" not in text
    centre = browser.get(f"/calendar?centre={town.garam.id}")
    assert "김순자" in centre.text
    person = browser.get(f"/calendar?centre={town.garam.id}&assignee={town.nurse.id}")
    assert "혈압약 확인" in person.text
    assert not [link for link in person.links() if "/plan" in link or "/move" in link or "/choose" in link]
    browser.get(f"/calendar?centre={town.haneul.id}", status=404)
    browser.get(f"/calendar/choose?slot={TOMORROW}T11:00", status=403)
    browser.get(f"/households/{household.id}/plan", status=403)


@pytest.mark.parametrize("role", [Role.PRIVACY, Role.ADMIN])
def test_who_sees_no_clients_has_no_calendar(sign_in_as: Enter, role: Role) -> None:
    browser = sign_in_as(role)
    assert "/calendar" not in browser.get("/").links() if browser.open("/").status_code == 200 else True
    browser.get("/calendar", status=403)


def test_another_centre_sees_nothing_of_it(sign_in_as: Enter, town: Town, household: Household) -> None:
    for account in (town.narae_supervisor, town.narae_nurse, town.far_supervisor):
        browser = sign_in_as(account)
        for path in ("/calendar", "/calendar/month", f"/calendar/day/{TOMORROW}"):
            assert "김순자" not in shown(browser, path)
        assert "김순자" not in shown(browser, "/calendar/to-settle") if account.role is Role.SUPERVISOR else True


def test_the_months_days_open_and_holidays_are_named(
    session: Session, sign_in_as: Enter, town: Town, household: Household
) -> None:
    session.add(
        HolidayOverride(district_id=town.garam.district_id, on=day(3), name="구민의 날", is_holiday=True, set_at=NOW)
    )
    browser = sign_in_as(town.nurse)
    page = browser.get("/calendar/month")
    assert f"/calendar/day/{TOMORROW}" in page.links()
    assert "구민의 날" in page.text
    assert "성탄절" in shown(browser, "/calendar/month?on=2026-12-25")
    assert "구민의 날" in shown(browser, "/calendar")
    closed = browser.get(f"/calendar/day/{day(3)}")
    assert "쉬는 날" in closed.text
    assert not [link for link in closed.links() if "/calendar/choose" in link]


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/calendar/jump?on=2026-12-25&scale=WEEK", "/calendar?on=2026-12-25"),
        ("/calendar/jump?on=2026-12-25&scale=MONTH", "/calendar/month?on=2026-12-25"),
        ("/calendar/jump?on=2026-12-25&scale=DAY", "/calendar/day/2026-12-25"),
        ("/calendar/jump?on=nonsense&scale=nonsense", "/calendar"),
        ("/calendar/jump?on=0001-01-01", "/calendar"),
    ],
)
def test_the_date_field_leads_to_its_day(sign_in_as: Enter, path: str, leads_to: str) -> None:
    assert sign_in_as(Role.NURSE).open(path, status=302).headers["Location"] == leads_to


@pytest.mark.parametrize("path", ["/calendar/day/2026-02-30", "/calendar/day/monday", "/calendar/choose?slot=soon"])
def test_a_day_that_does_not_exist_is_no_page(sign_in_as: Enter, path: str) -> None:
    sign_in_as(Role.NURSE).get(path, status=404)


def test_an_empty_week_says_what_to_do(sign_in_as: Enter, town: Town) -> None:
    page = sign_in_as(town.other_nurse).get("/calendar")
    assert "이 주에는 아무 일정도 없습니다" in page.text
    assert f"/calendar/day/{TODAY}" in page.links()


def test_from_a_free_hour_to_a_planned_visit(
    session: Session, sign_in_as: Enter, town: Town, household: Household
) -> None:
    browser = sign_in_as(town.worker)
    page = browser.get(f"/calendar/day/{FRIDAY}")
    free = next(link for link in page.links() if f"{FRIDAY}T14" in link)
    choosing = browser.get(free)
    assert "기한이 급한 가구부터" in choosing.text
    browser.submit(choosing.form(f"/households/{household.id}/plan"), slot=f"{FRIDAY}T14:00")
    planned = session.scalars(select(PlannedVisit).where(PlannedVisit.assignee_id == town.worker.id)).one()
    assert (planned.planned_on, planned.planned_at, planned.purpose.value) == (FRIDAY, time(14), "WELFARE")
    after = browser.get(f"/calendar/day/{FRIDAY}")
    assert "방문을 잡았습니다: 11/27(금) 14:00" in after.text
    assert "11/27(금) 14:00 방문 예정" in after.text
    browser.submit(after.form("/undo"))
    assert "되돌렸습니다" in browser.get(f"/calendar/day/{FRIDAY}").text
    session.refresh(planned)
    assert planned.state.value == "CANCELLED"


def test_a_household_is_found_for_an_hour_without_its_name_in_the_address(
    sign_in_as: Enter, town: Town, household: Household
) -> None:
    browser = sign_in_as(town.nurse)
    page = browser.get(f"/calendar/choose?slot={FRIDAY}T14:00")
    browser.submit(page.form("/calendar/choose"), query="김순", status=200)
    assert browser.page is not None
    assert browser.page.form(f"/households/{household.id}/plan").fields["purpose"] == "NURSING"
    assert "1가구를 찾았습니다" in browser.page.text


def test_a_supervisor_settles_what_stands_in_a_leave(
    session: Session, sign_in_as: Enter, town: Town, household: Household
) -> None:
    neighbour = add_household(session, town.who(town.worker), MemberDetails("박말순"))
    plan(session, neighbour, town.who(town.nurse), day(2))
    add_flag(session, neighbour, town.who(town.worker))
    cover = arrange_cover(
        session, town.nurse, town.other_nurse, from_on=TOMORROW, until_on=day(3), reason="연가",
        actor=town.who(town.supervisor), now=NOW,
    )  # fmt: skip
    browser = sign_in_as(Role.SUPERVISOR)
    assert "다시 정할 일정 2건" in shown(browser, "/calendar")
    page = browser.get("/calendar/to-settle")
    assert "2인 필수" in page.text
    browser.submit(page.form(f"/calendar/to-settle/{cover.id}"))
    left = browser.get("/calendar/to-settle")
    assert "1건을 대직자에게 넘겼습니다. 겹치는 1건은 하나씩 정해 주세요." in left.text
    one = session.scalars(select(PlannedVisit).where(PlannedVisit.household_id == neighbour.id)).one()
    again = left.form(f"/planned-visits/{one.id}/move")
    browser.submit(again, overrule=f"{day(2)}T10:00", companion_id=str(town.worker.id))
    session.refresh(one)
    assert one.assignee_id == town.other_nurse.id
    assert "다시 정할 일정이 없습니다" in shown(browser, "/calendar/to-settle")
    assert "대신 (대직)" in shown(sign_in_as(town.other_nurse), "/calendar")
    assert "대직: 서은결" in shown(sign_in_as(town.nurse), "/calendar")


def test_a_week_costs_the_same_number_of_questions_however_full_it_is(
    session: Session, sign_in_as: Enter, town: Town, household: Household
) -> None:
    browser = sign_in_as(town.nurse)
    browser.get("/calendar")
    few = len(browser.statements)
    for number in range(20):
        other = add_household(
            session, town.who(town.nurse), MemberDetails(f"가나{'다라마바사아자차카타'[number % 10]}")
        )
        plan(session, other, town.who(town.nurse), day(number % 5), time(9 + number // 5 * 2))
    browser.get("/calendar")
    assert len(browser.statements) <= few + 1
    assert len(browser.statements) < 30


def test_a_years_first_and_last_week_open(sign_in_as: Enter) -> None:
    browser = sign_in_as(Role.NURSE)
    for on in (date(2026, 1, 1), date(2026, 12, 31), date(2031, 12, 31)):
        browser.get(f"/calendar?on={on}")
        browser.get(f"/calendar/month?on={on}")
        browser.get(f"/calendar/day/{on}")
