"""업무량: whose work it is in which week, and that every number opens exactly its rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time

import pytest
from app.access.permissions import Role
from app.accounts import service as accounts
from app.accounts.models import Account
from app.assignments.rules import Duty
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.calendars.queries.workload import PersonLoad, Workload, see_workload
from app.calendars.queries.workload_capacity import list_capacity_changes, usual
from app.calendars.queries.workload_rows import pick_tasks
from app.calendars.rules.workload import Slice
from app.calendars.service.workload import set_capacity
from app.core.errors import NotFound, RuleBroken
from app.households import service as households
from app.households.models import Household
from app.households.rules import ClosureReason, MemberDetails
from app.visits import service as visits
from app.visits.rules import PlanChange
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.counting import Counting
from tests.factories.households import add_household, set_rule
from tests.factories.plans import plan
from tests.factories.town import Town
from tests.moments import NOW, TODAY, day

Enter = Callable[[Role | Account], Browser]
DUES = {"late": -60, "today": -30, "thursday": -27, "next week": -23, "last day": -3, "after": -2}
"""When each household's thirty-day check began: due at -30, 0, 3, 7, 27 (the last of four weeks) and 28."""


@pytest.fixture
def village(session: Session, town: Town) -> dict[str, Household]:
    """Six households of one worker."""
    actor = town.who(town.worker)
    made = {name: add_household(session, actor, MemberDetails(name)) for name in DUES}
    for name, household in made.items():
        household.worker_id, household.nurse_id = town.worker.id, town.nurse.id
        set_rule(session, household, "CASE_CHECK_GENERAL", actor, starts_on=day(DUES[name]))
    session.flush()
    return made


def seen(session: Session, town: Town, account: Account | None = None, *, by: Account | None = None) -> PersonLoad:
    """One person's weeks, as the supervisor sees them; nobody's without a person."""
    workload = see_workload(session, town.who(by or town.supervisor), today=TODAY)
    return person_in(workload, account)


def person_in(workload: Workload, account: Account | None) -> PersonLoad:
    return next(one for team in workload.teams for one in team.people if one.account is account)


def loads(person: PersonLoad) -> list[int]:
    return [week.load for week in person.weeks]


def capacities(person: PersonLoad) -> list[int]:
    return [week.balance.capacity for week in person.weeks if week.balance]


def test_the_overdue_count_into_this_week_and_the_rest_where_it_is_due(
    session: Session, town: Town, village: dict[str, Household]
) -> None:
    worker = seen(session, town, town.worker)
    assert loads(worker) == [3, 1, 0, 1]
    assert [week.count(Slice.OVERDUE) for week in worker.weeks] == [1, 0, 0, 0]
    assert capacities(worker) == [10, 10, 10, 10]
    assert worker.weeks[0].balance
    assert worker.weeks[0].balance.words == "여유 7"
    assert loads(seen(session, town, town.nurse)) == [0, 0, 0, 0]


def test_christmas_takes_a_day(session: Session, town: Town) -> None:
    workload = see_workload(session, town.who(town.supervisor), today=day(14))
    assert capacities(person_in(workload, town.nurse)) == [25, 25, 20, 20]  # 성탄절, then 신정 on a Friday
    assert workload.days_off == ((), (), ("성탄절",), ("신정",))


def test_a_planned_visit_counts_once_however_its_due_lies(
    session: Session, town: Town, village: dict[str, Household]
) -> None:
    who = town.who(town.worker)
    plan(session, village["thursday"], who, day(2))
    plan(session, village["next week"], who, day(3))
    plan(session, village["late"], who, day(8))
    plan(session, village["last day"], who, day(4), time(11))
    moved = plan(session, village["today"], who, day(4), time(15))
    visits.cancel_visit(session, moved, change=PlanChange.WEATHER, version=1, actor=who, now=NOW)
    worker = seen(session, town, town.worker)
    assert loads(worker) == [4, 1, 0, 0]
    assert [week.count(Slice.PLANNED) for week in worker.weeks] == [3, 1, 0, 0]
    assert [week.count(Slice.DUE) for week in worker.weeks] == [3, 1, 0, 1]


def test_whoever_goes_along_has_a_visit_as_well(session: Session, town: Town, village: dict[str, Household]) -> None:
    plan(session, village["after"], town.who(town.worker), day(1), companion_id=town.nurse.id)
    assert loads(seen(session, town, town.worker))[0] == 4
    assert loads(seen(session, town, town.nurse)) == [1, 0, 0, 0]


