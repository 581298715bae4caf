"""A trend tells what was measured and what was not, on the ground of the table of judgements."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from app.households.rules import Sex
from app.reports.rules.stored import _unpack
from app.visits.rules import (
    GlucoseContext,
    MeterFlag,
    NotMeasured,
    Reading,
    VitalKind,
    load_judgements,
)
from app.visits.rules.trend_chart import MOST_MARKS, ground_words, lay_out, round_ticks, summary
from app.visits.rules.trend_reaches import reaches_of
from app.visits.rules.trends import Measured, Trend, make_trend
from hypothesis import given
from hypothesis import strategies as st

TABLE = load_judgements(json.loads(Path("seed_data/vitals_judgements.json").read_text("utf-8")))
BEGAN = datetime(2026, 5, 4, 1, 0, tzinfo=UTC)


def pressure(days: int, systolic: int, diastolic: int, says: str = "", tone: str = "") -> Measured:
    reading = Reading(VitalKind.BLOOD_PRESSURE, systolic=Decimal(systolic), diastolic=Decimal(diastolic))
    return Measured(reading, BEGAN + timedelta(days=days), says, tone)


def one(kind: VitalKind, days: float, value: str, **changes: object) -> Measured:
    reading = replace(Reading(kind, value=Decimal(value)), **changes)  # type: ignore[arg-type]
    return Measured(reading, BEGAN + timedelta(days=days))


def refused(kind: VitalKind, days: int) -> Measured:
    return Measured(Reading(kind, not_measured=NotMeasured.REFUSED), BEGAN + timedelta(days=days))


def trend(kind: VitalKind, *visits: list[Measured], sex: Sex | None = None) -> Trend:
    made = make_trend(kind, visits, TABLE, sex=sex)
    assert made is not None
    return made


def chart(made: Trend, width: float = 420, height: float = 230, size: float = 13):
    return lay_out(made, width=width, height=height, size=size)


def test_blood_pressures_of_one_visit_are_one_point_their_mean() -> None:
    made = trend(VitalKind.BLOOD_PRESSURE, [pressure(0, 150, 90), pressure(0, 140, 86)], [pressure(30, 128, 78)])
    assert [taking.values for taking in made.takings] == [(145, 88), (128, 78)]
    assert made.takings[0].word == "2회 평균"
    assert made.takings[0].says == "고혈압 1기 범위"


def test_glucose_measured_again_keeps_both_numbers_and_when_was_eaten() -> None:
    low = one(VitalKind.GLUCOSE, 0, "62", context=GlucoseContext.FASTING)
    again = one(VitalKind.GLUCOSE, 0.01, "104", context=GlucoseContext.FASTING)
    made = trend(VitalKind.GLUCOSE, [low, again])
    assert [(taking.values, taking.word) for taking in made.takings] == [((62.0,), "공복"), ((104.0,), "공복")]


def test_what_was_not_measured_stands_in_it_with_its_reason() -> None:
    high = Measured(Reading(VitalKind.GLUCOSE, flag=MeterFlag.HI, context=GlucoseContext.RANDOM), BEGAN)
    made = trend(VitalKind.GLUCOSE, [high], [refused(VitalKind.GLUCOSE, 3)], [one(VitalKind.GLUCOSE, 9, "140")])
    assert [made.shown(taking) for taking in made.takings] == ["HI", "거부", "140"]


def test_nothing_measured_at_all_is_no_trend() -> None:
    assert make_trend(VitalKind.PULSE, [[refused(VitalKind.PULSE, 0)]], TABLE) is None
    assert make_trend(VitalKind.PULSE, [], TABLE) is None


def test_readings_are_told_oldest_first_however_they_come() -> None:
    made = trend(VitalKind.PULSE, [one(VitalKind.PULSE, 9, "70")], [one(VitalKind.PULSE, 1, "80")])
    assert [taking.values for taking in made.takings] == [(80.0,), (70.0,)]


@pytest.mark.parametrize(
    ("kind", "sex", "context", "usual"),
    [
        (VitalKind.BLOOD_PRESSURE, None, None, [(0, 90, 120), (1, None, 80)]),
        (VitalKind.PULSE, None, None, [(0, 51, 91)]),
        (VitalKind.GLUCOSE, None, None, [(0, 70, 300)]),
        (VitalKind.GLUCOSE, None, GlucoseContext.FASTING, [(0, 70, 100)]),
        (VitalKind.GLUCOSE, None, GlucoseContext.AFTER_MEAL_2H, [(0, 70, 140)]),
        (VitalKind.WAIST, Sex.FEMALE, None, [(0, None, 85)]),
        (VitalKind.WAIST, None, None, []),
        (VitalKind.WEIGHT, None, None, []),
    ],
)
def test_what_is_usual_is_read_off_the_table(kind, sex, context, usual) -> None:
    found = reaches_of(kind, TABLE, sex=sex, context=context)
    assert [(reach.line, reach.low, reach.high) for reach in found if reach.tone == "ok"] == usual


def test_the_ground_is_told_in_words_with_the_limits() -> None:
    made = trend(VitalKind.BLOOD_PRESSURE, [pressure(0, 128, 78)])
    assert ground_words(made) == (
        "회색 바탕은 수축기 90 이상 120 미만(정상혈압 범위), 이완기 80 미만(정상혈압 범위). 점선부터는 경고 범위입니다."
    )
    assert ground_words(trend(VitalKind.WEIGHT, [one(VitalKind.WEIGHT, 0, "52.4")])) == ""


def test_a_gap_breaks_the_line_and_is_marked() -> None:
    visits = [[one(VitalKind.PULSE, day, "70")] for day in (0, 10)]
    made = trend(
        VitalKind.PULSE, *visits, [refused(VitalKind.PULSE, 20)], *[[one(VitalKind.PULSE, d, "72")] for d in (30, 40)]
    )
    drawn = chart(made)
    assert [len(stroke.points) for stroke in drawn.strokes if stroke.kind == "first"] == [2, 2]
    assert "재지 못함" in [word.text for word in drawn.words]
    assert [mark.says for mark in drawn.marks if mark.kind == "miss" and mark.says] == ["2026. 5. 24. 거부"]


def test_an_alarming_value_is_a_triangle_and_says_so_in_words() -> None:
    made = trend(VitalKind.BLOOD_PRESSURE, [pressure(0, 128, 78)], [pressure(9, 186, 104, "매우 높음", "danger")])
    drawn = chart(made)
    alarms = [mark for mark in drawn.marks if mark.kind == "alarm" and mark.says]
    assert [mark.says for mark in alarms] == ["2026. 5. 13. 186/104 매우 높음"]
    assert "경고·위험" in [word.text for word in drawn.words]


def test_the_last_values_are_written_at_the_right_and_never_over_each_other() -> None:
    made = trend(VitalKind.BLOOD_PRESSURE, [pressure(0, 128, 78)], [pressure(9, 92, 90)])
    last = [word for word in chart(made).words if word.is_strong]
    assert [word.text for word in last] == ["90", "92"]
    assert last[0].y - last[1].y >= 13
    assert all(word.x > 340 for word in last)


@pytest.mark.parametrize(
    ("days", "told"),
    [((0,), {"5월 4일"}), ((0, 30), {"5월 4일", "6월 3일"}), ((0, 400), {"26년 5월", "27년 6월"})],
)
def test_days_are_told_in_korean(days: tuple[int, ...], told: set[str]) -> None:
    made = trend(VitalKind.PULSE, *[[one(VitalKind.PULSE, day, "70")] for day in days])
    assert told <= {word.text for word in chart(made).words}


def test_one_reading_stands_in_the_middle() -> None:
    drawn = chart(trend(VitalKind.PULSE, [one(VitalKind.PULSE, 0, "70")]))
    [dot] = [mark for mark in drawn.marks if mark.kind == "dot"]
    axis = next(stroke for stroke in drawn.strokes if stroke.kind == "axis")
    assert dot.x == pytest.approx((axis.points[1][0] + axis.points[2][0]) / 2)
    assert axis.points[0][1] < dot.y < axis.points[1][1]


def test_two_hundred_readings_are_drawn_without_two_hundred_marks() -> None:
    made = trend(VitalKind.PULSE, *[[one(VitalKind.PULSE, day, str(60 + day % 20))] for day in range(200)])
    drawn = chart(made)
    assert [len(stroke.points) for stroke in drawn.strokes if stroke.kind == "first"] == [200]
    assert len(drawn.marks) < MOST_MARKS


def test_a_small_change_does_not_look_steep() -> None:
    made = trend(VitalKind.WEIGHT, [one(VitalKind.WEIGHT, 0, "52.4")], [one(VitalKind.WEIGHT, 9, "52.6")])
    line = next(stroke for stroke in chart(made).strokes if stroke.kind == "first")
    assert abs(line.points[0][1] - line.points[1][1]) < 230 * 0.1


def test_a_trend_told_in_a_sentence_names_the_spread_and_the_last() -> None:
    made = trend(VitalKind.BLOOD_PRESSURE, [pressure(0, 128, 78)], [pressure(9, 152, 88, "고혈압 1기 범위", "warn")])
    assert summary(made) == (
        "혈압 2번 측정. 수축기 128~152mmHg · 이완기 78~88mmHg. 마지막 2026. 5. 13. 152/88 고혈압 1기 범위."
    )


amounts = st.lists(
    st.tuples(st.integers(0, 3000), st.integers(10, 1000), st.booleans()), min_size=1, max_size=60
).filter(lambda taken: any(was_measured for _, _, was_measured in taken))


@given(amounts)
def test_everything_stays_inside_the_drawing(taken: list[tuple[int, int, bool]]) -> None:
    visits = [
        [one(VitalKind.GLUCOSE, day, str(value)) if was_measured else refused(VitalKind.GLUCOSE, day)]
        for day, value, was_measured in taken
    ]
    drawn = chart(trend(VitalKind.GLUCOSE, *visits))
    places = [point for stroke in drawn.strokes for point in stroke.points]
    places += [(mark.x, mark.y) for mark in drawn.marks] + [(word.x, word.y) for word in drawn.words]
    assert all(0 <= x <= 420 and 0 <= y <= 230 for x, y in places)


@given(st.floats(0, 1000), st.floats(0, 1000))
def test_the_marks_of_an_axis_enclose_every_value_and_are_few(first: float, second: float) -> None:
    low, high = sorted((first, second))
    ticks = round_ticks(low, high)
    assert ticks[0] <= low + 1e-6
    assert ticks[-1] >= high - 1e-6
    assert 3 <= len(ticks) <= 7


def test_a_trend_is_stored_and_read_again_as_it_was() -> None:
    made = trend(VitalKind.BLOOD_PRESSURE, [pressure(0, 128, 78)], [refused(VitalKind.BLOOD_PRESSURE, 9)])
    stored = json.loads(
        json.dumps(
            made,
            default=lambda value: (
                value.isoformat() if isinstance(value, datetime) else {n: getattr(value, n) for n in value.__slots__}
            ),
        )
    )
    assert _unpack(Trend, stored) == made
