"""Visit records on paper hold what was recorded, no more than the reader may see, and stand on the register."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account
from app.assignments.rules import Duty
from app.assignments.service import assign
from app.attachments.rules import PhotoDetails
from app.attachments.service import FileStore, add_photo, prepare_picture
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.core.database import new_id
from app.core.errors import RuleBroken
from app.households.models import Household
from app.households.rules import HealthGround
from app.reports.documents import draw
from app.reports.models import PrintRecord
from app.reports.rules import (
    EmptyWord,
    Masking,
    Purpose,
    ReportCode,
    SheetForm,
    SheetWishes,
    VisitSheetFacts,
)
from app.reports.service import PrintRequest, print_report
from app.visits.models import Visit
from app.visits.rules import VitalKind
from app.visits.service import correct_visit, log_absence, log_visit
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import add_household
from tests.factories.pictures import photo
from tests.factories.town import Town
from tests.factories.visits import absence_details, blood_pressure, reading, visit_details
from tests.moments import TODAY, at, day

SignIn = Callable[[Role | Account], Browser]
NOTE = "<b>약</b> 뷁 밤에 다리가 저리다"


@pytest.fixture
def household(session: Session, town: Town, now: Any) -> Household:
    """김순자 of 가람동, the nurse's, without a ground for others to read her health."""
    nurse = town.who(town.nurse)
    household = add_household(session, nurse, health_ground=None)
    assign(session, household, Duty.NURSE, town.nurse, actor=nurse, now=now)
    return household


def logged(session: Session, town: Town, household: Household, now: Any, days: int = 0, **changes: Any) -> Visit:
    """A nurse's visit so many days ago, with a blood pressure, a pulse and a note."""
    [member] = household.members
    on = day(-days)
    taken = at(on, 9, 20)
    readings = (
        blood_pressure(member.id, 152 - days % 40, 88, measured_at=taken),
        reading(member.id, VitalKind.PULSE, "78", measured_at=taken),
    )
    told = {"nursing_note": NOTE, "welfare_note": "", "shared_line": "반찬이 필요함", "readings": readings} | changes
    details = visit_details(household, on, **told)
    return log_visit(session, household, details, typed_at=now, actor=town.who(town.nurse), now=now)


def printed(session: Session, who: Identity, *visits: Visit, now: Any, **more: Any) -> VisitSheetFacts:
    wishes = SheetWishes(more.pop("form", None), more.pop("empty", EmptyWord.NONE))
    masking = more.pop("masking", Masking.FULL)
    wanted = PrintRequest(
        ReportCode.VISIT_SHEET, masking, Purpose.DUTY, household=visits[0].household, visits=visits, wishes=wishes
    )
    _record, facts = print_report(session, wanted, actor=who, now=now)
    assert isinstance(facts, VisitSheetFacts)
    return facts


def printing(page: Any) -> Any:
    """The form of a page that prints: the other one of the same address chooses what is shown."""
    return next(form for form in page.forms() if "purpose" in form.fields or "visits" in form.fields)


def text_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def test_a_nurses_sheet_says_what_was_recorded(session: Session, town: Town, household: Household, now: Any) -> None:
    logged(session, town, household, now, days=30)
    visit = logged(session, town, household, now, days=2)
    facts = printed(session, town.who(town.nurse), visit, now=now)
    [sheet] = facts.sheets
    assert sheet.form is SheetForm.NURSING
    assert [(line.kind, line.value) for line in sheet.vitals] == [("혈압", "150/88 mmHg"), ("맥박", "78 회/분")]
    [trends] = sheet.trends
    assert [[taking.values for taking in trend.takings] for trend in trends.trends] == [[(122.0, 88.0), (150.0, 88.0)]]
    text = text_of(draw(facts))
    for said in (
        household.number,
        "김순자",
        "".join(NOTE.split()),
        "반찬이필요함",
        "윤가람방문간호사",
        "사후입력2일뒤",
    ):
        assert said in text, said


