"""The week of 추석 2026: what falls due is done before it, and every calendar names the days off.

The truth here is written by hand from a wall calendar of September 2026: 추석 is Friday the 25th, so Thursday the 24th to
Saturday the 26th are public holidays; the 26th is a Saturday, for which 설 and 추석 have no substitute; 개천절 on Saturday
3 October has one on Monday the 5th; 한글날 is Friday 9 October.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.calendars.queries.workload import see_workload
from app.core.clock import KOREA
from app.households.models import Household
from app.households.rules import HouseholdType, MemberDetails, Risk
from app.households.service import judge_risk
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import add_contact, add_household, set_rule
from tests.factories.plans import plan
from tests.factories.town import Town
from tests.integration.calendars.feed_reading import events_of
from tests.moments import at

TODAY = date(2026, 9, 14)
MORNING = at(TODAY, 9)
HOLIDAYS = {
    date(2026, 8, 15): "광복절",
    date(2026, 8, 17): "광복절 대체공휴일",
    date(2026, 9, 24): "추석 연휴",
    date(2026, 9, 25): "추석 연휴",
    date(2026, 9, 26): "추석 연휴",
    date(2026, 10, 3): "개천절",
    date(2026, 10, 5): "개천절 대체공휴일",
    date(2026, 10, 9): "한글날",
}
"""From 15 August to 13 December, thirty days back and ninety ahead of 14 September."""


@pytest.fixture
def village(session: Session, town: Town, frozen_clock: Any) -> dict[str, Household]:
    """Four households of one nurse and one worker, each with a date that 추석 touches."""
    frozen_clock.move_to(MORNING)
    nurse, worker = town.who(town.nurse), town.who(town.worker)
    made = {
        name: add_household(
            session, worker, MemberDetails(name), now=at(date(2026, 6, 1), 9), household_type=HouseholdType.SINGLE
        )
        for name in ("정기순", "나홀로", "약속례", "바로뒤")
    }
    for household in made.values():
        household.nurse_id, household.worker_id = town.nurse.id, town.worker.id
    session.flush()
    # Three months after 25 June is 25 September, 추석 itself: nursing is done earlier, on Wednesday the 23rd.
    add_contact(session, made["정기순"], date(2026, 6, 25), now=MORNING)
    set_rule(
        session, made["정기순"], "NURSE_REGULAR", nurse, starts_on=date(2026, 6, 1), now=MORNING,
        member_id=made["정기순"].members[0].id,
    )  # fmt: skip
    # Seven days after the 18th is 추석 too; nobody waits or hurries with somebody who may be dying: the day stays.
    for name, starts_on in {"나홀로": date(2026, 9, 18), "바로뒤": date(2026, 9, 21)}.items():
        judge_risk(session, made[name], Risk.HIGH, reason="혼자 살며 끼니를 거름", actor=worker, now=MORNING)
        set_rule(session, made[name], "ISOLATION_HIGH", worker, starts_on=starts_on, now=MORNING)
    # A visit promised for Saturday the 26th is made on Monday the 28th.
    set_rule(
        session,
        made["약속례"],
        "PROMISE",
        worker,
        starts_on=TODAY,
        now=MORNING,
        promised_on=date(2026, 9, 26),
    )
    plan(session, made["정기순"], nurse, date(2026, 9, 23), time(14), now=MORNING)
    return made


def told(client: Browser, path: str) -> dict[str, list[Any]]:
    """The days each summary stands on."""
    found: dict[str, list[Any]] = {}
    for event in events_of(client.open(path)):
        found.setdefault(event.summary.value, []).append(event.dtstart.value)
    return found


def test_the_nurses_calendar_in_the_week_of_chuseok(
    client: Browser, town: Town, village: dict[str, Household], subscribe: Callable[[Account], str]
) -> None:
    found = told(client, subscribe(town.nurse))
    assert found["방문 기한 1가구"] == [date(2026, 9, 23)]  # before the break, not on the 25th
    assert found["방문 예정 ㅈㄱㅅ · 가람동 행정복지센터"] == [datetime(2026, 9, 23, 14, 0, tzinfo=KOREA)]


def test_the_workers_calendar_in_the_week_of_chuseok(
    client: Browser, town: Town, village: dict[str, Household], subscribe: Callable[[Account], str]
) -> None:
    found = told(client, subscribe(town.worker))
    assert found["방문 기한 1가구"] == [date(2026, 9, 25)]  # a crisis rule never shifts
    assert found["방문 기한 2가구"] == [date(2026, 9, 28)]  # the promise, made later, and the one due right after


def test_every_day_off_is_named_and_no_other(
    client: Browser, town: Town, village: dict[str, Household], subscribe: Callable[[Account], str]
) -> None:
    events = events_of(client.open(subscribe(town.nurse)))
    whole_days = {
        event.dtstart.value: event.summary.value for event in events if not event.summary.value.startswith("방문")
    }
    assert whole_days == HOLIDAYS


def test_who_lives_alone_at_high_risk_is_to_be_seen_by_wednesday(
    sign_in_as: Callable[[Role | Account], Browser], town: Town, village: dict[str, Household]
) -> None:
    page = sign_in_as(town.worker).get("/calendar/before-break")
    assert "추석 연휴 9/24(목)~9/27(일), 4일 동안 쉽니다. 9/23(수)까지 가 보기를 권하는 2가구입니다." in page.text
    listed = [link for link in page.links() if link.startswith("/households/") and link.count("/") == 2]
    assert listed == [f"/households/{village[name].id}" for name in ("나홀로", "바로뒤")]


def test_three_days_are_worked_in_the_week_of_chuseok(
    session: Session, town: Town, village: dict[str, Household]
) -> None:
    workload = see_workload(session, town.who(town.supervisor), today=TODAY)
    nurse = next(one for team in workload.teams for one in team.people if one.account is town.nurse)
    assert [week.balance.capacity for week in nurse.weeks if week.balance] == [25, 15, 25, 15]
    assert [week.load for week in nurse.weeks] == [0, 1, 0, 0]
    assert workload.days_off[1] == ("추석 연휴",)
    assert workload.days_off[3] == ("개천절 대체공휴일", "한글날")
