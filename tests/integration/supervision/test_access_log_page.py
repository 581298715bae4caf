"""The reviewer's page: who, when, from where, whose record, what; one's own 시군구 only, and itself recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from app.access.permissions import Role
from app.assignments import service as assignments
from app.assignments.rules import Duty
from app.audit import service as audit
from app.audit.rules import Action
from app.households.models import Household
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.access_log import list_entries
from tests.factories.households import add_household
from tests.factories.town import Town
from tests.pages import Page, text_of

Enter = Callable[..., Browser]


@pytest.fixture
def household(session: Session, town: Town, now: datetime) -> Household:
    """Registered by a worker, looked at by a nurse, given to her by the supervisor, listed by the district."""
    made = add_household(session, town.who(town.worker))
    nurse = town.who(town.nurse)
    audit.record(
        session,
        Action.PRINT,
        subject=f"household:{made.id}",
        household_id=made.id,
        purpose="사례회의",
        actor=nurse,
        now=now,
    )
    assignments.assign(session, made, Duty.NURSE, town.nurse, actor=town.who(town.supervisor), now=now)
    officer = town.who(town.district_officer)
    others = [add_household(session, town.who(town.narae_worker)).id for _ in range(2)]
    audit.record_list(session, Action.LIST, [made.id, *others], subject="households", actor=officer, now=now)
    audit.record(session, Action.SIGN_OUT, row_count=0, actor=town.who(town.far_supervisor), now=now)
    return made


def rows(page: Page) -> list[list[str]]:
    table = next(page.tree.iter("tbody"))
    return [[text_of(cell) for cell in row] for row in table.iter("tr")]


def test_a_row_says_who_when_where_whose_what_and_why(sign_in_as: Enter, household: Household, town: Town) -> None:
    page = sign_in_as(Role.PRIVACY).get(f"/access-log?who={town.nurse.id}&action=PRINT")
    assert rows(page) == [
        ["2026-11-23 10:00", "윤가람 방문간호사", "출력", household.number, "1", "사례회의", "10.20.0.7 tablet"]
    ]


def test_household_numbers_lead_nowhere(sign_in_as: Enter, household: Household) -> None:
    page = sign_in_as(Role.PRIVACY).get("/access-log")
    assert household.number in page.text
    assert not any("/households/" in link for link in page.links())


def test_codes_are_shown_as_words(sign_in_as: Enter, household: Household) -> None:
    page = sign_in_as(Role.PRIVACY).get("/access-log?action=ASSIGN")
    assert rows(page)[0][5] == "방문간호사 → 윤가람 방문간호사"


def test_a_list_names_the_households_it_showed(sign_in_as: Enter, household: Household, town: Town) -> None:
    page = sign_in_as(Role.PRIVACY).get(f"/access-log?who={town.district_officer.id}")
    whose = rows(page)[0][3]
    assert whose.startswith("3가구")
    assert household.number in whose


def test_the_log_can_be_narrowed(sign_in_as: Enter, household: Household, town: Town) -> None:
    browser = sign_in_as(Role.PRIVACY)
    assert {row[1] for row in rows(browser.get(f"/access-log?who={town.worker.id}"))} == {"민하준 복지담당"}
    assert {row[2] for row in rows(browser.get("/access-log?action=CREATE"))} == {"등록"}


@pytest.mark.parametrize("address", ["?who=abc", "?action=EAT", "?after=-3", "?after=99999999999999999999", "?who=1e9"])
def test_nonsense_in_the_address_narrows_nothing(sign_in_as: Enter, household: Household, address: str) -> None:
    assert len(rows(sign_in_as(Role.PRIVACY).get(f"/access-log{address}"))) > 5


def test_acts_in_another_district_are_not_shown(sign_in_as: Enter, household: Household, town: Town) -> None:
    own = sign_in_as(town.privacy_officer).get("/access-log")
    assert "옥한솔" not in own.text
    elsewhere = sign_in_as(town.far_privacy_officer).get("/access-log")
    assert "옥한솔 팀장" in elsewhere.text
    assert "민하준" not in elsewhere.text


def test_looking_at_the_log_is_in_the_log(sign_in_as: Enter, session: Session, household: Household) -> None:
    browser = sign_in_as(Role.PRIVACY)
    browser.get("/access-log")
    assert list_entries(session)[0].action is Action.REVIEW_LOG
    assert "접속기록 점검" in browser.get("/access-log").text


def test_older_rows_follow_without_gap_or_repetition(
    sign_in_as: Enter, session: Session, town: Town, now: datetime
) -> None:
    worker = town.who(town.worker)
    for number in range(120):
        audit.record(
            session, Action.VIEW, subject=f"household:{number}", detail=f"표시 {number}", actor=worker, now=now
        )
    browser, seen = sign_in_as(Role.PRIVACY), []
    address: str | None = "/access-log?action=VIEW"
    while address:
        page = browser.get(address)
        seen += [row[5] for row in rows(page)]
        address = next((link.get("href") for link in page.tree.iter("a") if link.get("rel") == "next"), None)
    assert seen == [f"표시 {number}" for number in reversed(range(120))]


def test_the_log_takes_as_many_statements_for_many_rows_as_for_few(
    sign_in_as: Enter, session: Session, town: Town, household: Household, now: datetime
) -> None:
    browser = sign_in_as(Role.PRIVACY)
    browser.get("/access-log")
    few = len(browser.statements)
    for account in (town.worker, town.nurse, town.supervisor) * 10:
        audit.record_list(session, Action.LIST, [household.id], subject="households", actor=town.who(account), now=now)
    browser.get("/access-log")
    assert len(browser.statements) == few


@pytest.mark.parametrize("role", [Role.WORKER, Role.NURSE, Role.SUPERVISOR, Role.DISTRICT, Role.ADMIN])
def test_only_the_privacy_officer_reads_the_log(sign_in_as: Enter, role: Role) -> None:
    sign_in_as(role).get("/access-log", status=403)
