"""The trend of vitals shows what was measured, on paper and on a page, to people who see it and who do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from app.reports.documents import svg
from app.reports.documents.charts import _ticks
from app.reports.documents.trends import vitals_trend
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.reports import papers

SVG = "{http://www.w3.org/2000/svg}"
READINGS = papers.full_case_report().vitals[0].readings


def element(readings=READINGS, ident="trend-1", title="혈압 추이", description="최근 13회"):
    drawn = svg.vitals_trend(readings, ident=ident, title=title, description=description, width=600, height=130)
    return ElementTree.fromstring(drawn)  # noqa: S314  (it is ours)


def words(root) -> list[str]:
    return [text.text for text in root.iter(f"{SVG}text")]


def test_the_chart_names_its_measures_their_units_and_the_last_values() -> None:
    shown = words(element())
    assert {"혈압 (mmHg)", "수축기", "이완기", "혈당 (mg/dL)", "체중 (kg)"} <= set(shown)
    assert {str(READINGS[-1].systolic), str(READINGS[-1].diastolic)} <= set(shown)


def test_the_chart_has_a_mark_for_every_value() -> None:
    legend = 2
    assert len(list(element().iter(f"{SVG}circle"))) == 4 * len(READINGS) + legend


def test_a_measure_taken_once_has_no_trend() -> None:
    once = [replace(READINGS[0], glucose=None), replace(READINGS[1], weight=None, glucose=None)]
    assert "혈당 (mg/dL)" not in words(element(once))
    assert "체중 (kg)" not in words(element(once))
    assert "혈압 (mmHg)" in words(element(once))


def test_nothing_measured_twice_gives_no_chart() -> None:
    assert vitals_trend(READINGS[:1], width=100, height=50) is None
    assert svg.vitals_trend((), ident="trend-1", title="추이", description="없음", width=100, height=50) == ""


def test_the_order_of_the_readings_does_not_matter() -> None:
    assert ElementTree.tostring(element(READINGS[::-1])) == ElementTree.tostring(element())


def test_a_page_may_show_two_charts_under_a_strict_security_policy() -> None:
    roots = [element(ident="trend-1"), element(ident="trend-2")]
    parts = [part for root in roots for part in root.iter()]
    assert not any("style" in part.attrib for part in parts)
    ids = [part.get("id") for part in parts if part.get("id")]
    assert len(ids) == len(set(ids))
    clips = {part.get("clip-path") for part in parts if part.get("clip-path")}
    assert clips == {"url(#trend-1-clip)", "url(#trend-2-clip)"}


def test_a_chart_is_read_out_as_one_image_with_a_title_and_a_description() -> None:
    root = element(title="김순자 <b>님", description='"혈압" & 혈당')
    assert root.get("role") == "img"
    labels = [root.find(f".//*[@id='{ident}']").text for ident in root.get("aria-labelledby").split()]
    assert labels == ["김순자 <b>님", '"혈압" & 혈당']


def test_all_readings_at_one_moment_stand_in_the_middle() -> None:
    same = [READINGS[0], replace(READINGS[1], measured_at=READINGS[0].measured_at)]
    lefts = {circle.get("cx") for circle in element(same).iter(f"{SVG}circle")}
    assert len(lefts) <= 3 + 2


def test_a_year_of_daily_readings_marks_only_the_last() -> None:
    daily = [replace(READINGS[0], measured_at=READINGS[0].measured_at + timedelta(days=day)) for day in range(365)]
    assert len(list(element(daily).iter(f"{SVG}circle"))) == 4 + 2


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (78, 161, (50, 100, 150, 200)),
        (52, 52, (51, 52, 53)),
        (0, 0, (0, 0.5, 1)),
        (36.5, 38.1, (36.5, 37, 37.5, 38, 38.5)),
    ],
)
def test_the_marks_of_an_axis_are_round(low: float, high: float, ticks: tuple[float, ...]) -> None:
    assert _ticks(low, high) == ticks


@given(st.floats(0, 1000), st.floats(0, 1000))
def test_the_marks_of_an_axis_enclose_every_value_and_are_few(one: float, other: float) -> None:
    low, high = sorted((one, other))
    ticks = _ticks(low, high)
    assert ticks[0] <= low + 1e-6
    assert ticks[-1] >= high - 1e-6
    assert 3 <= len(ticks) <= 7
