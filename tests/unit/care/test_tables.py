"""The tables that are shipped: whole, and refused where they are not."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from app.care.rules import (
    MOST_AT_HAND,
    NUMBER_OF_PROBLEMS,
    Domain,
    InterventionKind,
    OmahaError,
    PicksError,
    omaha_from,
    picks_from,
)
from hypothesis import given
from hypothesis import strategies as st

SHIPPED = Path(__file__).parents[3] / "seed_data"
OMAHA = json.loads((SHIPPED / "omaha.json").read_text(encoding="utf-8"))
PICKS = json.loads((SHIPPED / "interventions.json").read_text(encoding="utf-8"))
omaha = omaha_from(OMAHA)
picks = picks_from(PICKS, omaha.problems)


@pytest.mark.parametrize(
    ("domain", "number"),
    [(Domain.ENVIRONMENTAL, 4), (Domain.PSYCHOSOCIAL, 12), (Domain.PHYSIOLOGICAL, 18), (Domain.BEHAVIOUR, 8)],
)
def test_each_domain_has_as_many_problems_as_the_system(domain: Domain, number: int) -> None:
    assert sum(kind.domain is domain for kind in omaha.problems.values()) == number


def test_every_problem_says_what_it_shows_itself_by() -> None:
    assert len(omaha.problems) == NUMBER_OF_PROBLEMS
    assert all(len(kind.signs) >= 3 for kind in omaha.problems.values())
    assert len({kind.label for kind in omaha.problems.values()}) == NUMBER_OF_PROBLEMS


@pytest.mark.parametrize("code", ["CIRCULATION", "MEDICATION", "MENTAL_HEALTH", "SEXUALITY", "GROWTH", "SUBSTANCE"])
def test_what_tells_of_a_body_or_a_mind_is_health(code: str) -> None:
    assert omaha.kind(code).is_health


@pytest.mark.parametrize("code", ["INCOME", "SANITATION", "RESIDENCE", "SOCIAL_CONTACT", "GRIEF", "CARETAKING"])
def test_what_concerns_a_home_and_its_people_is_shared_by_both_professions(code: str) -> None:
    assert not omaha.kind(code).is_health


def test_only_abuse_and_neglect_are_kept_to_those_who_are_close() -> None:
    assert {kind.code for kind in omaha.problems.values() if kind.is_restricted} == {"ABUSE", "NEGLECT"}


def test_a_code_nobody_knows_counts_as_health() -> None:
    assert omaha.kind("NO_SUCH").is_health
    assert picks.pick("NO_SUCH").is_health


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ㅂㅇ", {"방임", "복약"}), ("ㅅㅎㅈ", {"사회적 접촉"}),
        ("혈압", {"순환"}), ("욕창", {"피부"}), ("income", {"소득"}), (" 순 환 ", {"순환"}), ("없는 말", set()),
    ],
)  # fmt: skip
def test_a_problem_is_found_by_words_signs_and_initials(typed: str, found: set[str]) -> None:
    assert {kind.label for kind in omaha.search(typed)} == found


def test_nothing_typed_finds_everything() -> None:
    assert len(omaha.search("  ")) == NUMBER_OF_PROBLEMS


@pytest.mark.parametrize(("step", "word"), [(1, "아주 심함"), (5, "없음")])
def test_one_is_worst_and_five_is_best(step: int, word: str) -> None:
    assert omaha.scales["status"].word(step) == word


@pytest.mark.parametrize("step", [0, 6, -1])
def test_there_is_no_word_outside_the_scale(step: int) -> None:
    with pytest.raises(IndexError):
        omaha.scales["status"].word(step)


def without(document: Any, *path: Any) -> Any:
    """A document with one part taken out."""
    broken = deepcopy(document)
    at = broken
    for key in path[:-1]:
        at = at[key]
    del at[path[-1]]
    return broken


@pytest.mark.parametrize(
    "path", [("problems", 0), ("problems", 0, "label"), ("scales", 1), ("scales", 0, "anchors", 4), ("version",)]
)
def test_a_table_with_a_hole_is_refused(path: tuple[Any, ...]) -> None:
    with pytest.raises(OmahaError):
        omaha_from(without(OMAHA, *path))


@pytest.mark.parametrize("path", [("picks", 0, "kind"), ("usual",), ("picks", 0)])
def test_picks_with_a_hole_are_refused(path: tuple[Any, ...]) -> None:
    with pytest.raises(PicksError):
        picks_from(without(PICKS, *path), omaha.problems)


def test_a_pick_that_serves_no_known_problem_is_refused() -> None:
    with pytest.raises(PicksError):
        picks_from(PICKS, {"INCOME"})


@pytest.mark.parametrize("profession", ["NURSE", "WORKER"])
@pytest.mark.parametrize("kind", list(InterventionKind))
def test_each_profession_has_five_to_eight_picks_of_each_kind(profession: str, kind: InterventionKind) -> None:
    assert 5 <= sum(pick.kind is kind for pick in picks.offered_to(profession)) <= 8


@pytest.mark.parametrize("profession", ["NURSE", "WORKER"])
def test_somebody_new_sees_what_is_usual_first(profession: str) -> None:
    first = [pick.code for pick in picks.offered_to(profession)[:MOST_AT_HAND]]
    assert first == PICKS["usual"][profession]


def test_ones_own_most_used_stand_first() -> None:
    recent = ["FOOT_CARE", "FOOT_CARE", "MOOD", "FOOT_CARE", "MOOD", "GLUCOSE"]
    assert [pick.code for pick in picks.offered_to("NURSE", recent)[:3]] == ["FOOT_CARE", "MOOD", "GLUCOSE"]


def test_a_workers_picks_hold_nothing_of_health() -> None:
    assert not [pick.code for pick in picks.offered_to("WORKER") if pick.is_health]


@given(st.lists(st.sampled_from(sorted(picks.all)), max_size=60))
def test_habits_change_the_order_and_nothing_else(recent: list[str]) -> None:
    assert {pick.code for pick in picks.offered_to("NURSE", recent)} == {p.code for p in picks.offered_to("NURSE")}
