"""The problem list: opened, rated, closed and opened again by both professions; health for who may read it."""

from __future__ import annotations

from datetime import datetime

import pytest
from app.audit.rules import Action
from app.care import queries, service
from app.care.models import Problem
from app.care.rules import Rated
from app.care.service import ProblemDetails
from app.core.database import unit_of_work
from app.core.errors import NotFound, RuleBroken, StaleRecord
from app.households.models import Household
from sqlalchemy.orm import Session
from tests.crowd import all_at_once
from tests.databases import Database
from tests.factories.access_log import list_entries
from tests.factories.households import add_household
from tests.factories.town import Town, find_town
from tests.moments import TODAY, day


def opened(
    session: Session, household: Household, town: Town, now: datetime, code: str = "INCOME", *, login: str = "worker",
    member: int | None = None, signs: str = "",
) -> Problem:  # fmt: skip
    member_id = household.members[member].id if member is not None else None
    details = ProblemDetails(code, member_id, signs)
    return service.open_problem(session, household, details, actor=town.who(town.accounts[login]), now=now)


def test_a_problem_is_rated_over_time_and_stands_as_it_was_rated_last(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    problem, nurse = opened(session, household, town, now), town.who(town.nurse)
    for on, status in ((day(-60), 2), (day(-5), 4), (day(-30), 3)):  # the last of them typed late
        service.rate_problem(session, problem, Rated(problem.id, 3, 3, status), on=on, actor=nurse, now=now)
    (line,) = queries.list_problems(session, nurse, household)
    assert [rating.status for rating in line.ratings] == [2, 3, 4]
    assert line.words == "지식 3 · 행동 3 · 상태 2→4"
    assert line.row.version == 4


@pytest.mark.parametrize(
    ("code", "login", "member", "refused"),
    [
        ("NO_SUCH", "nurse", 0, "NO_SUCH_PROBLEM"), ("CIRCULATION", "nurse", None, "MEMBER_NEEDED"),
        ("CIRCULATION", "worker", 0, "HEALTH_ONLY"), ("CIRCULATION", "supervisor", 0, "HEALTH_ONLY"),
    ],
)  # fmt: skip
def test_what_cannot_be_opened_is_refused(
    session: Session, town: Town, household: Household, now: datetime, code: str, login: str, member: int | None,
    refused: str,
) -> None:  # fmt: skip
    with pytest.raises(RuleBroken) as broken:
        opened(session, household, town, now, code, login=login, member=member)
    assert broken.value.code == refused


def test_a_worker_with_a_ground_opens_a_problem_of_health(
    session: Session, town: Town, sharing: Household, now: datetime
) -> None:
    assert opened(session, sharing, town, now, "MEDICATION", member=0).id


def test_a_day_that_has_not_come_is_refused(session: Session, town: Town, household: Household, now: datetime) -> None:
    details = ProblemDetails("INCOME", opened_on=day(1))
    with pytest.raises(RuleBroken, match="FUTURE_DATE"):
        service.open_problem(session, household, details, actor=town.who(town.worker), now=now)
    problem = opened(session, household, town, now)
    with pytest.raises(RuleBroken, match="FUTURE_DATE"):
        service.rate_problem(
            session, problem, Rated(problem.id, 1, 1, 1), on=day(1), actor=town.who(town.worker), now=now
        )


def test_the_same_problem_of_the_same_person_stands_once(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    opened(session, household, town, now, "CIRCULATION", login="nurse", member=0)
    opened(session, household, town, now, "CIRCULATION", login="nurse", member=1)
    with pytest.raises(RuleBroken, match="ALREADY_OPEN"):
        opened(session, household, town, now, "CIRCULATION", login="other_nurse", member=0)


def test_two_who_open_the_same_problem_at_once_open_it_once(fresh_database: Database, now: datetime) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        town = find_town(session)
        household_id, actor = add_household(session, town.who(town.nurse)).id, town.who(town.worker)

    def add(_number: int) -> bool:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            household = session.get_one(Household, household_id)
            try:
                service.open_problem(session, household, ProblemDetails("INCOME"), actor=actor, now=now)
            except RuleBroken:
                return False
            return True

    assert sum(all_at_once(add)) == 1


def test_closing_needs_a_reason_and_opening_again_keeps_it(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    problem, worker = opened(session, household, town, now), town.who(town.worker)
    with pytest.raises(RuleBroken, match="REASON_NEEDED"):
        service.close_problem(session, problem, because="  ", version=1, actor=worker, now=now)
    service.close_problem(session, problem, because="급여가 나옴", version=1, actor=worker, now=now)
    assert (problem.closed_on, problem.closed_because) == (TODAY, "급여가 나옴")
    service.reopen_problem(session, problem, version=2, actor=worker, now=now)
    assert problem.closed_on is None
    service.close_problem(session, problem, because="다시 나옴", version=3, actor=worker, now=now)
    assert problem.closed_because.splitlines() == ["다시 나옴", f"{TODAY} 종결: 급여가 나옴"]


def test_a_problem_opened_anew_is_not_opened_a_second_time(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    first, worker = opened(session, household, town, now), town.who(town.worker)
    service.close_problem(session, first, because="풀림", version=1, actor=worker, now=now)
    opened(session, household, town, now)
    with pytest.raises(RuleBroken, match="ALREADY_OPEN"):
        service.reopen_problem(session, first, version=2, actor=worker, now=now)


def test_whoever_saw_an_older_version_is_told(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    problem, nurse = opened(session, household, town, now), town.who(town.nurse)
    rated = Rated(problem.id, 2, 2, 2)
    service.rate_problem(session, problem, rated, on=TODAY, version=1, actor=nurse, now=now)
    with pytest.raises(StaleRecord):
        service.rate_problem(session, problem, rated, on=TODAY, version=1, actor=town.who(town.worker), now=now)
    with pytest.raises(StaleRecord):
        service.describe_problem(session, problem, "덮어쓰기", version=1, actor=town.who(town.worker), now=now)
    with pytest.raises(StaleRecord):
        service.close_problem(session, problem, because="끝", version=1, actor=town.who(town.worker), now=now)
    assert len(problem.ratings) == 1


def test_each_sees_what_concerns_them(session: Session, town: Town, household: Household, now: datetime) -> None:
    opened(session, household, town, now, "INCOME")
    opened(session, household, town, now, "CIRCULATION", login="nurse", member=0)
    opened(session, household, town, now, "ABUSE", login="other_nurse")

    def seen(login: str) -> set[str]:
        return {line.row.code for line in queries.list_problems(session, town.who(town.accounts[login]), household)}

    assert seen("worker") == {"INCOME", "ABUSE"}
    assert seen("other_worker") == {"INCOME"}
    assert seen("supervisor") == {"INCOME", "ABUSE"}
    assert seen("nurse") == {"INCOME", "CIRCULATION"}
    assert seen("other_nurse") == {"INCOME", "CIRCULATION", "ABUSE"}
    assert seen("district_officer") == {"INCOME"}


def test_no_paper_tells_of_abuse(session: Session, town: Town, household: Household, now: datetime) -> None:
    opened(session, household, town, now, "NEGLECT", login="nurse")
    opened(session, household, town, now, "SKIN", login="nurse", member=0)
    for_all = queries.list_for_paper(session, household.id, reads_health=False)
    for_nurse = queries.list_for_paper(session, household.id, reads_health=True)
    assert ([line.row.code for line in for_all], [line.row.code for line in for_nurse]) == ([], ["SKIN"])


def test_another_centres_problem_does_not_exist(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    problem = opened(session, household, town, now)
    for login in ("narae_nurse", "far_supervisor"):
        with pytest.raises(NotFound):
            queries.get_problem(session, town.who(town.accounts[login]), household.id, problem.id)
    other = add_household(session, town.who(town.nurse))
    with pytest.raises(NotFound):
        queries.get_problem(session, town.who(town.nurse), other.id, problem.id)


def test_each_change_is_in_the_access_log_without_its_words(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    problem = opened(session, household, town, now, signs="월세가 밀림 420315-2345678")
    assert problem.signs == "월세가 밀림 420315-*******"
    entries = [each for each in list_entries(session) if each.action is Action.CARE]
    assert [(each.subject, each.detail) for each in entries] == [(f"problem:{problem.id}", "문제 열기")]
