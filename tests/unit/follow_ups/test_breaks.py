"""«연휴 전 방문 권장» around 추석 2026 (Thu 24 to Sun 27 September) and 개천절 (Sat 3 to Mon 5 October)."""

from __future__ import annotations

from datetime import date

import pytest
from app.core.holidays import working_days
from app.follow_ups.rules import LongBreak, break_swallowing

DAYS = working_days(range(2026, 2027))
CHUSEOK = LongBreak(date(2026, 9, 24), date(2026, 9, 27), "추석 연휴", date(2026, 9, 23))
FOUNDATION = LongBreak(date(2026, 10, 3), date(2026, 10, 5), "개천절·개천절 대체공휴일", date(2026, 10, 2))


@pytest.mark.parametrize(
    ("due_on", "found"),
    [
        (date(2026, 9, 23), None),  # still before it
        (date(2026, 9, 24), CHUSEOK),
        (date(2026, 9, 27), CHUSEOK),
        (date(2026, 9, 28), CHUSEOK),  # right after it
        (date(2026, 9, 29), None),
        (date(2026, 10, 4), FOUNDATION),
        (date(2026, 9, 19), None),  # an ordinary weekend
        (date(2026, 9, 21), None),
    ],
)
def test_a_due_inside_or_right_after_a_long_break_asks_for_a_visit_before(
    due_on: date, found: LongBreak | None
) -> None:
    assert break_swallowing(due_on, today=date(2026, 9, 1), working_days=DAYS) == found


@pytest.mark.parametrize(("today", "is_found"), [(date(2026, 9, 23), True), (date(2026, 9, 24), False)])
def test_it_is_too_late_once_the_break_has_begun(today: date, *, is_found: bool) -> None:
    found = break_swallowing(date(2026, 9, 25), today=today, working_days=DAYS)
    assert (found is not None) is is_found
