"""Once a week a supervisor looks back: in the inbox, on a page whose numbers open, and in the mail of that day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from app.access.permissions import Role
from app.accounts.models import Account, Cover
from app.alerts.models import Mail
from app.alerts.rules import AlertKind
from app.audit.rules import Action
from app.households.models import Household
from app.reminders.queries import list_week_visits, see_week
from app.reminders.rules import week_before
from app.visits import service as visits
from app.visits.rules import VisitState
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.access_log import list_entries
from tests.factories.households import add_household
from tests.factories.town import Town
from tests.factories.visits import absence_details, visit_details
from tests.integration.reminders.conftest import BASE, Give, Run, alerts, mails
from tests.moments import NOW, TODAY, at, day

Enter = Callable[..., Browser]
SendAway = Callable[[Account, Account], Cover]
WEEK = week_before(TODAY)
EIGHT = at(TODAY, 8)


@pytest.fixture
def last_week(session: Session, town: Town, give: Give) -> list[Household]:
    """Three visits and two closed doors of last week, and one of each before and after it."""
    households = [give(town.nurse, due=-20), give(town.nurse, due=30), give(town.worker, due=40)]
    first, second, third = households

    def visit(household: Household, on: date, by: Account) -> None:
        details = visit_details(household, on, began_at=at(on, 9), ended_at=at(on, 9, 30))
        visits.log_visit(session, household, details, typed_at=NOW, actor=town.who(by), now=NOW)

    def knock(household: Household, on: date, by: Account) -> None:
        details = absence_details(household, on)
        visits.log_absence(session, household, details, typed_at=NOW, actor=town.who(by), now=NOW)

    for on in (WEEK.first_on, WEEK.last_on, WEEK.first_on - timedelta(days=1)):
        visit(second, on, town.nurse)
    visit(third, WEEK.first_on + timedelta(days=2), town.supervisor)
    knock(first, WEEK.first_on, town.nurse)
    knock(third, WEEK.last_on, town.worker)
    knock(first, TODAY, town.nurse)
    return households


def test_the_numbers_are_those_of_the_centre_and_the_week(
    session: Session, town: Town, last_week: list[Household]
) -> None:
    other = add_household(session, town.who(town.narae_worker))
    details = visit_details(other, WEEK.first_on, began_at=at(WEEK.first_on, 9), ended_at=at(WEEK.first_on, 10))
    visits.log_visit(session, other, details, typed_at=NOW, actor=town.who(town.narae_nurse), now=NOW)
    weekly = see_week(session, town.who(town.supervisor), WEEK, today=TODAY)
    assert (weekly.visits, weekly.absences) == (3, 2)
    by_person = {each.account_id: (each.visits, each.absences, each.overdue) for each in weekly.people}
    assert by_person == {
        town.nurse.id: (2, 1, 0), town.other_nurse.id: (0, 0, 0), town.worker.id: (0, 1, 0),
        town.other_worker.id: (0, 0, 0), town.supervisor.id: (1, 0, None),
    }  # fmt: skip
    assert (weekly.unseen, weekly.decisions) == (1, 0)


def test_every_number_opens_exactly_its_rows(
    sign_in_as: Enter, session: Session, town: Town, last_week: list[Household], give: Give
) -> None:
    give(town.worker, due=-5)
    browser = sign_in_as(town.supervisor)
    page = browser.get("/week")
    rows = {link: browser.get(link).html for link in page.links() if link.startswith("/week/visits")}
    found = {link: html.count('class="listing-row"') for link, html in rows.items()}
    assert found == {
        "/week/visits?state=SUBMITTED": 3,
        "/week/visits?state=ABSENT": 2,
        f"/week/visits?state=SUBMITTED&by={town.nurse.id}": 2,
        f"/week/visits?state=ABSENT&by={town.nurse.id}": 1,
        f"/week/visits?state=ABSENT&by={town.worker.id}": 1,
        f"/week/visits?state=SUBMITTED&by={town.supervisor.id}": 1,
    }
    assert f"/today?assignee={town.worker.id}#overdue" in page.links()
    overdue = browser.get(f"/today?assignee={town.worker.id}")
    assert "기한 지남 1" in re.sub(r"\s+", " ", overdue.text)
    unseen = browser.get("/households?unseen=1")
    assert unseen.html.count('class="listing-row"') == int(
        re.search(r"90일 넘게 못 만남 (\d+)", re.sub(r"\s+", " ", page.text))[1]  # type: ignore[index]
    )


def test_looking_at_the_visits_of_a_week_is_recorded(
    sign_in_as: Enter, session: Session, town: Town, last_week: list[Household]
) -> None:
    sign_in_as(town.supervisor).get("/week/visits?state=ABSENT")
    row = list_entries(session)[0]
    assert (row.action, row.subject) == (Action.LIST, "week-visits")
    assert set(row.detail.split(",")) == {str(last_week[0].id), str(last_week[2].id)}


@pytest.mark.parametrize("query", ["?state=KING", "?by=x", "?by=-1", "?by=99999999999999999999", "?by=²", "?state="])
def test_nonsense_in_the_address_shows_a_page(sign_in_as: Enter, town: Town, query: str) -> None:
    sign_in_as(town.supervisor).get(f"/week/visits{query}")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
def test_the_week_is_a_supervisors(sign_in_as: Enter, role: Role) -> None:
    browser = sign_in_as(role)
    browser.open("/week", status=403)
    browser.open("/week/visits", status=403)


def test_the_mail_of_monday_is_one_mail_with_both(
    run: Run, town: Town, session: Session, last_week: list[Household], give: Give
) -> None:
    give(town.worker, due=-5)
    run(now=at(TODAY, 7, 30))
    run("tell_weeks", now=EIGHT)
    [mail] = mails(session, town.supervisor)
    assert mail.subject == "[찾아가는 복지] 11/23(월) 오늘 할 일과 지난주 요약"
    for words in (
        "■ 기한이 지난 가구",
        "■ 지난주 11/16(월)~11/22(일)\n방문 3건: ",
        "부재 2건: ",
        "■ 90일 넘게 만나지 못한 가구 2곳\n",
    ):
        assert words in mail.body
    for link in ("/week/visits?state=ABSENT", "/week", "/households?unseen=1", "/today#overdue"):
        assert f"{BASE}{link}\n" in mail.body
    assert mail.body.count("/today#overdue") == 1, "the same is not said twice"
    [alert] = alerts(session, AlertKind.WEEKLY)
    assert (alert.subject, alert.recipient_id) == ("weekly:2026-11-16", town.supervisor.id)
    assert alert.text.startswith("11/16(월)~11/22(일) 방문 3건, 부재 2건 · 지금 기한 지남 2가구")


def test_the_others_mails_know_no_week(run: Run, town: Town, session: Session, give: Give) -> None:
    give(town.worker, due=-5)
    run()
    assert "지난주" not in mails(session, town.worker)[0].body


def test_the_weekly_job_tells_whom_no_morning_told(
    run: Run, town: Town, session: Session, last_week: list[Household]
) -> None:
    assert run("tell_weeks", now=EIGHT) == 1
    assert len(alerts(session, AlertKind.WEEKLY)) == 1
    assert len(mails(session, town.supervisor)) == 1
    assert run("tell_weeks", now=at(day(1), 8)) == 0
    run(now=at(day(1), 7, 30))
    assert "지난주" not in mails(session, town.supervisor, on=day(1))[0].body


def test_a_monday_off_moves_it_to_the_next_working_day(run: Run, town: Town, session: Session, give: Give) -> None:
    """Monday 28 September 2026 is worked, Monday 5 October is 개천절's substitute."""
    give(town.worker, due=-100, every=90)
    assert run("tell_weeks", now=at(date(2026, 10, 5), 8)) == 0
    assert run("tell_weeks", now=at(date(2026, 10, 6), 8)) == 1
    assert alerts(session, AlertKind.WEEKLY)[0].subject == "weekly:2026-09-28"


