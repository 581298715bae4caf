"""What a visit record cannot claim, and what is asked back once. Lateness is neither."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from app.follow_ups.rules import ContactMode
from app.visits.rules import (
    CLOCK_SLACK,
    NOTE_LIMIT,
    TEXT_FIELDS,
    Judgements,
    Problem,
    Reading,
    Severity,
    SymptomCheck,
    VisitDetails,
    VitalKind,
    check_next_visit,
    check_visit,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PULSE = Reading(VitalKind.PULSE, value=Decimal(78))
REACHED = {ContactMode.FACE, ContactMode.CALL, ContactMode.OFFICE}


@pytest.fixture
def found(judgements: Judgements, now: datetime, visit: VisitDetails) -> Any:
    """Checks the ordinary visit with some fields changed; members 7 and 8 live in the household."""

    def check(at: datetime = now, **changed: Any) -> list[tuple[str, str, Severity]]:
        details = replace(visit, **changed)
        problems = check_visit(details, now=at, members=[7, 8], judgements=judgements)
        return [(problem.code, problem.field, problem.severity) for problem in problems]

    return check


def test_an_ordinary_visit_has_nothing_wrong_with_it(found: Any) -> None:
    assert found() == []


@pytest.mark.parametrize("days", [0, 1, 2, 30, 365])
def test_a_visit_is_accepted_however_late_it_is_typed(found: Any, now: datetime, days: int) -> None:
    assert found(at=now + timedelta(days=days)) == []


def test_a_visit_of_more_than_a_year_ago_is_asked_about_and_not_refused(found: Any, now: datetime) -> None:
    assert found(at=now + timedelta(days=366)) == [("OLD_DATE", "occurred_on", Severity.CONFIRM)]


def test_a_visit_of_tomorrow_is_refused(found: Any) -> None:
    tomorrow = date(2026, 11, 24)
    assert ("FUTURE_DATE", "occurred_on", Severity.REFUSE) in found(occurred_on=tomorrow, began_at=None)


def test_today_is_the_korean_day(found: Any) -> None:
    just_past_midnight_in_seoul = datetime(2026, 11, 23, 15, 10, tzinfo=UTC)
    began_at = datetime(2026, 11, 23, 15, 1, tzinfo=UTC)
    day = date(2026, 11, 24)
    assert found(at=just_past_midnight_in_seoul, occurred_on=day, began_at=began_at, ended_at=None) == []


def test_a_visit_that_runs_past_midnight_keeps_the_day_it_began(found: Any, now: datetime) -> None:
    began_at = datetime(2026, 11, 23, 14, 50, tzinfo=UTC)
    ended_at = began_at + timedelta(minutes=30)
    assert found(at=now + timedelta(days=1), began_at=began_at, ended_at=ended_at) == []


def test_a_start_on_another_day_than_the_visit_is_refused(found: Any) -> None:
    assert found(occurred_on=date(2026, 11, 22)) == [("OTHER_DATE", "began_at", Severity.REFUSE)]


@pytest.mark.parametrize(("ahead", "is_refused"), [(CLOCK_SLACK, False), (CLOCK_SLACK * 2, True)])
def test_a_clock_slightly_ahead_is_forgiven(found: Any, now: datetime, ahead: timedelta, is_refused: bool) -> None:
    expected = [("FUTURE_TIME", "began_at", Severity.REFUSE)] if is_refused else []
    assert found(began_at=now + ahead, ended_at=None) == expected


def test_an_end_that_has_not_come_is_refused(found: Any, now: datetime) -> None:
    late_end = now + timedelta(hours=1)
    assert found(ended_at=late_end) == [("FUTURE_TIME", "ended_at", Severity.REFUSE)]


def test_an_end_before_the_start_is_refused(found: Any, visit: VisitDetails) -> None:
    assert visit.began_at is not None
    early = visit.began_at - timedelta(minutes=1)
    assert found(ended_at=early) == [("ENDS_BEFORE_START", "ended_at", Severity.REFUSE)]


def test_an_end_at_the_start_is_accepted(found: Any, visit: VisitDetails) -> None:
    assert found(ended_at=visit.began_at) == []


@pytest.mark.parametrize(("minutes", "is_asked"), [(480, False), (481, True)])
def test_a_visit_longer_than_a_working_day_is_asked_back(
    found: Any, visit: VisitDetails, now: datetime, minutes: int, is_asked: bool
) -> None:
    assert visit.began_at is not None
    ended_at = visit.began_at + timedelta(minutes=minutes)
    expected = [("LONG_VISIT", "ended_at", Severity.CONFIRM)] if is_asked else []
    assert found(at=now + timedelta(hours=9), ended_at=ended_at) == expected


def test_a_visit_whose_start_is_forgotten_is_asked_about_once(found: Any) -> None:
    assert found(began_at=None, ended_at=None) == [("START_UNKNOWN", "began_at", Severity.CONFIRM)]


def test_a_face_to_face_visit_needs_somebody_seen(found: Any) -> None:
    assert found(members_seen=frozenset()) == [("NOBODY_SEEN", "members_seen", Severity.REFUSE)]


@pytest.mark.parametrize("mode", [ContactMode.CALL, ContactMode.OFFICE])
def test_a_conversation_with_nobody_of_the_household_is_asked_back(found: Any, mode: ContactMode) -> None:
    expected = [("NO_MEMBER_REACHED", "members_seen", Severity.CONFIRM)]
    assert found(mode=mode, members_seen=frozenset()) == expected


@pytest.mark.parametrize("mode", list(ContactMode))
def test_only_a_contact_may_name_people_readings_and_symptoms(found: Any, mode: ContactMode) -> None:
    codes = [
        (code, field)
        for code, field, severity in found(mode=mode, readings=(PULSE,), symptom_checks=(SymptomCheck(7),))
        if severity is Severity.REFUSE
    ]
    fields = ["members_seen", "readings", "symptom_checks"]
    assert codes == ([] if mode in REACHED else [("CONTACT_NEEDED", field) for field in fields])


@pytest.mark.parametrize("mode", [mode for mode in ContactMode if mode not in REACHED])
def test_a_record_without_contact_needs_nobody_seen(found: Any, mode: ContactMode) -> None:
    assert found(mode=mode, members_seen=frozenset(), welfare_note="안내장 발송") == []


def test_values_told_on_the_telephone_are_asked_about(found: Any) -> None:
    found_codes = found(mode=ContactMode.CALL, readings=(PULSE,))
    assert found_codes == [("READ_BY_PHONE", "readings", Severity.CONFIRM)]


def test_a_person_of_another_household_cannot_have_been_seen(found: Any) -> None:
    expected = [("NOT_A_MEMBER", "members_seen", Severity.REFUSE)]
    assert found(members_seen=frozenset({7, 99})) == expected


def test_a_reading_belongs_to_the_only_person_seen(found: Any) -> None:
    assert found(readings=(PULSE,)) == []


@pytest.mark.parametrize("member_id", [None, 9])
def test_a_reading_of_a_couple_says_whose_it_is(found: Any, member_id: int | None) -> None:
    reading = replace(PULSE, member_id=member_id)
    expected = [("WHOSE_READING", "readings.0.member_id", Severity.REFUSE)]
    assert found(members_seen=frozenset({7, 8}), readings=(reading,)) == expected


def test_a_problem_of_a_reading_names_its_place(found: Any) -> None:
    hot = Reading(VitalKind.TEMPERATURE, value=Decimal(365))
    expected = [("OUT_OF_LIMITS", "readings.1.value", Severity.REFUSE)]
    assert found(readings=(PULSE, hot)) == expected


def test_a_weight_is_held_against_the_same_persons_last_one(
    visit: VisitDetails, judgements: Judgements, now: datetime
) -> None:
    weights = tuple(Reading(VitalKind.WEIGHT, member_id=who, value=Decimal(60)) for who in (7, 8))
    couple = replace(visit, members_seen=frozenset({7, 8}), readings=weights)
    previous = {(7, VitalKind.WEIGHT): Decimal(50), (8, VitalKind.WEIGHT): Decimal(60)}
    problems = check_visit(couple, now=now, members=[7, 8], judgements=judgements, previous=previous)
    assert [(problem.code, problem.field) for problem in problems] == [("CHANGED_MUCH", "readings.0.value")]


def test_a_reading_of_the_future_is_refused(found: Any, now: datetime) -> None:
    reading = replace(PULSE, measured_at=now + timedelta(hours=1))
    assert ("FUTURE_TIME", "readings.0.measured_at", Severity.REFUSE) in found(readings=(reading,))


@pytest.mark.parametrize(
    ("promised_on", "expected"),
    [
        (date(2026, 11, 22), [("PROMISE_NOT_AFTER", "promised_on", Severity.REFUSE)]),
        (date(2026, 11, 23), [("PROMISE_NOT_AFTER", "promised_on", Severity.REFUSE)]),
        (date(2026, 11, 24), []),
        (date(2027, 11, 23), []),
        (date(2027, 11, 24), [("PROMISE_FAR", "promised_on", Severity.CONFIRM)]),
        (date(2031, 11, 27), [("PROMISE_FAR", "promised_on", Severity.CONFIRM)]),
        (date(2031, 11, 28), [("PROMISE_TOO_FAR", "promised_on", Severity.REFUSE)]),
        (date(9999, 12, 31), [("PROMISE_TOO_FAR", "promised_on", Severity.REFUSE)]),
    ],
)
def test_a_promise_lies_after_the_visit_it_was_made_on(
    found: Any, promised_on: date, expected: list[tuple[str, str, Severity]]
) -> None:
    assert found(promised_on=promised_on) == expected


def test_a_promise_that_has_already_passed_is_kept_in_a_late_record(found: Any, now: datetime) -> None:
    assert found(at=now + timedelta(days=10), promised_on=date(2026, 11, 26)) == []


@pytest.mark.parametrize("field", ["welfare_note", "nursing_note"])
def test_a_note_of_ten_thousand_characters_is_accepted_and_one_more_refused(found: Any, field: str) -> None:
    assert found(**{field: "가" * NOTE_LIMIT}) == []
    assert found(**{field: "가" * (NOTE_LIMIT + 1)}) == [("TOO_LONG", field, Severity.REFUSE)]


def test_the_refusal_of_a_long_note_counts_for_the_writer(
    visit: VisitDetails, judgements: Judgements, now: datetime
) -> None:
    long = replace(visit, welfare_note="가" * 10_012)
    problem: Problem = check_visit(long, now=now, members=[7], judgements=judgements)[0]
    assert problem.message == "복지 기록: 10,000자까지 적을 수 있습니다. 지금 10,012자입니다."


def test_a_note_is_counted_as_it_is_kept_not_as_it_was_sent(found: Any) -> None:
    decomposed = "\u1100\u1161" * NOTE_LIMIT
    assert found(welfare_note=decomposed) == []


@pytest.mark.parametrize("field", [name for name in TEXT_FIELDS if name in VisitDetails.__annotations__])
@pytest.mark.parametrize("character", ["\x00", "\ud800"])
def test_a_character_no_database_stores_is_refused(found: Any, field: str, character: str) -> None:
    assert found(**{field: f"약{character}"}) == [("UNSTORABLE", field, Severity.REFUSE)]


@pytest.mark.parametrize("text", ["<b>굵게</b>", "<img src=x>", "=1+1", "뷁", "👨‍👩‍👧", "' OR 1=1 --", "\u202e"])
def test_odd_texts_are_ordinary_texts(found: Any, text: str) -> None:
    assert found(welfare_note=text, nursing_note=text, shared_line=text, place=text, told_to=text) == []


@pytest.mark.parametrize(
    ("promised_on", "proposed_on", "reason", "is_owed"),
    [
        (date(2026, 12, 2), date(2026, 12, 1), "", True),
        (date(2026, 12, 2), date(2026, 12, 1), " ", True),
        (date(2026, 12, 2), date(2026, 12, 1), "딸이 오는 날", False),
        (date(2026, 12, 1), date(2026, 12, 1), "", False),
        (date(2026, 11, 30), date(2026, 12, 1), "", False),
        (date(2026, 12, 2), None, "", False),
        (None, date(2026, 12, 1), "", False),
    ],
)
def test_a_later_visit_than_proposed_says_why(
    promised_on: date | None, proposed_on: date | None, reason: str, is_owed: bool
) -> None:
    problems = check_next_visit(promised_on, proposed_on=proposed_on, reason=reason)
    assert [problem.field for problem in problems] == (["next_visit_reason"] if is_owed else [])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.integers(0, 4000), mode=st.sampled_from(ContactMode), seen=st.frozensets(st.sampled_from([7, 8])))
def test_no_later_day_of_typing_adds_a_refusal(
    visit: VisitDetails,
    judgements: Judgements,
    now: datetime,
    days: int,
    mode: ContactMode,
    seen: frozenset[int],
) -> None:
    details = replace(visit, mode=mode, members_seen=seen)
    refusals = [
        {
            problem.code
            for problem in check_visit(details, now=at, members=[7, 8], judgements=judgements)
            if problem.is_refusal
        }
        for at in (now, now + timedelta(days=days))
    ]
    assert refusals[1] <= refusals[0]
