"""The board a visit is planned on, and the day it suggests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from uuid import UUID

import pytest
from app.core.holidays import working_days
from app.visits.rules import (
    Engagement,
    Leave,
    Slot,
    SlotState,
    Surroundings,
    days_of_board,
    draw_board,
    suggest_day,
    usual_weekday,
)
from hypothesis import given
from hypothesis import strategies as st

DAYS = working_days(range(2026, 2028))
MONDAY = date(2026, 11, 23)
NURSE = 1
OWN, OTHER = UUID(int=1), UUID(int=2)


def states(wanted: Engagement, on: date, around: Surroundings) -> dict[str, SlotState]:
    (column,) = draw_board(wanted, [on], around)
    return {f"{cell.at:%H:%M}": cell.state for cell in column.cells}


def test_ten_working_days_are_shown_and_the_holidays_between_them_are_closed_with_their_name() -> None:
    shown = days_of_board(date(2026, 9, 21), DAYS)
    columns = draw_board(Engagement(None, 7, Slot(MONDAY, None, NURSE), "김순자"), shown, Surroundings(DAYS))
    closed = {column.on: column.closed for column in columns if column.closed}
    assert closed == {
        date(2026, 9, 24): "추석 연휴",
        date(2026, 9, 25): "추석 연휴",
        date(2026, 10, 5): "개천절 대체공휴일",
    }
    assert (shown[0], shown[-1], len(shown)) == (date(2026, 9, 21), date(2026, 10, 7), 13)
    assert all(not column.cells for column in columns if column.closed)


@given(st.dates(date(2026, 1, 1), date(2027, 11, 30)))
def test_a_board_has_ten_days_to_choose_from_wherever_it_begins(first_on: date) -> None:
    shown = days_of_board(first_on, DAYS)
    assert sum(DAYS.is_working(on) for on in shown) == 10
    assert shown[0] >= first_on
    assert DAYS.is_working(shown[-1])


def test_a_slot_says_what_stands_there() -> None:
    there = Engagement(OTHER, 8, Slot(MONDAY, time(10), NURSE), "박말순")
    around = Surroundings(DAYS, [there], moment=(MONDAY, time(9, 10)))
    wanted = Engagement(None, 7, Slot(MONDAY, None, NURSE), "김순자")
    found = states(wanted, MONDAY, around)
    expected = [SlotState.GONE, SlotState.TIGHT, SlotState.TAKEN, SlotState.TIGHT, SlotState.FREE]
    assert [found[hour] for hour in ("09:00", "09:30", "10:00", "10:30", "11:00")] == expected


def test_the_hour_a_visit_has_now_is_its_own() -> None:
    wanted = Engagement(OWN, 7, Slot(MONDAY, time(10), NURSE), "김순자")
    assert states(wanted, MONDAY, Surroundings(DAYS, [wanted]))["10:00"] is SlotState.OWN
    assert states(wanted, MONDAY, Surroundings(DAYS, [wanted]))["10:30"] is SlotState.FREE


def test_a_day_says_who_is_away_and_that_the_household_is_visited_already() -> None:
    leave = Leave(NURSE, "윤가람", MONDAY, MONDAY, 3, "서은결")
    colleague = Engagement(OTHER, 7, Slot(MONDAY, time(14), 2), "김순자")
    wanted = Engagement(None, 7, Slot(MONDAY, None, NURSE), "김순자")
    (column,) = draw_board(wanted, [MONDAY], Surroundings(DAYS, [colleague], [leave]), suggested_on=MONDAY)
    assert (column.away, column.already) == ("윤가람 부재 · 대직 서은결", "이미 방문 예정 14:00")
    assert column.is_suggested
    assert sum(cell.state is SlotState.FREE for cell in column.cells) == 18


@pytest.mark.parametrize(
    ("met", "expected"),
    [
        ((), None),
        ((date(2026, 11, 3), date(2026, 11, 10)), None),  # twice is no habit
        ((date(2026, 11, 3), date(2026, 11, 10), date(2026, 11, 19)), 1),
        ((date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)), None),
        ((date(2026, 11, 7), date(2026, 11, 14), date(2026, 11, 21)), None),  # Saturdays are nobody's plan
    ],
)
def test_a_weekday_becomes_usual_by_half_of_at_least_three_meetings(
    met: tuple[date, ...], expected: int | None
) -> None:
    assert usual_weekday(met) == expected


def suggested(due_on: date | None, window_start: date | None, usual: int | None = None, **more: object) -> object:
    shown = days_of_board(MONDAY, DAYS)
    found = suggest_day(shown, due_on=due_on, window_start=window_start, usual=usual, days=DAYS, **more)  # type: ignore[arg-type]
    return found and (found.on, found.because)


def test_the_suggested_day_lies_in_the_window_and_on_the_usual_weekday() -> None:
    friday, window = date(2026, 12, 4), date(2026, 11, 30)
    assert suggested(friday, window) == (friday, "기한 12/4(금)까지")
    assert suggested(friday, window, 1) == (date(2026, 12, 1), "기한 12/4(금)까지 · 늘 화요일에 만남")
    assert suggested(friday, window, 1, away=[date(2026, 12, 1)]) == (friday, "기한 12/4(금)까지")


def test_what_is_overdue_is_suggested_for_the_first_day_there_is() -> None:
    assert suggested(date(2026, 11, 18), date(2026, 11, 11)) == (MONDAY, "기한 11/18(수) 지남 · 가장 빠른 날")
    away = [MONDAY]
    assert suggested(date(2026, 11, 18), date(2026, 11, 11), away=away) == (
        date(2026, 11, 24),
        "기한 11/18(수) 지남 · 가장 빠른 날",
    )


def test_without_a_due_or_before_its_window_nothing_is_suggested() -> None:
    assert suggested(None, None) is None
    assert suggested(date(2027, 2, 1), date(2027, 1, 25)) is None


@given(st.dates(date(2026, 11, 1), date(2027, 3, 1)), st.integers(0, 60), st.one_of(st.none(), st.integers(0, 4)))
def test_a_suggestion_is_a_working_day_that_is_shown_and_not_late_without_need(
    due_on: date, lead: int, usual: int | None
) -> None:
    shown = days_of_board(MONDAY, DAYS)
    window_start = date.fromordinal(due_on.toordinal() - lead)
    found = suggest_day(shown, due_on=due_on, window_start=window_start, usual=usual, days=DAYS)
    if found is None:
        return
    assert found.on in shown
    assert DAYS.is_working(found.on)
    assert found.on <= due_on or due_on < shown[0] or found.on == shown[0]


def test_moving_looks_at_the_board_without_the_visit_itself() -> None:
    itself = Engagement(OWN, 7, Slot(MONDAY, time(10), NURSE), "김순자")
    longer = replace(itself, slot=replace(itself.slot, minutes=60))
    assert states(longer, MONDAY, Surroundings(DAYS, [itself]))["10:30"] is SlotState.FREE
