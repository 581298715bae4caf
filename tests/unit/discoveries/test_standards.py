"""The crisis codes and the weights as a 시군구 changes them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from app.discoveries.rules import crisis_codes_from
from app.discoveries.rules.crisis_versions import (
    CodesChange,
    CodesError,
    CodeWords,
    changed_codes,
    source_words,
    words_of,
)
from app.discoveries.rules.triage import TriageError, triage_from
from app.discoveries.rules.weights import WeightsChange, changed_weights, weight_lines
from tests.unit.discoveries.conftest import ROOT

FROM = date(2027, 1, 1)


@pytest.fixture(scope="module")
def codes_document() -> dict[str, Any]:
    return json.loads((ROOT / "seed_data" / "crisis_codes.json").read_text("utf-8"))  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def weights_document() -> dict[str, Any]:
    return json.loads((ROOT / "seed_data" / "triage.json").read_text("utf-8"))  # type: ignore[no-any-return]


def coded(document: dict[str, Any], words: dict[str, CodeWords], *own: str) -> dict[str, Any]:
    change = CodesChange(words, own, FROM, "업무안내", "우리 목록")
    return changed_codes(document, change, version="2027-1-1", own_code="OWN_1_1")


def row_of(document: dict[str, Any], code: str) -> dict[str, Any]:
    return next(row for row in document["codes"] if row["code"] == code)


def test_a_code_that_is_called_otherwise_keeps_its_key_and_its_old_name_is_still_read(
    codes_document: dict[str, Any],
) -> None:
    changed = coded(codes_document, {"CI_POWER_CUT": CodeWords("전기 끊김", "7일 이상", ("단전 예정",))})
    row = row_of(changed, "CI_POWER_CUT")
    assert (row["label"], row["threshold"], row["confidence"]) == ("전기 끊김", "7일 이상", "DISTRICT")
    codes = crisis_codes_from(json.dumps(changed))
    for word in ("전기 끊김", "단전", "단전 예정"):
        assert codes.read(word) == (("CI_POWER_CUT",), ())
    assert changed["as_of"] == "2027-01-01"
    assert row_of(changed, "CI_WATER_CUT") == row_of(codes_document, "CI_WATER_CUT")


def test_other_words_alone_leave_the_source_of_the_rule(codes_document: dict[str, Any]) -> None:
    stands = row_of(codes_document, "CI_WATER_CUT")
    changed = coded(codes_document, {"CI_WATER_CUT": CodeWords("단수", "", ("물 끊김",))})
    assert row_of(changed, "CI_WATER_CUT") == {**stands, "aliases": ["물 끊김"]}


def test_a_code_without_a_name_is_left_out_and_lines_add_codes(codes_document: dict[str, Any]) -> None:
    changed = coded(
        codes_document, {"CI_PREEMIE": CodeWords("")}, "고립 청년; 6개월 이상; 은둔 청년, 은둔", "  ", "전세 사기"
    )
    codes = crisis_codes_from(json.dumps(changed))
    assert codes.read("은둔, 전세사기, 미숙아") == (("OWN_1_1_1", "OWN_1_1_2"), ("미숙아",))
    assert row_of(changed, "OWN_1_1_1")["threshold"] == "6개월 이상"


@pytest.mark.parametrize(
    ("words", "own", "problem"),
    [
        ({"CI_POWER_CUT": CodeWords("단수")}, (), "두 번"),
        ({}, ("단 수",), "두 번"),
        ({}, ("가" * 61,), "60자"),
        ({}, ("; 기준",), "60자"),
    ],
)
def test_codes_that_cannot_be_told_apart_are_refused(
    codes_document: dict[str, Any], words: dict[str, CodeWords], own: tuple[str, ...], problem: str
) -> None:
    with pytest.raises(CodesError, match=problem):
        coded(codes_document, words, *own)


def test_a_source_is_named_in_words(codes_document: dict[str, Any]) -> None:
    words = source_words("LAW 제12조 제1항, DECREE 제8조", codes_document["sources"])
    assert words == "사회보장급여의 이용·제공 및 수급권자 발굴에 관한 법률 제12조 제1항, 같은 법 시행령 제8조"
    assert all(
        source_words(row["source"], codes_document["sources"]).isascii() is False for row in codes_document["codes"]
    )


def test_words_between_commas_are_each_once() -> None:
    assert words_of(" 가, 나 ,,가") == ("가", "나")


def weighed(
    document: dict[str, Any], points: dict[str, int], named: dict[str, int] | None = None
) -> dict[str, Any]:  # fmt: skip
    return changed_weights(document, WeightsChange(points, named or {}, FROM, "협의체", "조정"), version="2027-1-1")


def test_every_line_of_the_weights_is_shown_and_none_without_a_label(weights_document: dict[str, Any]) -> None:
    lines = weight_lines(weights_document, {"CI_POWER_CUT": "단전", "CI_X": "표에 없는 것"})
    places = [line.place for line in lines]
    assert len(places) == len(set(places))
    assert all(line.label and line.group for line in lines)
    assert next(line.label for line in lines if line.place == "crises_0") == "단전"
    assert [line.place for line in lines if line.points is None] == ["code_CI_X"]
    below = sum(1 for row in weights_document["crises"] if row.get("months_from"))
    rows = sum(len(part) for part in weights_document.values() if isinstance(part, list))
    assert len(lines) == rows + below + 2 + 1


def test_other_points_are_the_districts_own_and_nothing_else_changes(weights_document: dict[str, Any]) -> None:
    changed = weighed(weights_document, {"alone": 12, "ages_2": 20, "crises_0": 25}, {"CI_X": 9})
    weights = triage_from(changed)
    assert (weights.alone, weights.ages[-1].points) == (12, 20)
    assert (weights.crises["CI_POWER_CUT"].points, weights.crises["CI_X"].points) == (25, 9)
    assert changed["alone"]["confidence"] == changed["ages"][2]["confidence"] == "DISTRICT"
    assert changed["crises"][0]["points_confidence"] == "DISTRICT"
    assert changed["crises"][0]["source"] == weights_document["crises"][0]["source"]
    assert changed["risk"] == weights_document["risk"]


def test_points_as_they_are_change_no_line(weights_document: dict[str, Any]) -> None:
    same = {line.place: line.points for line in weight_lines(weights_document, {}) if line.points is not None}
    changed = weighed(weights_document, same)
    kept = {name: part for name, part in changed.items() if name not in ("why", "changed_by_source")}
    assert kept == {**weights_document, "version": "2027-1-1", "effective_from": "2027-01-01"}


@pytest.mark.parametrize("points", [{"ages_2": 1}, {"alone": 101}, {"crises_8_below": 50}])
def test_points_by_which_more_would_be_less_urgent_are_refused(
    weights_document: dict[str, Any], points: dict[str, int]
) -> None:
    with pytest.raises(TriageError):
        weighed(weights_document, points)
