"""QUOTA by hand: 집중관리군, 8 visits in the three months 2026-07-02 (Thu) to 2026-10-01 (Thu)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from app.core.holidays import working_days
from app.follow_ups.rules import (
    Contact,
    ContactMode,
    DueAnswer,
    MissedWindow,
    Purpose,
    Quota,
    ReasonCode,
    RuleVersion,
    Shift,
    Span,
    Status,
    Term,
    due,
    sentence,
    window_of,
)

DAYS = working_days(range(2024, 2031))
EIGHT = Quota(8, Span(months=3), repeats=False)
INTENSIVE = RuleVersion(
    "NURSE_INTENSIVE",
    "2026",
    EIGHT,
    frozenset({ContactMode.FACE}),
    frozenset({Purpose.NURSING}),
    Shift.EARLIER,
    name="집중관리군",
)
AGAIN = replace(INTENSIVE, parameters=replace(EIGHT, repeats=True))
TERM = Term(date(2026, 7, 2), member=1)
FIVE = [date(2026, 7, 10), date(2026, 7, 24), date(2026, 8, 11), date(2026, 9, 1), date(2026, 9, 22)]
SEVEN_EARLY = [date(2026, 7, day) for day in (3, 7, 10, 14, 21, 28, 31)]


def ask(rule: RuleVersion, days: Sequence[date], *, today: date, term: Term = TERM) -> DueAnswer:
    contacts = [Contact(day, ContactMode.FACE, Purpose.NURSING, {1}) for day in days]
    return due(term, rule, contacts, today=today, working_days=DAYS)


def codes(answer: DueAnswer) -> set[ReasonCode]:
    return {line.code for line in answer.because}


def test_the_example_of_the_design_is_told_word_for_word() -> None:
    answer = ask(INTENSIVE, FIVE, today=date(2026, 9, 22))
    assert sentence(answer.because) == (
        "집중관리군 3개월 8회(2026-07-02~2026-10-01) 중 5회, 남은 3회. "
        "계산일 9/25(금)은 추석 연휴라 9/23(수)로 앞당김. 규칙 NURSE_INTENSIVE v2026."
    )
    assert (answer.due_on, answer.window_start) == (date(2026, 9, 23), date(2026, 9, 23))
    assert (answer.done, answer.needed, answer.missed) == (5, 8, ())


@pytest.mark.parametrize(
    ("days", "today", "due_on"),
    [
        ([], date(2026, 7, 2), date(2026, 7, 13)),  # 92 days over 8: 12 from the eve of the window
        ([], date(2026, 6, 1), date(2026, 7, 13)),  # before the start: the first window
        ([date(2026, 7, 3)], date(2026, 7, 3), date(2026, 7, 16)),  # 90 days over 7: 13
        ([date(2026, 7, 13), date(2026, 7, 20)], date(2026, 7, 21), date(2026, 7, 31)),  # 13 on: Sun 8/2
        (SEVEN_EARLY, date(2026, 8, 3), date(2026, 10, 1)),  # ahead: the last may wait for the last day
        (SEVEN_EARLY[:1], date(2026, 9, 30), date(2026, 7, 16)),  # behind: it stays where it was
    ],
)
def test_what_is_left_is_spread_evenly_over_the_rest(days: Sequence[date], today: date, due_on: date) -> None:
    assert ask(INTENSIVE, days, today=today).due_on == due_on


def test_aftercare_asks_twice_in_nine_months_and_avoids_a_holiday_on_a_saturday() -> None:
    rule = replace(INTENSIVE, parameters=Quota(2, Span(months=9), repeats=False))
    answer = ask(rule, [], today=date(2026, 4, 1), term=Term(date(2026, 3, 31)))
    assert answer.due_on == date(2026, 8, 14)  # 275 days over 2: 138 from 3/30 is Sat 8/15 광복절


def test_two_contacts_on_one_day_count_once() -> None:
    assert ask(INTENSIVE, [*FIVE, FIVE[-1], FIVE[0]], today=date(2026, 9, 22)).done == 5


@pytest.mark.parametrize("rule", [INTENSIVE, AGAIN])
def test_a_visit_before_the_window_or_after_today_does_not_count(rule: RuleVersion) -> None:
    days = [date(2026, 7, 1), *FIVE, date(2026, 9, 29)]
    assert ask(rule, days, today=date(2026, 9, 28)).done == 5


class TestAWindowThatIsMet:
    DAYS = (*SEVEN_EARLY, date(2026, 8, 4))

    def test_is_done_when_it_does_not_repeat(self) -> None:
        answer = ask(INTENSIVE, self.DAYS, today=date(2026, 8, 4))
        assert (answer.status, answer.due_on, answer.window_start) == (Status.DONE, None, None)
        assert (answer.done, answer.needed) == (8, 8)
        assert "중 8회, 모두 채움." in answer.because[0].text
        assert answer.recompute_on is None

    def test_is_answered_with_the_next_window_when_it_repeats(self) -> None:
        answer = ask(AGAIN, self.DAYS, today=date(2026, 8, 4))
        assert answer.due_on == date(2026, 10, 13)  # 92 days over 8: 12 from 10/1
        assert (answer.done, answer.needed) == (0, 8)
        assert answer.recompute_on == date(2026, 10, 2)
        assert ReasonCode.NEXT_WINDOW in codes(answer)

    def test_gives_the_same_date_once_the_next_window_has_begun(self) -> None:
        assert ask(AGAIN, self.DAYS, today=date(2026, 10, 2)).due_on == date(2026, 10, 13)

    def test_keeps_the_next_window_closed_on_the_day_of_the_last_visit(self) -> None:
        rule = replace(AGAIN, lead_days=60)
        assert ask(rule, self.DAYS, today=date(2026, 8, 4)).window_start == date(2026, 8, 14)
        late = [*SEVEN_EARLY, date(2026, 9, 30)]
        assert ask(rule, late, today=date(2026, 9, 30)).window_start == date(2026, 10, 1)

    def test_stays_met_with_more_visits_than_asked(self) -> None:
        answer = ask(INTENSIVE, [*self.DAYS, date(2026, 8, 11)], today=date(2026, 12, 1))
        assert (answer.done, answer.missed, answer.status) == (9, (), Status.DONE)


class TestAWindowThatEndedUnmet:
    def test_is_still_due_on_its_last_day(self) -> None:
        answer = ask(INTENSIVE, FIVE, today=date(2026, 10, 1))
        assert (answer.status, answer.due_on, answer.missed) == (Status.OVERDUE, date(2026, 9, 23), ())

    def test_is_done_with_the_miss_reported_when_it_does_not_repeat(self) -> None:
        answer = ask(INTENSIVE, FIVE, today=date(2026, 10, 2))
        assert (answer.status, answer.due_on) == (Status.DONE, None)
        assert answer.missed == (MissedWindow(date(2026, 7, 2), 5, 8),)
        assert (answer.done, answer.needed) == (5, 8)
        assert {ReasonCode.WINDOW_MISSED, ReasonCode.COUNT} <= codes(answer)
        assert "3회 모자란 채 끝남" in answer.because[0].text

    def test_gives_way_to_the_next_when_it_repeats(self) -> None:
        answer = ask(AGAIN, FIVE, today=date(2026, 10, 2))
        assert (answer.due_on, answer.done) == (date(2026, 10, 13), 0)
        assert answer.missed == (MissedWindow(date(2026, 7, 2), 5, 8),)

    def test_is_reported_for_good_while_met_ones_are_not(self) -> None:
        monthly = replace(AGAIN, parameters=Quota(1, Span(months=1), repeats=True))
        answer = ask(monthly, [date(2026, 8, 3)], today=date(2026, 11, 2))
        assert answer.missed == (
            MissedWindow(date(2026, 7, 2), 0, 1),
            MissedWindow(date(2026, 9, 2), 0, 1),
            MissedWindow(date(2026, 10, 2), 0, 1),
        )

    def test_is_named_in_words_only_if_it_is_among_the_latest_three(self) -> None:
        weekly = replace(AGAIN, parameters=Quota(1, Span(days=7), repeats=True))
        answer = ask(weekly, [], today=date(2026, 8, 6))  # five weeks
        text = next(line.text for line in answer.because if line.code is ReasonCode.WINDOW_MISSED)
        assert text == (
            "횟수를 못 채운 지난 기간: 2026-07-16 시작 0/1회, 2026-07-23 시작 0/1회, 2026-07-30 시작 0/1회 외 2번."
        )


class TestTheEndOfTheTerm:
    EARLY = (date(2026, 7, 13), date(2026, 7, 20))  # next counted day: Sun 8/2

    @pytest.mark.parametrize(("ends_on", "due_on"), [(date(2026, 8, 2), date(2026, 7, 31)), (date(2026, 8, 1), None)])
    def test_stops_dates_counted_after_it(self, ends_on: date, due_on: date | None) -> None:
        term = TERM._replace(ends_on=ends_on)
        assert ask(INTENSIVE, self.EARLY, today=date(2026, 7, 21), term=term).due_on == due_on

    @pytest.mark.parametrize("rule", [INTENSIVE, AGAIN])
    def test_cuts_a_window_short_without_a_miss(self, rule: RuleVersion) -> None:
        term = TERM._replace(ends_on=date(2026, 8, 15))
        answer = ask(rule, self.EARLY, today=date(2026, 12, 1), term=term)
        assert (answer.status, answer.missed, answer.done) == (Status.DONE, (), 2)
        assert answer.recompute_on is None

    @pytest.mark.parametrize("rule", [INTENSIVE, AGAIN])
    def test_leaves_a_miss_when_it_is_the_windows_end_too(self, rule: RuleVersion) -> None:
        term = TERM._replace(ends_on=date(2026, 10, 1))
        answer = ask(rule, FIVE, today=date(2026, 10, 2), term=term)
        assert (answer.status, answer.missed) == (Status.DONE, (MissedWindow(date(2026, 7, 2), 5, 8),))
        assert ask(rule, FIVE, today=date(2026, 10, 1), term=term).missed == ()

    def test_ends_a_repeating_quota_that_is_met(self) -> None:
        term = TERM._replace(ends_on=date(2026, 9, 30))
        met = (*SEVEN_EARLY, date(2026, 8, 4))
        assert ask(AGAIN, met, today=date(2026, 9, 30), term=term).status is Status.DONE
        after = ask(AGAIN, met, today=date(2026, 10, 1), term=term)
        assert (after.status, after.done, after.missed) == (Status.DONE, 8, ())
        assert ReasonCode.ENDED in codes(after)


class TestMoreLeftThanWorkingDays:
    def test_is_said_from_the_first_day_on_which_it_is_true(self) -> None:
        possible = ask(INTENSIVE, FIVE, today=date(2026, 9, 29))  # 9/29, 9/30, 10/1 for three
        assert ReasonCode.QUOTA_UNREACHABLE not in codes(possible)
        assert possible.recompute_on == date(2026, 9, 30)
        late = ask(INTENSIVE, FIVE, today=date(2026, 9, 30))
        assert ReasonCode.QUOTA_UNREACHABLE in codes(late)
        assert late.recompute_on == date(2026, 10, 2)
        assert (late.status, late.due_on) == (Status.OVERDUE, date(2026, 9, 23))

    def test_counts_from_the_day_after_a_visit_today(self) -> None:
        days = [*FIVE[:-1], date(2026, 9, 28), date(2026, 9, 29)]  # two left, 9/30 and 10/1
        assert ReasonCode.QUOTA_UNREACHABLE not in codes(ask(INTENSIVE, days, today=date(2026, 9, 29)))
        days = [*FIVE[:-1], date(2026, 9, 29)]  # three left
        assert ReasonCode.QUOTA_UNREACHABLE in codes(ask(INTENSIVE, days, today=date(2026, 9, 29)))

    def test_is_said_of_a_rule_that_asks_too_much_from_the_start(self) -> None:
        rule = replace(INTENSIVE, parameters=Quota(6, Span(days=7), repeats=False))
        assert ReasonCode.QUOTA_UNREACHABLE in codes(ask(rule, [], today=date(2026, 6, 1)))

    def test_leaves_the_last_day_due_although_it_was_visited(self) -> None:
        answer = ask(INTENSIVE, [*SEVEN_EARLY[:-1], date(2026, 10, 1)], today=date(2026, 10, 1))
        assert (answer.done, answer.due_on, answer.status) == (7, date(2026, 10, 1), Status.DUE)
        assert ReasonCode.QUOTA_UNREACHABLE in codes(answer)


def test_an_earlier_date_stays_inside_its_window() -> None:
    rule = replace(AGAIN, parameters=Quota(3, Span(days=3), repeats=True))
    # Windows of three days from Fri 9/18; the fourth begins on Sun 9/27, and back would be 9/23.
    answer = ask(rule, [], today=date(2026, 9, 27), term=Term(date(2026, 9, 18)))
    assert answer.due_on == date(2026, 9, 28)
    text = next(line.text for line in answer.because if line.code is ReasonCode.SHIFTED)
    assert text == "계산일 9/27(일)은 일요일인데 이번 기간보다 앞당길 수 없어 9/28(월)로 미룸."


def test_month_windows_are_counted_from_the_start_and_do_not_creep() -> None:
    term, quota = Term(date(2026, 1, 31)), Quota(1, Span(months=1), repeats=True)
    found = [window_of(term, quota, date(2026, month, 15)) for month in (1, 2, 3, 4)]
    assert found == [
        (date(2026, 1, 31), date(2026, 2, 28)),  # before the start: the first
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2026, 2, 28), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 4, 30)),
    ]
    assert window_of(term, quota, date(2028, 2, 29)) == (date(2028, 2, 29), date(2028, 3, 31))


def test_without_repeats_there_is_one_window() -> None:
    assert window_of(TERM, EIGHT, date(2030, 1, 1)) == (date(2026, 7, 2), date(2026, 10, 2))


def test_a_future_contact_is_known_to_change_the_answer_on_its_day() -> None:
    ahead = date(2026, 7, 9)
    answer = ask(INTENSIVE, [ahead], today=date(2026, 7, 3))
    assert (answer.done, answer.recompute_on) == (0, ahead)
    assert ask(INTENSIVE, [ahead], today=ahead - timedelta(days=1)).done == 0
    assert ask(INTENSIVE, [ahead], today=ahead).done == 1
