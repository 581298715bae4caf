"""Names as lists write them: one key for one name, and what is a slip and what is somebody else."""

from __future__ import annotations

import unicodedata

import pytest
from app.core.text import are_alike, is_one_slip, is_whole_name, name_key
from hypothesis import given, settings
from hypothesis import strategies as st

steady = settings(deadline=None)  # judged by result; a busy machine must not fail it

messy = st.text(st.one_of(st.characters(), st.sampled_from("김순자남궁민 *○O0()[]·-A1님씨ㄱㅏ")), max_size=12)
hangul = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=2, max_size=5)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("김순자", "김순자"),
        ("김 순 자", "김순자"),
        ("남궁\u3000민", "남궁민"),
        (unicodedata.normalize("NFD", "김순자"), "김순자"),
        ("김순자(모)", "김순자"),
        ("김순자 (개명 전 김순녀)", "김순자"),
        ("김순자[독거]", "김순자"),
        ("김순자(金順子)", "김순자"),
        ("(김순자)", "김순자"),
        ("김순자 님", "김순자"),
        ("김순자 씨", "김순자"),
        ("김순자 어르신", "김순자"),
        ("김순자할머니", "김순자"),
        ("김하님", "김하님"),
        ("김순자2", "김순자2"),
        ("김순자 1)", "김순자1"),
        ("김순자.", "김순자"),
        ("김·순자", "김순자"),
        ("김*자", "김○자"),
        ("김＊자", "김○자"),
        ("김〇자", "김○자"),
        ("김O자", "김○자"),
        ("김OO", "김○○"),
        ("NGUYEN  Thi-Lan", "nguyenthilan"),
        ("ＮＧＵＹＥＮ ＴＨＩ ＬＡＮ", "nguyenthilan"),
        ("Oh Sora", "ohsora"),
        ("", ""),
    ],
)
def test_every_way_of_writing_a_name_has_one_key(written: str, key: str) -> None:
    assert name_key(written) == key


@steady
@given(messy)
def test_a_key_is_its_own_key_in_either_unicode_form(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)
    assert name_key(unicodedata.normalize("NFD", text)) == name_key(text)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("김순자", "김슌자"),
        ("김순자", "김숙자"),
        ("류은정", "유은정"),
        ("유은정", "류은정"),
        ("이영희", "리영희"),
        ("임혜숙", "림해숙"),
        ("노재희", "로제히"),
        ("나은주", "라은주"),
        ("정태례", "정태레"),
        ("이련희", "이연희"),
        ("김순자", "김자순"),
        ("김순자", "김순"),
        ("남궁민수", "남궁민"),
        ("김순자", "김순ㅈㅏ"),
        ("김순자", "김순ㅈ자"),
        ("김순자", "김수ㄴ자"),
        ("김순아", "김수나"),
        ("김○자", "김순자"),
        ("김○○", "김○자"),
        ("김순자", "김순자2"),
        ("nguyenthilan", "nguyenthlan"),
        ("nguyenthilan", "thilannguyen"),
        ("nguyenthilan", "응우옌티란"),
    ],
)
def test_a_slip_of_the_hand_or_the_ear_is_alike(first: str, second: str) -> None:
    assert are_alike(first, second)
    assert are_alike(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("김순자", "김영희"),
        ("김순자", "김순희"),
        ("김순자", "김숙저"),
        ("김민수", "김민호"),
        ("김민준", "김민서"),
        ("김순자", "박순자"),
        ("이은", "이은주희"),
        ("김순", "김"),
        ("김○자", "김순희"),
        ("이순", "이준호"),
        ("김○", "김○자"),
        ("○순자", "김순자"),
        ("lan", "lam"),
        ("lan", "nal"),
        ("nguyenthilan", "김순자"),
        ("nguyenvanhai", "nguyenthihoa"),
        ("김순자1", "김순자2"),
        ("김순자", ""),
    ],
)
def test_another_name_is_not(first: str, second: str) -> None:
    assert not are_alike(first, second)
    assert not are_alike(second, first)


@steady
@given(hangul, hangul)
def test_it_does_not_matter_which_name_comes_first(first: str, second: str) -> None:
    assert are_alike(first, second) == are_alike(second, first)


@steady
@given(st.text("가나다라", max_size=6), st.data())
def test_one_letter_changed_lost_added_or_swapped_is_one_slip(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    one, before, after = data.draw(st.sampled_from("가나다라마")), text[:at], text[at:]
    slips = (before + one + after, before + after[1:], before + one + after[1:], before + after[1::-1] + after[2:])
    assert all(is_one_slip(text, slipped) for slipped in slips)


@pytest.mark.parametrize(
    ("key", "answer"),
    [("김순자", True), ("이은", True), ("김○자", False), ("김", False), ("김순자아기", False), ("성명불상", False)],
)
def test_a_name_that_hides_or_lacks_something_is_not_whole(key: str, answer: bool) -> None:
    assert is_whole_name(key) is answer
