"""The page hints what the server will say: the same bands, tried in the same way, over plain JSON."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from app.visits.rules import (
    GlucoseContext,
    Judgements,
    Measure,
    Reading,
    Symptom,
    VitalKind,
    as_hints,
    judge,
)
from hypothesis import given
from hypothesis import strategies as st


class Page(dict[str, Any]):
    """What arrives in the page; printed briefly when a test fails."""

    def __repr__(self) -> str:
        return f"Page of version {self['version']}"


@pytest.fixture(scope="module")
def page(judgements: Judgements) -> Page:
    return Page(json.loads(json.dumps(as_hints(judgements))))


def hint(page: Page, subject: str, amounts: dict[str, int], *, context: str | None, has_symptom: bool) -> str | None:
    """What a script that follows the documented reading of `bands` finds."""
    for band in page["bands"][subject]:
        held = [
            (bound["at_least"] is None or amounts[bound["of"]] >= bound["at_least"])
            and (bound["below"] is None or amounts[bound["of"]] < bound["below"])
            for bound in band["bounds"]
        ]
        fits = all(held) if band["match"] == "all" else any(held)
        concerns = not band["contexts"] or context in band["contexts"]
        if fits and concerns and (has_symptom or not band["needs_symptom"]):
            return str(band["code"])
    return None


@given(systolic=st.integers(40, 300), diastolic=st.integers(20, 200), has_symptom=st.booleans())
def test_the_page_and_the_server_agree_on_every_blood_pressure(
    judgements: Judgements, page: Page, systolic: int, diastolic: int, has_symptom: bool
) -> None:
    reading = Reading(VitalKind.BLOOD_PRESSURE, systolic=Decimal(systolic), diastolic=Decimal(diastolic))
    said = judge(reading, judgements, symptoms={Symptom.VISION} if has_symptom else ())
    amounts = {"systolic": systolic, "diastolic": diastolic}
    found = hint(page, "BLOOD_PRESSURE", amounts, context=None, has_symptom=has_symptom)
    assert found == (said.code if said else None)


@given(amount=st.integers(10, 1000), context=st.sampled_from(GlucoseContext), has_symptom=st.booleans())
def test_the_page_and_the_server_agree_on_every_glucose(
    judgements: Judgements, page: Page, amount: int, context: GlucoseContext, has_symptom: bool
) -> None:
    reading = Reading(VitalKind.GLUCOSE, value=Decimal(amount), context=context)
    said = judge(reading, judgements, symptoms={Symptom.HUNGER} if has_symptom else ())
    found = hint(page, "GLUCOSE", {"value": amount}, context=context.value, has_symptom=has_symptom)
    assert found == (said.code if said else None)


def test_the_page_gets_the_limits_of_every_measure(judgements: Judgements) -> None:
    limits: Any = as_hints(judgements)["limits"]
    assert set(limits) == {measure.value for measure in Measure}
    assert limits["TEMPERATURE"] == {
        "label": "체온",
        "unit": "℃",
        "field": "value",
        "refused_outside": [30, 43],
        "asked_outside": [35, 38.5],
        "decimals": 1,
        "slips": [0.1],
        "change": None,
    }
    assert (limits["WEIGHT"]["change"], limits["HEIGHT"]["change"]) == ({"share": 0.05}, {"by": 3})


def test_the_page_names_the_source_of_every_subject_it_judges(judgements: Judgements) -> None:
    hints: Any = as_hints(judgements)
    named = {source["subject"]: source["titles"] for source in hints["sources"]}
    assert set(named) == {"체질량지수" if subject == "BMI" else VitalKind(subject).label for subject in hints["bands"]}
    assert all(named.values())
    assert any("대한고혈압학회" in title for title in named["혈압"])


def test_the_page_gets_the_checklist_with_the_words_to_read_out(judgements: Judgements) -> None:
    bands: Any = as_hints(judgements)["bands"]
    severe = next(band for band in bands["BLOOD_PRESSURE"] if band["code"] == "BP_SEVERE")
    assert {"code": "CHEST_PAIN", "label": "가슴 통증"} in severe["checklist"]
    assert severe["action_label"] == "5분 뒤 다시 재고 증상 확인"
