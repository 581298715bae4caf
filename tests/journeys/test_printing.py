"""A supervisor prints the case report of a household and the caseload report of its nurse."""

from __future__ import annotations

import unicodedata
from io import BytesIO

from app.accounts.queries import find_account_by_login
from app.core import clock
from app.follow_ups.queries.today import list_today
from app.follow_ups.rules import Status
from app.households.models import Household
from app.households.rules import HouseholdStatus
from app.visits.models import Visit
from playwright.sync_api import expect
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger, Stop
from tests.journeys.screens.household import HouseholdPage
from tests.journeys.screens.reports import Printing, RegisterPage
from tests.journeys.screens.visit import VisitPage
from tests.journeys.tablet import LANDSCAPE, Tablet

NURSE, LEAD = "garam.nurse1", "garam.lead"
NOTE = "식후 2시간 혈당 재고 발 살핌. 상처 없음."


def test_a_supervisor_prints_both_reports_and_they_agree_with_the_database(
    open_tablet: OpenTablet, ledger: Ledger
) -> None:
    stop = ledger.shared(NURSE)
    measures(open_tablet(NURSE), stop)
    tablet = open_tablet(LEAD, size=LANDSCAPE)
    printing = Printing(tablet)
    case_report = prints_the_case_report(tablet, printing, stop)
    caseload = prints_the_caseload(tablet, printing)
    with ledger.reading() as session:
        case_report_agrees(session, stop, squeezed(case_report))
        caseload_agrees(session, ledger, squeezed(caseload))
    stands_in_the_register(tablet, printing, case_report, caseload)


def measures(tablet: Tablet, stop: Stop) -> None:
    """The last visit, whose values the paper must show."""
    form = VisitPage(tablet).open(stop.id)
    form.step("활력징후")
    form.vital(stop.member_id, "systolic").fill("133")
    form.vital(stop.member_id, "diastolic").fill("71")
    form.vital(stop.member_id, "pulse").fill("67")
    form.step("살핌·기록")
    form.nursing_note.fill(NOTE)
    form.step("다음 약속")
    form.submit.click()
    HouseholdPage(tablet, stop.id).wait()


def prints_the_case_report(tablet: Tablet, printing: Printing, stop: Stop) -> bytes:
    HouseholdPage(tablet, stop.id).open()
    tablet.page.get_by_role("main").get_by_role("link", name="보고서", exact=True).click()
    tablet.page.wait_for_url(f"**/households/{stop.id}/report")
    printing.choose("회의", "전체")
    return printing.press(printing.make)


def prints_the_caseload(tablet: Tablet, printing: Printing) -> bytes:
    tablet.open("/reports")
    printing.choose("담당자별 사례현황", "감사", "전체")
    person = tablet.server.staff[NURSE]
    option = tablet.page.locator("#account_id option").filter(has_text=person.name)
    tablet.page.locator("#account_id").select_option(option.get_attribute("value"))
    return printing.press(printing.make)


def case_report_agrees(session: Session, stop: Stop, text: str) -> None:
    household = session.get_one(Household, stop.id)
    visits = session.scalars(select(Visit).where(Visit.household_id == stop.id)).all()
    at_the_door = [visit for visit in visits if visit.mode.value in ("FACE", "ABSENT")]
    latest = max(visits, key=lambda visit: visit.began_at)
    assert latest.nursing_note == NOTE
    on = clock.today()
    for words in (
        household.number, *(member.name for member in household.members), household.road_address,
        f"방문 기록 ({len(at_the_door)}건)", f"{on.year}. {on.month}. {on.day}.", "133/71", "67", NOTE, "회의", "전체",
    ):  # fmt: skip
        assert squeezed(words) in text, words
    assert all(squeezed(visit.welfare_note) in text for visit in at_the_door)


def caseload_agrees(session: Session, ledger: Ledger, text: str) -> None:
    nurse = find_account_by_login(session, NURSE)
    assert nurse is not None
    mine = (Household.nurse_id == nurse.id, Household.status == HouseholdStatus.ACTIVE)
    numbers = session.scalars(select(Household.number).where(*mine)).all()
    calls = list_today(session, ledger.identity(session, NURSE), today=clock.today())
    late = sum(
        due.status in (Status.OVERDUE, Status.LATE_TARGET)
        for call in calls.calls
        for due in call.dues
        if due.profession.value == "NURSE"
    )
    assert f"진행가구{len(numbers)}가구" in text
    assert f"기한경과{late}건" in text
    assert [number for number in numbers if number not in text] == []
    assert nurse.name in text


def stands_in_the_register(tablet: Tablet, printing: Printing, case_report: bytes, caseload: bytes) -> None:
    register = RegisterPage(tablet).open()
    for row, (words, paper) in enumerate(
        ((("담당자별 사례현황", "감사", "전체"), caseload), (("가구별 사례보고서", "회의", "전체"), case_report))
    ):
        for word in (*words, tablet.server.staff[LEAD].name):
            expect(register.rows.nth(row)).to_contain_text(word)
        assert printing.press(register.view(register.rows.nth(row))) == paper
        register.open()
    expect(register.rows).to_have_count(2)


def squeezed(paper: bytes | str) -> str:
    """The words of a paper without white space, for lines break where they must."""
    if isinstance(paper, bytes):
        paper = "".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)
    return "".join(unicodedata.normalize("NFC", paper).split())
