"""The ground of every form: what is no text is not taken for one, and no resident number gets past it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from app.access.permissions import Role
from app.accounts.models import Cover
from app.assignments.models import Assignment
from app.follow_ups.models import TermRow
from app.households.models import Household
from app.visits.models import VisitDraft
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import add_household
from tests.factories.town import Town
from tests.moments import TODAY

Enter = Callable[..., Browser]
TYPED, STORED = "본인 확인 420305-2123456", "본인 확인 420305-*******"
WARNING = "주민등록번호는 저장하지 않습니다"


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    return add_household(session, town.who(town.nurse))


@pytest.fixture
def supervisor(sign_in_as: Enter) -> Browser:
    return sign_in_as(Role.SUPERVISOR)


def risk_of(household: Household) -> str:
    return f"/households/{household.id}/risk"


def test_a_file_sent_where_a_text_is_asked_for_is_no_text(supervisor: Browser, household: Household) -> None:
    form = supervisor.get(risk_of(household)).form("/risk")
    supervisor.submit(form, risk="HIGH", reason=(io.BytesIO(b"\x00\xff"), "까닭.txt"), status=422)
    assert "왜 그렇게 판단했는지 적어 주세요." in supervisor.page.text  # type: ignore[union-attr]
    assert household.risk.value == "NONE"


@pytest.mark.parametrize("body", [{}, {"data": b""}, {"json": ["까닭"]}, {"json": {"risk": "HIGH", "reason": "까닭"}}])
def test_a_form_is_read_from_a_form_alone(supervisor: Browser, household: Household, body: dict[str, Any]) -> None:
    token = supervisor.get(risk_of(household)).form("/risk").fields["csrf_token"]
    supervisor.open(risk_of(household), method="post", headers={"X-CSRFToken": token}, status=422, **body)
    assert household.risk.value == "NONE"


def stored_in_assignees(browser: Browser, household: Household, session: Session) -> str:
    form = browser.get(f"/households/{household.id}/assignees").form("/assignees")
    nurses = [option for option in browser.page.tree.iter("option") if option.get("value")]  # type: ignore[union-attr]
    browser.submit(form, nurse=nurses[0].get("value"), reason=TYPED)
    return session.scalars(select(Assignment)).one().reason


def stored_in_a_cover(browser: Browser, household: Household, session: Session) -> str:
    form = browser.get("/assignments/covers/new").form("/covers/new")
    options = [option.get("value") for option in browser.page.tree.iter("option")]  # type: ignore[union-attr]
    people = list(dict.fromkeys(filter(None, options)))
    browser.submit(form, absent_id=people[0], covered_by_id=people[1], until_on=TODAY.isoformat(), reason=TYPED)
    return session.scalars(select(Cover)).one().reason


def stored_in_a_term(browser: Browser, household: Household, session: Session) -> str:
    form = browser.get(f"/households/{household.id}/terms").form("/terms")
    browser.submit(form, code="CASE_CHECK_GENERAL", note=TYPED)
    return session.scalars(select(TermRow)).one().note


def stored_in_a_promise(browser: Browser, household: Household, session: Session) -> str:
    form = browser.get(f"/households/{household.id}/visits/new").form("/visits/new")
    browser.submit(form, welfare_note="이야기함", promised_on="2026-11-30", promise_note=TYPED)
    return session.scalars(select(TermRow)).one().note


@pytest.mark.parametrize("stored", [stored_in_assignees, stored_in_a_cover, stored_in_a_term, stored_in_a_promise])
def test_a_resident_number_is_masked_wherever_it_is_typed_and_said_so(
    supervisor: Browser, household: Household, session: Session, stored: Callable[..., str]
) -> None:
    assert stored(supervisor, household, session) == STORED
    assert WARNING in supervisor.get("/households").text


def test_a_resident_number_in_a_form_that_comes_back_is_masked_and_said_so_at_once(
    supervisor: Browser, household: Household
) -> None:
    form = supervisor.get(risk_of(household)).form("/risk")
    supervisor.submit(form, risk="SOMETHING", reason=TYPED, status=422)
    page = supervisor.page
    assert page is not None
    assert page.form("/risk").fields["reason"] == STORED
    assert WARNING in page.text
    assert WARNING not in supervisor.get("/households").text


def test_a_birth_date_may_be_read_off_a_resident_number(supervisor: Browser, household: Household) -> None:
    """The figure after the hyphen tells the century; the number itself goes nowhere."""
    form = supervisor.get(f"/households/{household.id}/members/new").form("/members/new")
    supervisor.submit(form, name="마타리", relation="SPOUSE", born="420305-2123456")
    assert household.members[-1].birth_on.isoformat() == "1942-03-05"  # type: ignore[union-attr]


@pytest.mark.parametrize("body", [{"welfare_note": TYPED}, {"tried": [TYPED], "kept": {"deep": [TYPED]}}])
def test_a_draft_never_holds_a_resident_number(
    supervisor: Browser, household: Household, session: Session, body: dict[str, Any]
) -> None:
    page = supervisor.get(f"/households/{household.id}/visits/new")
    form = next(each for each in page.tree.iter("form") if each.get("data-draft-url"))
    token = page.form("/visits/new").fields["csrf_token"]
    headers = {"X-CSRFToken": str(token)}
    supervisor.open(
        form.get("data-draft-url", ""), method="put", json={"body": body, "version": 0}, headers=headers, status=200
    )
    draft = session.scalars(select(VisitDraft)).one()
    assert "2123456" not in str(draft.body)
    assert STORED in str(draft.body)


def test_a_reason_of_spaces_is_none(supervisor: Browser, household: Household, session: Session) -> None:
    form = supervisor.get(f"/households/{household.id}/terms").form("/terms")
    supervisor.submit(form, code="CASE_CHECK_GENERAL", note=" \u3000", status=422)
    assert "#note" in supervisor.page.links()  # type: ignore[union-attr]
    assert session.scalars(select(TermRow)).all() == []


@pytest.mark.parametrize("typed", ["9" * 400, "9" * 5000, "-" + "9" * 400])
def test_a_number_longer_than_any_comes_back_as_typed(supervisor: Browser, town: Town, typed: str) -> None:
    form = supervisor.get(f"/workload/people/{town.nurse.id}").form("/capacity")
    supervisor.submit(form, visits_per_day=typed, status=422)
    page = supervisor.page
    assert page is not None
    assert "#visits_per_day" in page.links()
    assert page.form("/capacity").fields["visits_per_day"] == typed
    assert town.nurse.visits_per_day is None
