"""Labelled pairs: nobody is surely taken for somebody else, and most who are on record are found again."""

from __future__ import annotations

from collections import Counter

import pytest
from app.discoveries.rules import MatchDegree, Reference, judge_match
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.pairs.measuring import FOUND, Judged, by_trouble, figures_of, judge_pairs
from tests.factories.pairs.people import DONGS
from tests.factories.pairs.troubles import Trouble, make_pairs
from tests.factories.pairs.writing import as_candidate, read_as_listed
from tests.moments import TODAY

OF_EACH, SEED = 100, 2026
"""3,300 pairs."""
ALWAYS_FOUND = (
    Trouble.SPELLING, Trouble.NFD, Trouble.TYPED, Trouble.HEARD, Trouble.BROKEN, Trouble.COVERED, Trouble.MOVED,
    Trouble.NEW_PHONE, Trouble.MOVED_NEW_PHONE, Trouble.NO_BIRTH, Trouble.YEAR_ONLY, Trouble.NO_PHONE,
    Trouble.FILLER_PHONE, Trouble.LANDLINE, Trouble.BIRTH_SLIP, Trouble.LUNAR, Trouble.ROMAN, Trouble.MOVED_TYPED,
)  # fmt: skip
AT_LEAST = {
    **dict.fromkeys(ALWAYS_FOUND, 1.0), Trouble.RENAMED: 0.7, Trouble.TWO_SLIPS: 0.2, Trouble.BIRTH_MOVED: 0.1,
    Trouble.NAME_ALONE: 0.0,
}  # fmt: skip
"""What is reached. The last four share one thing only, and that not whole: whoever asked about them would ask about
half the town."""
SURELY = (Trouble.SPELLING, Trouble.NFD, Trouble.MOVED)
NEVER_ASKED = (Trouble.SAME_YEAR, Trouble.COUPLE_PHONE, Trouble.NEIGHBOUR, Trouble.STRANGER)


@pytest.fixture(scope="module")
def reference(codes: object) -> Reference:
    return Reference(TODAY, DONGS, codes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def judged(reference: Reference) -> list[Judged]:
    return judge_pairs(make_pairs(SEED, of_each=OF_EACH), reference)


def test_the_set_is_large_and_the_same_every_time() -> None:
    pairs = make_pairs(SEED, of_each=OF_EACH)
    assert len(pairs) >= 2_000
    assert pairs == make_pairs(SEED, of_each=OF_EACH)
    assert Counter(pair.is_same for pair in pairs) == {True: 22 * OF_EACH, False: 11 * OF_EACH}


def test_nobody_of_the_whole_crowd_is_surely_taken_for_somebody_else(judged: list[Judged]) -> None:
    assert sum(each.false_exact for each in judged) == 0
    assert figures_of(judged).precision(MatchDegree.EXACT) == 1.0


@pytest.mark.parametrize("trouble", [trouble for trouble in Trouble if trouble.is_same], ids=lambda each: each.value)
def test_whoever_is_on_record_is_found_again(judged: list[Judged], trouble: Trouble) -> None:
    recall = by_trouble(judged)[trouble].recall(*FOUND)
    assert recall is not None
    assert recall >= AT_LEAST[trouble]


@pytest.mark.parametrize("trouble", SURELY, ids=lambda each: each.value)
def test_what_differs_by_spelling_or_by_the_address_alone_is_sure(judged: list[Judged], trouble: Trouble) -> None:
    assert by_trouble(judged)[trouble].recall(MatchDegree.EXACT) == 1.0


@pytest.mark.parametrize("trouble", NEVER_ASKED, ids=lambda each: each.value)
def test_nobody_is_asked_about_people_who_share_too_little(judged: list[Judged], trouble: Trouble) -> None:
    """But for the rare ones whose names sound alike by chance."""
    assert by_trouble(judged)[trouble].other[MatchDegree.NEW] >= 0.98 * OF_EACH


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 2**32))
def test_two_people_are_never_surely_one_whatever_the_seed(seed: int, reference: Reference) -> None:
    for number, pair in enumerate(make_pairs(seed, of_each=2), start=seed):
        degree = judge_match(read_as_listed(pair, number, reference), as_candidate(pair.recorded)).degree
        assert pair.is_same or degree is not MatchDegree.EXACT, pair
