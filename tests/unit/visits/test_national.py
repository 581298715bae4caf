"""A record told for a national system: in its order, no longer than its boxes, never with a resident number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from app.follow_ups.rules import ContactMode, Purpose
from app.visits.rules import NationalSystem
from app.visits.rules.national import (
    EntryState,
    NationalForm,
    NationalFormError,
    compose,
    cut_at_sentence,
    national_forms_from,
    state_of,
)
from hypothesis import example, given
from hypothesis import strategies as st

SHIPPED = Path("seed_data/national_forms.json").read_text("utf-8")
FORMS = national_forms_from(SHIPPED)


def changed(**fields: object) -> str:
    """The shipped document with the first form's fields changed."""
    document = json.loads(SHIPPED)
    document["forms"][0] |= fields
    return json.dumps(document)


def haengbok() -> NationalForm:
    return FORMS[NationalSystem.HAENGBOK]


def test_both_systems_have_a_form_that_says_how_sure_it_is() -> None:
    assert set(FORMS) == set(NationalSystem)
    assert all(form.version and form.source and form.confidence == "낮음" for form in FORMS.values())


def test_boxes_stand_in_the_order_of_the_form_and_empty_ones_are_left_out() -> None:
    words = {"by": "서다솜 복지담당", "content": "쌀이 떨어짐", "happened": "2026-11-23(월) 09:05", "place": " "}
    assert compose(haengbok(), words).text == (
        "상담일시: 2026-11-23(월) 09:05\n상담내용: 쌀이 떨어짐\n상담자: 서다솜 복지담당"
    )


def test_what_has_several_lines_begins_below_its_label() -> None:
    assert compose(haengbok(), {"content": "하나\n둘"}).text == "상담내용:\n하나\n둘"


def test_a_form_that_tells_no_health_is_given_none() -> None:
    words = {"nursing": "혈당이 높음", "vitals": "혈압 152/88", "content": "쌀이 떨어짐"}
    assert compose(haengbok(), words).text == "상담내용: 쌀이 떨어짐"
    assert "혈압 152/88" in compose(FORMS[NationalSystem.PHIS], words).text


def test_no_resident_number_goes_out() -> None:
    text = compose(haengbok(), {"content": "주민번호 410302-2123456 라고 함"}).text
    assert "2123456" not in text
    assert "410302-*******" in text


def test_a_long_note_ends_after_a_sentence_and_says_so() -> None:
    composed = compose(haengbok(), {"content": "약을 거르신다고 함. " * 200})
    [field] = composed.fields
    assert field.was_cut
    assert field.count <= field.limit == 1000
    assert field.text.endswith("함.…")
    assert composed.was_cut


def test_all_together_stays_within_the_whole_forms_length() -> None:
    form = national_forms_from(changed(limit=200))[NationalSystem.HAENGBOK]
    text = compose(form, {"content": "밥을 드심. " * 90, "actions": "쌀을 드림. " * 40}).text
    assert len(text) <= 200
    assert text.endswith("…")


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("짧은 글", 20, "짧은 글"),
        ("아무 한도 없음", 0, "아무 한도 없음"),
        ("첫 문장입니다. 둘째 문장입니다. 셋째 문장은 아주 깁니다.", 24, "첫 문장입니다. 둘째 문장입니다.…"),
        ("가나다라마바사아자차카타파하가나다라마바사아자차카타파하", 20, "가나다라마바사아자차카타파하가나다라마…"),
        ("줄 하나 여기까지\n줄 둘은 그 다음에 이어지는 글", 20, "줄 하나 여기까지…"),
    ],
)  # fmt: skip
def test_a_text_is_cut_where_a_reader_expects_it(text: str, limit: int, cut: str) -> None:
    assert cut_at_sentence(text, limit) == cut


@given(st.text(max_size=400), st.integers(20, 200))
@example("가" + "\u0301" * 60, 20)
@example("다리가 붓고 " + "가" + "\u0301" * 60, 20)
@example("\u200d" * 41, 20)
def test_nothing_is_longer_than_its_box_and_what_fits_stays(text: str, limit: int) -> None:
    fitting = cut_at_sentence(text, limit)
    assert len(fitting) <= limit
    assert fitting == text or (len(text) > limit and fitting.endswith("…"))


@pytest.mark.parametrize(
    ("purpose", "mode", "systems"),
    [
        (Purpose.WELFARE, ContactMode.FACE, {NationalSystem.HAENGBOK}),
        (Purpose.NURSING, ContactMode.CALL, {NationalSystem.PHIS}),
        (Purpose.JOINT, ContactMode.FACE, set(NationalSystem)),
        (Purpose.NURSING, ContactMode.LETTER, set()),
    ],
)
def test_which_records_belong_into_which_system(
    purpose: Purpose, mode: ContactMode, systems: set[NationalSystem]
) -> None:
    assert {form.system for form in FORMS.values() if form.wants(purpose, mode)} == systems


@pytest.mark.parametrize(
    ("entered", "version", "state"),
    [(None, 1, EntryState.OPEN), (1, 1, EntryState.DONE), (1, 2, EntryState.STALE), (2, 2, EntryState.DONE)],
)
def test_a_correction_asks_for_it_again(entered: int | None, version: int, state: EntryState) -> None:
    assert state_of(entered, version) is state


@pytest.mark.parametrize(
    "document",
    [
        "", "[]", "{}",
        changed(system="NEIS"), changed(purposes=["SPORT"]), changed(confidence="sure"), changed(limit=-1),
        changed(limit=7), changed(limit="1000"), changed(fields=[{"key": "reporter", "label": "신고자"}]),
        changed(fields=[{"key": "vitals", "label": "활력징후"}]), changed(system="PHIS"),
    ],
)  # fmt: skip
def test_a_table_that_says_something_unknown_is_refused(document: str) -> None:
    with pytest.raises(NationalFormError):
        national_forms_from(document)