def test_a_week_nobody_ran_it_is_told_as_soon_as_somebody_does(
    run: Run, town: Town, session: Session, last_week: list[Household]
) -> None:
    assert run("tell_weeks", now=at(day(3), 8)) == 1
    assert run("tell_weeks", now=at(day(4), 8)) == 0
    assert run("tell_weeks", now=at(day(7), 8)) == 1
    first, second = alerts(session, AlertKind.WEEKLY)
    assert (first.subject, second.subject) == ("weekly:2026-11-16", "weekly:2026-11-23")
    assert first.read_at is not None, "overtaken"


def test_a_supervisor_who_comes_back_within_the_week_hears_it_then(
    run: Run, town: Town, session: Session, last_week: list[Household], send_away: SendAway
) -> None:
    send_away(town.supervisor, town.worker)
    assert run("tell_weeks", now=EIGHT) == 0
    assert run("tell_weeks", now=at(day(3), 8)) == 1
    assert session.scalars(select(Mail.recipient_id)).all() == [town.supervisor.id]


def test_visits_of_a_week_are_narrowed_by_state_and_person(
    session: Session, town: Town, last_week: list[Household]
) -> None:
    who = town.who(town.supervisor)
    assert len(list_week_visits(session, who, WEEK)) == 5
    assert len(list_week_visits(session, who, WEEK, by_id=town.nurse.id)) == 3
    assert len(list_week_visits(session, who, WEEK, state=VisitState.ABSENT, by_id=town.nurse.id)) == 1
    assert list_week_visits(session, town.who(town.narae_supervisor), WEEK) == []