def test_a_cover_adds_the_work_of_the_absent_and_says_so(
    session: Session, town: Town, village: dict[str, Household]
) -> None:
    accounts.arrange_cover(
        session, town.worker, town.other_worker, from_on=TODAY, until_on=day(2), reason="연가",
        actor=town.who(town.supervisor), now=NOW,
    )  # fmt: skip
    absent, covering = seen(session, town, town.worker), seen(session, town, town.other_worker)
    assert (loads(absent), loads(covering)) == ([1, 1, 0, 1], [2, 0, 0, 0])
    assert (capacities(absent)[0], absent.weeks[0].days_away) == (4, 3)
    assert covering.weeks[0].count(Slice.TAKEN) == absent.weeks[0].count(Slice.HANDED) == 2


def test_an_ended_cover_changes_nothing(session: Session, town: Town, village: dict[str, Household]) -> None:
    actor = town.who(town.supervisor)
    cover = accounts.arrange_cover(
        session, town.worker, town.other_worker, from_on=TODAY, until_on=day(2), reason="연가", actor=actor, now=NOW
    )
    accounts.end_cover(session, cover, actor=actor, now=NOW)
    assert loads(seen(session, town, town.worker)) == [3, 1, 0, 1]


def test_households_without_anybody_and_of_people_who_left_are_not_overlooked(
    session: Session, town: Town, village: dict[str, Household]
) -> None:
    village["late"].worker_id = None
    village["today"].worker_id = town.other_worker.id
    accounts.disable(session, town.other_worker, actor=town.who(town.administrator), now=NOW)
    nobody, gone = seen(session, town, None), seen(session, town, town.other_worker)
    assert (loads(nobody), nobody.weeks[0].balance) == ([1, 0, 0, 0], None)
    assert (loads(gone), capacities(gone), gone.is_here) == ([1, 0, 0, 0], [0, 0, 0, 0], False)
    team = next(
        one for one in see_workload(session, town.who(town.supervisor), today=TODAY).teams if one.duty is Duty.WORKER
    )
    assert (team.total[0].load, team.total[0].capacity) == (3, 10)


def test_a_closed_household_is_nobodys_work(session: Session, town: Town, village: dict[str, Household]) -> None:
    actor = town.who(town.supervisor)
    plan(session, village["after"], town.who(town.worker))
    for name in ("late", "after"):
        households.close_household(session, village[name], ClosureReason.MOVED, note="", actor=actor, now=NOW)
    assert loads(seen(session, town, town.worker)) == [2, 1, 0, 1]


def test_an_answer_that_time_made_stale_is_computed_anew(
    session: Session, town: Town, village: dict[str, Household]
) -> None:
    from app.follow_ups.models import Obligation

    row = session.scalars(select(Obligation).where(Obligation.household_id == village["after"].id)).one()
    row.due_on, row.recompute_on = day(1), TODAY
    session.flush()
    assert loads(seen(session, town, town.worker)) == [3, 1, 0, 1]  # due at 28 after all


def test_who_has_room_and_who_has_too_much_is_told(session: Session, town: Town, village: dict[str, Household]) -> None:
    actor = town.who(town.supervisor)
    set_capacity(session, town.worker, 0, actor=actor, now=NOW)
    workload = see_workload(session, actor, today=TODAY)
    team = next(one for one in workload.teams if one.duty is Duty.WORKER)
    assert [one.account for one in team.overloaded] == [town.worker]
    assert [one.account for one in team.with_room] == [town.other_worker]


def test_a_supervisor_stands_there_once_there_is_something_to_do(
    session: Session, town: Town, village: dict[str, Household]
) -> None:
    with pytest.raises(StopIteration):
        seen(session, town, town.supervisor)
    village["late"].worker_id = town.supervisor.id
    session.flush()
    assert (loads(seen(session, town, town.supervisor)), capacities(seen(session, town, town.supervisor))) == (
        [1, 0, 0, 0], [5, 5, 5, 5],
    )  # fmt: skip


@pytest.mark.parametrize("login", ["narae_supervisor", "far_supervisor"])
def test_nothing_of_another_centre_is_counted(
    session: Session, town: Town, village: dict[str, Household], login: str
) -> None:
    workload = see_workload(session, town.who(town.accounts[login]), today=TODAY)
    assert {team.centre.id for team in workload.teams} == {town.accounts[login].centre_id}
    assert sum(balance.load for team in workload.teams for balance in team.total) == 0


