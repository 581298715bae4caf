"""Two people at one household or one record at once; a correction keeps the text before it."""

from __future__ import annotations

from app.visits.models import Visit, VisitVersion
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger
from tests.journeys.screens.household import HouseholdPage
from tests.journeys.screens.record import CorrectionPage, RecordPage
from tests.journeys.screens.visit import VisitPage
from tests.journeys.serving import Server
from tests.journeys.tablet import Tablet

NURSE, COLLEAGUE, LEAD = "garam.nurse1", "garam.nurse2", "garam.lead"
FIRST, SECOND, THIRD = "혈압 162/84로 잼", "혈압 126/84로 잼", "혈압 126/84, 약 달력 확인"


def test_two_people_writing_about_one_household_at_once_lose_nothing(open_tablet: OpenTablet, ledger: Ledger) -> None:
    stop = ledger.quiet(NURSE)
    tablets = open_tablet(NURSE), open_tablet(COLLEAGUE)
    for tablet in tablets:
        writes_a_note(tablet, stop.id, f"{tablet.server.url} {id(tablet)}의 글")
    for tablet in tablets:
        VisitPage(tablet).submit.click()
        if tablet is tablets[1]:
            says_it_was_another_visit(tablet)
        HouseholdPage(tablet, stop.id).wait()
    timeline = HouseholdPage(tablets[0], stop.id).open().timeline
    for tablet in tablets:
        expect(timeline.filter(has_text=f"{id(tablet)}의 글")).to_have_count(1)


def test_a_correction_keeps_the_old_text(open_tablet: OpenTablet, ledger: Ledger, server: Server) -> None:
    tablet, visit_id = a_visit_with_a_slip(open_tablet, ledger)
    form = CorrectionPage(tablet).open(visit_id)
    expect(form.note).to_have_value(FIRST)
    corrects(form, SECOND, "수축기를 잘못 적음")
    record = RecordPage(tablet)
    expect(record.text).to_contain_text(SECOND)
    expect(record.text).to_contain_text("정정 1회")
    expect(record.before(1)).to_contain_text("수축기를 잘못 적음")
    record.before(1).locator("summary").click()
    expect(record.before(1)).to_contain_text(FIRST)
    with server.records() as session:
        version = session.scalars(select(VisitVersion).where(VisitVersion.visit_id == visit_id)).one()
        assert (version.number, version.before["nursing_note"]) == (1, FIRST)


def test_two_people_correcting_one_record_at_once_lose_nothing(
    open_tablet: OpenTablet, ledger: Ledger, server: Server
) -> None:
    tablet, visit_id = a_visit_with_a_slip(open_tablet, ledger)
    other = open_tablet(NURSE)
    forms = [CorrectionPage(each).open(visit_id) for each in (tablet, other)]
    corrects(forms[0], SECOND, "수축기를 잘못 적음")
    corrects(forms[1], THIRD, "약 달력을 빠뜨림")
    expect(forms[1].errors).to_contain_text("먼저")
    expect(forms[1].note).to_have_value(THIRD)
    expect(RecordPage(other).text).to_contain_text(SECOND)
    forms[1].submit.click()
    expect(RecordPage(other).text).to_contain_text("정정 2회")
    with server.records() as session:
        kept = session.scalars(select(VisitVersion).where(VisitVersion.visit_id == visit_id)).all()
        assert [version.before["nursing_note"] for version in kept] == [FIRST, SECOND]
        assert session.get_one(Visit, visit_id).nursing_note == THIRD


def writes_a_note(tablet: Tablet, household_id: int, note: str) -> None:
    form = VisitPage(tablet).open(household_id)
    form.step("살핌·기록")
    form.nursing_note.fill(note)
    form.saved()
    form.step("다음 약속")


def says_it_was_another_visit(tablet: Tablet) -> None:
    """A colleague of one's own profession recorded a visit of that day: asked once."""
    form = VisitPage(tablet)
    expect(form.questions).to_contain_text("윤가람 방문간호사님이")
    form.questions.get_by_label("따로 한 방문입니까?").check()
    form.step("다음 약속")
    form.submit.click()


def a_visit_with_a_slip(open_tablet: OpenTablet, ledger: Ledger) -> tuple[Tablet, object]:
    """A tablet, and the id of the record just made on it."""
    tablet, stop = open_tablet(NURSE), ledger.quiet(NURSE)
    writes_a_note(tablet, stop.id, FIRST)
    VisitPage(tablet).submit.click()
    HouseholdPage(tablet, stop.id).wait()
    with ledger.reading() as session:
        made = session.scalars(select(Visit.id).where(Visit.household_id == stop.id, Visit.nursing_note == FIRST))
        return tablet, made.one()


def corrects(form: CorrectionPage, note: str, reason: str) -> None:
    form.reason.fill(reason)
    form.note.fill(note)
    form.submit.click()
