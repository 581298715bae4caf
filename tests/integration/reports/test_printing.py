"""What is printed is what is known, no more than the reader may see, and every print is on the register."""

from __future__ import annotations

import json
from datetime import datetime, time
from io import BytesIO

import pytest
from app.access.identity import Identity
from app.assignments.rules import Duty
from app.assignments.service import assign
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.core.errors import NotFound, RuleBroken
from app.follow_ups.rules import CareGroup
from app.follow_ups.service import set_care_group
from app.households.models import Household
from app.households.rules import HealthGround
from app.reports.documents import draw
from app.reports.queries import get_print, list_prints
from app.reports.rules import CaseReportFacts, Masking, Purpose, ReportCode, from_json
from app.reports.service import PrintRequest, print_report
from app.visits.rules import VitalKind
from app.visits.service import log_visit
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.households import add_household
from tests.factories.plans import plan
from tests.factories.town import Town
from tests.factories.visits import blood_pressure, reading, visit_details
from tests.moments import TODAY, day

NOTE = "<b>약</b> 뷁 =1+1 «밤에 다리가 저리다» & <img src=x>"


@pytest.fixture
def visited(session: Session, town: Town, now: datetime) -> Household:
    """김순자 of 가람동, with a nurse, a care group and one visit ten days ago."""
    nurse = town.who(town.nurse)
    household = add_household(session, nurse, health_ground=HealthGround.CONSENT)
    assign(session, household, Duty.NURSE, town.nurse, actor=nurse, now=now)
    [member] = household.members
    set_care_group(session, member, CareGroup.REGULAR, from_on=day(-100), reason="혈압", actor=nurse, now=now)
    details = visit_details(
        household,
        day(-10),
        nursing_note=NOTE,
        welfare_note="",
        shared_line="반찬이 필요함",
        readings=(
            blood_pressure(member.id, 152, 88, measured_at=None),
            reading(member.id, VitalKind.PULSE, "78", measured_at=None),
        ),
    )
    log_visit(session, household, details, typed_at=now, actor=nurse, now=now)
    return household


