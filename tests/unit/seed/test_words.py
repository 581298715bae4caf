"""Particles, blanks and phrases."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from app.seed.phrases import Choice, Phrase, bits_of, parse_when
from app.seed.words import Blanks, Word, ends_in_consonant


@pytest.mark.parametrize(
    ("template", "word", "sentence"),
    [
        ("{w:을} 드심", "두부조림", "두부조림을 드심"),
        ("{w:을} 드심", "카레", "카레를 드심"),
        ("{w:와} 같이", "이로운 담당", "이로운 담당과 같이"),
        ("{w:와} 같이", "윤가람 간호사", "윤가람 간호사와 같이"),
        ("{w:이} 아픔", "무릎", "무릎이 아픔"),
        ("{w:이} 아픔", "어깨", "어깨가 아픔"),
        ("{w:은} 모름", "옆집", "옆집은 모름"),
        ("{w:만} 드심", "죽", "죽만 드심"),
        ("{w}로 지냄", "국수", "국수로 지냄"),
    ],
)
def test_a_word_takes_the_particle_that_fits(template: str, word: str, sentence: str) -> None:
    assert template.format(w=Word(word)) == sentence


@pytest.mark.parametrize(("word", "expected"), [("3", True), ("2", False), ("한", True), ("가", False), ("", False)])
def test_the_last_sound_decides(word: str, expected: bool) -> None:
    assert ends_in_consonant(word) is expected


def test_a_blank_is_drawn_once_and_stays() -> None:
    drawn = iter(["국", "밥"])
    blanks = Blanks(lambda name: next(drawn))
    assert blanks.fill("{food:을} 끓여 {food:을} 드심") == "국을 끓여 국을 드심"


@pytest.mark.parametrize(
    ("when", "facts", "expected"),
    [
        ("", {"any"}, True),
        ("alone elder", {"alone"}, False),
        ("alone !elder", {"alone"}, True),
        ("alone !elder", {"alone", "elder"}, False),
        ("a b|c", {"c"}, True),
        ("a once", {"a"}, True),
    ],
)
def test_conditions_are_read_as_written(when: str, facts: set[str], expected: bool) -> None:
    assert Phrase("", parse_when(when)).is_true(bits_of(frozenset(facts))) is expected


def test_what_is_said_once_is_not_said_again() -> None:
    phrase = Phrase("전화번호가 바뀜.", parse_when(""), once=True)
    choice = Choice(Counter())
    assert choice.pick(Random(1), [phrase], frozenset()) is phrase
    assert choice.pick(Random(1), [phrase], frozenset()) is None


def test_a_fresh_phrase_goes_before_one_just_used() -> None:
    old, new = Phrase("가", parse_when("")), Phrase("나", parse_when(""))
    choice = Choice(Counter())
    first = choice.pick(Random(3), [old, new], frozenset())
    assert {first, choice.pick(Random(3), [old, new], frozenset())} == {old, new}
