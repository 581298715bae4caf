"""욕구 및 위기도 조사표 says what was answered and how the domains went; blank it is the form that holds today."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from app.access.permissions import Role
from app.needs import service as needs
from app.needs.rules import NeedLevel
from app.reports.documents import draw
from app.reports.rules import Masking, Purpose, ReportCode, from_json, to_json
from app.reports.service import PrintRequest, print_report
from pypdf import PdfReader
from sqlalchemy.orm import Session
from tests.factories.cases import counsel, open_case
from tests.factories.households import add_household
from tests.factories.needs import needs_details, survey
from tests.moments import NOW, day

L = NeedLevel
NOTES = {"HEALTH_MENTAL": "죽고 싶다 하심", "ECON_BASIC": "월세 석 달 밀림"}


@pytest.fixture
def household(session: Session, town: Any) -> Any:
    worker = town.who(town.worker)
    found = add_household(session, worker)
    open_case(session, found, worker)
    counsel(session, found, worker)
    return found


def noted(session: Session, household: Any, town: Any) -> Any:
    worker = town.who(town.worker)
    details = needs_details(session, worker, HEALTH_MENTAL=L.NEEDED, ECON_BASIC=L.URGENT)
    return needs.record_needs(session, household, replace(details, notes=NOTES), actor=worker, now=NOW).row


def printed(session: Session, town: Any, row: Any, *, login: str = "worker", masking: Masking = Masking.FULL) -> Any:
    wanted = PrintRequest(ReportCode.NEEDS_SHEET, masking, Purpose.DUTY, household=row.household, about=row)
    return print_report(session, wanted, actor=town.who(town.accounts[login]), now=NOW)[1]


def text_of(facts: Any) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(draw(facts))).pages).split())


def test_the_sheet_says_every_item_with_its_level_and_how_the_domains_went(
    session: Session, household: Any, town: Any
) -> None:
    survey(session, household, town.who(town.worker), on=day(-9), SAFE_IN_FAMILY=L.URGENT)
    row = noted(session, household, town)
    facts = printed(session, town, row)
    text = text_of(facts)
    for said in (
        "욕구및위기도조사표",
        "가족내안전유지",
        "월세석달밀림",
        "긴급→없음나아짐",
        "없음→긴급나빠짐",
        "밥을못해먹겠어요",
        household.number,
    ):
        assert said in text, said
    assert text.count("■") == 19
    assert from_json(to_json(facts)) == facts


@pytest.mark.parametrize(("login", "told"), [("worker", True), ("nurse", True), ("district_officer", False)])
def test_words_about_health_are_for_those_who_read_health_and_for_the_writer(
    session: Session, household: Any, town: Any, login: str, told: bool
) -> None:
    text = text_of(printed(session, town, noted(session, household, town), login=login, masking=Masking.AGENCY))
    assert ("죽고싶다하심" in text) is told
    assert text.count("■") == (19 if told else 17)
    assert "월세석달밀림" in text


def test_it_is_printed_from_the_survey_and_blank_from_the_form_and_not_once_taken_back(
    sign_in_as: Any, session: Session, household: Any, town: Any
) -> None:
    row = noted(session, household, town)
    browser = sign_in_as(town.worker)
    page = browser.get(f"/needs/{row.id}/form")
    answer = browser.submit(page.form("/form"), status=200, purpose="DUTY", masking="FULL")
    assert answer.mimetype == "application/pdf"
    blank = browser.submit(browser.get("/needs/form").form("/reports/blank"), status=200)
    assert blank.mimetype == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(blank.data)).pages)
    assert "■" not in text
    assert "폭력" in text
    needs.void_needs(session, row, because="다른 집", actor=town.who(town.worker), now=NOW)
    browser.get(f"/needs/{row.id}/form", status=404)
    sign_in_as(Role.NURSE).get("/needs/form")
