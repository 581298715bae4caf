"""정정: what was submitted is written anew with a reason, and what stood there before stays readable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from app.audit.rules import Action
from app.core.clock import KOREA
from app.core.errors import RuleBroken, StaleRecord
from app.follow_ups.models import ContactRow
from app.follow_ups.queries import list_dues
from app.follow_ups.rules import ContactMode, Status
from app.households.models import Household
from app.visits import queries, service
from app.visits.models import Visit, VitalReading
from app.visits.rules import Arm, Position, VisitDetails
from app.visits.service import ProblemsFound
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.factories.access_log import list_entries
from tests.factories.households import HEAD, SPOUSE, add_household, set_rule
from tests.factories.town import Town
from tests.factories.visits import absence_details, blood_pressure, visit_details
from tests.moments import TODAY, at, day


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    made = add_household(session, town.who(town.nurse), HEAD, SPOUSE)
    set_rule(session, made, "NURSE_REGULAR", town.who(town.nurse), starts_on=day(-100), member_id=made.members[0].id)
    return made


@pytest.fixture
def details(household: Household) -> VisitDetails:
    member_id = household.members[0].id
    return visit_details(household, readings=(blood_pressure(member_id, 132, 78),), nursing_note="부종 없음")


@pytest.fixture
def visit(session: Session, town: Town, household: Household, details: VisitDetails, now: datetime) -> Visit:
    logged = service.log_visit(session, household, details, typed_at=now, actor=town.who(town.nurse), now=now)
    session.commit()
    session.expire_all()
    return logged


def correct(session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime, **more: Any) -> object:
    wanted = {"reason": "날짜를 잘못 적음", "version": visit.version, "actor": town.who(town.nurse), "now": now} | more
    kept = service.correct_visit(session, visit, details, **wanted)
    session.expire_all()
    return kept


def contacts(session: Session, visit: Visit) -> list[ContactRow]:
    rows = select(ContactRow).where(ContactRow.record_id == visit.id).order_by(ContactRow.recorded_at, ContactRow.id)
    return list(session.scalars(rows))


def test_the_old_text_stays_beside_the_new_one(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    later = now + timedelta(hours=2)
    correct(session, town, visit, replace(details, welfare_note="밑반찬이 넉넉함"), later, reason="다른 집과 바뀜")
    assert (visit.welfare_note, visit.version) == ("밑반찬이 넉넉함", 2)
    kept = visit.corrections[0]
    assert (kept.number, kept.reason, kept.at, kept.by_id) == (1, "다른 집과 바뀜", later, town.nurse.id)
    assert kept.before["welfare_note"] == "밑반찬이 떨어짐"
    assert kept.before["vitals"] == [[details.readings[0].member_id, "혈압 132/78"]]


def test_each_correction_keeps_the_text_before_it(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    for number, note in enumerate(("둘째 글", "셋째 글")):
        correct(session, town, visit, replace(details, welfare_note=note), now + timedelta(hours=number + 1))
    assert [kept.before["welfare_note"] for kept in visit.corrections] == ["밑반찬이 떨어짐", "둘째 글"]
    assert [kept.number for kept in visit.corrections] == [1, 2]
    assert visit.version == 3


def test_corrected_readings_take_the_place_of_the_old_ones(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    member_id = details.readings[0].member_id
    corrected = replace(details, readings=(blood_pressure(member_id or 0, 123, 78),))
    correct(session, town, visit, corrected, now)
    assert [(row.systolic, row.diastolic) for row in visit.readings] == [(123, 78)]
    assert session.scalar(select(func.count()).select_from(VitalReading)) == 1
    assert visit.corrections[0].before["vitals"] == [[member_id, "혈압 132/78"]]


def test_readings_may_be_taken_off_a_record(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    correct(session, town, visit, replace(details, readings=()), now)
    assert visit.readings == []


def test_a_corrected_day_moves_the_contact_and_what_is_due(
    session: Session, town: Town, household: Household, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    assert list_dues(session, household, today=TODAY)[0].due_on == date(2027, 2, 23)
    earlier = replace(
        details, occurred_on=day(-40), began_at=at(day(-40), 9, 5), ended_at=at(day(-40), 9, 40), readings=()
    )
    correct(session, town, visit, earlier, now)
    second, first = sorted(contacts(session, visit), key=lambda contact: contact.voided_at is not None)
    assert (first.voided_at, first.occurred_on) == (now, TODAY)
    assert (second.voided_at, second.occurred_on, second.by_id) == (None, day(-40), town.nurse.id)
    assert household.last_seen_on == day(-40)
    assert (
        list_dues(session, household, today=TODAY)[0]
        .because[0]
        .startswith("정기관리군 3개월마다 1회, 마지막 접촉 2026-10-14")
    )


def test_a_visit_that_reached_nobody_after_all_no_longer_counts(
    session: Session, town: Town, household: Household, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    letter = replace(details, mode=ContactMode.LETTER, members_seen=frozenset(), readings=(), nursing_note="")
    correct(session, town, visit, letter, now)
    assert household.last_seen_on is None
    assert list_dues(session, household, today=TODAY)[0].status is Status.OVERDUE


def test_a_correction_of_words_alone_leaves_the_contact_alone(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    correct(session, town, visit, replace(details, welfare_note="새 글"), now)
    assert [contact.voided_at for contact in contacts(session, visit)] == [None]


def test_correcting_the_members_seen_keeps_the_order_of_the_day(
    session: Session, town: Town, household: Household, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    """Met at nine and missed at three stays one vain try, though the morning's record was corrected in the evening."""
    afternoon = absence_details(household, at=at(TODAY, 15))
    service.log_absence(
        session, household, afternoon, typed_at=at(TODAY, 15), actor=town.who(town.nurse), now=at(TODAY, 15, 5)
    )
    assert household.absences_in_row == 1
    one = replace(details, members_seen=frozenset({household.members[0].id}))
    correct(session, town, visit, one, at(TODAY, 18))
    assert household.absences_in_row == 1


