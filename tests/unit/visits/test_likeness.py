"""A copied note is noticed, an honest one about the same person is not."""

from __future__ import annotations

from datetime import date

import pytest
from app.visits.rules import check_copies, is_copy, likeness, list_copies, runs_of
from hypothesis import given
from hypothesis import strategies as st

NOTE = (
    "혈압약을 이틀 거르셨다고 하심. 약 달력을 냉장고 옆에 걸고 아침마다 표시하시도록 함께 연습함. 다음 주에 다시 확인하기로 함. "
    "반찬은 경로식당에서 받아 오시고 입맛은 괜찮다고 하심."
)
HONEST = (
    "혈압약을 잘 드시고 계심. 약 달력에 빠진 날이 하루 있어 까닭을 여쭈니 병원에 다녀오신 날이라고 하심. 무릎 통증으로 계단이 힘들다 하심. "
    "반찬은 경로식당에서 받아 오시고 잠은 잘 주무심."
)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (NOTE, True),
        (NOTE.replace(".", " /").replace(" ", "  "), True),
        (NOTE.replace("이틀", "사흘"), True),
        (HONEST, False),
        (NOTE + HONEST, False),
        ("", False),
    ],
    ids=["the same", "other signs and spaces", "one word changed", "an honest note", "half of it new", "nothing"],
)
def test_a_copy_is(other: str, expected: bool) -> None:
    assert is_copy(NOTE, other) is expected


def test_short_notes_are_alike_by_nature_and_never_called_copies() -> None:
    assert not is_copy("혈압 안정적, 특이사항 없음", "혈압 안정적, 특이사항 없음")


def test_decomposed_letters_are_the_same_letters() -> None:
    import unicodedata

    assert is_copy(NOTE, unicodedata.normalize("NFD", NOTE))


@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_symmetric_and_between_nothing_and_one(one: str, other: str) -> None:
    there, back = likeness(runs_of(one), runs_of(other)), likeness(runs_of(other), runs_of(one))
    assert there == back
    assert 0 <= there <= 1


@given(st.lists(st.sampled_from([NOTE, HONEST, NOTE + HONEST, "짧은 글", ""]), max_size=12))
def test_every_pair_of_equal_long_texts_lands_in_one_group(texts: list[str]) -> None:
    groups = list_copies(texts)
    of_place = {place: nth for nth, group in enumerate(groups) for place in group}
    for one, text in enumerate(texts):
        twins = [other for other, same in enumerate(texts) if other != one and same == text and runs_of(text)]
        assert all(of_place.get(one) == of_place.get(other) and one in of_place for other in twins)
        if not runs_of(text):
            assert one not in of_place


def test_the_question_names_the_day_and_the_field_and_asks_again_only_for_another_text() -> None:
    (asked,) = check_copies({"nursing_note": NOTE, "welfare_note": ""}, [(date(2026, 11, 9), NOTE)])
    assert (asked.field, asked.is_refusal) == ("nursing_note", False)
    assert asked.message.startswith("11월 9일 기록과 글이 거의 같습니다.")
    (again,) = check_copies({"nursing_note": NOTE + "뷁"}, [(date(2026, 11, 9), NOTE)])
    assert again.key != asked.key
