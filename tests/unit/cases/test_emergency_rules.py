"""The clocks of emergency aid: check and decision by the hour from the asking; the survey goes by days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from app.cases.rules.emergency import AidDates, AidDays, AidStep, due_at, left_words, next_step
from app.core.clock import KOREA

ASKED = datetime(2026, 11, 20, 15, 0, tzinfo=KOREA)
DAYS = AidDays(check=1, decision=3)
NEW = AidDates(ASKED)
CHECKED = replace(NEW, checked_at=ASKED + timedelta(hours=5))
GRANTED = replace(CHECKED, decided_at=ASKED + timedelta(days=2), is_granted=True)
EARLY = replace(GRANTED, checked_at=None)


@pytest.mark.parametrize(
    ("aid", "step", "due"),
    [
        (NEW, AidStep.CHECK, ASKED + timedelta(days=1)),
        (CHECKED, AidStep.DECISION, ASKED + timedelta(hours=72)),
        (GRANTED, AidStep.SURVEY, None),
        (EARLY, AidStep.CHECK, ASKED + timedelta(days=1)),
        (replace(GRANTED, is_granted=False), AidStep.DONE, None),
        (replace(GRANTED, surveyed_on=date(2026, 12, 1)), AidStep.DONE, None),
    ],
)
def test_each_step_has_its_clock(aid: AidDates, step: AidStep, due: datetime | None) -> None:
    assert (next_step(aid), due_at(aid, DAYS)) == (step, due)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(hours=5, minutes=50), "5시간 남음"),
        (timedelta(days=2, hours=3), "2일 3시간 남음"),
        (timedelta(minutes=20), "1시간 안"),
        (-timedelta(minutes=20), "방금 지남"),
        (-timedelta(days=1), "1일 지남"),
    ],
)
def test_what_is_left_is_said_in_hours(left: timedelta, words: str) -> None:
    assert left_words(ASKED + left, ASKED) == words
