"""The program's own log carries no personal data, whatever goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from app.access.permissions import Role
from app.households import service
from flask import Flask
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.town import PASSWORD, Town
from tests.invariants.conftest import CANARIES, Furnished

Enter = Callable[..., Browser]


def assert_silent(log: StringIO, *secrets: str) -> None:
    lines = log.getvalue()
    assert lines, "nothing was logged at all"
    for secret in (*CANARIES, *secrets):
        assert secret not in lines, secret


def test_a_day_of_work_leaves_no_name_in_the_log(
    sign_in_as: Enter, town: Town, furnished: Furnished, log: StringIO
) -> None:
    browser = sign_in_as(town.nurse)
    browser.submit(browser.get("/households").form("/households/search"), status=200, query="천둥솔 1942")
    assert browser.page is not None
    assert "천둥솔" in browser.page.text
    browser.get(f"/households/{furnished.household.id}")
    browser.get("/today")
    browser.open("/households?query=천둥솔")
    browser.open("/천둥솔", status=404)
    assert_silent(log, PASSWORD, "천둥")


def test_an_error_is_logged_by_its_place_and_kind_alone(
    sign_in_as: Enter, town: Town, furnished: Furnished, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_given: object, **_named: object) -> None:
        raise ValueError("천둥솔 010-9307-4418 여우비길")

    monkeypatch.setattr(service, "edit_household", stumble)
    browser = sign_in_as(town.worker)
    form = browser.get(f"/households/{furnished.household.id}/edit").form("/edit")
    browser.submit(form, status=500)
    assert "ValueError" in log.getvalue()
    assert_silent(log)


def test_a_refused_statement_is_logged_without_its_values(
    app: Flask, sign_in_as: Enter, town: Town, furnished: Furnished, session: Session, log: StringIO
) -> None:
    """The database names the value that broke a constraint; the log must not."""
    from app.accounts.models import Account
    from app.extensions import db

    def collide() -> str:
        db.session.add(
            Account(
                login="nurse",
                name="천둥솔",
                role=Role.NURSE,
                district_id=1,
                password_hash="x",
                created_at=town.nurse.created_at,
            )
        )
        db.session.flush()
        return ""

    collide.guard = "public"  # type: ignore[attr-defined]
    endpoint = "health.index"
    before = app.view_functions[endpoint]
    app.view_functions[endpoint] = collide
    try:
        sign_in_as(town.nurse).open("/", status=500)
    finally:
        app.view_functions[endpoint] = before
    assert "IntegrityError" in log.getvalue()
    assert_silent(log)


def test_a_line_break_typed_somewhere_makes_no_second_line(sign_in_as: Enter, town: Town, log: StringIO) -> None:
    browser = sign_in_as(town.nurse)
    browser.open("/households/1%0a%7B%22level%22:%22CRITICAL%22%7D", status=404)
    assert all(line.startswith("{") and line.endswith("}") for line in log.getvalue().splitlines())
    assert '"level":"CRITICAL"' not in log.getvalue().replace(" ", "")