def test_the_chart_ends_with_the_visit_it_belongs_to(
    session: Session, town: Town, household: Household, now: Any
) -> None:
    for days in (30, 10):
        logged(session, town, household, now, days=days)
    visit = logged(session, town, household, now, days=5)
    logged(session, town, household, now)
    [sheet] = printed(session, town.who(town.nurse), visit, now=now).sheets
    assert [len(trend.takings) for each in sheet.trends for trend in each.trends if trend.title == "혈압"] == [3]


def test_a_visit_taken_back_is_left_out_of_the_chart_and_marked_on_its_sheet(
    session: Session, town: Town, household: Household, now: Any
) -> None:
    for days in (30, 20):
        logged(session, town, household, now, days=days)
    wrong = logged(session, town, household, now, days=10)
    wrong.voided_at, wrong.voided_because, wrong.voided_by_id = now, "다른 집에 적음", town.nurse.id
    session.flush()
    visit = logged(session, town, household, now)
    nurse = town.who(town.nurse)
    [sheet] = printed(session, nurse, visit, now=now).sheets
    [trend] = [trend for each in sheet.trends for trend in each.trends if trend.title == "혈압"]
    assert len(trend.takings) == 3
    [void] = printed(session, nurse, wrong, now=now).sheets
    assert "다른 집에 적음" in void.voided


@pytest.mark.parametrize("form", [SheetForm.NURSING, SheetForm.WELFARE])
@pytest.mark.parametrize("login", ["worker", "supervisor", "district_officer"])
def test_health_is_on_no_form_of_those_who_may_not_read_it(
    session: Session, town: Town, household: Household, now: Any, login: str, form: SheetForm
) -> None:
    visit = logged(session, town, household, now)
    facts = printed(session, town.who(town.accounts[login]), visit, now=now, form=form, masking=Masking.AGENCY)
    text = text_of(draw(facts))
    assert "152/88" not in text
    assert "저리다" not in text
    assert "반찬이필요함" in text
    assert ("권한이없어뺐습니다" in text) is (form is SheetForm.NURSING)


def test_with_a_ground_the_supervisor_reads_health_on_the_nurses_form(
    session: Session, town: Town, household: Household, now: Any
) -> None:
    household.health_ground = HealthGround.CONSENT
    visit = logged(session, town, household, now)
    supervisor = town.who(town.supervisor)
    assert "152/88" in text_of(draw(printed(session, supervisor, visit, now=now)))
    assert "152/88" not in text_of(draw(printed(session, supervisor, visit, now=now, form=SheetForm.WELFARE)))


def test_a_correction_is_told_on_paper(session: Session, town: Town, household: Household, now: Any) -> None:
    nurse = town.who(town.nurse)
    visit = logged(session, town, household, now, readings=())
    again = visit_details(household, visit_id=visit.id, nursing_note="고친 글", welfare_note="", shared_line="")
    correct_visit(session, visit, again, reason="잘못 적음", version=visit.version, actor=nurse, now=now)
    session.expire_all()
    [sheet] = printed(session, nurse, visit, now=now).sheets
    assert [each.reason for each in sheet.corrections] == ["잘못 적음"]
    assert "정정1회" in text_of(draw(printed(session, nurse, visit, now=now)))


def test_an_absence_says_what_was_tried(session: Session, town: Town, household: Household, now: Any) -> None:
    worker = town.who(town.worker)
    visit = log_absence(
        session, household, absence_details(household, neighbour_asked="어제 봄"), typed_at=now, actor=worker, now=now
    )
    [sheet] = printed(session, worker, visit, now=now).sheets
    assert sheet.form is SheetForm.WELFARE
    told = {each.what: each.said for each in sheet.absence}
    assert (told["해 본 것"], told["안내문"], told["이웃·관리소"]) == ("초인종", "두고 왔음", "어제 봄")


