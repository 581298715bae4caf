"""무효: what was taken back stays to be read and counts nowhere; revived it counts again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from io import BytesIO

import pytest
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.audit.rules import Action
from app.core.errors import RuleBroken, StaleRecord
from app.follow_ups.models import ContactRow
from app.follow_ups.queries import absence_step, compute_dues, list_dues
from app.follow_ups.rules import ContactMode, Profession, Status
from app.follow_ups.rules.dues import Due, in_order
from app.households.models import Household
from app.reminders.queries import list_week_visits, see_week
from app.reminders.rules import Week
from app.reports.documents import draw
from app.reports.facts.schedule import _previous
from app.reports.rules import Masking, ReportCode
from app.reports.rules import Purpose as PrintPurpose
from app.reports.service import PrintRequest, print_report
from app.timelines.queries import read_line
from app.timelines.rules import Door, EventKind
from app.visits import queries, service
from app.visits.models import Visit
from app.visits.queries.trends import list_measured_kinds, list_trends
from app.visits.rules import PlannedState, VisitDetails, VitalKind
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.access_log import list_entries
from tests.factories.households import set_rule
from tests.factories.plans import plan
from tests.factories.town import Town
from tests.factories.visits import absence_details, blood_pressure, visit_details
from tests.moments import TODAY, at, day

LATER = timedelta(hours=1)


@pytest.fixture
def details(household: Household) -> VisitDetails:
    member_id = household.members[0].id
    return visit_details(
        household, readings=(blood_pressure(member_id, 132, 78),), nursing_note="부종 없음", shared_line="약 거르심"
    )


@pytest.fixture
def visit(session: Session, town: Town, household: Household, details: VisitDetails, now: datetime) -> Visit:
    member_id = household.members[0].id
    set_rule(session, household, "NURSE_REGULAR", town.who(town.nurse), starts_on=day(-200), member_id=member_id)
    return service.log_visit(session, household, details, typed_at=now, actor=town.who(town.nurse), now=now)


def void(session: Session, town: Town, visit: Visit, now: datetime, **more: object) -> Visit:
    wanted = {"reason": "다른 가구의 방문", "version": visit.version, "actor": town.who(town.nurse), "now": now} | more
    return service.void_visit(session, visit, **wanted)  # type: ignore[arg-type]


def revive(session: Session, town: Town, visit: Visit, now: datetime) -> Visit:
    return service.revive_visit(session, visit, version=visit.version, actor=town.who(town.nurse), now=now)


def dues(session: Session, household: Household) -> list[Due]:
    """As stored, which is as computed from scratch."""
    stored = in_order(list_dues(session, household, today=TODAY))
    scratch = compute_dues(session, [household.id], district_id=household.centre.district_id, today=TODAY)
    assert stored == in_order(scratch.get(household.id, []))
    return stored


def test_it_says_who_took_it_back_when_and_why(session: Session, town: Town, visit: Visit, now: datetime) -> None:
    void(session, town, visit, now + LATER)
    assert (visit.voided_at, visit.voided_because) == (now + LATER, "다른 가구의 방문")
    assert visit.voided_by is not None
    assert visit.voided_by.id == town.nurse.id
    assert (visit.nursing_note, len(visit.readings)) == ("부종 없음", 1), "what was written stays"
    assert [version.act for version in visit.versions] == ["VOID"]
    assert (list_entries(session)[0].action, list_entries(session)[0].subject) == (
        Action.VOID_VISIT,
        f"visit:{visit.id}",
    )


def test_a_reason_is_needed(session: Session, town: Town, visit: Visit, now: datetime) -> None:
    with pytest.raises(RuleBroken, match="REASON_NEEDED"):
        void(session, town, visit, now, reason="  ")
    assert visit.voided_at is None


def test_a_resident_number_in_the_reason_is_masked(session: Session, town: Town, visit: Visit, now: datetime) -> None:
    void(session, town, visit, now, reason="410302-1234567")
    assert visit.voided_because == "410302-*******"


def test_nobody_takes_back_what_somebody_else_just_changed(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    service.correct_visit(
        session, visit, replace(details, welfare_note="새 글"), reason="x", version=1, actor=town.who(town.nurse),
        now=now,
    )  # fmt: skip
    with pytest.raises(StaleRecord):
        void(session, town, visit, now, version=1)


def test_its_contact_counts_no_more_and_the_due_comes_back(
    session: Session, town: Town, household: Household, visit: Visit, now: datetime
) -> None:
    before = dues(session, household)
    assert (before[0].status, household.last_seen_on) == (Status.UPCOMING, TODAY)
    void(session, town, visit, now)
    assert (dues(session, household)[0].status, household.last_seen_on) == (Status.OVERDUE, None)
    revive(session, town, visit, now + LATER)
    assert (dues(session, household), household.last_seen_on) == (before, TODAY)
    assert (visit.voided_at, visit.voided_because, visit.voided_by_id) == (None, "", None)
    assert [version.act for version in visit.versions] == ["VOID", "REVIVE"]
    assert visit.versions[-1].reason == "다른 가구의 방문", "why it had been taken back stays readable"
    assert visit.corrections == []


def test_twice_is_once(session: Session, town: Town, visit: Visit, now: datetime) -> None:
    void(session, town, visit, now, version=1)
    void(session, town, visit, now + LATER, version=1)
    assert (visit.voided_at, visit.version) == (now, 2)
    for _ in range(2):
        service.revive_visit(session, visit, version=2, actor=town.who(town.nurse), now=now)
    assert visit.version == 3
    standing = select(ContactRow).where(ContactRow.record_id == visit.id, ContactRow.voided_at.is_(None))
    assert len(session.scalars(standing).all()) == 1


def test_what_was_taken_back_is_not_corrected(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    void(session, town, visit, now)
    with pytest.raises(RuleBroken, match="VOIDED"):
        service.correct_visit(
            session, visit, replace(details, welfare_note="새 글"), reason="x", version=2, actor=town.who(town.nurse),
            now=now,
        )  # fmt: skip


def test_an_absence_taken_back_brings_the_ladder_down_again(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    tries = [
        service.log_absence(
            session, household, absence_details(household, day(-offset)), typed_at=now, actor=town.who(town.nurse),
            now=now,
        )
        for offset in (6, 4, 2)
    ]  # fmt: skip
    step = absence_step(session, household, today=TODAY)
    assert (household.absences_in_row, step and step.step_number) == (3, 3)
    void(session, town, tries[1], now)
    step = absence_step(session, household, today=TODAY)
    assert (household.absences_in_row, step and step.step_number) == (2, 2)
    assert [due.ladder_step for due in dues(session, household)] == [2]
    revive(session, town, tries[1], now)
    assert household.absences_in_row == 3
    alerts = session.scalars(select(Alert).where(Alert.kind == AlertKind.ABSENCE_STEP)).all()
    assert len({alert.subject for alert in alerts}) == len(alerts), "told once"


def test_a_word_with_the_neighbours_goes_and_comes_back_with_its_absence(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    asked = absence_details(household, neighbour_asked="어제 봄")
    tried = service.log_absence(session, household, asked, typed_at=now, actor=town.who(town.nurse), now=now)
    void(session, town, tried, now)
    revive(session, town, tried, now)
    standing = select(ContactRow.mode).where(ContactRow.record_id == tried.id, ContactRow.voided_at.is_(None))
    assert sorted(session.scalars(standing)) == ["ABSENT", "NEIGHBOUR"]


def test_a_visit_that_ended_a_row_of_absences_gives_it_back(
    session: Session, town: Town, household: Household, details: VisitDetails, now: datetime
) -> None:
    tried = absence_details(household, day(-1))
    service.log_absence(session, household, tried, typed_at=now, actor=town.who(town.nurse), now=now)
    met = service.log_visit(session, household, details, typed_at=now, actor=town.who(town.nurse), now=now)
    assert household.absences_in_row == 0
    void(session, town, met, now)
    assert household.absences_in_row == 1


def test_the_promise_made_at_it_goes_and_the_one_it_replaced_stands_again(
    session: Session, town: Town, household: Household, details: VisitDetails, now: datetime
) -> None:
    nurse = town.who(town.nurse)
    earlier = replace(
        visit_details(household, day(-3)), promised_on=day(10), promise_note="약 달력", purpose=details.purpose
    )
    service.log_visit(session, household, earlier, typed_at=now, actor=nurse, now=now - timedelta(days=3))
    called = replace(details, mode=ContactMode.CALL, readings=(), promised_on=day(5), promise_note="혈압 다시")
    second = service.log_visit(session, household, called, typed_at=now, actor=nurse, now=now)
    assert [(due.due_on, due.note) for due in dues(session, household)] == [(day(7), "혈압 다시")]
    void(session, town, second, now)
    assert [due.note for due in dues(session, household)] == ["약 달력"]
    revive(session, town, second, now)
    assert [due.note for due in dues(session, household)] == ["혈압 다시"]


def test_the_plan_it_kept_stands_again(
    session: Session, town: Town, household: Household, details: VisitDetails, now: datetime
) -> None:
    planned = plan(session, household, town.who(town.nurse), TODAY, time(15))
    visit = service.log_visit(session, household, details, typed_at=now, actor=town.who(town.nurse), now=now)
    assert planned.state is PlannedState.KEPT
    void(session, town, visit, now)
    assert (planned.state, planned.visit_id) == (PlannedState.PLANNED, None)
    revive(session, town, visit, now)
    assert (planned.state, planned.visit_id) == (PlannedState.KEPT, visit.id)


def test_lists_leave_it_out_and_the_line_of_time_marks_it(
    session: Session, town: Town, household: Household, visit: Visit, now: datetime
) -> None:
    void(session, town, visit, now)
    assert queries.list_visits(session, household.id) == []
    assert [each.id for each in queries.list_visits(session, household.id, every=True)] == [visit.id]
    (event,) = read_line(session, household, reads_health=True, kind=EventKind.VISIT).events
    assert event.title.startswith("무효: ")
    assert event.text == "무효 까닭: 다른 가구의 방문"
    assert (event.tone, event.opens) == ("", Door("visits.show_visit", {"visit_id": visit.id}))


def test_its_readings_are_nobodys(
    session: Session, town: Town, household: Household, visit: Visit, now: datetime
) -> None:
    member_ids = [member.id for member in household.members]
    assert queries.last_readings(session, member_ids)
    void(session, town, visit, now)
    assert queries.last_readings(session, member_ids) == {}
    assert list_trends(session, household.members, on=TODAY) == {}
    assert list_measured_kinds(session, member_ids) == []
    revive(session, town, visit, now)
    assert {kind for _member, kind in queries.last_readings(session, member_ids)} == {VitalKind.BLOOD_PRESSURE}


def test_what_it_told_the_other_profession_is_not_shown_next_time(
    session: Session, town: Town, household: Household, visit: Visit, now: datetime
) -> None:
    assert queries.last_shared_line(session, household.id, of=Profession.NURSE) is not None
    void(session, town, visit, now)
    assert queries.last_shared_line(session, household.id, of=Profession.NURSE) is None


def test_the_week_does_not_count_it(session: Session, town: Town, visit: Visit, now: datetime) -> None:
    who, week = town.who(town.supervisor), Week(day(0))
    assert len(list_week_visits(session, who, week)) == 1
    void(session, town, visit, now)
    assert list_week_visits(session, who, week) == []
    assert sum(person.visits for person in see_week(session, who, week, today=TODAY).people) == 0


def test_papers_leave_it_out(session: Session, town: Town, household: Household, visit: Visit, now: datetime) -> None:
    assert "부종없음" in _paper(session, town, household, now)
    assert _previous(session, [household.id], is_nurse=True) != {}
    void(session, town, visit, now)
    assert "부종없음" not in _paper(session, town, household, now)
    assert _previous(session, [household.id], is_nurse=True) == {}


def test_an_older_visit_of_the_same_minute_speaks_for_one_taken_back(
    session: Session, town: Town, household: Household, details: VisitDetails, now: datetime
) -> None:
    nurse = town.who(town.nurse)
    twice = [
        service.log_visit(
            session, household, visit_details(household, nursing_note=note, began_at=at(TODAY, 9, 5)), typed_at=now,
            actor=nurse, now=now,
        )
        for note in ("맞는 글", "틀린 글")
    ]  # fmt: skip
    void(session, town, twice[1], now)
    assert "맞는 글" in _previous(session, [household.id], is_nurse=True)[household.id]


def _paper(session: Session, town: Town, household: Household, now: datetime) -> str:
    wanted = PrintRequest(ReportCode.CASE_REPORT, Masking.FULL, PrintPurpose.MEETING, household=household)
    _record, facts = print_report(session, wanted, actor=town.who(town.nurse), now=now)
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(draw(facts))).pages)
