"""A visit is recorded once, late or not, and everything that follows from it follows at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from app.audit.rules import Action
from app.core.database import new_id
from app.core.errors import NotFound, RuleBroken
from app.follow_ups.models import ContactRow
from app.follow_ups.queries import list_dues
from app.follow_ups.rules import ContactMode, Profession, Purpose, Status
from app.households.models import Household
from app.visits import queries, service
from app.visits.models import Visit
from app.visits.rules import (
    ActionTaken,
    CrisisAction,
    VisitState,
)
from app.visits.service import ProblemsFound
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.counting import Counting
from tests.factories.access_log import list_entries
from tests.factories.households import add_household, set_rule
from tests.factories.town import Town
from tests.factories.visits import absence_details, blood_pressure, visit_details
from tests.integration.visits.doing import count, log, problems_of
from tests.moments import TODAY, at, day


def test_a_visit_is_stored_with_its_facts_and_its_three_times(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    begun = now - timedelta(minutes=8)
    details = visit_details(household, nursing_note="다리 부종 줄어듦", shared_line="약 잘 드심")
    visit_id = log(session, town, household, details, now, typed_at=begun).id
    session.expire_all()
    visit = queries.get_visit(session, town.who(town.nurse), visit_id)
    assert (visit.state, visit.mode, visit.purpose) == (VisitState.SUBMITTED, ContactMode.FACE, Purpose.NURSING)
    assert (visit.began_at, visit.ended_at) == (at(TODAY, 9, 5), at(TODAY, 9, 40))
    assert (visit.typed_at, visit.received_at, visit.occurred_on) == (begun, now, TODAY)
    assert (visit.welfare_note, visit.nursing_note) == ("밑반찬이 떨어짐", "다리 부종 줄어듦")
    assert {each.member.name for each in visit.attendances} == {"김순자", "박영수"}
    assert (visit.by_id, visit.typed_by_id, visit.version) == (town.nurse.id, town.nurse.id, 1)


def test_a_visit_is_a_contact_and_moves_what_is_due(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    member = household.members[0]
    set_rule(session, household, "NURSE_REGULAR", town.who(town.nurse), starts_on=day(-100), member_id=member.id)
    assert list_dues(session, household, today=TODAY)[0].status is Status.OVERDUE
    visit = log(session, town, household, visit_details(household), now)
    contact = session.scalars(select(ContactRow)).one()
    assert (contact.id, contact.record_id, contact.occurred_on) == (visit.id, visit.id, TODAY)
    assert contact.member_ids == sorted(member.id for member in household.members)
    assert list_dues(session, household, today=TODAY)[0].due_on == date(2027, 2, 23)
    assert household.last_seen_on == TODAY


def test_sending_a_visit_again_answers_with_the_first_record(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    details = visit_details(household)
    first = log(session, town, household, details, now)
    entries = len(list_entries(session, limit=500))
    for changed in (details, replace(details, welfare_note="다른 글")):
        assert log(session, town, household, changed, now + timedelta(hours=1)) is first
    assert (count(session, Visit), count(session, ContactRow)) == (1, 1)
    assert first.welfare_note == "밑반찬이 떨어짐"
    assert len(list_entries(session, limit=500)) == entries


@pytest.mark.parametrize("whose", ["another household", "another person"])
def test_an_id_that_belongs_to_another_record_is_refused(
    session: Session, town: Town, household: Household, now: datetime, whose: str
) -> None:
    details = visit_details(household)
    log(session, town, household, details, now)
    other = add_household(session, town.who(town.worker))
    subject, login = (other, "nurse") if whose == "another household" else (household, "other_nurse")
    with pytest.raises(RuleBroken, match="ID_TAKEN"):
        log(session, town, subject, replace(visit_details(subject), visit_id=details.visit_id), now, login=login)


def test_a_record_typed_weeks_later_is_never_refused(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    occurred_on = day(-20)
    details = visit_details(household, occurred_on, began_at=None, ended_at=None)
    with pytest.raises(ProblemsFound) as refused:
        log(session, town, household, details, now)
    assert problems_of(refused) == [("START_UNKNOWN", "began_at")]
    visit = log(session, town, household, details, now, confirmed=(refused.value.problems[0].key,))
    assert (visit.occurred_on, visit.began_at) == (occurred_on, at(occurred_on, 12))
    assert household.last_seen_on == occurred_on


def test_an_older_visit_typed_later_does_not_move_the_last_contact_back(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    set_rule(session, household, "CASE_CHECK_GENERAL", town.who(town.worker), starts_on=day(-60))
    log(session, town, household, visit_details(household, purpose=Purpose.JOINT), now)
    before = list_dues(session, household, today=TODAY)
    log(session, town, household, visit_details(household, day(-9), purpose=Purpose.JOINT), now)
    assert list_dues(session, household, today=TODAY) == before
    assert household.last_seen_on == TODAY


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"occurred_on": day(1), "began_at": at(day(1), 9), "ended_at": None}, ("FUTURE_DATE", "occurred_on")),
        ({"members_seen": frozenset()}, ("NOBODY_SEEN", "members_seen")),
        ({"members_seen": frozenset({999_999})}, ("NOT_A_MEMBER", "members_seen")),
        ({"ended_at": at(TODAY, 9, 0)}, ("ENDS_BEFORE_START", "ended_at")),
        ({"began_at": at(day(-1), 9, 5)}, ("OTHER_DATE", "began_at")),
        ({"promised_on": TODAY}, ("PROMISE_NOT_AFTER", "promised_on")),
        ({"welfare_note": "가" * 10_001}, ("TOO_LONG", "welfare_note")),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_what_cannot_be_true_is_refused_and_nothing_is_stored(
    session: Session, town: Town, household: Household, now: datetime, changes: dict[str, object],
    problem: tuple[str, str],
) -> None:  # fmt: skip
    with pytest.raises(ProblemsFound) as refused:
        log(session, town, household, visit_details(household, **changes), now)
    assert problem in problems_of(refused)
    assert (count(session, Visit), count(session, ContactRow)) == (0, 0)


@pytest.mark.parametrize("login", ["worker", "supervisor"])
@pytest.mark.parametrize("what", ["note", "reading"])
def test_health_is_written_by_nurses_only(
    session: Session, town: Town, household: Household, now: datetime, login: str, what: str
) -> None:
    health = {
        "note": {"nursing_note": "부종"},
        "reading": {"readings": (blood_pressure(household.members[0].id, 120, 70),)},
    }
    details = visit_details(household, purpose=Purpose.WELFARE, **health[what])
    with pytest.raises(RuleBroken, match="NURSE_ONLY"):
        log(session, town, household, details, now, login=login)
    assert count(session, Visit) == 0


def test_a_resident_number_is_masked_wherever_it_was_typed(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    typed = "주민번호 410302-2345678 확인"
    texts = dict.fromkeys(service.TEXTS, typed)
    done = ActionTaken(None, CrisisAction.OTHER, typed)
    visit_id = log(session, town, household, visit_details(household, **texts, actions_taken=(done,)), now).id
    absence = service.log_absence(
        session, household, absence_details(household, neighbour_asked=typed, note=typed), typed_at=now,
        actor=town.who(town.nurse), now=now,
    )  # fmt: skip
    session.expire_all()
    visit = queries.get_visit(session, town.who(town.nurse), visit_id)
    kept = [getattr(visit, name) for name in service.TEXTS]
    kept += [visit.actions_taken[0]["note"], absence.neighbour_asked, absence.absence_note]
    assert set(kept) == {"주민번호 410302-******* 확인"}


@pytest.mark.parametrize("login", ["nurse", "worker"])
def test_a_promise_made_at_the_door_is_the_due_of_whoever_made_it(
    session: Session, town: Town, household: Household, now: datetime, login: str
) -> None:
    details = visit_details(household, promised_on=day(7), promise_note="파스 가져오기")
    log(session, town, household, details, now, login=login)
    due = list_dues(session, household, today=TODAY)[0]
    assert (due.label, due.due_on, due.note) == ("약속 방문", day(7), "파스 가져오기")
    assert due.profession is (Profession.NURSE if login == "nurse" else Profession.WORKER)


def test_logging_is_in_the_access_log_by_key_alone(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    visit = log(session, town, household, visit_details(household), now)
    row = list_entries(session)[0]
    assert (row.action, row.subject, row.household_id) == (Action.LOG_VISIT, f"visit:{visit.id}", household.id)
    assert row.detail == ""


@pytest.mark.parametrize("login", ["narae_nurse", "far_supervisor", "administrator"])
def test_a_visit_out_of_scope_does_not_exist(
    session: Session, town: Town, household: Household, now: datetime, login: str
) -> None:
    visit = log(session, town, household, visit_details(household), now)
    with pytest.raises(NotFound):
        queries.get_visit(session, town.who(town.accounts[login]), visit.id)
    with pytest.raises(NotFound):
        queries.get_visit(session, town.who(town.nurse), new_id())


def test_visits_are_listed_newest_first_at_a_constant_cost(
    session: Session, town: Town, household: Household, now: datetime, counted_statements: Counting
) -> None:
    member_id = household.members[0].id
    for offset in (-9, -3, -6):
        vital = replace(blood_pressure(member_id, 130, 80), measured_at=at(day(offset), 9, 20))
        log(session, town, household, visit_details(household, day(offset), readings=(vital,)), now)
    costs = []
    for limit in (1, 3):
        session.expunge_all()
        with counted_statements() as statements:
            visits = queries.list_visits(session, household.id, limit=limit)
            assert all(visit.readings and visit.attendances[0].member.name and visit.by.name for visit in visits)
        costs.append(len(statements))
    assert [visit.occurred_on for visit in visits] == [day(-3), day(-6), day(-9)]
    assert costs[0] == costs[1]
