from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from app.core.errors import RuleBroken
from app.core.tables.reading import read_table
from app.needs.rules import (
    FormRow,
    Instrument,
    InstrumentError,
    document_of,
    instrument_from,
    read_rows,
    rows_of_json,
    rows_of_table,
)
from app.seed.reference import read_json

SHIPPED = instrument_from(read_json("needs_form.json"))


def test_the_shipped_form_has_ten_domains_and_nineteen_items_and_three_grave_ones() -> None:
    assert (len(SHIPPED.domains), len(SHIPPED.items)) == (10, 19)
    assert [item.code for item in SHIPPED.items if item.is_grave] == ["SAFE_IN_FAMILY", "SAFE_OUTSIDE", "HEALTH_MENTAL"]
    assert [domain.code for domain in SHIPPED.domains if domain.is_health] == ["HEALTH"]
    assert SHIPPED.item("NO_SUCH") is None


def without_domains(form: dict[str, Any]) -> None:
    form["domains"] = []


def without_items(form: dict[str, Any]) -> None:
    form["domains"][0]["items"] = []


def with_an_item_twice(form: dict[str, Any]) -> None:
    form["domains"][1]["items"][0]["code"] = "SAFE_IN_FAMILY"


def with_a_long_label(form: dict[str, Any]) -> None:
    form["domains"][1]["items"][0]["label"] = "가" * 41


def with_a_crooked_code(form: dict[str, Any]) -> None:
    form["domains"][1]["items"][0]["code"] = "a b"


def without_a_day(form: dict[str, Any]) -> None:
    del form["effective_from"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (without_domains, "영역마다"), (without_items, "영역마다"), (with_an_item_twice, "두 번"), (with_a_long_label, "40자"),
        (with_a_crooked_code, "영문 대문자"), (without_a_day, "모양이 아닙니다"),
    ],
)  # fmt: skip
def test_a_document_that_is_no_form_is_refused_in_korean(change: Any, problem: str) -> None:
    document = deepcopy(read_json("needs_form.json"))
    change(document)
    with pytest.raises(InstrumentError) as caught:
        instrument_from(document)
    assert problem in caught.value.problem


CSV = "우리 시 조사표\n영역,항목,설명\n안전,가족 내 안전 유지,폭력\n,골목의 안전,\n경제,기초생활 해결,생활비\n디지털,휴대전화 쓰기,앱\n"


def test_a_table_with_a_title_above_becomes_domains_and_known_items_keep_their_codes() -> None:
    found = read_rows(rows_of_table(read_table(CSV.encode("cp949"))), [SHIPPED], stem="D1V1")
    assert not found.problems
    assert [(each.code, [item.code for item in each.items]) for each in found.domains] == [
        ("SAFETY", ["SAFE_IN_FAMILY", "D1V1_2"]), ("ECONOMY", ["ECON_BASIC"]), ("D1V1_D3", ["D1V1_4"]),
    ]  # fmt: skip
    assert found.fresh == {"D1V1_2", "D1V1_4"}
    graves = {item.label: item.is_grave for each in found.domains for item in each.items}
    assert graves == {"가족 내 안전 유지": True, "골목의 안전": True, "기초생활 해결": False, "휴대전화 쓰기": False}
    document = document_of(
        found.domains,
        version="2026-1-1",
        name="우리 조사표",
        effective_from=date(2026, 12, 1),
        source="조례",
        why="개정",
    )
    assert isinstance(instrument_from(json.loads(json.dumps(document))), Instrument)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (FormRow(2, "", "항목"), "영역을 적어"), (FormRow(2, "안전", " "), "항목이 비어"), (FormRow(2, "가" * 41, "가"), "40자"),
        (FormRow(2, "가", "가", "나" * 121), "120자"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_row_is_said_with_its_number(row: FormRow, problem: str) -> None:
    found = read_rows([row], [SHIPPED], stem="D1V1")
    assert [number for number, _text in found.problems] == [2]
    assert problem in found.problems[0][1]


def test_the_same_item_twice_is_told_even_when_spaced_differently() -> None:
    found = read_rows([FormRow(2, "안전", "골목 안전"), FormRow(3, "경제", "골목안전")], [SHIPPED], stem="D1V1")
    assert found.problems == ((3, "«골목안전» 항목이 위에 이미 있습니다."),)


def test_no_row_at_all_is_a_problem_and_a_mark_for_grave_counts() -> None:
    assert read_rows([], [SHIPPED], stem="D1V1").problems == ((0, "항목이 하나도 없습니다."),)
    marked = read_rows(
        [FormRow(2, "경제", "사채", grave="O"), FormRow(3, "안전", "골목", grave="x")], [SHIPPED], stem="D"
    )
    assert [item.is_grave for each in marked.domains for item in each.items] == [True, False]


def test_json_may_be_a_list_of_rows_or_the_form_as_it_is_shipped() -> None:
    rows = rows_of_json('[{"영역": "안전", "항목": "골목", "고난도": true}]'.encode())
    assert rows == [FormRow(1, "안전", "골목", "", "예")]
    whole = read_rows(rows_of_json(json.dumps(read_json("needs_form.json")).encode()), [SHIPPED], stem="D1V1")
    assert whole.domains == SHIPPED.domains
    assert not whole.fresh


@pytest.mark.parametrize("content", [b"{", b"3", b'{"a": 1}', b"[1]", b"\xff\xfe", b'{"domains": [{"label": "x"}]}'])
def test_json_of_another_shape_is_refused(content: bytes) -> None:
    with pytest.raises(RuleBroken, match="NOT_A_FORM"):
        rows_of_json(content)


def test_a_table_without_the_headings_is_refused() -> None:
    with pytest.raises(RuleBroken, match="NO_COLUMNS"):
        rows_of_table(read_table("가,나\n1,2\n".encode()))
