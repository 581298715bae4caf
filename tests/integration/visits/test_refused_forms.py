"""A form that comes back with errors goes on as the same draft: it is not taken for another screen's text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from app.visits.service import log_visit
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import HEAD, SPOUSE, add_household
from tests.factories.town import Town
from tests.factories.visits import visit_details


@pytest.mark.parametrize(("form", "page"), [("visit", "visits"), ("absence", "absences")])
def test_a_refused_form_goes_on_saving_its_own_draft(
    session: Session, town: Town, sign_in_as: Callable[..., Browser], form: str, page: str
) -> None:
    home = f"/households/{add_household(session, town.who(town.nurse)).id}"
    draft = f"{home}/drafts/{form}/{(draft_id := uuid4())}"
    nurse = sign_in_as(town.nurse)
    nurse.get(f"{home}/{page}/new")
    token = {"X-CSRFToken": nurse._token}
    nurse.open(draft, method="put", json={"body": {"note": "가"}, "version": 0}, headers=token, status=200)
    refused = nurse.post(f"{home}/{page}/new", {"visit_id": str(draft_id), "mode": "NONSENSE"}, status=422)
    [version] = re.findall(r'data-draft-version="(\d+)"', refused.text)
    nurse.open(draft, method="put", json={"body": {"note": "가나"}, "version": int(version)}, headers=token, status=200)


def test_a_correction_that_sends_no_version_is_taken_for_an_old_one(
    session: Session, town: Town, sign_in_as: Callable[..., Browser], now: datetime
) -> None:
    home, nurse = add_household(session, town.who(town.nurse)), town.who(town.nurse)
    visit = log_visit(session, home, visit_details(home), typed_at=now, actor=nurse, now=now)
    browser = sign_in_as(town.nurse)
    form = browser.get(f"/visits/{visit.id}/correct").form("/correct")
    del form.fields["version"]
    browser.submit(form, welfare_note="내 글", reason="빠뜨림", status=422)
    assert browser.page is not None
    assert browser.page.form("/correct").fields["welfare_note"] == "내 글"
    browser.submit(browser.page.form("/correct"))
    assert visit.welfare_note == "내 글"


def test_a_value_of_somebody_who_was_not_seen_is_refused_at_its_field(
    session: Session, town: Town, sign_in_as: Callable[..., Browser]
) -> None:
    home = add_household(session, town.who(town.nurse), HEAD, SPOUSE)
    seen, other = (member.id for member in home.members)
    browser = sign_in_as(town.nurse)
    form = browser.get(f"/households/{home.id}/visits/new").form("/visits/new")
    why = {f"m{other}-pulse_why": "REFUSED", f"m{seen}-pulse": "72"}
    browser.submit(form, members_seen=str(seen), welfare_note="이야기함", **why, status=422)
    assert browser.page is not None
    assert f"#m{other}-pulse_why" in browser.page.links()
