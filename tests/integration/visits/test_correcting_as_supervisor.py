"""A supervisor corrects the words of a nurse's visit: health is neither shown to them nor touched by them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from app.households.models import Household
from app.visits import service
from app.visits.models import Visit
from app.visits.rules import VisitDetails
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.town import Town
from tests.factories.visits import blood_pressure, visit_details

Enter = Callable[..., Browser]
HEALTH = ("꿀차를 자주 드심", "131/77", "133/79")


@pytest.fixture
def details(household: Household) -> VisitDetails:
    member_id = household.members[0].id
    return visit_details(household, readings=(blood_pressure(member_id, 131, 77),), nursing_note="꿀차를 자주 드심")


@pytest.fixture
def visit(session: Session, town: Town, household: Household, details: VisitDetails, now: datetime) -> Visit:
    logged = service.log_visit(session, household, details, typed_at=now, actor=town.who(town.nurse), now=now)
    session.commit()
    return logged


def test_words_are_corrected_and_the_health_record_stays(
    sign_in_as: Enter, town: Town, visit: Visit, session: Session
) -> None:
    browser = sign_in_as(town.supervisor)
    form = browser.get(f"/visits/{visit.id}/correct").form("/correct")
    browser.submit(form, welfare_note="밑반찬이 넉넉함", reason="다른 집과 바뀜")
    assert (visit.welfare_note, visit.version) == ("밑반찬이 넉넉함", 2)
    assert (visit.nursing_note, len(visit.readings)) == ("꿀차를 자주 드심", 1)


def test_health_cannot_be_slipped_in(sign_in_as: Enter, town: Town, visit: Visit) -> None:
    browser = sign_in_as(town.supervisor)
    form = browser.get(f"/visits/{visit.id}/correct").form("/correct")
    browser.open(
        form.action, method="post",
        data={**form.fields, "reason": "몰래", "welfare_note": "새 글", "nursing_note": "바꾼 간호 기록"},
    )  # fmt: skip
    assert visit.nursing_note == "꿀차를 자주 드심"


def test_no_page_on_the_way_shows_the_health_record(
    sign_in_as: Enter, town: Town, visit: Visit, details: VisitDetails, session: Session, now: datetime
) -> None:
    """Not the form, not the page of somebody else's correction in between, not the record afterwards."""
    browser = sign_in_as(town.supervisor)
    form = browser.get(f"/visits/{visit.id}/correct").form("/correct")
    pages = [browser.page]
    measured = (replace(details.readings[0], systolic=Decimal(133), diastolic=Decimal(79)),)
    between = replace(details, readings=measured, welfare_note="간호사의 글", nursing_note="꿀차를 자주 드심, 부종")
    service.correct_visit(session, visit, between, reason="정정", version=1, actor=town.who(town.nurse), now=now)
    browser.submit(form, status=422, welfare_note="팀장의 글", reason="다른 집과 바뀜")
    pages.append(browser.page)
    assert pages[-1] is not None
    assert "간호사의 글" in pages[-1].text
    pages.append(browser.get(f"/visits/{visit.id}"))
    for page in pages:
        assert page is not None
        assert not [words for words in HEALTH if words in page.html]
