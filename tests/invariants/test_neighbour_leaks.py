"""Who told of a neighbour stands on a page of its own, for whoever holds the item and the centre's supervisors. A planted
name and number are looked for on every page of everybody, in every file, mail, alert and log line, and in every row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from io import StringIO

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.config import MailSettings
from app.core.errors import NotFound, RuleBroken
from app.discoveries.models import DiscoveryItem, NeighbourReport
from app.discoveries.queries.neighbours import get_reporter
from app.discoveries.service import claim, link_item
from app.reminders.jobs import escalate_overdue, tell_mornings, tell_weeks
from app.reports.documents import draw
from app.reports.rules import Masking, Purpose, ReportCode, to_json
from app.reports.service import PrintRequest, print_report
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.town import Town
from tests.invariants.conftest import Furnished
from tests.invariants.test_protection_leaks import LOGINS, every_row, said, squeezed_pdf
from tests.invariants.test_routes import path_of, rules

Enter = Callable[[Role | Account], Browser]

NAME, PHONE = "뷁알림이", "010-7741-0093"
PLANTED = (NAME, PHONE, PHONE.replace("-", ""))
OWN_PAGE = "discoveries.show_reporter"
MAY_SEE = {"worker", "supervisor"}
"""The worker holds the item; the supervisor is the centre's."""
on_one_database = pytest.mark.parametrize("templates", ["sqlite"], indirect=True)


def found_in(text: str) -> list[str]:
    squeezed = "".join(text.split())
    return [word for word in PLANTED if word in squeezed]


@pytest.fixture
def reported(session: Session, town: Town, furnished: Furnished, client: Browser, now: datetime) -> Furnished:
    """A report sent through the public page, claimed by the worker and linked to the furnished household."""
    form = client.get("/neighbour").form("/neighbour")
    client.submit(
        form, centre=str(town.garam.id), place="여우비길 끝 집", signs="MAIL", seen="사흘째 불이 켜져 있음",
        reporter_name=NAME, reporter_phone=PHONE,
    )  # fmt: skip
    item = session.get_one(DiscoveryItem, session.scalars(select(NeighbourReport.item_id)).one())
    worker = town.who(town.worker)
    claim(session, item, actor=worker, now=now)
    link_item(session, item, furnished.household, actor=worker, now=now)
    session.commit()
    return replace(furnished, values={**furnished.values, "item_id": item.id})


@on_one_database
@pytest.mark.parametrize("login", LOGINS)
def test_they_stand_on_the_page_of_their_own_and_on_no_other(
    app: Flask, sign_in_as: Enter, town: Town, reported: Furnished, login: str
) -> None:
    browser = sign_in_as(town.accounts[login])
    browser.reads_pages = False
    for rule in rules(app, "GET"):
        answer = browser.open(path_of(app, rule, reported))
        is_own = rule.endpoint == OWN_PAGE and login in MAY_SEE
        assert found_in(said(answer)) == (list(PLANTED) if is_own else []), f"{login}: {rule.rule}"


def papers(furnished: Furnished, town: Town) -> Iterator[PrintRequest]:
    """The papers of the household whose item it is, at every level."""
    for code in (ReportCode.CASE_REPORT, ReportCode.CASELOAD, ReportCode.SCHEDULE):
        for masking in Masking:
            yield PrintRequest(
                code, masking, next(iter(Purpose)), household=furnished.household, assignee=town.worker,
                centres=(town.garam,),
            )  # fmt: skip


@on_one_database
def test_no_paper_row_mail_or_log_line_holds_them_besides_the_report_itself(
    app: Flask, session: Session, sign_in_as: Enter, town: Town, reported: Furnished, log: StringIO, now: datetime
) -> None:
    drawn = 0
    for request in papers(reported, town):
        try:
            _record, facts = print_report(session, request, actor=town.who(town.supervisor), now=now)
        except (RuleBroken, NotFound):
            continue
        drawn += 1
        assert found_in(f"{to_json(facts)} {squeezed_pdf(draw(facts))}") == [], request.code
    assert drawn >= 3
    before = app.config["OUTREACH"]
    mail = MailSettings("mail.example.go.kr", 25, "outreach@example.go.kr")
    app.config["OUTREACH"] = replace(before, mail=mail, base_url="https://outreach.example.go.kr")
    town.worker.email = "worker@example.go.kr"
    with app.app_context():
        heard = [tell(session, now) for tell in (tell_mornings, tell_weeks, escalate_overdue)]
    app.config["OUTREACH"] = before
    assert heard[0], "somebody was told of the morning"
    sign_in_as(town.worker).get(f"/discoveries/items/{reported.values['item_id']}/reporter")
    assert found_in(log.getvalue()) == []
    assert {place for place, text in every_row(session) if found_in(text)} == {"neighbour_report"}


def test_those_who_may_are_the_holder_and_the_supervisor(session: Session, town: Town, reported: Furnished) -> None:
    """Otherwise the silence above would prove nothing."""
    for login, account in town.accounts.items():
        if login in MAY_SEE:
            assert get_reporter(session, town.who(account), item_id=reported.values["item_id"]).reporter_name == NAME
        else:
            with pytest.raises(NotFound):
                get_reporter(session, town.who(account), item_id=reported.values["item_id"])
