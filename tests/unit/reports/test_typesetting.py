"""Text becomes lines that fit, and every letter of it stands on one of them."""

from __future__ import annotations

import unicodedata

import pytest
from app.reports.documents import fonts
from app.reports.documents.typesetting import Typesetter, clean
from hypothesis import given
from hypothesis import strategies as st

ROOM = 12.0


def lines(text: str, room: float = ROOM) -> list[str]:
    setter = Typesetter()
    return setter.lines(text, setter.regular, room)


def test_lines_break_between_words() -> None:
    assert lines("문을 두드리니 한참 뒤에 나오셨음.", 7) == ["문을 두드리니", "한참 뒤에", "나오셨음."]


def test_a_word_wider_than_its_column_is_broken_where_the_column_ends() -> None:
    assert lines("가나다라마바사아", 3.7) == ["가나다라", "마바사아"]


def test_what_the_writer_put_on_a_line_of_its_own_stays_there() -> None:
    assert lines("- 아침 약\r\n- 저녁 약\n\n끝") == ["- 아침 약", "- 저녁 약", "", "끝"]


def test_several_spaces_are_kept() -> None:
    assert lines("가  나") == ["가  나"]


def test_an_empty_text_is_one_empty_line() -> None:
    assert lines("") == [""]


@pytest.mark.parametrize("letter", ["뷁", "a", "😀", "\u200b"])
def test_a_run_of_200000_letters_is_set_in_one_pass(letter: str) -> None:
    assert "".join(lines(letter * 200_000)) == letter * 200_000


@given(st.text(), st.floats(min_value=1.2, max_value=60))
def test_no_letter_is_lost_and_no_line_is_wider_than_its_column(text: str, room: float) -> None:
    set_lines = lines(text, room)
    assert "".join("".join(set_lines).split()) == "".join(clean(text).split())
    face = fonts.regular()
    assert all(face.width(line) <= room + 1e-6 or len(line) == 1 for line in set_lines)


def test_text_is_composed_and_rid_of_what_no_page_can_show() -> None:
    assert clean(unicodedata.normalize("NFD", "김순자")) == "김순자"
    assert clean("가\x00\x07나\x7f") == "가나"
    assert clean("가\t나") == "가    나"
    assert clean("\ud83d가") == "\ufffd가"


def test_a_day_is_never_broken_over_two_lines_where_it_fits_on_one() -> None:
    assert lines("마지막 접촉 2026. 11. 23.(월) 오후", 9) == ["마지막 접촉", "2026. 11. 23.(월)", "오후"]
    assert lines("2026. 1. 2. ~ 2026. 12. 31.", 7) == ["2026. 1. 2. ~", "2026. 12. 31."]


def test_a_day_wider_than_its_column_is_broken_between_its_figures() -> None:
    assert lines("2026. 11. 23.", 4.6) == ["2026. 11.", "23."]


def test_what_only_looks_like_a_day_is_broken_as_any_words() -> None:
    assert lines("가나다라 11. 23.", 5) == ["가나다라", "11. 23."]


def test_the_widest_word_tells_how_narrow_a_column_may_be() -> None:
    setter = Typesetter()
    widest = setter.widest_word("담당 김순자\n2026. 11. 23.", setter.regular)
    assert widest == setter.width("2026. 11. 23.", setter.regular)
    assert setter.widest_word("", setter.regular) == 0
