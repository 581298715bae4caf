"""The document of judgements is read strictly, and a mistake in it is named by its place."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from app.visits.rules import Reading, VitalKind, judge, load_judgements

Spoil = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (lambda d: d.pop("version"), "'version' is missing"),
        (lambda d: d.update(effective_from="내년"), "document: Invalid isoformat"),
        (lambda d: d.update(confidence="sure"), "'sure' is none of"),
        (lambda d: d.update(caution=None), "None should be text"),
        (lambda d: d.update(checklists={"HIGH_PRESSURE": ["ITCH"]}), "checklists: 'ITCH' is no Symptom"),
        (lambda d: d.update(bands=None), "document: "),
        (lambda d: d["bands"][3].pop("label"), r"bands\[3\]: 'label' is missing"),
        (lambda d: d["bands"][3].update(subject="MOOD"), r"bands\[3\]: 'MOOD' is none of"),
        (lambda d: d["bands"][3].update(tone="red"), r"bands\[3\]: 'red' is no Tone"),
        (lambda d: d["bands"][3].update(colour="red"), r"bands\[3\]: unknown keys: colour"),
        (lambda d: d["bands"][3].update(source="BLOG"), r"bands\[3\]: 'BLOG' is missing"),
        (lambda d: d["bands"][3].update(action="PRAY"), r"bands\[3\]: 'PRAY' is no RequiredAction"),
        (lambda d: d["bands"][3].update(checklist="ALL"), r"bands\[3\]: 'ALL' is missing"),
        (lambda d: d["bands"][3].update(contexts=["NOON"]), r"bands\[3\]: 'NOON' is no GlucoseContext"),
        (lambda d: d["bands"][3].update(sex="X"), r"bands\[3\]: 'X' is no Sex"),
        (lambda d: d["bands"][3].update(all=[]), r"bands\[3\]: needs either"),
        (lambda d: d["bands"][3].pop("any"), r"bands\[3\]: needs either"),
        (lambda d: d["bands"][3].update(any=[{"of": "systolic"}]), r"bands\[3\]: a bound needs"),
        (lambda d: d["bands"][3].update(any=[{"of": "systolic", "atleast": 1}]), "unknown keys: atleast"),
        (lambda d: d["bands"][3].update(any=[{"of": "pulse", "below": 1}]), "'pulse' is none of"),
        (lambda d: d["bands"][3].update(any=[{"of": "systolic", "below": "high"}]), r"bands\[3\]"),
        (lambda d: d["bands"][3].update(code="BP_SEVERE"), r"bands\[3\]: code BP_SEVERE is met twice"),
    ],
)
def test_a_spoiled_document_is_refused_at_the_place_of_the_mistake(
    document: dict[str, Any], spoil: Spoil, place: str
) -> None:
    spoil(document)
    with pytest.raises(ValueError, match=place):
        load_judgements(document)


def test_a_changed_threshold_changes_the_judgement(document: dict[str, Any]) -> None:
    pulse = Reading(VitalKind.PULSE, value=Decimal(95))
    high = next(row for row in document["bands"] if row["code"] == "PULSE_RAISED")
    usual = next(row for row in document["bands"] if row["code"] == "PULSE_USUAL")
    usual["all"], high["all"] = [{"of": "value", "at_least": 51, "below": 100}], [{"of": "value", "at_least": 100}]
    judgement = judge(pulse, load_judgements(document))
    assert judgement is not None
    assert judgement.code == "PULSE_USUAL"


def test_a_threshold_with_a_point_is_read_exactly(document: dict[str, Any]) -> None:
    table = load_judgements(document)
    bound = next(band for band in table.bands if band.says.code == "BMI_UNDER").bounds[0]
    assert bound.below == Decimal("18.5")


def test_every_checklist_and_source_of_the_shipped_document_is_used(document: dict[str, Any]) -> None:
    assert {row["source"] for row in document["bands"]} == set(document["sources"])
    assert {row["checklist"] for row in document["bands"] if "checklist" in row} == set(document["checklists"])
