from __future__ import annotations

from datetime import date

import pytest
from app.needs.rules import Comparison, DomainTurn, NeedLevel, lay_out
from hypothesis import given
from hypothesis import strategies as st

LEVELS = st.sampled_from(list(NeedLevel))
TURNS = st.builds(
    DomainTurn, st.text("가나다 라", min_size=1, max_size=10), st.none() | LEVELS, st.none() | LEVELS
).filter(lambda each: each.first is not None or each.latest is not None)
FOUND = st.builds(
    Comparison, st.just(date(2026, 11, 1)), st.lists(TURNS, min_size=1, max_size=12).map(tuple),
    st.sampled_from([None, date(2026, 1, 1)]),
)  # fmt: skip


@given(FOUND, st.sampled_from([(700.0, 15.0, False), (330.0, 15.0, True), (480.0, 8.0, False)]))
def test_nothing_stands_outside_and_every_domain_has_its_words(
    found: Comparison, size: tuple[float, float, bool]
) -> None:
    chart = lay_out(found, width=size[0], size=size[1], is_stacked=size[2])
    for mark in chart.marks:
        assert mark.radius <= mark.x <= chart.width - mark.radius
        assert 0 < mark.y < chart.height
    assert all(0 <= word.x <= chart.width and 0 < word.y <= chart.height for word in chart.words)
    said = [word.text for word in chart.words]
    assert all(each.label in said for each in found.domains)


def test_a_graver_level_stands_further_right_and_the_way_leads_from_first_to_latest() -> None:
    found = Comparison(
        date(2026, 11, 1), (DomainTurn("안전", NeedLevel.URGENT, NeedLevel.WATCH),), date(2026, 1, 1)
    )  # fmt: skip
    chart = lay_out(found, width=700, size=15)
    ring, dot = chart.marks[0], chart.marks[1]
    assert (ring.kind, dot.kind) == ("ring", "dot")
    assert ring.x > dot.x
    way = next(stroke for stroke in chart.strokes if stroke.kind == "way")
    assert (way.x1, way.x2) == (ring.x, dot.x)
    assert "긴급 → 관찰 나아짐" in [word.text for word in chart.words]
    assert "처음 2026. 1. 1." in [word.text for word in chart.words]


@pytest.mark.parametrize("stacked", [True, False])
def test_a_single_survey_has_dots_alone(stacked: bool) -> None:
    found = Comparison(date(2026, 11, 1), (DomainTurn("안전", None, NeedLevel.NEEDED),))
    chart = lay_out(found, width=330, size=15, is_stacked=stacked)
    assert {mark.kind for mark in chart.marks} == {"dot"}
    assert "필요" in [word.text for word in chart.words if word.anchor == "end"]
    assert "조사 2026. 11. 1." in [word.text for word in chart.words]
