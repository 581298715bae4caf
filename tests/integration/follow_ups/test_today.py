"""오늘: whose households are due, in the order that matters, each with everything that is due there."""

from __future__ import annotations

from datetime import datetime

import pytest
from app.accounts import service as accounts
from app.follow_ups.queries import Today, list_today
from app.follow_ups.rules import Purpose
from app.households import service as households
from app.households.models import Household
from app.households.rules import ClosureReason, FlagRule, MemberDetails, Risk
from sqlalchemy.orm import Session
from tests.counting import Counting
from tests.factories.households import add_contact, add_flag, add_household, set_rule
from tests.factories.town import Town
from tests.moments import TODAY, day


@pytest.fixture
def village(session: Session, town: Town, now: datetime) -> dict[str, Household]:
    """Households of the nurse and the worker, in every state of being due; started so that day 0 is a Monday."""
    actor = town.who(town.worker)
    starts = {"old": -44, "older": -51, "risky": -40, "now": -30, "soon": -27, "far": 0, "closed": -60, "others": -60}
    made = {name: add_household(session, actor, MemberDetails(name)) for name in starts}
    for name, household in made.items():
        household.worker_id = (town.other_worker if name == "others" else town.worker).id
        household.nurse_id = town.nurse.id
        set_rule(session, household, "CASE_CHECK_GENERAL", actor, starts_on=day(starts[name]))
    households.judge_risk(session, made["risky"], Risk.HIGH, reason="혼자 넘어짐", actor=actor, now=now)
    households.close_household(session, made["closed"], ClosureReason.MOVED, note="", actor=actor, now=now)
    return made


def titles(today: Today) -> tuple[list[str], list[str], list[str]]:
    overdue, due, coming = (
        [call.household.title for call in heap] for heap in (today.overdue, today.due, today.coming)
    )
    return overdue, due, coming


def test_the_risky_come_before_the_long_overdue_and_today_before_tomorrow(
    session: Session, town: Town, village: dict[str, Household]
) -> None:
    shown = titles(list_today(session, town.who(town.worker), today=TODAY))
    assert shown == (["risky", "older", "old"], ["now"], ["soon"])


def test_a_household_stands_once_with_all_its_dues_the_own_profession_first(
    session: Session, town: Town, village: dict[str, Household]
) -> None:
    old = village["old"]
    set_rule(session, old, "NURSE_REGULAR", town.who(town.nurse), starts_on=day(-89), member_id=old.members[0].id)
    worker = [
        call for call in list_today(session, town.who(town.worker), today=TODAY).calls if call.household.id == old.id
    ]
    nurse = [
        call for call in list_today(session, town.who(town.nurse), today=TODAY).calls if call.household.id == old.id
    ]
    assert [[due.label for due in call.dues] for call in worker] == [["일반 점검", "정기관리군"]]
    assert [[due.label for due in call.dues] for call in nurse] == [["정기관리군", "일반 점검"]]


def test_what_is_only_the_other_professions_due_is_not_mine(
    session: Session, town: Town, village: dict[str, Household]
) -> None:
    assert list_today(session, town.who(town.nurse), today=TODAY).is_empty


def test_whoever_covers_sees_the_absent_ones_calls(
    session: Session, town: Town, village: dict[str, Household], now: datetime
) -> None:
    assert titles(list_today(session, town.who(town.other_worker), today=TODAY)) == (["others"], [], [])
    accounts.arrange_cover(
        session, town.worker, town.other_worker, from_on=TODAY, until_on=TODAY, reason="병가",
        actor=town.who(town.supervisor), now=now,
    )  # fmt: skip
    overdue, *_rest = titles(list_today(session, town.who(town.other_worker), today=TODAY))
    assert set(overdue) == {"risky", "others", "older", "old"}


def test_the_supervisor_sees_the_centre_and_may_narrow_it_to_one_person(
    session: Session, town: Town, village: dict[str, Household]
) -> None:
    who = town.who(town.supervisor)
    assert len(list_today(session, who, today=TODAY).calls) == 6
    narrowed = list_today(session, who, today=TODAY, assignee=town.other_worker)
    assert titles(narrowed) == (["others"], [], [])


def test_the_district_narrows_by_centre(session: Session, town: Town, village: dict[str, Household]) -> None:
    who = town.who(town.district_officer)
    assert len(list_today(session, who, today=TODAY, centre_id=town.garam.id).calls) == 6
    assert list_today(session, who, today=TODAY, centre_id=town.narae.id).is_empty


@pytest.mark.parametrize("login", ["narae_worker", "narae_supervisor", "far_supervisor", "administrator"])
def test_nothing_out_of_scope_is_due(session: Session, town: Town, village: dict[str, Household], login: str) -> None:
    assert list_today(session, town.who(town.accounts[login]), today=TODAY).is_empty


def test_a_visit_takes_the_household_off_the_list(session: Session, town: Town, village: dict[str, Household]) -> None:
    add_contact(session, village["risky"], TODAY, purpose=Purpose.WELFARE)
    overdue, *_rest = titles(list_today(session, town.who(town.worker), today=TODAY))
    assert overdue == ["older", "old"]


def test_a_call_shows_how_to_go_there(
    session: Session, town: Town, village: dict[str, Household], now: datetime
) -> None:
    actor = town.who(town.worker)
    flag = add_flag(session, village["now"], actor, rule=FlagRule.POLICE)
    add_flag(session, village["old"], actor)
    calls = {call.household.title: call for call in list_today(session, actor, today=TODAY).calls}
    assert calls["now"].strictest_rule is FlagRule.POLICE
    assert calls["soon"].strictest_rule is None
    households.end_flag(session, flag, because="이사 감", actor=actor, now=now)
    calls = {call.household.title: call for call in list_today(session, actor, today=TODAY).calls}
    assert calls["now"].strictest_rule is None


def test_the_list_costs_the_same_however_long_it_is(
    session: Session, town: Town, village: dict[str, Household], counted_statements: Counting
) -> None:
    costs = []
    for account in (town.other_worker, town.worker):
        who = town.who(account)
        session.expire_all()
        with counted_statements() as statements:
            calls = list_today(session, who, today=TODAY).calls
        costs.append((len(calls), len(statements)))
    assert costs[0][0] == 1
    assert costs[1][0] == 5
    assert costs[0][1] == costs[1][1]
