"""A worker and a nurse at one door: one record in two hands, also when both wrote it without knowing; and its undoing."""

from __future__ import annotations

from app.follow_ups.models import ContactRow
from app.follow_ups.rules import Purpose
from app.visits.models import Visit
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger, Stop
from tests.journeys.screens.household import HouseholdPage
from tests.journeys.screens.joint import SameVisitQuestion, SecondNotePage, VoidPage
from tests.journeys.screens.record import RecordPage
from tests.journeys.screens.today import Today
from tests.journeys.screens.visit import VisitPage
from tests.journeys.tablet import LANDSCAPE, Tablet

NURSE, WORKER = "garam.nurse1", "garam.worker1"
NURSED, WORKED, LINE = "혈압 조절됨, 어지럽지 않으심", "긴급지원 서류를 안내함", "가스 요금이 밀림"


def test_a_joint_visit_is_one_record_in_two_hands(open_tablet: OpenTablet, ledger: Ledger) -> None:
    nurse, worker = open_tablet(NURSE), open_tablet(WORKER, size=LANDSCAPE)
    stop = ledger.quiet(NURSE)
    nurse_writes(nurse, stop, companion=ledger_id(ledger, WORKER))
    VisitPage(nurse).submit.click()
    HouseholdPage(nurse, stop.id).wait()
    Today(worker).open()
    wanted = worker.page.locator("section", has=worker.page.locator("#wanted-notes"))
    worker.hand.tap(wanted.get_by_role("listitem").filter(has_text=stop.title))
    part = SecondNotePage(worker)
    expect(part.beside).to_contain_text("윤가람 방문간호사의 기록")
    worker.hand.write(part.welfare_note, WORKED)
    worker.hand.write(part.shared_line, LINE)
    part.saved()
    part.go_on()
    worker.hand.tap(part.add)
    record = RecordPage(worker)
    for said in (WORKED, LINE, "윤가람 방문간호사, ", "의 공동방문입니다"):
        expect(record.text).to_contain_text(said)
    visit = only_visit(ledger, stop)
    assert (visit.nursing_note, visit.welfare_note, visit.purpose) == (NURSED, WORKED, Purpose.JOINT)
    worker.open(f"/visits/{visit.id}/second/correct")
    worker.hand.write(worker.page.locator("#reason"), "서류 이름을 덧붙임")
    worker.page.locator("#welfare_note").fill(f"{WORKED} (생계급여)")
    worker.hand.tap(worker.page.get_by_role("button", name="정정 저장"))
    expect(record.text).to_contain_text("정정 1회")
    nurse.open(f"/visits/{visit.id}")
    expect(RecordPage(nurse).text).to_contain_text(NURSED)
    expect(RecordPage(nurse).text).to_contain_text(f"{WORKED} (생계급여)")
    assert not worker.hand.small


def test_both_wrote_without_knowing_and_it_becomes_one_visit(open_tablet: OpenTablet, ledger: Ledger) -> None:
    nurse, worker = open_tablet(NURSE), open_tablet(WORKER)
    stop = ledger.quiet(NURSE)
    worker_writes(worker, stop)
    nurse_writes(nurse, stop)
    VisitPage(nurse).submit.click()
    HouseholdPage(nurse, stop.id).wait()
    VisitPage(worker).submit.click()
    question = SameVisitQuestion(worker)
    expect(question.text).to_contain_text("윤가람 방문간호사님이")
    question.same()
    HouseholdPage(worker, stop.id).wait()
    visit = only_visit(ledger, stop)
    assert (visit.nursing_note, visit.welfare_note) == (NURSED, WORKED)
    with ledger.reading() as session:
        told = select(ContactRow.purpose).where(ContactRow.record_id == visit.id, ContactRow.voided_at.is_(None))
        assert session.scalars(told).all() == [Purpose.JOINT]
    worker.open(f"/visits/{visit.id}")
    expect(RecordPage(worker).text).to_contain_text(WORKED)
    nurse.open(f"/visits/{visit.id}")
    for said in (NURSED, WORKED):
        expect(RecordPage(nurse).text).to_contain_text(said)
    assert not worker.hand.small


def test_a_record_is_taken_back_and_revived(open_tablet: OpenTablet, ledger: Ledger) -> None:
    nurse = open_tablet(NURSE)
    stop = ledger.quiet(NURSE)
    nurse_writes(nurse, stop)
    VisitPage(nurse).submit.click()
    home = HouseholdPage(nurse, stop.id)
    home.wait()
    visit = only_visit(ledger, stop)
    record = RecordPage(nurse).open(visit.id)
    nurse.hand.tap(nurse.page.get_by_role("link", name="무효", exact=True))
    VoidPage(nurse).take_back("다른 가구의 방문")
    expect(record.text).to_contain_text("무효로 한 기록입니다")
    expect(record.text).to_contain_text("다른 가구의 방문")
    expect(home.open().timeline.filter(has_text="무효 까닭: 다른 가구의 방문")).to_have_count(1)
    record.open(visit.id)
    nurse.hand.tap(nurse.page.get_by_role("button", name="되살리기"))
    expect(record.text).to_contain_text("되살렸습니다")
    expect(home.open().timeline.filter(has_text="무효 까닭")).to_have_count(0)
    assert not nurse.hand.small


def nurse_writes(tablet: Tablet, stop: Stop, *, companion: int | None = None) -> None:
    form = VisitPage(tablet).open(stop.id)
    if companion:
        tablet.page.get_by_text("함께 간 사람, 장소").click()
        tablet.page.locator(f"label.chip:has([name=companion_ids][value='{companion}'])").click()
    form.step("살핌·기록")
    form.nursing_note.fill(NURSED)
    form.saved()
    form.step("다음 약속")


def worker_writes(tablet: Tablet, stop: Stop) -> None:
    form = VisitPage(tablet).open(stop.id)
    form.step("살핌·기록")
    form.welfare_note.fill(WORKED)
    form.saved()
    form.step("다음 약속")


def ledger_id(ledger: Ledger, login: str) -> int:
    with ledger.reading() as session:
        return ledger.identity(session, login).account_id or 0


def only_visit(ledger: Ledger, stop: Stop) -> Visit:
    """The one record that the journey made."""
    with ledger.reading() as session:
        made = select(Visit).where(Visit.household_id == stop.id, Visit.nursing_note == NURSED)
        visit = session.scalars(made).one()
        session.expunge(visit)
        return visit
