"""A form that comes back with errors goes on as the same draft: nothing is taken for another screen's text."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest


@pytest.mark.parametrize(("form", "page"), [("visit", "visits"), ("absence", "absences")])
def test_a_refused_form_goes_on_saving_its_own_draft(client, sign_in_as, garam_household, form, page) -> None:  # type: ignore[no-untyped-def]
    sign_in_as("nurse")
    draft_id, home = str(uuid4()), f"/households/{garam_household}"
    saved = client.put(f"{home}/drafts/{form}/{draft_id}", json={"body": {"note": "가"}, "version": 0})
    assert saved.json["version"] == 1
    refused = client.post(f"{home}/{page}/new", data={"visit_id": draft_id, "mode": "NONSENSE"})
    assert refused.status_code == 422
    [version] = re.findall(r'data-draft-version="(\d+)"', refused.text)
    again = client.put(f"{home}/drafts/{form}/{draft_id}", json={"body": {"note": "가나"}, "version": int(version)})
    assert again.status_code == 200
