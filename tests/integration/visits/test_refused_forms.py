"""A form that comes back with errors goes on as the same draft: it is not taken for another screen's text."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import add_household
from tests.factories.town import Town


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
