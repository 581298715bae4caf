"""Where somebody's mails go: on one's own page, and on the administrator's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.audit.rules import Action
from app.config import MailSettings
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.access_log import list_entries
from tests.factories.town import Town

Enter = Callable[..., Browser]
ADDRESS = "garam.nurse@hanbit.go.kr"


def test_one_says_where_ones_mails_go_and_that_one_wants_none(sign_in_as: Enter, town: Town, session: Session) -> None:
    browser = sign_in_as(town.nurse)
    form = browser.get("/me").form("/me/mail")
    assert form.fields["wants_mail"] == "y"
    browser.submit(form, email=f"  {ADDRESS} ")
    assert (town.nurse.email, town.nurse.wants_mail) == (ADDRESS, True)
    form = browser.get("/me").form("/me/mail")
    assert form.fields["email"] == ADDRESS
    del form.fields["wants_mail"]
    browser.submit(form)
    assert (town.nurse.email, town.nurse.wants_mail) == (ADDRESS, False)
    assert "wants_mail" not in browser.get("/me").form("/me/mail").fields


@pytest.mark.parametrize("typed", ["봄@korea.kr", "<b>@korea.kr", "a" * 300 + "@korea.kr", "nurse"])
def test_an_address_that_cannot_be_comes_back_as_typed(sign_in_as: Enter, town: Town, typed: str) -> None:
    browser = sign_in_as(town.nurse)
    browser.submit(browser.get("/me").form("/me/mail"), status=422, email=typed)
    assert browser.page is not None
    assert "메일 주소" in browser.page.text
    assert "#email" in browser.page.links()
    assert browser.page.form("/me/mail").fields["email"] == typed
    assert town.nurse.email == ""


def test_a_wrong_password_leaves_the_mail_as_it_was(sign_in_as: Enter, town: Town) -> None:
    town.nurse.email = ADDRESS
    browser = sign_in_as(town.nurse)
    browser.submit(browser.get("/me").form("/me"), status=422, current="틀림", new="짧음")
    assert browser.page is not None
    assert browser.page.form("/me/mail").fields["email"] == ADDRESS


def test_the_page_says_whether_mail_is_sent_at_all(sign_in_as: Enter, app: Flask, town: Town) -> None:
    browser, settings = sign_in_as(town.nurse), app.config["OUTREACH"]
    assert "메일을 보내지 않는 설치" in browser.get("/me").text
    mail = MailSettings("127.0.0.1", 25, "outreach@hanbit.example")
    app.config["OUTREACH"] = replace(settings, mail=mail, base_url="https://outreach.hanbit.example")
    try:
        assert "메일을 보내지 않는 설치" not in browser.get("/me").text
    finally:
        app.config["OUTREACH"] = settings


def test_a_new_account_may_have_an_address(sign_in_as: Enter, session: Session, town: Town) -> None:
    browser = sign_in_as(Role.ADMIN)
    given = {"name": "새봄이", "login": "new.one", "role": "WORKER", "centre_id": str(town.garam.id)}
    form = browser.get("/accounts/new").form("/accounts/new")
    browser.submit(form, status=422, **given, email="새봄이@korea.kr")
    browser.submit(form, status=200, **given, email=ADDRESS)
    assert session.scalars(select(Account.email).where(Account.login == "new.one")).one() == ADDRESS


def test_the_administrator_keeps_an_address_and_nobody_is_signed_out(
    sign_in_as: Enter, town: Town, session: Session
) -> None:
    nurse, browser, path = sign_in_as(town.nurse), sign_in_as(Role.ADMIN), f"/accounts/{town.nurse.id}"
    browser.submit(browser.get(path).form("/address"), status=422, email="윤가람")
    assert browser.page is not None
    assert browser.page.form("/address").fields["email"] == "윤가람"
    assert browser.page.form(path).fields["role"] == "NURSE"
    browser.submit(browser.page.form("/address"), email=ADDRESS)
    assert town.nurse.email == ADDRESS
    assert town.nurse.role is Role.NURSE
    nurse.get("/me")
    town.nurse.wants_mail = False
    assert "받지 않기로 했습니다" in browser.get(path).text


def test_the_access_log_says_that_it_changed_and_not_to_what(sign_in_as: Enter, town: Town, session: Session) -> None:
    browser = sign_in_as(town.nurse)
    form = browser.get("/me").form("/me/mail")
    browser.submit(form, email=ADDRESS)
    row = list_entries(session)[0]
    assert (row.action, row.subject, row.detail) == (Action.ACCOUNT, f"account:{town.nurse.id}", "메일 받는 곳")
    before = len(list_entries(session))
    browser.submit(form, email=ADDRESS)
    assert len(list_entries(session)) == before


def test_an_account_of_another_district_has_no_address_to_keep(sign_in_as: Enter, town: Town) -> None:
    browser = sign_in_as(Role.ADMIN)
    browser.get("/accounts")
    browser.post(f"/accounts/{town.far_supervisor.id}/address", {"email": ADDRESS}, status=404)
    assert town.far_supervisor.email == ""