def test_sheets_stand_in_the_order_of_the_day(session: Session, town: Town, household: Household, now: Any) -> None:
    late = logged(session, town, household, now, began_at=at(TODAY, 9, 30), ended_at=at(TODAY, 9, 40), readings=())
    early = logged(session, town, household, now, began_at=at(TODAY, 8, 30), ended_at=at(TODAY, 8, 40), readings=())
    facts = printed(session, town.who(town.nurse), late, early, now=now)
    assert [sheet.began_at for sheet in facts.sheets] == [early.began_at, late.began_at]


def test_copies_are_counted_by_the_very_visits_and_form(
    session: Session, town: Town, household: Household, now: Any
) -> None:
    nurse = town.who(town.nurse)
    first, second = (logged(session, town, household, now, days=days) for days in (9, 2))
    copies = [
        printed(session, nurse, *visits, now=now, form=form).letterhead.copy_number
        for visits, form in (
            ((first,), None), ((first,), None), ((second,), None), ((first, second), None), ((second, first), None),
            ((first,), SheetForm.WELFARE),
        )
    ]  # fmt: skip
    assert copies == [1, 2, 1, 1, 2, 1]


def test_nothing_to_print_is_refused(session: Session, town: Town, household: Household, now: Any) -> None:
    wanted = PrintRequest(
        ReportCode.VISIT_SHEET, Masking.AGENCY, Purpose.DUTY, household=household, wishes=SheetWishes()
    )
    with pytest.raises(RuleBroken) as refused:
        print_report(session, wanted, actor=town.who(town.nurse), now=now)
    assert refused.value.code == "VISITS_NEEDED"
    assert session.scalars(select(PrintRecord)).all() == []


def test_a_record_is_printed_from_its_page_and_opened_again_from_the_register(
    session: Session, town: Town, sign_in_as: SignIn, household: Household, now: Any
) -> None:
    visit = logged(session, town, household, now)
    session.commit()
    browser = sign_in_as(town.nurse)
    assert f"/visits/{visit.id}/sheet" in browser.get(f"/visits/{visit.id}").html
    form = browser.get(f"/visits/{visit.id}/sheet").form("/sheet")
    browser.submit(form, status=422)
    answer = browser.submit(form, status=200, purpose="DUTY", masking="FULL")
    assert answer.mimetype == "application/pdf"
    assert "152/88" in text_of(answer.data)
    [record] = session.scalars(select(PrintRecord))
    assert (record.code, record.household_id, record.purpose) == ("F05", household.id, Purpose.DUTY)
    again = sign_in_as(town.supervisor)
    again.get("/reports/register")
    assert again.post(f"/reports/register/{record.id}", status=200).data == answer.data


def test_a_day_is_one_file_of_the_records_that_were_ticked(
    session: Session, town: Town, sign_in_as: SignIn, household: Household, now: Any
) -> None:
    kept = logged(session, town, household, now, readings=())
    logged(session, town, household, now, began_at=at(TODAY, 9, 45), ended_at=at(TODAY, 9, 50), readings=())
    session.commit()
    browser = sign_in_as(town.nurse)
    form = printing(browser.get(f"/reports/visit-sheets?on={TODAY.isoformat()}"))
    answer = browser.submit(form, status=200, purpose="AUDIT", masking="AGENCY", visits=[str(kept.id)])
    paper = PdfReader(BytesIO(answer.data))
    assert len(paper.outline) == 1
    row = session.scalars(select(AccessLog).where(AccessLog.action == Action.PRINT)).one()
    assert (row.household_id, row.row_count, row.purpose) == (None, 1, "감사")
    assert row.detail.endswith(str(household.id))


