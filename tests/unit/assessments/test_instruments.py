"""The shipped instruments, and what answers add up to."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from app.assessments.rules import (
    Instrument,
    InstrumentError,
    Unanswered,
    band_for,
    instrument_from,
    score_items,
    score_total,
    show_number,
    with_cut_offs,
)
from hypothesis import given
from hypothesis import strategies as st

DOCUMENTS: list[dict[str, Any]] = json.loads((Path(__file__).parents[3] / "seed_data" / "instruments.json").read_text(encoding="utf-8"))  # fmt: skip
INSTRUMENTS = {document["code"]: instrument_from(document) for document in DOCUMENTS}
PHQ_9, GDS, AUDIT_C = INSTRUMENTS["PHQ_9"], INSTRUMENTS["GDS_15"], INSTRUMENTS["AUDIT_C"]
FULL = [instrument for instrument in INSTRUMENTS.values() if instrument.has_items]


def all_answered(instrument: Instrument, place: int) -> dict[str, str]:
    """The same place in the list of answers for every item; -1 is the last."""
    return {item.code: item.choices[place].code for item in instrument.items}


@pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=lambda each: each.code)
def test_every_instrument_says_where_its_cut_offs_come_from(instrument: Instrument) -> None:
    assert instrument.source
    assert instrument.confidence in ("HIGH", "MEDIUM", "LOW")
    assert instrument.licence


def test_only_instruments_whose_licence_allows_it_show_their_items() -> None:
    assert {each.code: len(each.items) for each in FULL} == {"PHQ_2": 2, "PHQ_9": 9, "AUDIT_C": 3, "GDS_15": 15}
    assert all("점수만 적음" in each.licence for each in INSTRUMENTS.values() if not each.has_items)


def test_instruments_we_may_not_use_are_not_there() -> None:
    assert not {code for code in INSTRUMENTS if "MMAS" in code or "MMSE" in code}


@pytest.mark.parametrize(
    ("code", "total", "band"),
    [
        ("PHQ_2", 1, "LOW"), ("PHQ_2", 2, "RAISED"), ("PHQ_2", 3, "POSITIVE"), ("PHQ_9", 4, "MINIMAL"), ("PHQ_9", 5, "MILD"),
        ("PHQ_9", 9, "MILD"), ("PHQ_9", 10, "MODERATE"), ("PHQ_9", 15, "MODERATELY_SEVERE"), ("PHQ_9", 20, "SEVERE"),
        ("AUDIT_C", 4, "LOW"), ("AUDIT_C", 5, "AT_RISK"), ("GDS_15", 5, "LOW"), ("GDS_15", 6, "COMMUNITY"), ("GDS_15", 8, "HIGH"),
        ("K_FRAIL", 0, "ROBUST"), ("K_FRAIL", 2, "PRE_FRAIL"), ("K_FRAIL", 3, "FRAIL"), ("KDSQ_C", 6, "SUSPECT"),
        ("MNA_SF", 7, "MALNOURISHED"), ("MNA_SF", 8, "AT_RISK"), ("MNA_SF", 12, "USUAL"), ("PHIS_FRAILTY", 4, "HIGH_RISK"),
        ("ISOLATION_SURVEY", 0, "NONE"), ("ISOLATION_SURVEY", 3, "LOW"), ("ISOLATION_SURVEY", 8, "MID"), ("ISOLATION_SURVEY", 9, "HIGH"),
    ],
)  # fmt: skip
def test_a_total_falls_into_its_band(code: str, total: int, band: str) -> None:
    found = band_for(INSTRUMENTS[code], Decimal(total))
    assert found is not None
    assert found.code == band


def test_two_scales_of_the_same_short_name_are_two_instruments() -> None:
    assert score_total(INSTRUMENTS["K_IADL_KANG_2002"], Decimal("0.40")).band.code == "IMPAIRED"  # type: ignore[union-attr]
    assert score_total(INSTRUMENTS["K_IADL_KANG_2002"], Decimal("0.39")).band.code == "USUAL"  # type: ignore[union-attr]
    with pytest.raises(ValueError, match=r"0\.40"):
        score_total(INSTRUMENTS["K_IADL_WON_2002"], Decimal("0.40"))


@pytest.mark.parametrize(("place", "total"), [(0, 0), (-1, 27)])
def test_phq_9_goes_from_nought_to_twenty_seven(place: int, total: int) -> None:
    assert score_items(PHQ_9, all_answered(PHQ_9, place)).total == total


def test_five_items_of_gds_count_the_no() -> None:
    happy = {code: "Y" if code in ("1", "5", "7", "11", "13") else "N" for code in (item.code for item in GDS.items)}
    assert score_items(GDS, happy).total == 0
    assert score_items(GDS, {code: "N" if answer == "Y" else "Y" for code, answer in happy.items()}).total == 15


@pytest.mark.parametrize(("answer", "opens"), [("0", False), ("1", True), ("3", True)])
def test_item_nine_opens_the_pathway_whatever_the_total_is(answer: str, opens: bool) -> None:
    scored = score_items(PHQ_9, {**all_answered(PHQ_9, 0), "9": answer})
    assert [item.code for item in scored.pathways] == (["9"] if opens else [])


@pytest.mark.parametrize("instrument", FULL, ids=lambda each: each.code)
@given(data=st.data())
def test_the_total_is_the_sum_of_the_lines_and_has_a_band(instrument: Instrument, data: st.DataObject) -> None:
    answers = {
        item.code: data.draw(st.sampled_from([choice.code for choice in item.choices])) for item in instrument.items
    }
    scored = score_items(instrument, answers)
    assert scored.total == sum(line.points for line in scored.lines)
    assert scored.band is not None
    assert scored.band.low <= scored.total <= scored.band.high


@pytest.mark.parametrize("answers", [{}, {"1": "9"}, {"1": "0", "2": ""}])
def test_an_item_without_an_answer_is_named(answers: dict[str, str]) -> None:
    with pytest.raises(Unanswered) as refused:
        score_items(INSTRUMENTS["PHQ_2"], answers)
    assert "2" in refused.value.items


@pytest.mark.parametrize("total", ["-1", "14", "3.5"])
def test_a_score_outside_its_range_is_refused(total: str) -> None:
    with pytest.raises(ValueError, match=total):
        score_total(INSTRUMENTS["ISOLATION_SURVEY"], Decimal(total))


def test_where_only_the_examiner_has_the_table_a_person_picks_the_band() -> None:
    assert score_total(INSTRUMENTS["CIST"], Decimal(20)).band is None


def test_a_district_may_move_a_cut_off() -> None:
    isolation = next(document for document in DOCUMENTS if document["code"] == "ISOLATION_SURVEY")
    edges = [("NONE", 0, 0), ("LOW", 1, 5), ("MID", 6, 8), ("HIGH", 9, 13)]
    made = with_cut_offs(
        isolation, [(code, Decimal(low), Decimal(high)) for code, low, high in edges], version="2026-1"
    )
    assert band_for(instrument_from(made), Decimal(5)).code == "LOW"  # type: ignore[union-attr]
    assert band_for(instrument_from(isolation), Decimal(5)).code == "MID"  # type: ignore[union-attr]


@pytest.mark.parametrize("low", [4, 6])
def test_bands_that_leave_a_total_out_or_give_it_two_are_refused(low: int) -> None:
    isolation = next(document for document in DOCUMENTS if document["code"] == "ISOLATION_SURVEY")
    edges = [("NONE", 0, 0), ("LOW", 1, 4), ("MID", low, 8), ("HIGH", 9, 13)]
    with pytest.raises(InstrumentError, match="비거나 겹칩니다"):
        with_cut_offs(isolation, [(code, Decimal(a), Decimal(b)) for code, a, b in edges])


@pytest.mark.parametrize(
    ("number", "shown"), [("7", "7"), ("7.00", "7"), ("0.40", "0.4"), ("10", "10"), ("20.00", "20")]
)
def test_a_number_is_shown_without_the_noughts_of_the_database(number: str, shown: str) -> None:
    assert show_number(Decimal(number)) == shown
