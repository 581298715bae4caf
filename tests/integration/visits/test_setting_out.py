"""The stamps at the door and the record that is written on them; why somebody went alone; planning for two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from app.core.database import new_id
from app.households.models import Household
from app.households.rules import FlagRule
from app.safety import service as safety
from app.safety.models import Outing
from app.safety.rules import Company
from app.visits.models import PlannedVisit, Visit
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import add_flag
from tests.factories.outings import go_out
from tests.factories.plans import TOMORROW, plan
from tests.factories.town import Town
from tests.integration.visits.doing import count
from tests.moments import NOW, TODAY

Enter = Callable[..., Browser]
BEGAN = NOW - timedelta(minutes=25)


def told(household: Household) -> dict[str, Any]:
    """The least a nurse writes."""
    return {"nursing_note": "혈압약 확인", "members_seen": [str(household.members[0].id)]}


def out_of(session: Session) -> Outing:
    return session.scalars(select(Outing)).one()


def flag(session: Session, household: Household, town: Town, rule: FlagRule = FlagRule.PAIR) -> None:
    add_flag(session, household, town.who(town.worker), rule=rule)
    session.expire(household, ["flags"])


def test_the_panel_begins_as_the_visit_was_planned(
    session: Session, town: Town, household: Household, sign_in_as: Enter
) -> None:
    plan(session, household, town.who(town.nurse), TODAY, minutes=45, companion_id=town.worker.id)
    page = sign_in_as(town.nurse).get(f"/households/{household.id}/visits/new")
    form = page.form(f"/households/{household.id}/out")
    assert form.fields["out-minutes"] == "45"
    assert form.fields["out-companion_id"] == str(town.worker.id)
    assert form.fields["out-visit_id"] == page.form("/visits/new").fields["visit_id"]


def test_the_record_proposes_the_hours_of_the_stamps_and_ends_the_outing(
    session: Session, town: Town, household: Household, sign_in_as: Enter
) -> None:
    draft = new_id()
    go_out(session, household, town.who(town.nurse), now=BEGAN, visit_id=draft, company=Company(town.worker.id))
    browser = sign_in_as(town.nurse)
    form = browser.get(f"/households/{household.id}/visits/new").form("/visits/new")
    assert (form.fields["visit_id"], form.fields["began"]) == (str(draft), "09:35")
    assert str(town.worker.id) in form.fields["companion_ids"]
    browser.submit(form, **told(household))
    visit = session.scalars(select(Visit)).one()
    assert (visit.id, visit.began_at) == (draft, BEGAN)
    assert (out_of(session).ended_at, out_of(session).visit_id) == (NOW, draft)


def test_whoever_stays_longer_says_so(session: Session, town: Town, household: Household, sign_in_as: Enter) -> None:
    go_out(session, household, town.who(town.nurse), now=BEGAN)
    browser = sign_in_as(town.nurse)
    form = browser.get(f"/households/{household.id}/visits/new").form("/visits/new")
    browser.submit(form, **told(household), stays_out="y")
    assert out_of(session).ended_at is None
    again = browser.get(f"/households/{household.id}/visits/new").form("/visits/new")
    assert again.fields["visit_id"] != str(session.scalars(select(Visit.id)).one()), "a new record has an id of its own"


def test_a_door_that_stayed_shut_ends_the_outing_as_well(
    session: Session, town: Town, household: Household, sign_in_as: Enter
) -> None:
    go_out(session, household, town.who(town.nurse), now=BEGAN)
    browser = sign_in_as(town.nurse)
    form = browser.get(f"/households/{household.id}/absences/new").form("/absences/new")
    browser.submit(form, tried=["BELL"])
    assert out_of(session).ended_at == NOW
    assert out_of(session).visit_id == session.scalars(select(Visit.id)).one()


def test_a_visit_made_alone_is_asked_why_and_never_refused(
    session: Session, town: Town, household: Household, sign_in_as: Enter
) -> None:
    browser = sign_in_as(town.nurse)
    assert "혼자 간 까닭" not in browser.get(f"/households/{household.id}/visits/new").text
    flag(session, household, town)
    form = browser.get(f"/households/{household.id}/visits/new").form("/visits/new")
    browser.submit(form, **told(household), status=422)
    assert "혼자 간 까닭을 적거나" in browser.page.text  # type: ignore[union-attr]
    asked = browser.page.form("/visits/new")  # type: ignore[union-attr]
    browser.submit(asked, alone_because="이웃이 급히 불러서 감")
    visit = session.scalars(select(Visit)).one()
    assert visit.alone_because == "이웃이 급히 불러서 감"
    assert "이웃이 급히 불러서 감" in browser.get(f"/visits/{visit.id}").text


@pytest.mark.parametrize(
    "typed", [{"companion_name": "3통 통장"}, {"mode": "CALL"}, {"confirmed": [f"alone_because:ALONE:{TODAY}"]}]
)
def test_nobody_is_asked_who_was_accompanied_called_or_leaves_it_open(
    session: Session, town: Town, household: Household, sign_in_as: Enter, typed: dict[str, Any]
) -> None:
    flag(session, household, town)
    browser = sign_in_as(town.nurse)
    form = browser.get(f"/households/{household.id}/visits/new").form("/visits/new")
    browser.submit(form, **told(household), **typed)
    assert count(session, Visit) == 1


def test_a_visit_for_two_is_planned_once_somebody_is_named_or_the_supervisor_allows_it(
    session: Session, town: Town, household: Household, sign_in_as: Enter
) -> None:
    flag(session, household, town, FlagRule.POLICE)
    browser, slot = sign_in_as(town.nurse), f"{TOMORROW}T10:00"
    form = browser.get(f"/households/{household.id}/plan").form("/plan")
    browser.submit(form, slot=slot, companion_id=str(town.worker.id), status=422)
    page = browser.page
    assert page is not None
    assert "경찰 동행 가구입니다" in page.text
    assert "팀장에게 요청" in page.text
    assert "그래도" not in page.text
    browser.submit(page.form("/plan"), overrule=slot, companion_name="가람지구대 김 경위")
    planned = session.scalars(select(PlannedVisit)).one()
    assert (planned.companion_name, planned.planned_at) == ("가람지구대 김 경위", time(10))


def test_what_the_supervisor_allowed_is_planned_alone(
    session: Session, town: Town, household: Household, sign_in_as: Enter
) -> None:
    flag(session, household, town)
    lead = town.who(town.supervisor)
    safety.allow_alone(
        session, household, account_id=town.nurse.id, on=TOMORROW, reason="개를 맡김", actor=lead, now=NOW
    )
    browser = sign_in_as(town.nurse)
    form = browser.get(f"/households/{household.id}/plan").form("/plan")
    browser.submit(form, slot=f"{TOMORROW}T10:00")
    assert count(session, PlannedVisit) == 1