def test_only_ones_own_records_are_offered_unless_the_whole_centre_is_asked_for(
    session: Session, town: Town, sign_in_as: SignIn, household: Household, now: Any
) -> None:
    visit = logged(session, town, household, now)
    session.commit()
    browser = sign_in_as(town.worker)
    address = f"/reports/visit-sheets?on={TODAY.isoformat()}"
    assert str(visit.id) not in browser.get(address).html
    assert str(visit.id) in browser.get(f"{address}&whose=all").html
    assert str(visit.id) in sign_in_as(town.supervisor).get(address).html
    assert str(visit.id) not in sign_in_as(town.narae_supervisor).get(address).html


def test_a_households_period_is_one_file(
    session: Session, town: Town, sign_in_as: SignIn, household: Household, now: Any
) -> None:
    for days in (80, 5):
        logged(session, town, household, now, days=days)
    session.commit()
    browser = sign_in_as(town.nurse)
    address = f"/households/{household.id}/visit-sheets"
    form = printing(browser.get(f"{address}?from={day(-30).isoformat()}"))
    answer = browser.submit(form, status=200, purpose="DUTY", masking="FULL")
    assert len(PdfReader(BytesIO(answer.data)).outline) == 1
    form = printing(browser.get(f"{address}?from={day(-89).isoformat()}"))
    answer = browser.submit(form, status=200, purpose="DUTY", masking="FULL")
    assert len(PdfReader(BytesIO(answer.data)).outline) == 2


def test_a_blank_form_is_printed_and_registered(session: Session, town: Town, sign_in_as: SignIn) -> None:
    browser = sign_in_as(town.worker)
    browser.get("/reports/visit-sheets")
    answer = browser.post("/reports/visit-sheets/blank", {"blank": "NURSING"}, status=200)
    assert "방문기록지(간호)" in text_of(answer.data)
    assert [record.code for record in session.scalars(select(PrintRecord))] == ["F05"]


@pytest.mark.parametrize(("login", "status"), [("narae_worker", 404), ("privacy_officer", 403), ("administrator", 404)])
def test_strangers_print_no_record(
    session: Session, town: Town, sign_in_as: SignIn, household: Household, now: Any, login: str, status: int
) -> None:
    visit = logged(session, town, household, now)
    session.commit()
    browser = sign_in_as(town.accounts[login])
    browser.open(f"/visits/{visit.id}/sheet", status=status)
    browser.open(f"/households/{household.id}/visit-sheets", status=status)


def test_photos_are_printed_where_asked_for_and_only_on_a_paper_that_hides_nothing(
    session: Session, town: Town, household: Household, now: Any, tmp_path: Path
) -> None:
    visit, store, nurse = logged(session, town, household, now), FileStore(tmp_path), town.who(town.nurse)
    for caption, is_health in (("현관 문턱", False), ("발의 상처", True)):
        taken = PhotoDetails(new_id(), caption, is_health=is_health, visit_id=visit.id)
        add_photo(
            session,
            household,
            taken,
            prepare_picture(photo(480 if is_health else 640)),
            store=store,
            actor=nurse,
            now=now,
        )

    def captions(who: Identity, masking: Masking, *, with_photos: bool = True) -> list[str]:
        wanted = PrintRequest(
            ReportCode.VISIT_SHEET, masking, Purpose.DUTY, household=household, visits=(visit,),
            wishes=SheetWishes(with_photos=with_photos), pictures=store,
        )  # fmt: skip
        _record, facts = print_report(session, wanted, actor=who, now=now)
        assert isinstance(facts, VisitSheetFacts)
        assert sum(len(page.images) for page in PdfReader(BytesIO(draw(facts))).pages) == len(facts.sheets[0].photos)
        return sorted(each.caption for each in facts.sheets[0].photos)

    assert captions(nurse, Masking.FULL) == ["발의 상처", "현관 문턱"]
    assert captions(town.who(town.supervisor), Masking.FULL) == ["현관 문턱"]
    assert captions(nurse, Masking.AGENCY) == []
    assert captions(nurse, Masking.FULL, with_photos=False) == []
