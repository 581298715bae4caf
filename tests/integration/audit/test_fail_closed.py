"""Nobody's record is shown, and nothing is changed, when it cannot be written that it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from app.access.permissions import Role
from app.audit.models import AccessLog
from app.audit.queries import find_broken_rows
from app.audit.rules import Action
from app.households.models import Household
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.access_log import list_entries
from tests.factories.households import add_household
from tests.factories.town import Town

Enter = Callable[..., Browser]


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    made = add_household(session, town.who(town.worker))
    session.commit()
    return made


@pytest.fixture
def without_log(session: Session, household: Household) -> Iterator[Callable[[], None]]:
    """A switch that takes the table of the access log away."""

    def take_away() -> None:
        session.execute(text("ALTER TABLE access_log RENAME TO put_away"))
        session.commit()

    return take_away


def test_a_household_is_not_shown_when_the_look_cannot_be_recorded(
    sign_in_as: Enter, household: Household, without_log: Callable[[], None]
) -> None:
    browser = sign_in_as(Role.NURSE)
    path = f"/households/{household.id}"
    assert "김순자" in browser.get(path).text
    without_log()
    page = browser.get(path, status=503)
    assert page.heading == "지금은 열 수 없습니다"
    assert "김순자" not in page.html
    assert "access_log" not in page.html


@pytest.mark.parametrize("path", ["/today", "/households", "/households/new", "/me"])
def test_what_is_recorded_or_not_no_page_breaks_in_another_way(
    sign_in_as: Enter, household: Household, without_log: Callable[[], None], path: str
) -> None:
    browser = sign_in_as(Role.NURSE)
    without_log()
    assert browser.open(path).status_code in (200, 503)


def test_a_change_that_cannot_be_recorded_is_not_made_and_what_was_typed_comes_back(
    sign_in_as: Enter, household: Household, session: Session, without_log: Callable[[], None]
) -> None:
    browser = sign_in_as(Role.WORKER)
    form = browser.get(f"/households/{household.id}/edit").form("/edit")
    without_log()
    browser.submit(form, status=503, note="새로 쓴 메모")
    assert browser.page is not None
    assert "새로 쓴 메모" in browser.page.text
    assert household.note == ""


def test_a_look_is_on_record_with_address_device_and_request(
    sign_in_as: Enter, household: Household, session: Session, town: Town
) -> None:
    browser = sign_in_as(Role.NURSE)
    browser.open(f"/households/{household.id}", headers={"User-Agent": "Tablet 7"}, status=200)
    row = list_entries(session, limit=1)[0]
    assert (row.action, row.actor_id, row.household_id) == (Action.VIEW, town.nurse.id, household.id)
    assert (row.address, row.device) == ("127.0.0.1", "Tablet 7")
    assert len(row.request_id) == 32
    assert list(find_broken_rows(session)) == []


def test_an_address_cannot_be_made_up_when_no_proxy_stands_before_us(
    sign_in_as: Enter, household: Household, session: Session
) -> None:
    browser = sign_in_as(Role.NURSE)
    forged = {"X-Forwarded-For": "10.66.6.6", "X-Real-Ip": "10.66.6.6", "Forwarded": "for=10.66.6.6"}
    browser.open(f"/households/{household.id}", headers=forged, status=200)
    assert set(session.scalars(select(AccessLog.address).where(AccessLog.household_id == household.id))) <= {
        "127.0.0.1", "10.20.0.7",
    }  # fmt: skip


def test_a_page_out_of_scope_leaves_no_row_of_the_household(
    sign_in_as: Enter, town: Town, household: Household, session: Session
) -> None:
    before = session.scalars(select(AccessLog.id).where(AccessLog.household_id == household.id)).all()
    sign_in_as(town.narae_nurse).open(f"/households/{household.id}", status=404)
    assert session.scalars(select(AccessLog.id).where(AccessLog.household_id == household.id)).all() == before
