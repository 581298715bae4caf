"""Sign-in, one's own page, and the administrator's pages, as they look."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.town import PASSWORD, Town

Enter = Callable[..., Browser]


def test_a_refused_sign_in_keeps_the_login_and_never_the_password(client: Browser) -> None:
    form = client.get("/sign-in").form("/sign-in")
    client.submit(form, status=422, login="nurse", password="틀린 비밀번호입니다 정말")
    assert client.page is not None
    assert "아이디 또는 비밀번호가 맞지 않습니다" in client.page.text
    fields = client.page.form("/sign-in").fields
    assert (fields["login"], fields["password"]) == ("nurse", "")


@pytest.mark.parametrize("typed", ["", "<b>", "뷁" * 1000, "\x00", "a" * 65])
def test_strange_logins_come_back_as_typed(client: Browser, typed: str) -> None:
    client.submit(client.get("/sign-in").form("/sign-in"), status=422, login=typed, password="아무것이나")
    assert client.page is not None
    assert client.page.form("/sign-in").fields["login"] == typed.replace("\x00", "")


def test_whoever_was_signed_out_by_time_reads_that_nothing_is_lost(client: Browser) -> None:
    assert "쓰던 글은 임시 저장되어 있습니다" in client.get("/sign-in?ended=1").text
    assert "임시 저장" not in client.get("/sign-in").text


def test_the_way_on_survives_a_wrong_password(client: Browser) -> None:
    form = client.get("/sign-in?next=/households").form("/sign-in")
    client.submit(form, status=422, login="nurse", password="틀린 비밀번호입니다 정말")
    assert client.page is not None
    answer = client.submit(client.page.form("/sign-in"), login="nurse", password=PASSWORD)
    assert answer.headers["Location"] == "/households"


def test_demo_mode_lists_the_accounts_and_nothing_else_does(client: Browser, app: Flask, tmp_path: Path) -> None:
    account = {"role": "NURSE", "name": "윤가람", "login": "nurse", "password": "demo-<b>-secret"}
    (tmp_path / "demo-accounts.json").write_text(json.dumps([account]), encoding="utf-8")
    settings = app.config["OUTREACH"]
    try:
        app.config["OUTREACH"] = replace(settings, demo=True, instance=tmp_path)
        assert "방문간호사 윤가람 아이디 nurse · 비밀번호 demo-<b>-secret" in client.get("/sign-in").text
        app.config["OUTREACH"] = replace(settings, demo=False, instance=tmp_path)
        assert "demo-" not in client.get("/sign-in").text
    finally:
        app.config["OUTREACH"] = settings


def test_ones_own_page_shows_where_one_is_signed_in(sign_in_as: Enter, town: Town) -> None:
    first, second = sign_in_as(town.nurse), sign_in_as(town.nurse)
    page = first.get("/me")
    assert page.text.count("부터 · 마지막") == 2
    first.submit(page.form("/end-others"))
    assert first.get("/me").text.count("부터 · 마지막") == 1
    second.open("/me", status=302)


def test_a_weak_password_comes_back_with_the_reason(sign_in_as: Enter) -> None:
    browser = sign_in_as(Role.NURSE)
    browser.submit(browser.get("/me").form("/me"), status=422, current=PASSWORD, new="짧음")
    assert browser.page is not None
    assert "15자 이상" in browser.page.text
    assert "#new" in browser.page.links()


def test_the_high_contrast_look_is_kept(sign_in_as: Enter) -> None:
    browser = sign_in_as(Role.NURSE)
    browser.submit(browser.get("/me").form("/me/theme"), theme="contrast")
    page = browser.get("/me")
    assert page.tree.get("data-theme") == "contrast"
    assert page.form("/me/theme").fields["theme"] == "contrast"


def test_a_new_account_gets_a_first_password_shown_once_and_changed_at_once(
    sign_in_as: Enter, client: Browser, session: Session, town: Town
) -> None:
    browser = sign_in_as(Role.ADMIN)
    form = browser.get("/accounts/new").form("/accounts/new")
    browser.submit(form, status=200, name="새봄이", login="new.one", role="WORKER", centre_id=str(town.garam.id))
    assert browser.page is not None
    password = next(
        item.get("value", "") for item in browser.page.tree.iter("input") if item.get("id") == "first-password"
    )
    client.sign_in("new.one", password)
    assert client.open("/households", status=302).headers["Location"] == "/me"
    assert "비밀번호를 먼저 정해 주세요" in client.get("/me").text
    assert password not in browser.get("/accounts").html


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"login": "Nurse!"}, "영문 소문자, 숫자, 점(.)으로"),
        ({"login": "nurse"}, "이미 쓰는 아이디입니다"),
        ({"centre_id": ""}, "소속 센터를 골라야 합니다"),
        ({"name": ""}, "필수"),
        ({"name": " \u3000 "}, "필수"),
        ({"name": "가" * 3000}, "40자"),
        ({"role": "KING"}, "선택값"),
    ],
)
def test_an_account_that_cannot_be_comes_back_as_typed(
    sign_in_as: Enter, session: Session, town: Town, fields: dict[str, str], words: str
) -> None:
    browser = sign_in_as(Role.ADMIN)
    given = {"name": "새봄이", "login": "new.one", "role": "WORKER", "centre_id": str(town.garam.id), **fields}
    browser.submit(browser.get("/accounts/new").form("/accounts/new"), status=422, **given)
    assert browser.page is not None
    assert words in browser.page.text
    assert browser.page.form("/accounts/new").fields["login"] == given["login"]
    assert session.scalars(select(Account).where(Account.login == "new.one")).first() is None


def test_an_account_is_disabled_and_used_again(sign_in_as: Enter, town: Town) -> None:
    browser, nurse = sign_in_as(Role.ADMIN), sign_in_as(town.nurse)
    path = f"/accounts/{town.nurse.id}"
    browser.submit(browser.get(path).form("/disable"))
    nurse.open("/households", status=302)
    assert "사용 중지" in browser.get(path).text
    browser.submit(browser.get(path).form("/enable"))
    assert town.nurse.disabled_at is None


def test_the_administrator_has_no_button_to_shut_himself_out(sign_in_as: Enter, town: Town) -> None:
    page = sign_in_as(Role.ADMIN).get(f"/accounts/{town.administrator.id}")
    assert not any(form.action.endswith("/disable") for form in page.forms())
