"""Typed numbers: what Korean keyboards give is understood, nonsense comes back as a problem, nothing raises."""

from __future__ import annotations

from decimal import Decimal

import pytest
from app.visits.rules import Measure, MeterFlag, Problem, parse_glucose, parse_number
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("36.5", "36.5"),
        ("36,5", "36.5"),
        ("３６．５", "36.5"),
        ("３６，５", "36.5"),
        ("36。5", "36.5"),
        ("36·5", "36.5"),
        ("  36.5 ", "36.5"),
        ("\u300036.5\u00a0", "36.5"),
        ("36.5℃", "36.5"),
        ("36.5 도", "36.5"),
        ("36.5°C", "36.5"),
        ("365", "365"),
        ("036", "36"),
        ("0", "0"),
    ],
)
def test_a_number_is_read_as_korean_keyboards_write_it(typed: str, number: str) -> None:
    assert parse_number(typed, Measure.TEMPERATURE) == Decimal(number)


@pytest.mark.parametrize(
    "typed",
    [
        *("abc", "-3", "+3", "1e5", "36.", ".5", "3 6", "36.5.1", "1,0000", "12345", "0x10", "1_000"),
        *("٣٦", "③", "½", "NaN", "Infinity", "120/80", "\x00", "<b>", "=1+1", "뷁", "🌡️", "정상", "회"),
        "36.5" * 1000,
    ],
)
def test_nonsense_comes_back_as_a_refusal_about_the_field(typed: str) -> None:
    problem = parse_number(typed, Measure.TEMPERATURE)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.field, problem.is_refusal) == ("NOT_A_NUMBER", "value", True)
    assert len(problem.value) <= 24


@pytest.mark.parametrize("typed", ["", " ", "\u3000", "\t\n"])
def test_an_empty_field_is_told_apart_from_nonsense(typed: str) -> None:
    problem = parse_number(typed, Measure.SYSTOLIC)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.field) == ("EMPTY", "systolic")


@pytest.mark.parametrize(
    ("typed", "flag"),
    [
        ("LO", MeterFlag.LO),
        ("lo", MeterFlag.LO),
        ("Low", MeterFlag.LO),
        ("ＬＯ", MeterFlag.LO),
        (" HI ", MeterFlag.HI),
        ("high", MeterFlag.HI),
    ],
)
def test_a_glucose_field_takes_what_the_meter_shows(typed: str, flag: MeterFlag) -> None:
    assert parse_glucose(typed) is flag


def test_a_glucose_field_takes_a_number_with_its_unit() -> None:
    assert parse_glucose("174mg/dL") == Decimal(174)


@given(typed=st.text(max_size=40), measure=st.sampled_from(Measure))
def test_whatever_is_typed_gives_a_plain_number_or_a_refusal(typed: str, measure: Measure) -> None:
    parsed = parse_number(typed, measure)
    if isinstance(parsed, Problem):
        assert parsed.is_refusal
    else:
        assert parsed.is_finite()
        assert 0 <= parsed < 10_000


@given(typed=st.text(alphabet="0123456789.,/ ０１２３４５６７８９．，／LOHIlohi-~℃", max_size=30))
def test_text_made_of_number_like_characters_never_raises(typed: str) -> None:
    for parsed in (parse_number(typed, Measure.WEIGHT), parse_glucose(typed)):
        assert isinstance(parsed, (Decimal, MeterFlag, Problem))


@given(tenths=st.integers(0, 99_999), width=st.sampled_from(["half", "full"]), mark=st.sampled_from(".,"))
def test_a_printed_number_reads_back_as_itself(tenths: int, width: str, mark: str) -> None:
    amount = Decimal(tenths) / 10
    typed = f"{amount:.1f}".replace(".", mark)
    if width == "full":
        typed = typed.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert parse_number(typed, Measure.WEIGHT) == amount
