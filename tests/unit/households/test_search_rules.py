"""How a query is read, and that whatever contains it has every gram it asks for."""

from __future__ import annotations

import pytest
from app.core.text import choseong, search_key
from app.households.rules import Searchable, Wanted, begins_others, grams_of, is_found, parse_search
from hypothesis import example, given
from hypothesis import strategies as st

KIM = Searchable(
    number="가람-0127",
    names=("김순자", "박 영수"),
    birth_years=(1942,),
    phones=("01026462265", "옆집"),
    addresses=("한빛구 나래길 121", "가람동 12-3"),
    unit="102동 842호",
)


def has_gram(stored: frozenset[str], gram: str) -> bool:
    """Whether a household stored under these has a gram of a query, as the statement asks it."""
    return any(each.startswith(gram) for each in stored) if begins_others(gram) else gram in stored


def finds(query: str, household: Searchable = KIM) -> bool:
    wanted = parse_search(query)
    return not wanted.is_empty and has_grams(wanted, household) and is_found(wanted, household)


def has_grams(wanted: Wanted, household: Searchable) -> bool:
    stored = grams_of(household)
    return all(has_gram(stored, gram) for gram in wanted.grams)


@pytest.mark.parametrize(
    ("query", "grams"),
    [
        ("1942", ("d1942",)),
        ("1942년", ("d1942",)),
        ("1942년생", ("d1942",)),
        ("010-2646-2265", ("d2265",)),
        ("2646-2265", ("d2265",)),
        ("102동 842호", ("u102-842",)),
        ("가동 301호", ("u가-301",)),
        ("842호", ("u842",)),
        ("102동", ("u102동",)),
        ("102-842호", ("u102-842",)),
        ("ㄱㅅㅈ", ("cㄱㅅㅈ",)),
        ("ㄱㅅㅈㅊ", ("cㄱㅅㅈ", "cㅅㅈㅊ")),
        ("ㄱ", ("cㄱ",)),
        ("김", ("t김",)),
        ("김순자", ("t김순", "t순자")),
        ("김순자 1942 ㅂ", ("t김순", "t순자", "d1942", "cㅂ")),
        ("김순 김순", ("t김순",)),
        ("마동", ("t마동",)),
        ("12-3", ("t12", "t2-", "t-3")),
        ("", ()),
        (" \u200b ", ()),
    ],
)
def test_a_query_is_read_as(query: str, grams: tuple[str, ...]) -> None:
    assert parse_search(query).grams == grams


@pytest.mark.parametrize(
    "query",
    ["김순자", "순자", "박영수", "박 영수", "ㄱㅅㅈ", "ㅇㅅ", "1942", "2265", "나래길 121", "가람동 12-3", "102동 842호",
     "102-842", "842호", "가람-0127", "0127", "김순자 나래길", "한빛구"],
)  # fmt: skip
def test_a_household_is_found_by(query: str) -> None:
    assert finds(query)


@pytest.mark.parametrize(
    "query",
    ["김자", "순김", "ㄱㅈ", "1943", "2646", "나래길 122", "102동 843호", "0128", "김순자 1943", "가람-0128", "옆집x"],
)
def test_a_household_is_not_found_by(query: str) -> None:
    assert not finds(query)


def test_having_the_grams_is_not_yet_containing_the_word() -> None:
    """«순자순» shares both its grams with «자순자»-like names: candidates are compared again."""
    impostor = Searchable("나래-0001", ("자순자",), (), (), ())
    wanted = parse_search("순자순")
    assert has_grams(wanted, impostor)
    assert not is_found(wanted, impostor)


def test_nothing_to_search_for_is_empty() -> None:
    assert parse_search("").is_empty
    assert not Wanted(("t가",), ("가",), ()).is_empty


words = st.text("김이박마나동순자호석길로가 -12ABㄱㅅ", min_size=1, max_size=8)


@given(st.lists(words, min_size=1, max_size=3), st.integers(0, 7), st.integers(1, 5))
@example(["마동석"], 0, 2)
def test_any_part_of_a_name_finds_its_household(names: list[str], start: int, length: int) -> None:
    """As long as it is read as a name: figures and initials mean other things."""
    part = names[0].replace(" ", "")[start : start + length]
    wanted = parse_search(part)
    if not wanted.texts or set(wanted.grams) != {gram for gram in wanted.grams if gram.startswith("t")}:
        return
    household = Searchable("나래-0001", tuple(names), (), (), ())
    assert finds(part, household)


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read_without_an_error_and_within_reason(query: str) -> None:
    wanted = parse_search(query)
    assert len(wanted.grams) <= 200
    assert all(gram[0] in "tcdu" and len(gram) > 1 for gram in wanted.grams)


def short_parts(texts: list[str], longest: int) -> set[str]:
    """Every one, two … letters in a row of any of the texts."""
    return {
        text[at : at + length]
        for text in texts
        for length in range(1, longest + 1)
        for at in range(len(text) - length + 1)
    }


@given(st.lists(words, min_size=1, max_size=3), words, words)
def test_a_household_has_the_gram_of_every_short_part_and_of_nothing_else(
    names: list[str], address: str, strange: str
) -> None:
    """As it was when each part was a gram of its own: what begins a longer gram is found through that one."""
    stored = grams_of(Searchable("나래-0001", tuple(names), (), (), (address,)))
    letters = short_parts([search_key(text) for text in (*names, address, "나래-0001")], 2)
    initials = short_parts([choseong(name) for name in names], 3)
    asked = letters | short_parts([search_key(strange)], 2)
    assert {part for part in asked if has_gram(stored, f"t{part}")} == asked & letters
    wanted = initials | short_parts([choseong(strange)], 3)
    assert {part for part in wanted if has_gram(stored, f"c{part}")} == wanted & initials


@given(st.lists(words, min_size=1, max_size=3), words)
def test_no_gram_of_letters_begins_another(names: list[str], address: str) -> None:
    stored = [gram for gram in grams_of(Searchable("나래-0001", tuple(names), (), (), (address,))) if gram[0] in "tc"]
    assert not [(one, two) for one in stored for two in stored if one != two and two.startswith(one)]