def test_a_promise_made_at_the_door_is_not_made_again(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    promised = visit_details(household, promised_on=day(7))
    actor = town.who(town.nurse)
    visit = service.log_visit(session, household, promised, typed_at=now, actor=actor, now=now)
    before = [due for due in list_dues(session, household, today=TODAY) if due.label == "약속 방문"]
    correct(session, town, visit, replace(promised, members_seen=frozenset({household.members[0].id})), now)
    after = [due for due in list_dues(session, household, today=TODAY) if due.label == "약속 방문"]
    assert [due.due_on for due in after] == [due.due_on for due in before] == [day(7)]


def test_saving_the_same_again_is_refused(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    savepoint = session.begin_nested()
    with pytest.raises(RuleBroken, match="NOTHING_CHANGED"):
        correct(session, town, visit, details, now)
    savepoint.rollback()
    session.expire_all()
    assert (visit.version, visit.corrections) == (1, [])


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_correction_needs_a_reason(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime, reason: str
) -> None:
    with pytest.raises(RuleBroken, match="REASON_NEEDED"):
        correct(session, town, visit, replace(details, welfare_note="새 글"), now, reason=reason)
    assert visit.welfare_note == "밑반찬이 떨어짐"


def test_a_correction_that_began_from_an_older_version_is_refused(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    correct(session, town, visit, replace(details, welfare_note="첫째"), now, version=1)
    with pytest.raises(StaleRecord):
        correct(session, town, visit, replace(details, welfare_note="둘째"), now, version=1)
    assert visit.welfare_note == "첫째"


def test_an_absence_is_not_corrected(
    session: Session, town: Town, household: Household, details: VisitDetails, now: datetime
) -> None:
    absence = service.log_absence(
        session, household, absence_details(household), typed_at=now, actor=town.who(town.nurse), now=now
    )
    with pytest.raises(RuleBroken, match="NOT_SUBMITTED"):
        correct(session, town, absence, details, now)


def test_what_cannot_be_true_is_refused_in_a_correction_too(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    with pytest.raises(ProblemsFound):
        correct(session, town, visit, replace(details, members_seen=frozenset()), now)
    assert visit.version == 1


def test_a_worker_does_not_write_health_by_way_of_a_correction(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    own = visit_details(household)
    worker = town.who(town.worker)
    visit = service.log_visit(session, household, own, typed_at=now, actor=worker, now=now)
    with pytest.raises(RuleBroken, match="NURSE_ONLY"):
        correct(session, town, visit, replace(own, nursing_note="부종"), now, actor=worker)


def test_a_supervisor_corrects_words_and_the_nurses_health_record_stays(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    """Their form has no health fields, so nothing comes back in them."""
    words = replace(details, welfare_note="새 글", nursing_note="", readings=())
    correct(session, town, visit, words, now, actor=town.who(town.supervisor))
    assert (visit.welfare_note, visit.nursing_note, len(visit.readings)) == ("새 글", "부종 없음", 1)
    assert visit.by_id == town.nurse.id


def test_moments_told_in_korean_time_are_no_change(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    in_korea = replace(
        details, began_at=details.began_at.astimezone(KOREA), ended_at=details.ended_at.astimezone(KOREA)  # type: ignore[union-attr]
    )  # fmt: skip
    savepoint = session.begin_nested()
    with pytest.raises(RuleBroken, match="NOTHING_CHANGED"):
        correct(session, town, visit, in_korea, now)
    savepoint.rollback()


@pytest.mark.parametrize("field", ["companion_ids", "promised_on", "ended_at"])
def test_every_field_of_the_form_is_kept_when_it_is_corrected(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime, field: str
) -> None:
    changed = {
        "companion_ids": frozenset({town.worker.id}), "promised_on": day(9), "ended_at": at(TODAY, 9, 50)
    }  # fmt: skip
    before = service.snapshot(visit)[field]
    correct(session, town, visit, replace(details, **{field: changed[field]}), now)  # type: ignore[arg-type]
    assert visit.corrections[0].before[field] == before
    assert service.snapshot(visit)[field] != before


def test_a_correction_is_in_the_access_log(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    correct(session, town, visit, replace(details, welfare_note="새 글"), now)
    row = list_entries(session)[0]
    assert (row.action, row.subject) == (Action.CORRECT_VISIT, f"visit:{visit.id}")
    assert row.detail == ""


def test_a_resident_number_is_masked_in_a_correction_and_in_its_reason(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime
) -> None:
    typed = "410302-2345678"
    correct(session, town, visit, replace(details, welfare_note=typed), now, reason=typed)
    assert (visit.welfare_note, visit.corrections[0].reason) == ("410302-*******", "410302-*******")
    assert queries.get_visit(session, town.who(town.nurse), visit.id) is visit


@pytest.mark.parametrize("change", [{"arm": Arm.RIGHT}, {"position": Position.LYING}])
def test_how_a_pressure_was_taken_may_be_all_that_changes(
    session: Session, town: Town, visit: Visit, details: VisitDetails, now: datetime, change: dict[str, Any]
) -> None:
    taken = replace(details.readings[0], **change)
    correct(session, town, visit, replace(details, readings=(taken,)), now)
    assert queries.as_reading(visit.readings[0]) == taken
    assert visit.version == 2
