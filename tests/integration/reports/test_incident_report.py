"""R11: counts without a name, the same on page, paper and spreadsheet; of one centre, or of the 시군구."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.core.database import new_id
from app.reports.models import PrintRecord
from app.reports.rules import Masking, Medium, from_json, to_json
from app.safety.rules import Called, IncidentKind, IncidentReport
from app.safety.service import report_incident
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Answer, Browser
from tests.factories.households import add_household
from tests.factories.town import Town

SignIn = Callable[[Role | Account], Browser]


@pytest.fixture
def incidents(session: Session, town: Town, now: datetime) -> None:
    """Three of 가람동, one of them last year; one of 나래동."""
    for account, days, kind in (
        (town.nurse, 1, IncidentKind.VERBAL), (town.nurse, 40, IncidentKind.WEAPON),
        (town.worker, 400, IncidentKind.WEAPON), (town.narae_worker, 1, IncidentKind.VERBAL),
    ):  # fmt: skip
        who = town.who(account)
        sent = IncidentReport(
            new_id(),
            kind,
            now - timedelta(days=days),
            is_hurt=days == 40,
            called=(Called.POLICE,),
            what="뷁도깨비나루가 소리침",
        )
        report_incident(session, sent, add_household(session, who), actor=who, now=now)


def printed(browser: Browser, **fields: str) -> Answer:
    form = browser.get("/reports/incidents").form("/reports/incidents")
    return browser.submit(form, status=200, purpose="AUDIT", **fields)


def squeezed(answer: Answer) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(answer.data)).pages)


def test_the_paper_of_a_centre_counts_and_names_nobody(
    session: Session, town: Town, sign_in_as: SignIn, incidents: None
) -> None:
    text = squeezed(printed(sign_in_as(Role.SUPERVISOR)))
    for said in (
        "방문인력안전사고현황",
        "2026.1.1.~2026.11.23.",
        "전체2건",
        "다친사고1건",
        "112연락2건",
        "보완하지않은보고2건",
        "집계기준",
    ):
        assert said in text, said
    assert "나래동" not in text
    for name in ("뷁도깨비나루", "김순자", "윤가람"):
        assert name not in text
    [record] = session.scalars(select(PrintRecord))
    assert (record.code, record.centre_id, record.masking) == ("R11", town.garam.id, Masking.STATISTICS)


def test_the_paper_of_the_district_has_a_table_of_centres_and_stands_in_its_own_register(
    session: Session, town: Town, sign_in_as: SignIn, incidents: None
) -> None:
    text = squeezed(printed(sign_in_as(town.district_officer), centre_id="0"))
    for said in ("전체3건", "종류·센터별건수", "가람동", "나래동"):
        assert said in text, said
    [record] = session.scalars(select(PrintRecord))
    assert (record.centre_id, record.title) == (None, "한빛구-R11-2026-0001")
    assert record.title in sign_in_as(town.privacy_officer).get("/reports/register").text
    for login in ("supervisor", "far_privacy_officer"):
        assert record.title not in sign_in_as(town.accounts[login]).get("/reports/register").text


def test_the_spreadsheet_says_the_same(session: Session, town: Town, sign_in_as: SignIn, incidents: None) -> None:
    answer = printed(sign_in_as(Role.SUPERVISOR), xlsx="1")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_name("월별").to_python()
    [head] = [row for row in rows if row[0] == "종류"]
    assert head[-1] == "계"
    assert len([cell for cell in head if cell]) == 13
    [sums] = [row for row in rows if row[0] == "합계"]
    assert sums[len(head) - 1] == 2
    [row] = session.scalars(select(AccessLog).where(AccessLog.action == Action.EXPORT))
    assert row.purpose == "감사"
    [record] = session.scalars(select(PrintRecord))
    assert (record.code, record.medium, record.copy_number) == ("R11", Medium.XLSX, 1)


@pytest.mark.parametrize(
    "fields",
    [
        {"first_on": "2025-01-01", "last_on": "2026-11-23"},
        {"first_on": "2026-02-01", "last_on": "2026-01-01"},
        {"first_on": "", "last_on": "2026-01-01"},
        {"first_on": "0001-01-01", "last_on": "0001-02-01"},
        {"centre_id": "999"},
        {"purpose": ""},
    ],
)
def test_a_period_that_cannot_be_printed_comes_back(sign_in_as: SignIn, fields: dict[str, str]) -> None:
    browser = sign_in_as(Role.SUPERVISOR)
    form = browser.get("/reports/incidents").form("/reports/incidents")
    browser.submit(form, status=422, **{"purpose": "AUDIT", **fields})


def test_nobody_else_prints_it(town: Town, sign_in_as: SignIn) -> None:
    for login in ("worker", "nurse", "privacy_officer", "administrator"):
        sign_in_as(town.accounts[login]).open("/reports/incidents", status=403)


def test_it_opens_again_as_it_was_printed(session: Session, sign_in_as: SignIn, incidents: None) -> None:
    lead = sign_in_as(Role.SUPERVISOR)
    answer = printed(lead)
    [record] = session.scalars(select(PrintRecord))
    lead.get("/reports/register")
    assert lead.post(f"/reports/register/{record.id}", status=200).data == answer.data
    facts = from_json(json.dumps(record.facts))
    assert from_json(to_json(facts)) == facts
