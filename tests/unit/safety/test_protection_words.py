"""How long a restricted task has been open, when it is late, and the order of a phone tree."""

from __future__ import annotations

from datetime import timedelta

import pytest
from app.safety.rules import is_late, moved, open_for
from hypothesis import given
from hypothesis import strategies as st
from tests.moments import NOW


@pytest.mark.parametrize(
    ("past", "words"),
    [
        (timedelta(seconds=30), "0분"),
        (timedelta(minutes=59, seconds=59), "59분"),
        (timedelta(hours=1), "1시간"),
        (timedelta(hours=23, minutes=59), "23시간"),
        (timedelta(days=1), "1일"),
        (timedelta(days=2, hours=4, minutes=50), "2일 4시간"),
        (timedelta(minutes=-3), "0분"),
    ],
)
def test_a_task_says_how_long_it_has_been_open(past: timedelta, words: str) -> None:
    assert open_for(NOW, NOW + past) == words


@pytest.mark.parametrize(
    ("reported", "closed", "minutes_past_due", "late"),
    [(False, False, 1, True), (False, False, 0, False), (True, False, 60, False), (False, True, 60, False)],
)
def test_a_task_is_late_when_nothing_was_reported_by_its_hour(
    reported: bool, closed: bool, minutes_past_due: int, late: bool
) -> None:
    now = NOW + timedelta(minutes=minutes_past_due)
    given_ = {"reported_at": NOW if reported else None, "closed_at": NOW if closed else None}
    assert is_late(**given_, due_at=NOW, now=now) is late


KEYS = st.lists(st.integers(1, 99), min_size=1, max_size=9, unique=True)


@given(KEYS, st.data())
def test_moving_up_and_down_again_leaves_the_order_as_it_was(keys: list[int], data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(keys))
    up = moved(keys, key, -1)
    assert sorted(up) == sorted(keys)
    assert moved(up, key, 1) == keys or keys[0] == key


def test_the_first_cannot_move_up_nor_the_last_down() -> None:
    assert moved([1, 2, 3], 1, -1) == [1, 2, 3]
    assert moved([1, 2, 3], 3, 1) == [1, 2, 3]
    assert moved([1, 2, 3], 3, -1) == [1, 3, 2]
