"""Ages, flags, and the closed lists of a household."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations_with_replacement

import pytest
from app.households.rules import (
    STRICTNESS,
    Benefit,
    ClosureReason,
    Dwelling,
    FlagKind,
    FlagRule,
    HealthGround,
    HouseholdStatus,
    HouseholdType,
    Relation,
    Risk,
    Sex,
    age_on,
    is_review_due,
    strictest,
)
from hypothesis import given
from hypothesis import strategies as st

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(1942, 11, 22), 84),
        (date(1942, 11, 23), 84),
        (date(1942, 11, 24), 83),
        (date(2026, 11, 23), 0),
        (date(2026, 1, 1), 0),
        (date(2025, 11, 24), 0),
        (date(1906, 12, 31), 119),
    ],
)
def test_age_is_counted_on_birthdays(born: date, age: int) -> None:
    assert age_on(TODAY, birth_on=born) == age


@pytest.mark.parametrize(("today", "age"), [(date(2027, 2, 28), 2), (date(2027, 3, 1), 3), (date(2028, 2, 29), 4)])
def test_a_child_of_the_29th_of_february_is_older_in_march(today: date, age: int) -> None:
    assert age_on(today, birth_on=date(2024, 2, 29)) == age


def test_a_year_alone_gives_the_age_reached_in_it_and_nothing_gives_none() -> None:
    assert age_on(TODAY, birth_on=None, birth_year=1950) == 76
    assert age_on(TODAY, birth_on=date(1942, 3, 15), birth_year=1999) == 84
    assert age_on(TODAY, birth_on=None) is None


@given(st.dates(date(1910, 1, 1), TODAY), st.integers(0, 40_000))
def test_nobody_grows_younger(born: date, days: int) -> None:
    later = TODAY + timedelta(days=days)
    now, then = age_on(TODAY, birth_on=born), age_on(later, birth_on=born)
    assert now is not None
    assert then is not None
    assert now <= then <= now + days // 365 + 1


@pytest.mark.parametrize("rules", list(combinations_with_replacement(FlagRule, 3)), ids=lambda rules: "+".join(rules))
def test_of_several_flags_the_strictest_holds(rules: tuple[FlagRule, ...]) -> None:
    chosen = strictest(list(rules))
    assert chosen in rules
    assert all(STRICTNESS[chosen] >= STRICTNESS[rule] for rule in rules)  # type: ignore[index]


def test_rules_grow_stricter_in_the_order_they_are_listed() -> None:
    assert sorted(FlagRule, key=STRICTNESS.__getitem__) == [
        FlagRule.SOLO,
        FlagRule.PAIR,
        FlagRule.POLICE,
        FlagRule.NO_VISIT,
    ]
    assert strictest([]) is None


@pytest.mark.parametrize(("offset", "due"), [(-1, True), (0, True), (1, False)])
def test_a_flag_is_looked_at_again_from_its_day_on(offset: int, due: bool) -> None:
    assert is_review_due(TODAY + timedelta(days=offset), today=TODAY) is due


@pytest.mark.parametrize(
    "words",
    [Benefit, ClosureReason, Dwelling, FlagKind, FlagRule, HealthGround, HouseholdStatus, HouseholdType, Relation, Risk, Sex],
)  # fmt: skip
def test_every_word_of_a_closed_list_is_its_own(words: type[Risk]) -> None:
    labels = [word.label for word in words]
    assert len(set(labels)) == len(labels)
    assert all(word.value == word.name for word in words), "values are stored; they are the names"