def test_the_district_sees_its_centres_and_none_next_door(
    session: Session, town: Town, village: dict[str, Household]
) -> None:
    workload = see_workload(session, town.who(town.district_officer), today=TODAY)
    assert {team.centre.dong for team in workload.teams} == {"가람동", "나래동"}
    found = {team.centre.dong: team.total[0].load for team in workload.of_duty(Duty.WORKER)}
    assert found == {"가람동": 3, "나래동": 0}


def test_the_page_costs_the_same_however_many_households_there_are(
    session: Session, town: Town, village: dict[str, Household], counted_statements: Counting
) -> None:
    who = town.who(town.supervisor)
    with counted_statements() as few:
        see_workload(session, who, today=TODAY)
    for number in range(12):
        made = add_household(session, town.who(town.worker), MemberDetails(f"가구{number}"))
        made.worker_id = town.worker.id
        set_rule(session, made, "CASE_CHECK_GENERAL", town.who(town.worker), starts_on=day(-28))
    session.flush()
    with counted_statements() as many:
        see_workload(session, who, today=TODAY)
    assert len(many) == len(few) <= 8


@pytest.mark.parametrize(
    ("before", "wanted", "expected"),
    [
        (None, 3, ["하루 방문 2(기본) → 3"]),
        (3, None, ["하루 방문 3 → 2(기본)"]),
        (3, 0, ["하루 방문 3 → 0"]),
        (3, 3, []),
        (None, None, []),
    ],
)
def test_a_change_of_capacity_stands_in_the_access_log(
    session: Session, town: Town, before: int | None, wanted: int | None, expected: list[str]
) -> None:
    town.worker.visits_per_day = before
    assert set_capacity(session, town.worker, wanted, actor=town.who(town.supervisor), now=NOW) is bool(expected)
    changes = list_capacity_changes(session, town.worker)
    assert [(change.words, change.by) for change in changes] == [(words, "도윤서") for words in expected]
    assert list_capacity_changes(session, town.other_worker) == []


@pytest.mark.parametrize("number", [-1, 21, 1000])
def test_a_day_has_room_for_none_to_twenty(session: Session, town: Town, number: int) -> None:
    with pytest.raises(RuleBroken):
        set_capacity(session, town.worker, number, actor=town.who(town.supervisor), now=NOW)
    assert town.worker.visits_per_day is None


def test_no_such_week_or_person_is_not_there(session: Session, town: Town, village: dict[str, Household]) -> None:
    workload = see_workload(session, town.who(town.supervisor), today=TODAY)
    for place, person in ((4, town.worker.id), (-1, town.worker.id), (0, town.narae_worker.id)):
        with pytest.raises(NotFound):
            pick_tasks(workload, Duty.WORKER, Slice.LOAD, place, person_id=person, anybody=False)
    assert usual()[Role.NURSE].visits_per_day == 5


NUMBER = re.compile(r"^/workload/rows\?")


def open_numbers(browser: Browser, path: str) -> dict[str, int]:
    """Every number of a page that opens rows: its address, and what it says."""
    page = browser.get(path)
    numbers = {}
    for link in page.tree.iter("a"):
        if NUMBER.match(link.get("href", "")):
            digits = "".join(text for text in link.itertext())
            numbers[link.get("href", "")] = int(re.match(r"[\d,]+", digits.strip())[0].replace(",", ""))  # type: ignore[index]
    return numbers


def rows_at(browser: Browser, path: str) -> int:
    page = browser.get(path)
    return sum(element.get("class") == "listing-row" for element in page.tree.iter("li"))


def test_every_number_opens_exactly_its_rows(
    sign_in_as: Enter, session: Session, town: Town, village: dict[str, Household]
) -> None:
    plan(session, village["thursday"], town.who(town.worker), day(2), companion_id=town.nurse.id)
    plan(session, village["late"], town.who(town.worker), day(8))
    village["today"].worker_id = None
    accounts.arrange_cover(
        session, town.worker, town.other_worker, from_on=day(2), until_on=day(8), reason="연가",
        actor=town.who(town.supervisor), now=NOW,
    )  # fmt: skip
    supervisor, officer = sign_in_as(town.supervisor), sign_in_as(town.district_officer)
    opened = 0
    for browser, path in [
        (supervisor, "/workload"), (officer, "/workload"), (officer, f"/workload?centre={town.garam.id}"),
        *((supervisor, f"/workload/people/{one.id}") for one in (town.worker, town.other_worker, town.nurse)),
    ]:  # fmt: skip
        for address, number in open_numbers(browser, path).items():
            assert rows_at(browser, address) == number > 0, f"{path}: {address}"
            opened += 1
    assert opened > 20


