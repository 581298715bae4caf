"""A visit is recorded once, late or not, and everything that follows from it follows at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.audit.queries import list_entries
from app.audit.rules import Action
from app.core.database import new_id, unit_of_work
from app.core.errors import NotFound, RuleBroken
from app.follow_ups.models import ContactRow
from app.follow_ups.queries import compute_dues, list_dues
from app.follow_ups.rules import ContactMode, Profession, Purpose, Status
from app.households.models import Household
from app.visits import queries, service
from app.visits.models import Visit
from app.visits.rules import (
    ActionTaken,
    CrisisAction,
    GlucoseContext,
    NotMeasured,
    Reading,
    Symptom,
    SymptomCheck,
    Tried,
    VisitDetails,
    VisitState,
    VitalKind,
)
from app.visits.service import ProblemsFound
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.crowd import CROWD, all_at_once
from tests.databases import Database
from tests.factories.households import HEAD, SPOUSE, add_household, set_rule
from tests.factories.town import Town, find_town
from tests.factories.visits import absence_details, blood_pressure, reading, visit_details
from tests.moments import TODAY, at, day

Counting = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    return add_household(session, town.who(town.nurse), HEAD, SPOUSE)


def log(
    session: Session, town: Town, household: Household, details: VisitDetails, now: datetime, *, login: str = "nurse",
    confirmed: tuple[str, ...] = (), typed_at: datetime | None = None,
) -> Visit:  # fmt: skip
    return service.log_visit(
        session, household, details, confirmed=confirmed, typed_at=typed_at or now,
        actor=town.who(town.accounts[login]), now=now,
    )  # fmt: skip


def problems_of(refused: pytest.ExceptionInfo[ProblemsFound]) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in refused.value.problems]


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


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


def test_the_same_visit_sent_from_all_sides_at_once_is_one_record(fresh_database: Database, now: datetime) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        town = find_town(session)
        actor = town.who(town.nurse)
        household = add_household(session, actor)
        household_id, details = household.id, visit_details(household)

    def send(_number: int) -> object:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            subject = session.get_one(Household, household_id)
            return service.log_visit(session, subject, details, typed_at=now, actor=actor, now=now).id

    assert set(all_at_once(send)) == {details.visit_id}
    with Session(fresh_database.engine) as session:
        assert (count(session, Visit), count(session, ContactRow)) == (1, 1)


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


def test_a_question_is_stored_once_it_is_answered_and_another_value_is_asked_again(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    member_id = household.members[0].id

    def seen(temperature: str) -> VisitDetails:
        return visit_details(household, readings=(reading(member_id, VitalKind.TEMPERATURE, temperature),))

    with pytest.raises(ProblemsFound) as asked:
        log(session, town, household, seen("38.9"), now)
    key = asked.value.problems[0].key
    with pytest.raises(ProblemsFound):
        log(session, town, household, seen("39.1"), now, confirmed=(key,))
    assert log(session, town, household, seen("38.9"), now, confirmed=(key,)).readings[0].value == Decimal("38.9")


def test_readings_are_kept_with_the_judgement_that_was_shown(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    first, second = (member.id for member in household.members)
    readings = (
        blood_pressure(first, 152, 88),
        blood_pressure(first, 148, 86, measured_at=at(TODAY, 9, 22)),
        reading(second, VitalKind.GLUCOSE, "174", context=GlucoseContext.AFTER_MEAL_2H),
        Reading(VitalKind.WEIGHT, second, not_measured=NotMeasured.REFUSED),
    )
    visit_id = log(session, town, household, visit_details(household, readings=readings), now).id
    session.expire_all()
    rows = queries.get_visit(session, town.who(town.nurse), visit_id).readings
    assert [queries.as_reading(row) for row in rows][:3] == list(readings[:3])
    assert [(row.member_id, bool(row.judgement_label), row.judged_by) for row in rows] == [
        (first, True, "2025.1"),
        (first, True, "2025.1"),
        (second, True, "2025.1"),
        (second, False, ""),
    ]
    assert rows[3].not_measured is NotMeasured.REFUSED
    assert queries.last_readings(session, [second])[second, VitalKind.GLUCOSE].value == 174


def test_the_last_value_is_the_one_measured_last_not_the_one_typed_last(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    member_id = household.members[0].id
    for offset, glucose in ((0, "120"), (-8, "180")):
        taken = reading(
            member_id, VitalKind.GLUCOSE, glucose, context=GlucoseContext.FASTING, measured_at=at(day(offset), 9, 20)
        )
        log(session, town, household, visit_details(household, day(offset), readings=(taken,)), now)
    assert queries.last_readings(session, [member_id])[member_id, VitalKind.GLUCOSE].value == 120


def test_a_refused_measurement_is_no_last_value(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    member_id = household.members[0].id
    refused = Reading(VitalKind.PULSE, member_id, not_measured=NotMeasured.REFUSED)
    log(session, town, household, visit_details(household, readings=(refused,)), now)
    assert queries.last_readings(session, [member_id]) == {}


def test_two_visits_stored_at_the_same_moment_both_count(fresh_database: Database, now: datetime) -> None:
    """Each is refreshed with the other in sight, whatever the server does at once."""
    with Session(fresh_database.engine) as session, unit_of_work(session):
        town = find_town(session)
        actor = town.who(town.nurse)
        household = add_household(session, actor)
        set_rule(session, household, "NURSE_INTENSIVE", actor, starts_on=day(-60), member_id=household.members[0].id)
        household_id, district_id = household.id, town.garam.district_id
        visits = [visit_details(household, day(-offset)) for offset in range(1, CROWD + 1)]

    def send(number: int) -> None:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            subject = session.get_one(Household, household_id)
            service.log_visit(session, subject, visits[number], typed_at=now, actor=actor, now=now)

    all_at_once(send)
    with Session(fresh_database.engine) as session:
        household = session.get_one(Household, household_id)
        stored = list_dues(session, household, today=TODAY)
        scratch = compute_dues(session, [household_id], district_id=district_id, today=TODAY)
        assert stored == scratch.get(household_id, [])
        assert household.last_seen_on == day(-1)


def test_a_weight_far_from_the_last_one_is_asked_back(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    member_id = household.members[0].id
    weighed = visit_details(household, day(-30), readings=(reading(member_id, VitalKind.WEIGHT, "52.4"),))
    weighed = replace(weighed, readings=(replace(weighed.readings[0], measured_at=at(day(-30), 9, 20)),))
    log(session, town, household, weighed, now)
    with pytest.raises(ProblemsFound) as asked:
        log(
            session, town, household,
            visit_details(household, readings=(reading(member_id, VitalKind.WEIGHT, "48.0"),)), now,
        )  # fmt: skip
    assert [problem.field for problem in asked.value.problems] == ["readings.0.value"]
    assert queries.last_values(session, [member_id]) == {(member_id, VitalKind.WEIGHT): Decimal("52.4")}


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


def severe(household: Household, **changes: object) -> VisitDetails:
    """186/104 measured twice, no symptoms, and what was done about it."""
    member_id = household.members[0].id
    again = blood_pressure(member_id, 184, 102, measured_at=at(TODAY, 9, 28))
    plain = visit_details(
        household, readings=(blood_pressure(member_id, 186, 104), again), symptom_checks=(SymptomCheck(member_id),),
        actions_taken=(ActionTaken(member_id, CrisisAction.REFERRED_SAME_DAY, "내과"),),
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_a_severe_pressure_left_without_a_word_is_refused(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    alone = severe(household, readings=severe(household).readings[:1], symptom_checks=(), actions_taken=())
    with pytest.raises(ProblemsFound):
        log(session, town, household, alone, now)
    assert count(session, Alert) == 0


def test_a_crisis_is_told_to_the_supervisor_once(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    details = severe(household)
    for _ in range(2):
        log(session, town, household, details, now)
    alert = session.scalars(select(Alert)).one()
    assert (alert.kind, alert.recipient_id) == (AlertKind.CRISIS_READING, town.supervisor.id)
    assert alert.household_id == household.id
    assert household.number in alert.text
    assert "김순자" not in alert.text


def test_two_people_in_crisis_on_one_visit_are_two_alerts(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    one, other = (member.id for member in household.members)
    hot = {
        one: severe(household).readings,
        other: tuple(replace(each, member_id=other) for each in severe(household).readings),
    }
    details = severe(
        household, readings=hot[one] + hot[other], symptom_checks=(SymptomCheck(None, frozenset({Symptom.DIZZINESS})),),
        actions_taken=(ActionTaken(None, CrisisAction.CALLED_119),),
    )  # fmt: skip
    log(session, town, household, details, now)
    assert count(session, Alert) == 2


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
    assert queries.count_visits(session, household.id) == 3


def log_absence(
    session: Session, town: Town, household: Household, now: datetime, occurred_on: date = TODAY, **changes: object
) -> Visit:
    details = absence_details(household, occurred_on, **changes)
    confirmed = changes.pop("confirmed", ())
    return service.log_absence(
        session, household, details, confirmed=confirmed, typed_at=now, actor=town.who(town.nurse), now=now  # type: ignore[arg-type]
    )  # fmt: skip


def test_an_absence_is_a_record_of_its_own_and_no_visit(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    set_rule(session, household, "CASE_CHECK_GENERAL", town.who(town.worker), starts_on=day(-60))
    before = list_dues(session, household, today=TODAY)
    visit = log_absence(
        session, town, household, now, tried=frozenset({Tried.BELL, Tried.PHONE}), neighbour_asked="어제 봄"
    )
    assert (visit.state, visit.mode) == (VisitState.ABSENT, ContactMode.ABSENT)
    assert (visit.tried, visit.notice_left, visit.neighbour_asked) == (["BELL", "PHONE"], True, "어제 봄")
    assert (household.absences_in_row, household.last_seen_on) == (1, None)
    assert list_dues(session, household, today=TODAY) == before


def test_the_ladder_tells_the_supervisor_once_per_step(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    first = absence_details(household, day(-4))
    for _ in range(3):
        service.log_absence(session, household, first, typed_at=now, actor=town.who(town.nurse), now=now)
    assert count(session, Alert) == 1
    log_absence(session, town, household, now, day(-3))
    log_absence(session, town, household, now, day(-2))
    log_absence(session, town, household, now, day(-1))
    assert count(session, Alert) == 3
    assert {alert.kind for alert in session.scalars(select(Alert))} == {AlertKind.ABSENCE_STEP}


def test_being_met_again_ends_the_row_of_absences(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    log_absence(session, town, household, now, day(-4))
    log_absence(session, town, household, now, day(-3))
    log(session, town, household, visit_details(household, day(-2)), now)
    log_absence(session, town, household, now, day(-1))
    assert household.absences_in_row == 1


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"tried": frozenset()}, ("NOTHING_TRIED", "tried")),
        ({"mode": ContactMode.FACE}, ("NOT_AN_ABSENCE", "mode")),
        ({"tried": frozenset({Tried.PHONE})}, ("ONLY_PHONED", "mode")),
        ({"occurred_on": day(1), "at": None}, ("FUTURE_DATE", "occurred_on")),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_an_absence_is_refused(
    session: Session, town: Town, household: Household, now: datetime, changes: dict[str, object],
    problem: tuple[str, str],
) -> None:  # fmt: skip
    with pytest.raises(ProblemsFound) as refused:
        log_absence(session, town, household, now, **changes)  # type: ignore[arg-type]
    assert problem in problems_of(refused)
    assert (count(session, Visit), household.absences_in_row) == (0, 0)
