"""Cutting text: never inside what a reader sees as one character."""

from __future__ import annotations

import unicodedata

import pytest
from app.visits.rules import cut
from app.visits.rules.graphemes import split_clusters
from hypothesis import given
from hypothesis import strategies as st

FAMILY = "👨\u200d👩\u200d👧"
KOREA = "🇰🇷"
WAVE = "👋🏽"
OLD_SYLLABLE = "\u1112\u119e\u11ab"  # 한 of the 15th century; it has no single code point
NFD_HAN = unicodedata.normalize("NFD", "한")
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
ACCENTED = "e\u0301"


@pytest.mark.parametrize(
    ("text", "clusters"),
    [
        ("", []),
        ("한글 abc", list("한글 abc")),
        (NFD_HAN + "글", [NFD_HAN, "글"]),
        ("가\u11a8나", ["가\u11a8", "나"]),
        ("각\u1161", ["각", "\u1161"]),
        (OLD_SYLLABLE + "글", [OLD_SYLLABLE, "글"]),
        (FAMILY + WAVE, [FAMILY, WAVE]),
        (KOREA + KOREA, [KOREA, KOREA]),
        ("🇰🇷🇰", [KOREA, "🇰"]),
        (SCOTLAND, [SCOTLAND]),
        ("❤\ufe0f가", ["❤\ufe0f", "가"]),
        (ACCENTED * 2, [ACCENTED, ACCENTED]),
        ("줄\r\n바꿈", ["줄", "\r\n", "바", "꿈"]),
        ("줄\n\u0301", ["줄", "\n", "\u0301"]),
        ("가\u200d나", ["가\u200d", "나"]),
    ],
)
def test_text_falls_apart_into_what_a_reader_sees(text: str, clusters: list[str]) -> None:
    assert split_clusters(text) == clusters


@pytest.mark.parametrize(
    ("text", "limit", "kept"),
    [
        ("가나다", 3, "가나다"),
        ("가나다라", 3, "가나…"),
        ("가나 다라", 4, "가나…"),
        (FAMILY * 3, 3, FAMILY * 3),
        (FAMILY * 4, 3, FAMILY * 2 + "…"),
        (KOREA * 4, 2, KOREA + "…"),
        ("가나", 1, "…"),
        ("가", 1, "가"),
    ],
)
def test_a_cut_keeps_whole_characters(text: str, limit: int, kept: str) -> None:
    assert cut(text, limit) == kept


@given(text=st.text(max_size=200), limit=st.integers(1, 90))
def test_a_cut_is_never_longer_than_asked_and_begins_as_the_text_does(text: str, limit: int) -> None:
    kept = cut(text, limit)
    assert len(split_clusters(kept)) <= limit
    assert kept == text or text.startswith(kept.removesuffix("…"))


@given(st.text(max_size=100))
def test_the_pieces_put_together_are_the_text(text: str) -> None:
    assert "".join(split_clusters(text)) == text


def test_a_pile_of_marks_on_one_letter_does_not_hide_the_rest() -> None:
    assert cut("가" + "\u0301" * 100_000 + "나", 3).startswith("가\u0301")


@pytest.mark.parametrize("limit", [0, -1])
def test_a_cut_to_nothing_is_a_mistake(limit: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        cut("가", limit)