def test_the_rows_say_why_and_are_in_the_access_log(
    sign_in_as: Enter, session: Session, town: Town, village: dict[str, Household]
) -> None:
    planned = plan(session, village["thursday"], town.who(town.worker), day(2), time(14))
    page = sign_in_as(town.supervisor).get(f"/workload/rows?duty=WORKER&week=0&person={town.worker.id}")
    assert page.heading == "이번 주 할 일 3건"
    assert "일정 11/25(수) 14:00 · 민하준" in page.text
    assert "31일 지남 일반 점검 10/23(금)" in page.text
    row = session.scalars(select(AccessLog).order_by(AccessLog.id.desc())).first()
    assert row is not None
    assert (row.action, row.subject, row.row_count) == (Action.LIST, "workload", 3)
    assert set(row.detail.split(",")) == {str(village[name].id) for name in ("late", "today", "thursday")}
    assert planned.version == 1


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("?duty=CAT&part=DOG&week=x", 200),
        ("?week=4", 404),
        ("?week=-1", 404),
        ("?person=abc", 404),
        ("?person=99999999999999999999", 404),
        ("?person={stranger}", 404),
        ("?centre={narae}", 404),
        ("?centre=99999999999999999999", 404),
    ],
)
def test_rows_out_of_scope_are_not_there(sign_in_as: Enter, town: Town, query: str, status: int) -> None:
    path = query.format(stranger=town.narae_worker.id, narae=town.narae.id)
    sign_in_as(town.supervisor).get(f"/workload/rows{path}", status=status)


def change(browser: Browser, account: Account, number: str, *, status: int = 302) -> None:
    form = browser.get(f"/workload/people/{account.id}").form(f"/workload/people/{account.id}/capacity")
    browser.submit(form, visits_per_day=number, status=status)


def test_a_supervisor_sets_the_capacity_and_sees_who_did(sign_in_as: Enter, town: Town) -> None:
    browser = sign_in_as(town.supervisor)
    change(browser, town.nurse, "3")
    page = browser.get(f"/workload/people/{town.nurse.id}")
    assert town.nurse.visits_per_day == 3
    assert "하루 방문 5(기본) → 3" in page.text
    assert "/ 15회" in page.text
    change(browser, town.nurse, "")
    assert town.nurse.visits_per_day is None


@pytest.mark.parametrize("number", ["21", "-1", "많이", "3.5", "99999999999999999999"])
def test_a_number_that_cannot_be_comes_back(sign_in_as: Enter, town: Town, number: str) -> None:
    browser = sign_in_as(town.supervisor)
    change(browser, town.nurse, number, status=422)
    assert town.nurse.visits_per_day is None


def test_only_the_supervisor_of_the_centre_sets_it(sign_in_as: Enter, town: Town) -> None:
    officer = sign_in_as(town.district_officer)
    assert "센터 팀장이 바꿉니다" in officer.get(f"/workload/people/{town.nurse.id}").text
    officer.post(f"/workload/people/{town.nurse.id}/capacity", {"visits_per_day": "1"}, status=403)
    stranger = sign_in_as(town.narae_supervisor)
    stranger.get("/workload")
    stranger.get(f"/workload/people/{town.nurse.id}", status=404)
    stranger.post(f"/workload/people/{town.nurse.id}/capacity", {"visits_per_day": "1"}, status=404)
    stranger.get(f"/workload/people/{town.administrator.id}", status=404)
    assert town.nurse.visits_per_day is None


@pytest.mark.parametrize("path", ["/workload", "/workload/rows"])
@pytest.mark.parametrize("role", [Role.NURSE, Role.WORKER, Role.ADMIN, Role.PRIVACY])
def test_whoever_answers_for_nobodys_work_does_not_see_it(sign_in_as: Enter, role: Role, path: str) -> None:
    sign_in_as(role).get(path, status=403)
