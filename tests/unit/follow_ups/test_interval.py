"""INTERVAL by hand, mostly in the week of 추석 2026 (Thursday 24 to Saturday 26 September)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from app.core.holidays import working_days
from app.core.working_days import MissingHolidayYear
from app.follow_ups.rules import (
    Contact,
    ContactMode,
    DueAnswer,
    Interval,
    Purpose,
    ReasonCode,
    RuleVersion,
    Shift,
    Span,
    Status,
    Term,
    due,
    sentence,
)

DAYS = working_days(range(2024, 2031))
REGULAR = RuleVersion(
    "NURSE_REGULAR",
    "2026",
    Interval(Span(months=3)),
    frozenset({ContactMode.FACE}),
    frozenset({Purpose.NURSING}),
    Shift.EARLIER,
    name="정기관리군",
)
START = date(2025, 1, 6)
TODAY = date(2026, 9, 20)


def every(span: Span, shift: Shift = Shift.EARLIER) -> RuleVersion:
    return replace(REGULAR, parameters=Interval(span), shift=shift)


def face(day: date, **changes: object) -> Contact:
    return Contact(day, ContactMode.FACE, Purpose.NURSING, frozenset({1}))._replace(**changes)


def ask(term: Term | None = None, rule: RuleVersion = REGULAR, *contacts: Contact, today: date = TODAY) -> DueAnswer:
    return due(term or Term(START), rule, contacts, today=today, working_days=DAYS)


@pytest.mark.parametrize(
    ("last", "rule", "due_on"),
    [
        (date(2026, 6, 25), REGULAR, date(2026, 9, 23)),  # Fri 9/25 is 추석: back over it
        (date(2026, 6, 25), every(Span(months=3), Shift.NONE), date(2026, 9, 25)),
        (date(2026, 6, 25), every(Span(months=3), Shift.LATER), date(2026, 9, 28)),
        (date(2025, 11, 30), REGULAR, date(2026, 2, 27)),  # clamped to Sat 2/28
        (date(2026, 8, 31), every(Span(months=1)), date(2026, 9, 30)),  # clamped to the 30th
        (date(2025, 12, 31), every(Span(months=2)), date(2026, 2, 27)),
        (date(2026, 9, 7), every(Span(days=14)), date(2026, 9, 21)),
        (date(2026, 9, 12), every(Span(days=14)), date(2026, 9, 23)),  # Sat and 추석
        (date(2026, 9, 18), every(Span(days=7), Shift.NONE), date(2026, 9, 25)),
    ],
)
def test_the_next_date_is_counted_from_the_last_contact(last: date, rule: RuleVersion, due_on: date) -> None:
    assert ask(None, rule, face(last)).due_on == due_on


def test_a_leap_day_is_reached_in_a_leap_year_only() -> None:
    leap = ask(None, every(Span(months=3)), face(date(2027, 11, 30)), today=date(2027, 12, 1))
    assert leap.due_on == date(2028, 2, 29)  # a Tuesday
    yearly = ask(None, every(Span(months=12)), face(date(2028, 2, 29)), today=date(2028, 3, 1))
    assert yearly.due_on == date(2029, 2, 28)  # a Wednesday


@pytest.mark.parametrize(
    ("starts_on", "first_within", "due_on"),
    [
        (date(2026, 7, 1), None, date(2026, 10, 1)),
        (date(2026, 7, 1), Span(days=14), date(2026, 7, 15)),
        (date(2026, 10, 3), Span(days=1), date(2026, 10, 6)),  # Sun: back is before the start; 10/5 is off
        (date(2026, 11, 30), Span(months=3), date(2027, 2, 26)),  # Sun 2/28
    ],
)
def test_without_a_contact_the_first_is_counted_from_the_start(
    starts_on: date, first_within: Span | None, due_on: date
) -> None:
    rule = replace(REGULAR, parameters=Interval(Span(months=3), first_within))
    assert ask(Term(starts_on), rule).due_on == due_on


@pytest.mark.parametrize("days", [1, 2, 3])
def test_an_earlier_date_on_or_before_the_last_contact_goes_forwards_instead(days: int) -> None:
    answer = ask(None, every(Span(days=days)), face(date(2026, 9, 23)), today=date(2026, 9, 23))
    assert answer.due_on == date(2026, 9, 28)
    shifted = next(line.text for line in answer.because if line.code is ReasonCode.SHIFTED)
    assert "추석 연휴인데 마지막 접촉보다 앞당길 수 없어 9/28(월)로 미룸." in shifted


@pytest.mark.parametrize(
    "ignored",
    [
        face(date(2026, 9, 21)),  # tomorrow
        face(date(2025, 1, 5)),  # before the start
        face(date(2026, 9, 1), mode=ContactMode.CALL),
        face(date(2026, 9, 1), mode=ContactMode.ABSENT),
        face(date(2026, 9, 1), mode=ContactMode.LETTER),
        face(date(2026, 9, 1), purpose=Purpose.WELFARE),
        face(date(2026, 9, 1), purpose=Purpose.CHECK_IN),
        face(date(2026, 9, 1), members={2}),
        face(date(2026, 9, 1), members=frozenset()),
    ],
)
def test_a_contact_that_does_not_satisfy_changes_nothing(ignored: Contact) -> None:
    term, counted = Term(START, member=1), face(date(2026, 6, 25))
    with_it, without = ask(term, REGULAR, ignored, counted), ask(term, REGULAR, counted)
    assert with_it._replace(recompute_on=None) == without._replace(recompute_on=None)


def test_a_joint_visit_counts_as_nursing_and_as_welfare() -> None:
    joint = face(date(2026, 6, 25), purpose=Purpose.JOINT)
    for purpose in (Purpose.NURSING, Purpose.WELFARE):
        rule = replace(REGULAR, counts_purposes=frozenset({purpose}))
        assert ask(None, rule, joint).last_counted_on == date(2026, 6, 25)
    check_in = replace(REGULAR, counts_purposes=frozenset({Purpose.CHECK_IN}))
    assert ask(None, check_in, joint).last_counted_on is None


@pytest.mark.parametrize("purpose", list(Purpose))
def test_no_purposes_means_any_purpose(purpose: Purpose) -> None:
    rule = replace(REGULAR, counts_purposes=frozenset())
    assert ask(None, rule, face(date(2026, 6, 25), purpose=purpose)).last_counted_on == date(2026, 6, 25)


def test_a_household_term_counts_whoever_was_met() -> None:
    assert ask(Term(START), REGULAR, face(date(2026, 6, 25), members={9})).due_on == date(2026, 9, 23)


@pytest.mark.parametrize(
    ("ends_on", "due_on"),
    [
        (date(2026, 9, 25), date(2026, 9, 23)),  # ends on the counted day itself
        (date(2026, 9, 24), None),  # before it, although the shifted day would still lie inside
        (date(2026, 9, 20), None),
        (date(2026, 9, 19), None),  # over since yesterday
    ],
)
def test_nothing_is_due_after_the_end_of_the_term(ends_on: date, due_on: date | None) -> None:
    answer = ask(Term(START, ends_on), REGULAR, face(date(2026, 6, 25)))
    assert answer.due_on == due_on
    assert (answer.status is Status.DONE) == (due_on is None)
    assert (ReasonCode.ENDED in {line.code for line in answer.because}) == (due_on is None)


def test_an_overdue_date_lapses_with_the_term() -> None:
    term = Term(START, date(2026, 9, 30))
    assert ask(term, REGULAR, face(date(2026, 6, 25)), today=date(2026, 9, 30)).status is Status.OVERDUE
    assert ask(term, REGULAR, face(date(2026, 6, 25)), today=date(2026, 10, 1)).status is Status.DONE


def test_before_the_start_the_first_interval_is_answered() -> None:
    answer = ask(Term(date(2026, 11, 2)), REGULAR)
    assert (answer.due_on, answer.status) == (date(2027, 2, 2), Status.UPCOMING)


@pytest.mark.parametrize(
    ("lead_days", "last", "every_days", "window_start"),
    [
        (None, date(2026, 9, 1), 30, date(2026, 9, 24)),  # Thu 10/1 − 7
        (14, date(2026, 9, 1), 30, date(2026, 9, 17)),
        (0, date(2026, 9, 1), 30, date(2026, 10, 1)),
        (None, date(2026, 9, 16), 7, date(2026, 9, 17)),  # never on the day of the last contact
    ],
)
def test_the_window_opens_lead_days_ahead(
    lead_days: int | None, last: date, every_days: int, window_start: date
) -> None:
    rule = replace(every(Span(days=every_days)), lead_days=lead_days)
    assert ask(None, rule, face(last)).window_start == window_start


@pytest.mark.parametrize(
    ("today", "status"),
    [
        (date(2026, 9, 15), Status.UPCOMING),
        (date(2026, 9, 16), Status.OPEN),
        (date(2026, 9, 22), Status.OPEN),
        (date(2026, 9, 23), Status.DUE),
        (date(2026, 9, 24), Status.OVERDUE),
    ],
)
def test_overdue_begins_the_day_after_the_due_date(today: date, status: Status) -> None:
    assert ask(None, REGULAR, face(date(2026, 6, 25)), today=today).status is status


def test_the_reasons_name_the_rule_the_contact_and_the_holiday() -> None:
    assert sentence(ask(None, REGULAR, face(date(2026, 6, 25))).because) == (
        "정기관리군 3개월마다 1회, 마지막 접촉 2026-06-25(목). "
        "계산일 9/25(금)은 추석 연휴라 9/23(수)로 앞당김. 규칙 NURSE_REGULAR v2026."
    )


@pytest.mark.parametrize(
    ("last", "shift", "text"),
    [
        (date(2026, 9, 5), Shift.EARLIER, "계산일 9/19(토)은 토요일이라 9/18(금)로 앞당김."),
        (date(2026, 9, 5), Shift.LATER, "계산일 9/19(토)은 토요일이라 9/21(월)로 미룸."),
        (date(2026, 9, 13), Shift.EARLIER, "계산일 9/27(일)은 일요일, 앞이 추석 연휴라 9/23(수)로 앞당김."),
        (date(2026, 9, 20), Shift.LATER, "계산일 10/4(일)은 일요일, 뒤가 개천절 대체공휴일이라 10/6(화)로 미룸."),
        (date(2025, 12, 18), Shift.EARLIER, "계산일 2026-01-01(목)은 신정이라 2025-12-31(수)로 앞당김."),
    ],
)
def test_a_shift_names_every_day_off_it_passes(last: date, shift: Shift, text: str) -> None:
    answer = ask(None, every(Span(days=14), shift), face(last))
    assert [line.text for line in answer.because if line.code is ReasonCode.SHIFTED] == [text]


@pytest.mark.parametrize(
    ("starts_on", "added", "text"),
    [
        (
            date(2026, 10, 2),
            [2],
            "10/3(토)은 개천절, 앞뒤가 임시공휴일·개천절 대체공휴일인데 시작일보다 앞당길 수 없어 10/6(화)",
        ),
        (date(2026, 10, 8), [8], "10/9(금)은 한글날, 앞이 임시공휴일인데 시작일보다 앞당길 수 없어 10/12(월)"),
    ],
)
def test_a_date_that_cannot_go_back_names_the_holidays_on_both_sides(
    starts_on: date, added: list[int], text: str
) -> None:
    days = DAYS.with_overrides({date(2026, 10, day): "임시공휴일" for day in added}, [])
    answer = due(Term(starts_on), every(Span(days=1)), [], today=TODAY, working_days=days)
    assert f"계산일 {text}로 미룸." in {line.text for line in answer.because}


def test_a_holiday_named_in_another_script_needs_no_particle() -> None:
    days = DAYS.with_overrides({date(2026, 9, 21): "Day A"}, [])
    answer = due(Term(START), every(Span(days=14)), [face(date(2026, 9, 7))], today=TODAY, working_days=days)
    assert "계산일 9/21(월)은 휴무일(Day A)이라 9/18(금)로 앞당김." in {line.text for line in answer.because}


def test_a_due_date_in_a_year_without_holidays_is_an_error() -> None:
    with pytest.raises(MissingHolidayYear, match="2031"):
        ask(None, REGULAR, face(date(2030, 11, 1)), today=date(2030, 12, 1))
