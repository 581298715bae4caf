"""Addresses filled in from a pattern are those that Flask builds."""

from __future__ import annotations

from typing import Any

import pytest
from app.factory import create_app
from app.web.links import Links
from flask import Flask, url_for


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    from app.config import Settings

    folder = tmp_path_factory.mktemp("links")
    return create_app(Settings(folder, f"sqlite:///{folder / 'none.db'}", "a secret of the tests, long enough"))


@pytest.mark.parametrize(
    ("endpoint", "values"),
    [
        ("visits.today", {}),
        ("visits.today", {"assignee": 3}),
        ("visits.log_visit", {"household_id": 1}),
        ("visits.log_visit", {"household_id": 2**63 - 1}),
        ("follow_ups.end_term", {"household_id": 12, "term_id": 7}),
        ("follow_ups.end_term", {"term_id": 12, "household_id": 7, "page": 2}),
        ("timelines.household", {"household_id": 5, "_anchor": "dues"}),
        ("households.list_households", {"name": "{뷁} & 7311000001"}),
        ("households.list_households", {"after": None}),
        ("discoveries.queue", {"state": "OPEN", "round_id": None, "crisis": "CI_POWER_CUT", "centre_id": 3}),
        ("discoveries.queue", {"state": "OPEN", "crisis": "한글 & {뷁}"}),
        ("discoveries.queue", {"state": "", "after": "35-17", "mine": -1}),
        ("safety.move_duty_contact", {"contact_id": 4, "way": "up"}),
        ("timelines.household", {"household_id": 5, "kind": "VISIT", "_anchor": "dues"}),
    ],
)
@pytest.mark.parametrize("place", ["", "/outreach"])
def test_an_address_is_the_one_flask_builds(app: Flask, endpoint: str, values: dict[str, Any], place: str) -> None:
    links = Links(app)
    with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": place}):
        expected = url_for(endpoint, **values)
        assert [links(endpoint, **values), links(endpoint, **values)] == [expected, expected]


def test_templates_of_another_mount_get_their_own_addresses(app: Flask) -> None:
    links = Links(app)
    found = []
    for place in ("", "/one", "/two"):
        with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": place}):
            found.append(links("visits.log_visit", household_id=4))
    assert found == ["/households/4/visits/new", "/one/households/4/visits/new", "/two/households/4/visits/new"]
