"""The front door as a browser meets it: cookies, redirects, the same answer for everything that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from app.access.permissions import Role
from app.accounts import service
from app.accounts.models import Account
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.town import PASSWORD, Town

Enter = Callable[[Role | Account], Browser]


def test_whoever_signs_in_lands_on_their_own_first_page(client: Browser, town: Town) -> None:
    form = client.get("/sign-in").form("/sign-in")
    answer = client.submit(form, login="nurse", password=PASSWORD)
    assert answer.headers["Location"] == "/today"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert client.get("/today").heading


@pytest.mark.parametrize(("login", "password"), [("nurse", "wrong"), ("nobody", PASSWORD)])
def test_a_refusal_tells_nothing(client: Browser, town: Town, login: str, password: str) -> None:
    form = client.get("/sign-in").form("/sign-in")
    client.submit(form, status=422, login=login, password=password)
    assert client.page is not None
    assert service.REFUSED in client.page.text
    assert password not in client.page.html


@pytest.mark.parametrize(
    ("wanted", "lands"),
    [
        ("/households", "/households"),
        ("//evil.example", "/today"),
        ("/\\evil.example", "/today"),
        ("https://evil.example/", "/today"),
        ("https:evil.example", "/today"),
        ("javascript:alert(1)", "/today"),
        ("/households\r\nX: y", "/householdsX:%20y"),
    ],
)
def test_the_way_back_never_leads_elsewhere(client: Browser, town: Town, wanted: str, lands: str) -> None:
    form = client.get("/sign-in", query_string={"next": wanted}).form("/sign-in")
    answer = client.submit(form, login="nurse", password=PASSWORD)
    assert answer.headers["Location"] == lands


def test_a_copied_cookie_is_worth_nothing_after_signing_out(sign_in_as: Enter, app: object, session: Session) -> None:
    browser = sign_in_as(Role.NURSE)
    thief = Browser(app, session)  # type: ignore[arg-type]
    thief._client._cookies.update(browser._client._cookies)
    thief.get("/today")
    browser.get("/today")
    browser.post("/sign-out")
    thief.open("/today", status=302)
    browser.open("/today", status=302)


def test_a_disabled_account_is_out_at_its_next_click(sign_in_as: Enter, session: Session, town: Town) -> None:
    nurse, administrator = sign_in_as(town.nurse), sign_in_as(Role.ADMIN)
    nurse.get("/today")
    administrator.get(f"/accounts/{town.nurse.id}")
    administrator.post(f"/accounts/{town.nurse.id}/disable")
    answer = nurse.open("/today", status=302)
    assert answer.headers["Location"].startswith("/sign-in")


def test_a_session_left_alone_ends_and_one_in_use_does_not(
    sign_in_as: Enter, frozen_clock: time_machine.Traveller
) -> None:
    used, left = sign_in_as(Role.NURSE), sign_in_as(Role.NURSE)
    for _ in range(4):
        frozen_clock.shift(timedelta(minutes=5))
        used.get("/today")
    answer = left.open("/today", status=302)
    assert "ended=1" in answer.headers["Location"]


def test_without_a_token_nothing_is_changed(sign_in_as: Enter, town: Town, session: Session) -> None:
    browser = sign_in_as(Role.ADMIN)
    browser.open(f"/accounts/{town.nurse.id}/disable", method="post", status=400)
    assert town.nurse.disabled_at is None


def test_a_first_password_must_be_changed_before_anything_is_seen(
    sign_in_as: Enter, town: Town, session: Session
) -> None:
    town.nurse.must_change_password = True
    browser = sign_in_as(town.nurse)
    assert browser.open("/today", status=302).headers["Location"] == "/me"
    assert browser.open("/households", status=302).headers["Location"] == "/me"
    form = browser.get("/me").form("/me")
    browser.submit(form, current=PASSWORD, new="겨울 들판을 건너는 기차 소리")
    browser.get("/today")
