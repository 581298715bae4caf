"""What stands on a day: visits with what speaks against them, doors with their dues, leave and cover."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from app.accounts.models import Account
from app.accounts.service import arrange_cover
from app.assignments import service as assignments
from app.assignments.rules import Duty
from app.calendars.queries.agenda import DayAgenda, see_agendas
from app.calendars.queries.dues import by_door, count_dues, list_dues_between
from app.calendars.queries.hours import hours_of
from app.calendars.queries.overview import see_centres, see_month, see_team
from app.calendars.queries.unsettled import list_unsettled
from app.calendars.rules.spans import month_of, week_of
from app.calendars.service.handing_over import hand_over_leave
from app.follow_ups.models import Obligation
from app.follow_ups.rules import Purpose
from app.households.models import Household
from app.households.rules import MemberDetails
from app.safety.service import allow_alone
from app.visits import service
from app.visits.models import PlannedVisit
from app.visits.rules import PlanChange
from sqlalchemy import update
from sqlalchemy.orm import Session
from tests.factories.households import HEAD, SPOUSE, add_flag, add_household, set_rule
from tests.factories.plans import TOMORROW, plan
from tests.factories.town import Town
from tests.factories.visits import absence_details, visit_details
from tests.moments import NOW, TODAY, day

OVERDUE, FRIDAY = day(-4), day(4)


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    """Of the nurse and the worker; a nursing visit was due four days ago, a check is due on Friday."""
    return due_household(session, town, HEAD)


def due_household(session: Session, town: Town, *members: MemberDetails, nurse: Account | None = None) -> Household:
    lead = town.who(town.supervisor)
    made = add_household(session, town.who(town.worker), *members)
    for duty, account in ((Duty.NURSE, nurse or town.nurse), (Duty.WORKER, town.worker)):
        assignments.assign(session, made, duty, account, from_on=day(-200), actor=lead, now=NOW)
    set_rule(session, made, "CASE_CHECK_GENERAL", town.who(town.worker), starts_on=day(-26))
    for member in made.members:
        set_rule(
            session, made, "PROMISE", town.who(town.nurse), starts_on=day(-10), member_id=member.id, promised_on=OVERDUE,
        )  # fmt: skip
    return made


def week(
    session: Session, town: Town, person: Account, on: date = TODAY, who: Account | None = None
) -> list[DayAgenda]:
    asking = town.who(who or person)
    return see_agendas(session, asking, [person], week_of(on), today=TODAY)[person.id]


def on_day(agenda: list[DayAgenda], on: date) -> DayAgenda:
    return next(each for each in agenda if each.on == on)


def test_each_profession_sees_its_own_dues_on_their_days(session: Session, town: Town, household: Household) -> None:
    of_worker = week(session, town, town.worker)
    assert [door.words for door in on_day(of_worker, FRIDAY).doors] == ["일반 점검"]
    last_week = week(session, town, town.worker, OVERDUE)
    assert [door.lead.due.is_overdue for door in on_day(last_week, OVERDUE).doors] == [True]
    assert not any(each.doors for each in week(session, town, town.nurse))


def test_a_due_says_which_visit_is_planned_for_it_and_when_that_is_too_late(
    session: Session, town: Town, household: Household
) -> None:
    worker = town.who(town.worker)
    plan(session, household, town.who(town.nurse), TOMORROW)
    (door,) = on_day(week(session, town, town.worker), FRIDAY).doors
    assert door.is_open, "a nurse's visit is not the check the worker owes"
    late = plan(session, household, worker, day(7), purpose=Purpose.WELFARE)
    (door,) = on_day(week(session, town, town.worker), FRIDAY).doors
    assert door.lead.plan_words == "11/30(월) 10:00 방문 예정 · 기한보다 3일 늦음"
    assert (door.is_open, door.tone) == (True, "warn")
    service.cancel_visit(session, late, change=PlanChange.ASKED, version=1, actor=worker, now=NOW)
    plan(session, household, worker, day(2), purpose=Purpose.WELFARE)
    (door,) = on_day(week(session, town, town.worker), FRIDAY).doors
    assert (door.is_open, door.tone, door.lead.plan_words) == (False, "quiet", "11/25(수) 10:00 방문 예정")


def test_dues_of_one_door_stand_together_and_name_whom_they_concern(session: Session, town: Town) -> None:
    due_household(session, town, HEAD, SPOUSE)
    who = town.who(town.worker)
    dues = list_dues_between(session, who, first_on=None, last_on=FRIDAY, today=TODAY, holders=[town.worker.id])
    (door,) = by_door(dues)
    assert {each.words for each in door.dues} == {"약속 방문 (김순자)", "약속 방문 (박영수)", "일반 점검"}
    assert door.lead.due.is_overdue


def test_a_stale_answer_is_computed_and_counted_as_well(session: Session, town: Town, household: Household) -> None:
    who = town.who(town.worker)
    span = {"first_on": None, "last_on": FRIDAY, "today": TODAY}
    before = [(each.due.label, each.due.due_on) for each in list_dues_between(session, who, **span)]  # type: ignore[arg-type]
    counted = count_dues(session, who, **span).total  # type: ignore[arg-type]
    session.execute(update(Obligation).values(recompute_on=TODAY, due_on=day(90)))
    after = [(each.due.label, each.due.due_on) for each in list_dues_between(session, who, **span)]  # type: ignore[arg-type]
    assert (after, count_dues(session, who, **span).total) == (before, counted)  # type: ignore[arg-type]
    assert counted == len(before) == 2


def test_what_became_of_a_visit_can_be_seen(session: Session, town: Town, household: Household) -> None:
    nurse = town.who(town.nurse)
    plan(session, household, nurse, TODAY, time(9))
    service.log_visit(session, household, visit_details(household), typed_at=NOW, actor=nurse, now=NOW)
    other = add_household(session, nurse, MemberDetails("박말순"))
    plan(session, other, nurse, TODAY, time(11))
    service.log_absence(session, other, absence_details(other), typed_at=NOW, actor=nurse, now=NOW)
    gone = plan(session, household, nurse, TODAY, time(15))
    service.cancel_visit(session, gone, change=PlanChange.WEATHER, version=1, actor=nurse, now=NOW)
    plan(session, household, nurse, TODAY, time(16))
    found = on_day(week(session, town, town.nurse), TODAY)
    assert [(entry.record.hour, entry.look) for entry in found.visits] == [
        ("09:00", "kept"), ("11:00", "absent"), ("15:00", "cancelled"), ("16:00", "planned"),
    ]  # fmt: skip
    assert (found.standing_count, found.kept_count) == (1, 2)


def test_a_day_gone_by_without_a_record_asks_for_one(session: Session, town: Town, household: Household) -> None:
    plan(session, household, town.who(town.nurse), TODAY)
    session.execute(update(PlannedVisit).values(planned_on=day(-3)))
    (entry,) = on_day(week(session, town, town.nurse, day(-3)), day(-3)).visits
    assert (entry.look, entry.objections) == ("missing", ())


def test_two_visits_at_once_and_a_household_for_two_are_marked(
    session: Session, town: Town, household: Household
) -> None:
    nurse = town.who(town.nurse)
    other = add_household(session, nurse, MemberDetails("박말순"))
    plan(session, household, nurse, TOMORROW, time(10))
    plan(session, other, nurse, TOMORROW, time(10, 20))
    add_flag(session, other, nurse)
    first, second = on_day(week(session, town, town.nurse), TOMORROW).visits
    assert (first.look, first.objections) == ("conflict", ("10:20~10:50 박말순 방문과 겹칩니다.",))
    assert second.objections == (
        "10:00~10:30 김순자 방문과 겹칩니다.",
        "2인 필수 가구입니다. 함께 갈 사람을 정해 주세요.",
    )
    allow_alone(
        session,
        other,
        account_id=town.nurse.id,
        on=TOMORROW,
        reason="개를 맡김",
        actor=town.who(town.supervisor),
        now=NOW,
    )
    _first, allowed = on_day(week(session, town, town.nurse), TOMORROW).visits
    assert allowed.objections == ("10:00~10:30 김순자 방문과 겹칩니다.",)


def test_whoever_covers_sees_the_visits_and_dues_of_the_other_on_the_days_of_leave_alone(
    session: Session, town: Town, household: Household
) -> None:
    supervisor = town.who(town.supervisor)
    for on in (TOMORROW, FRIDAY):
        plan(session, household, town.who(town.worker), on, purpose=Purpose.WELFARE)
    arrange_cover(
        session,
        town.worker,
        town.other_worker,
        from_on=day(2),
        until_on=day(4),
        reason="연가",
        actor=supervisor,
        now=NOW,
    )
    of_cover = week(session, town, town.other_worker)
    assert [len(each.visits) for each in of_cover] == [0, 0, 0, 0, 1, 0, 0]
    assert [len(each.doors) for each in of_cover] == [0, 0, 0, 0, 1, 0, 0]
    assert [leave.days_words for leave in on_day(of_cover, FRIDAY).covering] == ["11/25~11/27"]
    own = on_day(week(session, town, town.worker), FRIDAY)
    assert own.away is not None
    assert own.away.cover_name == "표나은"
    assert own.visits[0].look == "conflict"
    assert "대직 표나은" in own.visits[0].objections[0]


def test_holidays_of_the_district_have_their_names(session: Session, town: Town) -> None:
    christmas = on_day(week(session, town, town.nurse, date(2026, 12, 25)), date(2026, 12, 25))
    assert (christmas.day_off, christmas.is_holiday) == ("성탄절", True)
    saturday = on_day(week(session, town, town.nurse), day(5))
    assert (saturday.day_off, saturday.is_holiday) == ("토요일", False)


def test_free_hours_are_those_nothing_begins_or_goes_on_in(session: Session, town: Town, household: Household) -> None:
    plan(session, household, town.who(town.nurse), TODAY, time(14), minutes=45)
    plan(session, household, town.who(town.nurse), TODAY, None)
    found = hours_of(on_day(week(session, town, town.nurse), TODAY), clock=time(10, 5))
    free = {f"{hour.at:%H:%M}" for hour in found.hours if hour.is_free}
    assert {"13:30", "15:00"} <= free
    assert not free & {"09:30", "10:00", "14:00", "14:30"}
    assert [entry.record.hour for entry in found.elsewhere] == ["시간 미정"]


def test_a_centres_week_shows_its_people_and_a_district_its_centres(
    session: Session, town: Town, household: Household
) -> None:
    plan(session, household, town.who(town.nurse), TOMORROW, companion_id=town.worker.id)
    rows = see_team(session, town.who(town.supervisor), town.garam.id, week_of(TODAY), today=TODAY)
    shown = {row.person.name: [len(cell.visits) for cell in row.cells][:2] for row in rows}
    assert shown == {"윤가람": [0, 1], "서은결": [0, 0], "민하준": [0, 1], "표나은": [0, 0]}
    worker = next(row for row in rows if row.person.name == "민하준")
    assert [cell.due_count for cell in worker.cells] == [0, 0, 0, 0, 1, 0, 0]
    centres = see_centres(session, town.who(town.district_officer), week_of(TODAY), today=TODAY)
    numbers = {row.centre.dong: [(cell.visit_count, cell.due_count) for cell in row.cells] for row in centres}
    assert numbers["가람동"][1] == (1, 0)
    assert numbers["가람동"][4] == (0, 1)
    assert set(numbers) == {"가람동", "나래동"}


def test_a_month_counts_what_its_days_hold(session: Session, town: Town, household: Household) -> None:
    plan(session, household, town.who(town.worker), TOMORROW, purpose=Purpose.WELFARE)
    cases = (
        (town.worker, town.worker, town.garam.id), (town.supervisor, None, town.garam.id), (town.district_officer, None, None),
    )  # fmt: skip
    for asking, person, centre_id in cases:
        weeks = see_month(session, town.who(asking), month_of(TODAY), today=TODAY, person=person, centre_id=centre_id)
        days = {each.head.on: (each.visit_count, each.due_count) for row in weeks for each in row}
        assert (days[TOMORROW], days[FRIDAY], days[day(1 + 7)]) == ((1, 0), (0, 1), (0, 0)), asking.login
    assert len(days) == 42


def test_another_centres_calendar_is_empty(session: Session, town: Town, household: Household) -> None:
    plan(session, household, town.who(town.nurse), TOMORROW)
    assert not any(each.visits for each in week(session, town, town.nurse, who=town.narae_supervisor))
    assert see_team(session, town.who(town.narae_supervisor), town.garam.id, week_of(TODAY), today=TODAY) == []


def test_visits_in_a_leave_must_be_settled_and_can_be_handed_over_but_for_those_that_clash(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    nurse, other, supervisor = (town.who(each) for each in (town.nurse, town.other_nurse, town.supervisor))
    busy = add_household(session, nurse, MemberDetails("박말순"))
    goes, clashes = plan(session, household, nurse, day(2), time(10)), plan(session, busy, nurse, day(3), time(10))
    plan(session, add_household(session, other, MemberDetails("정꽃분")), other, day(3), time(10))
    before = plan(session, household, nurse, TOMORROW)
    arrange_cover(
        session, town.nurse, town.other_nurse, from_on=day(2), until_on=day(4), reason="연가", actor=supervisor, now=now
    )
    (leave,) = list_unsettled(session, supervisor, today=TODAY)
    assert [each.record.id for each in leave.visits] == [goes.id, clashes.id]
    assert [problem.message for problem in leave.visits[1].objections] == ["10:00~10:30 정꽃분 방문과 겹칩니다."]
    assert hand_over_leave(session, leave, actor=supervisor, now=now) == 1
    assert (goes.assignee_id, clashes.assignee_id, before.assignee_id) == (
        town.other_nurse.id, town.nurse.id, town.nurse.id,
    )  # fmt: skip
    assert goes.moves[0].reason == "직원 사정: 대직"
    (leave,) = list_unsettled(session, supervisor, today=TODAY)
    assert [each.record.id for each in leave.visits] == [clashes.id]
    assert list_unsettled(session, town.who(town.narae_supervisor), today=TODAY) == []
