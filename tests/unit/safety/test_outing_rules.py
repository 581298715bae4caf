"""When an alarm is due, how late somebody is, and when «조금 더» ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from app.safety.rules import AlarmStep, Finding, Lateness, due_step, finding_words, lateness, minutes_between, moved_end
from hypothesis import given
from hypothesis import strategies as st
from tests.moments import NOW

WORKER, PARTNER, DUTY = AlarmStep
END = NOW


@pytest.mark.parametrize(
    ("minutes", "raised", "step"),
    [
        (0, (), None),
        (14.99, (), None),
        (15, (), WORKER),
        (15, (WORKER,), None),
        (29.99, (WORKER,), None),
        (30, (WORKER,), PARTNER),
        (60, (WORKER, PARTNER), DUTY),
        (600, (WORKER, PARTNER, DUTY), None),
        (31, (), PARTNER),
        (31, (PARTNER,), None),
        (70, (), DUTY),
        (70, (WORKER,), DUTY),
        (20, (PARTNER,), None),
    ],
)
def test_the_newest_step_is_raised_unless_it_or_a_later_one_was(
    minutes: float, raised: tuple[AlarmStep, ...], step: AlarmStep | None
) -> None:
    assert due_step(END, raised=raised, now=END + timedelta(minutes=minutes)) is step


@given(st.lists(st.integers(-30, 200), max_size=12), st.integers(0, 3))
def test_whatever_the_ticks_no_step_comes_early_or_twice(minutes: list[int], already: int) -> None:
    raised = list(AlarmStep)[:already]
    for minute in sorted(minutes):
        step = due_step(END, raised=raised, now=END + timedelta(minutes=minute))
        if step is not None:
            assert step not in raised
            assert timedelta(minutes=minute) >= step.after
            raised.append(step)
        come = [each for each in AlarmStep if each.after <= timedelta(minutes=minute)]
        assert not come or come[-1] in raised or any(each.after > come[-1].after for each in raised)


@pytest.mark.parametrize(
    ("minutes", "word"),
    [
        (-1, Lateness.IN_TIME), (0, Lateness.OVER), (14, Lateness.OVER), (15, Lateness.LATE), (59, Lateness.LATE),
        (60, Lateness.MISSING),
    ],
)  # fmt: skip
def test_lateness_is_one_word(minutes: int, word: Lateness) -> None:
    assert lateness(END, now=END + timedelta(minutes=minutes)) is word


@pytest.mark.parametrize(("late", "ahead"), [(-10, 25), (0, 15), (40, 15)])
def test_a_little_longer_always_lies_ahead(late: int, ahead: int) -> None:
    now = END + timedelta(minutes=late)
    assert minutes_between(now, moved_end(END, 15, now=now)) == ahead


@pytest.mark.parametrize(
    ("finding", "note", "said"),
    [
        (Finding.SAFE, "", "통화됨, 무사"),
        (Finding.SAFE, " 상담이  길어짐 ", "통화됨, 무사: 상담이 길어짐"),
        (Finding.POLICE, "", "112 신고함"),
        (Finding.OTHER, "집 앞에서 만남", "집 앞에서 만남"),
        (Finding.OTHER, "  ", ""),
    ],
)
def test_what_was_found_out_is_said_in_words(finding: Finding, note: str, said: str) -> None:
    assert finding_words(finding, note) == said