def text_of(pdf: bytes) -> str:
    """Everything a reader of the PDF can read, without white space."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def case_report(
    session: Session, who: Identity, household: Household, now: datetime, masking: Masking = Masking.FULL
) -> str:
    wanted = PrintRequest(ReportCode.CASE_REPORT, masking, Purpose.MEETING, household=household)
    _record, facts = print_report(session, wanted, actor=who, now=now)
    return text_of(draw(facts))


def test_a_case_report_says_what_was_typed_exactly(
    session: Session, town: Town, visited: Household, now: datetime
) -> None:
    text = case_report(session, town.who(town.nurse), visited, now)
    for said in (
        "김순자",
        visited.number,
        "1942.3.15.",
        "152/88",
        "정기관리군",
        "반찬이필요함",
        "윤가람",
        "사후입력10일뒤",
    ):
        assert said in text, said
    assert "".join(NOTE.split()) in text


def test_health_stays_off_the_paper_of_somebody_who_may_not_read_it(
    session: Session, town: Town, visited: Household, now: datetime
) -> None:
    text = case_report(session, town.who(town.worker), visited, now)
    assert "152/88" not in text
    assert "저리다" not in text
    assert "열람권한이없어뺐습니다" in text
    assert "반찬이필요함" in text


def test_what_is_masked_is_not_in_the_file_at_all(
    session: Session, town: Town, visited: Household, now: datetime
) -> None:
    agency = case_report(session, town.who(town.nurse), visited, now, Masking.AGENCY)
    statistics = case_report(session, town.who(town.nurse), visited, now, Masking.STATISTICS)
    assert "김순자" in agency
    assert "3120-5050" not in agency
    assert "842호" not in agency
    assert "김순자" not in statistics
    assert "저리다" not in statistics


def test_a_caseload_counts_the_rows_it_lists(session: Session, town: Town, visited: Household, now: datetime) -> None:
    wanted = PrintRequest(ReportCode.CASELOAD, Masking.FULL, Purpose.MEETING, assignee=town.nurse)
    _record, facts = print_report(session, wanted, actor=town.who(town.supervisor), now=now)
    assert [row.number for row in facts.households] == [visited.number]  # type: ignore[union-attr]
    [row] = facts.households  # type: ignore[union-attr]
    assert (row.care_group, row.last_seen_on) == ("정기관리군", day(-10))
    text = text_of(draw(facts))
    assert visited.number in text
    assert "1가구" in text


def test_every_print_has_a_number_a_copy_a_purpose_and_a_line_in_the_access_log(
    session: Session, town: Town, visited: Household, now: datetime
) -> None:
    nurse = town.who(town.nurse)
    wanted = PrintRequest(ReportCode.CASE_REPORT, Masking.AGENCY, Purpose.TRANSFER, household=visited)
    first, _ = print_report(session, wanted, actor=nurse, now=now)
    second, _ = print_report(session, wanted, actor=nurse, now=now)
    assert (first.copy_number, second.copy_number) == (1, 2)
    assert first.title != second.title
    logged = session.scalars(select(AccessLog).where(AccessLog.action == Action.PRINT)).all()
    assert [(row.purpose, row.household_id) for row in logged] == [("이관", visited.id)] * 2


def test_the_register_opens_a_print_again_byte_for_byte(
    session: Session, town: Town, visited: Household, now: datetime
) -> None:
    wanted = PrintRequest(ReportCode.CASE_REPORT, Masking.FULL, Purpose.MEETING, household=visited)
    record, facts = print_report(session, wanted, actor=town.who(town.nurse), now=now)
    session.expire_all()
    visited.phone = "changed since"
    [listed] = list_prints(session, town.who(town.supervisor))
    assert listed.id == record.id
    again = from_json(json.dumps(listed.facts))
    assert isinstance(again, CaseReportFacts)
    assert draw(again) == draw(facts)


def test_the_register_of_another_centre_does_not_exist(
    session: Session, town: Town, visited: Household, now: datetime
) -> None:
    wanted = PrintRequest(ReportCode.CASE_REPORT, Masking.FULL, Purpose.MEETING, household=visited)
    record, _ = print_report(session, wanted, actor=town.who(town.nurse), now=now)
    stranger = town.who(town.narae_supervisor)
    assert not list_prints(session, stranger)
    with pytest.raises(NotFound):
        get_print(session, stranger, record.id)


def test_an_unmasked_print_needs_its_permission(
    session: Session, town: Town, visited: Household, now: datetime
) -> None:
    wanted = PrintRequest(ReportCode.CASE_REPORT, Masking.FULL, Purpose.AUDIT, household=visited)
    with pytest.raises(RuleBroken):
        print_report(session, wanted, actor=town.who(town.district_officer), now=now)


def test_the_days_schedule_lists_what_is_overdue(session: Session, town: Town, now: datetime) -> None:
    nurse = town.who(town.nurse)
    household = add_household(session, nurse)
    assign(session, household, Duty.NURSE, town.nurse, actor=nurse, now=now)
    [member] = household.members
    set_care_group(session, member, CareGroup.REGULAR, from_on=day(-120), reason="혈압", actor=nurse, now=now)
    wanted = PrintRequest(ReportCode.SCHEDULE, Masking.FULL, Purpose.DUTY, assignee=town.nurse)
    _record, facts = print_report(session, wanted, actor=nurse, now=now)
    [row] = facts.rows  # type: ignore[union-attr]
    assert (row.number, row.name) == (household.number, "김순자")
    assert "정기관리군" in row.because
    assert row.planned == ""


def test_the_days_schedule_carries_the_hours_of_the_visitors_own_calendar(
    session: Session, town: Town, now: datetime
) -> None:
    nurse = town.who(town.nurse)
    household = add_household(session, nurse)
    assign(session, household, Duty.NURSE, town.nurse, actor=nurse, now=now)
    [member] = household.members
    set_care_group(session, member, CareGroup.REGULAR, from_on=day(-120), reason="혈압", actor=nurse, now=now)
    plan(session, household, nurse, TODAY, time(14, 30))
    plan(session, household, town.who(town.worker), TODAY, time(9))
    wanted = PrintRequest(ReportCode.SCHEDULE, Masking.FULL, Purpose.DUTY, assignee=town.nurse)
    _record, facts = print_report(session, wanted, actor=nurse, now=now)
    assert [row.planned for row in facts.rows] == ["14:30"]  # type: ignore[union-attr]
