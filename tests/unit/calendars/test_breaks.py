"""The long break that comes next, through 2026."""

from __future__ import annotations

from datetime import date

import pytest
from app.calendars.rules.breaks import length_of, planned_before, urgency
from app.core.holidays import working_days
from app.follow_ups.rules import LongBreak
from app.follow_ups.rules.before_break import NOTICE_DAYS, next_long_break

DAYS = working_days(range(2026, 2028))
CHUSEOK = LongBreak(date(2026, 9, 24), date(2026, 9, 27), "추석 연휴", date(2026, 9, 23))
FOUNDATION = LongBreak(date(2026, 10, 3), date(2026, 10, 5), "개천절·개천절 대체공휴일", date(2026, 10, 2))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 9, 1), CHUSEOK),
        (date(2026, 9, 23), CHUSEOK),  # the last working day before it
        (date(2026, 9, 24), FOUNDATION),  # it has begun
        (date(2026, 9, 27), FOUNDATION),
        (date(2026, 10, 2), FOUNDATION),
        (date(2026, 10, 3), LongBreak(date(2026, 10, 9), date(2026, 10, 11), "한글날", date(2026, 10, 8))),
        (date(2026, 10, 9), LongBreak(date(2026, 12, 25), date(2026, 12, 27), "성탄절", date(2026, 12, 24))),
    ],
)
def test_the_next_long_break_is_one_that_has_not_begun(today: date, expected: LongBreak) -> None:
    assert next_long_break(today, DAYS) == expected


@pytest.mark.parametrize(
    ("today", "is_near"),
    [
        (date(2026, 9, 13), False),
        (date(2026, 9, 14), True),  # ten days before Thursday the 24th
        (date(2026, 9, 23), True),
        (date(2026, 9, 24), True),  # 개천절 begins on the 3rd
        (date(2026, 10, 12), False),
    ],
)
def test_it_is_announced_ten_days_ahead(today: date, *, is_near: bool) -> None:
    assert (next_long_break(today, DAYS, within_days=NOTICE_DAYS) is not None) is is_near


def test_an_agency_day_of_the_district_can_make_a_weekend_long() -> None:
    friday = date(2026, 11, 6)
    own = DAYS.with_overrides({friday: "구청 휴무일"}, [])
    assert next_long_break(date(2026, 11, 1), own) == LongBreak(
        friday, date(2026, 11, 8), "구청 휴무일", date(2026, 11, 5)
    )


def test_how_long_a_break_is_counts_both_ends() -> None:
    assert [length_of(each) for each in (CHUSEOK, FOUNDATION)] == [4, 3]


@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        ([], None),
        ([date(2026, 9, 13)], None),  # past
        ([date(2026, 9, 24)], None),  # in the break
        ([date(2026, 9, 23), date(2026, 9, 21)], date(2026, 9, 21)),
    ],
)
def test_a_visit_helps_if_it_is_still_before_the_break(planned: list[date], expected: date | None) -> None:
    assert planned_before(CHUSEOK, planned, today=date(2026, 9, 14)) == expected


def test_who_has_no_visit_planned_and_was_unseen_longest_comes_first() -> None:
    due = date(2026, 9, 25)
    rows = {
        "planned": urgency(date(2026, 9, 21), date(2026, 9, 24), None),
        "later due": urgency(None, date(2026, 9, 28), None),
        "never seen": urgency(None, due, None),
        "seen": urgency(None, due, date(2026, 9, 1)),
    }
    assert sorted(rows, key=rows.__getitem__) == ["never seen", "seen", "later due", "planned"]
