"""What was typed of care: ratings filled from the last one, picks tied by themselves, who sees what."""

from __future__ import annotations

import pytest
from app.care.rules import POINTS, CareDetails, Done, ProblemKind, Rated, is_concern, served
from app.care.rules.omaha import Domain
from app.care.rules.sight import Sight
from app.care.rules.vocabulary import answer_label

LAST = (3, 2, 4)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ((None, None, None), (3, 2, 4)), ((None, None, 5), (3, 2, 5)), ((1, None, None), (1, 2, 4)),
        ((1, 1, 1), (1, 1, 1)),
    ],
)  # fmt: skip
def test_what_is_not_tapped_stands_as_it_was_rated_last(
    typed: tuple[int | None, int | None, int | None], stored: tuple[int, int, int]
) -> None:
    assert Rated(7, *typed, note="말").completed(LAST) == Rated(7, *stored, note="말")


@pytest.mark.parametrize(
    ("values", "missing"),
    [((1, 5, 3), None), ((None, 1, 1), "knowledge"), ((1, 0, 1), "behaviour"), ((1, 1, 6), "status")],
)
def test_a_rating_needs_three_values_from_one_to_five(values: tuple[int | None, ...], missing: str | None) -> None:
    assert Rated(7, *values).missing == missing


def test_a_first_rating_is_filled_from_nothing() -> None:
    assert Rated(7, None, None, 3).completed(None).missing == "knowledge"


@pytest.mark.parametrize(
    ("problems", "tied"),
    [
        ([], None), ([(1, "SKIN")], None), ([(1, "SKIN"), (2, "CIRCULATION")], 2),
        ([(2, "CIRCULATION"), (3, "NUTRITION")], None), ([(2, "CIRCULATION"), (3, "CIRCULATION")], None),
    ],
)  # fmt: skip
def test_a_pick_is_tied_by_itself_only_where_one_problem_can_be_meant(
    problems: list[tuple[int, str]], tied: int | None
) -> None:
    assert served(problems, ("CIRCULATION", "NUTRITION")) == tied


def kind(*, is_health: bool = False, is_restricted: bool = False) -> ProblemKind:
    return ProblemKind("X", Domain.PSYCHOSOCIAL, "문제", "x", (), is_health, is_restricted)


@pytest.mark.parametrize("reads_health", [True, False])
@pytest.mark.parametrize("is_close", [True, False])
def test_health_is_seen_by_who_reads_health(reads_health: bool, is_close: bool) -> None:
    sight = Sight(1, reads_health, is_close)
    assert sight.shows(kind())
    assert sight.shows(kind(is_health=True)) is reads_health


@pytest.mark.parametrize(
    ("is_close", "opened_by_id", "shown"), [(True, 9, True), (False, 1, True), (False, 9, False), (False, None, False)]
)
def test_abuse_is_seen_by_who_is_close_and_by_who_opened_it(
    is_close: bool, opened_by_id: int | None, shown: bool
) -> None:
    assert Sight(1, True, is_close).shows(kind(is_restricted=True), opened_by_id=opened_by_id) is shown


@pytest.mark.parametrize(
    ("point", "answer", "concern"),
    [
        ("names", "NONE", True), ("doubles", "NONE", False), ("effects", "NONE", False), ("missed", "3+", True),
        ("missed", "1-2", False), ("left", "MORE", True), ("doubles", "OTHERS", True), ("effects", "SEVERE", True),
        ("list", "CHANGED", False),
    ],
)  # fmt: skip
def test_only_what_needs_somebody_is_a_concern(point: str, answer: str, concern: bool) -> None:
    assert is_concern(point, answer) is concern


def test_every_answer_has_a_korean_word_and_an_unknown_one_stands_for_itself() -> None:
    assert all(answer_label(point, each.value) == each.label for point, (_l, kind_) in POINTS.items() for each in kind_)
    assert answer_label("list", "OLD") == "OLD"


def test_nothing_tapped_is_nothing_done() -> None:
    assert CareDetails().is_empty
    assert not CareDetails(done=(Done("GLUCOSE"),)).is_empty
