"""The old dues of a household beside the new ones: only what differs is told, each with its turn."""

from __future__ import annotations

from datetime import date

import pytest
from app.follow_ups.rules import Due, Profession, RuleKind
from app.follow_ups.rules.comparing import Turn, compare
from hypothesis import given
from hypothesis import strategies as st
from tests.moments import TODAY, day


def due(term_id: int | None, due_on: date, label: str = "정기관리군") -> Due:
    return Due(
        term_id, 7, None, label, Profession.NURSE, RuleKind.INTERVAL, TODAY, due_on, due_on, None, None, None, ("까닭",)
    )


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [
        ([due(1, day(9))], [due(1, day(2))], Turn.EARLIER),
        ([due(1, day(2))], [due(1, day(9))], Turn.LATER),
        ([due(1, day(2))], [], Turn.GONE),
        ([], [due(1, day(2))], Turn.NEW),
        ([due(None, day(2), "재방문")], [due(None, day(2), "팀장 판단")], Turn.OTHER),
    ],
)
def test_each_change_says_how_it_turns(before: list[Due], after: list[Due], turn: Turn) -> None:
    (change,) = compare(before, after)
    assert change.turn is turn
    assert change.household_id == 7


def test_another_name_or_another_reason_is_no_change_of_a_date() -> None:
    assert list(compare([due(1, day(2), "옛 이름")], [due(1, day(2), "새 이름")])) == []


@pytest.mark.parametrize(
    ("before", "after", "becomes"),
    [(5, -1, True), (-3, -1, False), (5, 0, False), (-3, 4, False)],
)
def test_what_was_overdue_already_does_not_become_so(before: int, after: int, becomes: bool) -> None:
    (change,) = compare([due(1, day(before))], [due(1, day(after))])
    assert change.becomes_overdue is becomes


def test_what_appears_overdue_becomes_so_and_what_goes_does_not() -> None:
    (new,) = compare([], [due(1, day(-2))])
    (gone,) = compare([due(1, day(-2))], [])
    assert (new.becomes_overdue, gone.becomes_overdue) == (True, False)


def test_what_becomes_overdue_stands_first_and_what_goes_last() -> None:
    before = [due(1, day(30)), due(2, day(30)), due(3, day(30)), due(4, day(30))]
    after = [due(2, day(3)), due(3, day(-1)), due(4, day(1))]
    changes = sorted(compare(before, after), key=lambda change: change.order)
    assert [change.due.term_id for change in changes] == [3, 4, 2, 1]


dues = st.dictionaries(st.one_of(st.none(), st.integers(1, 6)), st.integers(-40, 40), max_size=7).map(
    lambda days: [due(key, day(offset)) for key, offset in days.items()]
)


@given(dues, dues)
def test_every_difference_is_told_once_and_nothing_else(before: list[Due], after: list[Due]) -> None:
    old, new = ({each.term_id: each.due_on for each in side} for side in (before, after))
    differing = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    told = [change.due.term_id for change in compare(before, after)]
    assert len(told) == len(set(told))
    assert set(told) == differing
