"""What became of a score since the last time, and when it is asked again."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from app.assessments.rules import Instrument, band_for, change_words, direction, instrument_from, is_worse, recheck_on
from app.follow_ups.rules import FAMILIES

ROOT = Path(__file__).parents[3] / "seed_data"
INSTRUMENTS = {row["code"]: instrument_from(row) for row in json.loads((ROOT / "instruments.json").read_text(encoding="utf-8"))}  # fmt: skip
PHQ_9, MNA = INSTRUMENTS["PHQ_9"], INSTRUMENTS["MNA_SF"]


def words(instrument: Instrument, before: str, after: str) -> str:
    first, second = Decimal(before), Decimal(after)
    return change_words(instrument, (first, band_for(instrument, first)), (second, band_for(instrument, second)))


@pytest.mark.parametrize(
    ("instrument", "before", "after", "said"),
    [
        (PHQ_9, "7", "14", "PHQ-9 우울 7점 가벼움 → 14점 중간 ▲"),
        (PHQ_9, "14.00", "4", "PHQ-9 우울 14점 중간 → 4점 거의 없음 ▼"),
        (PHQ_9, "7", "7", "PHQ-9 우울 7점 가벼움 → 7점 가벼움 –"),
        (MNA, "13", "6", "MNA-SF 영양 13점 정상 → 6점 영양불량 ▼"),
    ],
)
def test_a_change_is_said_with_both_points_and_where_it_went(
    instrument: Instrument, before: str, after: str, said: str
) -> None:
    assert words(instrument, before, after) == said


def test_a_first_result_stands_alone() -> None:
    assert change_words(PHQ_9, None, (Decimal(7), band_for(PHQ_9, Decimal(7)))) == "PHQ-9 우울 7점 가벼움"
    assert change_words(INSTRUMENTS["CIST"], None, (Decimal(20), None)) == "CIST 인지선별 20점"


@pytest.mark.parametrize(("instrument", "before", "after", "worse"), [(PHQ_9, 4, 5, True), (PHQ_9, 20, 4, False), (MNA, 13, 6, True), (MNA, 6, 13, False), (PHQ_9, 5, 9, False)])  # fmt: skip
def test_worse_is_a_graver_band_and_not_a_higher_total(
    instrument: Instrument, before: int, after: int, worse: bool
) -> None:
    bands = [band_for(instrument, Decimal(total)) for total in (before, after)]
    assert is_worse(*bands) is worse
    assert not is_worse(None, bands[1])


@pytest.mark.parametrize(("before", "after", "sign"), [(1, 2, "▲"), (2, 1, "▼"), (2, 2, "–")])
def test_the_sign_follows_the_total(before: int, after: int, sign: str) -> None:
    assert direction(Decimal(before), Decimal(after)).value == sign


@pytest.mark.parametrize(
    ("code", "band", "on"),
    [
        ("PHQ_9", "MILD", date(2026, 8, 31)), ("PHQ_9", "MINIMAL", None), ("GDS_15", "COMMUNITY", date(2026, 8, 31)),
        ("CIST", "USUAL", date(2028, 8, 31)), ("CIST", "BELOW", None),
    ],
)  # fmt: skip
def test_when_it_is_asked_again_is_written_with_the_band(code: str, band: str, on: date | None) -> None:
    assert recheck_on(date(2026, 8, 31), INSTRUMENTS[code].band(band)) == on


def test_what_the_instruments_lead_to_is_there() -> None:
    rules = {code for family in FAMILIES for code in family}
    for instrument in INSTRUMENTS.values():
        assert {band.then for band in instrument.bands} <= {"", *INSTRUMENTS}
        assert {band.rule for band in instrument.bands} <= {"", *rules}


def test_the_short_screen_leads_to_the_long_one_and_the_survey_to_rules() -> None:
    assert {band.code: band.then for band in INSTRUMENTS["PHQ_2"].bands} == {
        "LOW": "", "RAISED": "PHQ_9", "POSITIVE": "PHQ_9",
    }  # fmt: skip
    assert {band.code: band.rule for band in INSTRUMENTS["ISOLATION_SURVEY"].bands} == {
        "NONE": "", "LOW": "ISOLATION_LOW", "MID": "ISOLATION_MID", "HIGH": "ISOLATION_HIGH",
    }  # fmt: skip


def test_a_score_whose_items_are_not_shown_still_asks_about_suicide() -> None:
    ticks = {code: each.tick.pathway for code, each in INSTRUMENTS.items() if each.tick}
    assert ticks == {"ISOLATION_SURVEY": "SUICIDE"}
