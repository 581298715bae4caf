"""Where everything in a chart of readings stands: pure geometry, drawn alike on a page and on paper.

Lengths are in whatever unit `width`, `height` and `size` (of the type) are given in; y grows downwards. Nothing rests
on colour: lines differ in their dashes and marks, an alarming value is a triangle, what was not measured a cross.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from math import ceil, floor, log10

from app.core.clock import korean_time
from app.core.lettering import Word, about_as_wide
from app.visits.rules.trend_reaches import Reach
from app.visits.rules.trends import ALARMING, Taking, Trend

MOST_MARKS = 40
"""Beyond so many readings only the alarming ones and the last are marked."""
_LEVEL_AS_DAYS = timedelta(days=330)
Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points. Kinds: axis, grid, limit (dotted), first (drawn through), second (dashed)."""

    kind: str
    points: Points


@dataclass(frozen=True, slots=True)
class Mark:
    """Kinds: dot, ring (of the second line), alarm (a triangle), miss (a cross)."""

    kind: str
    x: float
    y: float
    says: str = ""


@dataclass(frozen=True, slots=True)
class Shade:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn, from the ground upwards."""

    width: float
    height: float
    size: float
    shades: tuple[Shade, ...]
    strokes: tuple[Stroke, ...]
    marks: tuple[Mark, ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Axes:
    trend: Trend
    size: float
    left: float
    right: float
    top: float
    bottom: float
    ticks: tuple[float, ...]

    def x(self, at: datetime) -> float:
        first, last = self.trend.takings[0].at, self.trend.takings[-1].at
        span = (last - first).total_seconds()
        share = (at - first).total_seconds() / span if span else 0.5
        return self.left + (self.right - self.left) * share

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom - (self.bottom - self.top) * (min(max(value, low), high) - low) / (high - low)

    def shows(self, value: float | None) -> bool:
        return value is not None and self.ticks[0] < value < self.ticks[-1]


def lay_out(trend: Trend, *, width: float, height: float, size: float) -> Chart:
    """The chart of a trend in `width` by `height`, with letters of `size`. A trend has at least one number."""
    ticks = _ticks_of(trend)
    texts = [trend.amount(value) for taking in trend.measured for value in taking.values]
    axes = _Axes(
        trend,
        size,
        left=size * (0.6 * max(len(_tick(tick)) for tick in ticks) + 0.8),
        right=width - size * (0.62 * max(map(len, texts)) + 0.9),
        top=size * 2.2,
        bottom=height - size * 1.9,
        ticks=ticks,
    )
    return Chart(
        width, height, size,
        tuple(_shades(axes)),
        (*_grid(axes), *_limits(axes), *_lines(axes)),
        (*_marks(axes), *_misses(axes), *_legend_marks(axes)),
        (*_tick_words(axes), *_day_words(axes), *_limit_words(axes), *_last_words(axes), *_legend_words(axes)),
    )  # fmt: skip


def round_ticks(low: float, high: float) -> tuple[float, ...]:
    """Three to seven round values that enclose all from `low` to `high`; one value alone lies amid them."""
    if low == high:
        low, high = max(low - 1, 0.0), high + 1
    step = _round_step(max(high - low, abs(high) * 0.001, 0.1) / 4)
    first, last = floor(low / step), ceil(high / step)
    return tuple(round(at * step, 6) for at in range(first, max(last, first + 2) + 1))


def _round_step(rough: float) -> float:
    magnitude = 10.0 ** floor(log10(rough))
    return next(size * magnitude for size in (1, 2, 5, 10) if size * magnitude >= rough * 0.999)


def _ticks_of(trend: Trend) -> tuple[float, ...]:
    """Round values around all readings, around as much as the kind always shows, and around limits that lie near."""
    values = [value for taking in trend.measured for value in taking.values]
    low, high = min(values), max(values)
    short = max(trend.least_span - (high - low), 0.0) / 2
    low, high = max(low - short, 0.0), high + short
    near = [edge for edge in _edges(trend) if low - (high - low) / 2 <= edge <= high + (high - low) / 2]
    return round_ticks(min(low, *near, high), max(high, *near, low))


def _edges(trend: Trend) -> Iterator[float]:
    """Where a number begins to alarm."""
    for _line, reaches in groupby(trend.reaches, key=lambda reach: reach.line):
        for below, above in pairwise(reaches):
            if (below.tone in ALARMING) is not (above.tone in ALARMING) and above.low is not None:
                yield above.low


def _shades(axes: _Axes) -> Iterator[Shade]:
    for reach in axes.trend.reaches:
        low = axes.ticks[0] if reach.low is None else reach.low
        high = axes.ticks[-1] if reach.high is None else reach.high
        top, bottom = axes.y(high), axes.y(low)
        if reach.tone == "ok" and bottom > top:
            yield Shade(axes.left, top, axes.right - axes.left, bottom - top)


def _grid(axes: _Axes) -> Iterator[Stroke]:
    for tick in axes.ticks:
        yield Stroke("grid", ((axes.left, axes.y(tick)), (axes.right, axes.y(tick))))
    yield Stroke("axis", ((axes.left, axes.top), (axes.left, axes.bottom), (axes.right, axes.bottom)))


def _limits(axes: _Axes) -> Iterator[Stroke]:
    for edge in sorted(set(filter(axes.shows, _edges(axes.trend)))):
        yield Stroke("limit", ((axes.left, axes.y(edge)), (axes.right, axes.y(edge))))


def _limit_words(axes: _Axes) -> Iterator[Word]:
    """The number of each limit, where no tick says it already."""
    for edge in sorted(set(filter(axes.shows, _edges(axes.trend))) - set(axes.ticks)):
        yield Word(axes.left + axes.size * 0.3, axes.y(edge) - axes.size * 0.25, _tick(edge))


def _lines(axes: _Axes) -> Iterator[Stroke]:
    """Each line through what was measured, broken where it was not."""
    for line, kind in zip(range(len(axes.trend.names)), ("first", "second"), strict=False):
        for is_measured, run in groupby(axes.trend.takings, key=lambda taking: bool(taking.values)):
            points = [(axes.x(taking.at), axes.y(taking.values[line])) for taking in run if is_measured]
            if len(points) > 1:
                yield Stroke(kind, tuple(points))


def _marks(axes: _Axes) -> Iterator[Mark]:
    measured = axes.trend.measured
    for taking in measured:
        if len(measured) <= MOST_MARKS or taking.is_alarming or taking is measured[-1]:
            says = _says(axes.trend, taking)
            for line, value in enumerate(taking.values):
                kind = "ring" if line else "alarm" if taking.is_alarming else "dot"
                yield Mark(kind, axes.x(taking.at), axes.y(value), says)


def _says(trend: Trend, taking: Taking) -> str:
    day = korean_time(taking.at)
    parts = (f"{day.year}. {day.month}. {day.day}.", trend.shown(taking), taking.word, taking.says)
    return " ".join(dict.fromkeys(part for part in parts if part))


def _misses(axes: _Axes) -> Iterator[Mark]:
    """A cross on the ground for what was not measured; at the top where the meter said HI."""
    for taking in axes.trend.takings:
        if not taking.values:
            y = axes.top if taking.word == "HI" else axes.bottom
            yield Mark("miss", axes.x(taking.at), y, _says(axes.trend, taking))


def _tick(value: float) -> str:
    return f"{value:g}"


def _tick_words(axes: _Axes) -> Iterator[Word]:
    for tick in axes.ticks:
        yield Word(axes.left - axes.size * 0.4, axes.y(tick) + axes.size * 0.35, _tick(tick), "end")


def _day_words(axes: _Axes) -> Iterator[Word]:
    """The first day, the last, and as many between as there is room for."""
    first, last = axes.trend.takings[0].at, axes.trend.takings[-1].at
    y, span = axes.bottom + axes.size * 1.4, last - first
    if korean_time(first).date() == korean_time(last).date():
        yield Word((axes.left + axes.right) / 2, y, _day(first, timedelta()), "middle")
        return
    gaps = min(max(int((axes.right - axes.left) / (axes.size * 7.5)), 1), 5, max(span.days, 1))
    for place in range(gaps + 1):
        anchor = "start" if place == 0 else "end" if place == gaps else "middle"
        yield Word(
            axes.left + (axes.right - axes.left) * place / gaps, y, _day(first + span * place / gaps, span), anchor
        )


def _day(at: datetime, span: timedelta) -> str:
    day = korean_time(at)
    return f"{day.month}월 {day.day}일" if span < _LEVEL_AS_DAYS else f"{day:%y}년 {day.month}월"


def _last_words(axes: _Axes) -> Iterator[Word]:
    """The last number of each line at the right, pushed apart where they would lie on each other."""
    last = axes.trend.measured[-1]
    x, below = axes.right + axes.size * 0.6, axes.bottom + axes.size
    for value in sorted(last.values):
        y = min(axes.y(value) + axes.size * 0.35, below - axes.size * 1.05)
        yield Word(x, y, axes.trend.amount(value), is_strong=True)
        below = y


def _legend(trend: Trend) -> list[tuple[str, str]]:
    """Marks and what they mean; a mark that does not occur is not explained."""
    pairs = list(zip(("dot", "ring"), trend.names, strict=False)) if len(trend.names) > 1 else []
    alarms = [("alarm", "경고·위험")] if any(taking.is_alarming for taking in trend.measured) else []
    misses = [("miss", "재지 못함")] if len(trend.measured) < len(trend.takings) else []
    return [*pairs, *alarms, *misses]


def _legend_places(axes: _Axes) -> Iterator[tuple[float, str, str]]:
    x = axes.left + about_as_wide(f"({axes.trend.unit})", axes.size) + axes.size * 1.2
    for kind, text in _legend(axes.trend):
        yield x, kind, text
        x += about_as_wide(text, axes.size) + axes.size * 2.2


def _legend_marks(axes: _Axes) -> Iterator[Mark]:
    return (Mark(kind, x, axes.size * 0.75) for x, kind, _text in _legend_places(axes))


def _legend_words(axes: _Axes) -> Iterable[Word]:
    yield Word(axes.left, axes.size * 1.1, f"({axes.trend.unit})")
    for x, _kind, text in _legend_places(axes):
        yield Word(x + axes.size * 0.7, axes.size * 1.1, text)


def summary(trend: Trend, takings: Sequence[Taking] = ()) -> str:
    """A trend in a sentence, for those who do not see the chart: how often, from what to what, the last with its word."""
    shown = trend.measured or takings
    last, count = shown[-1], len(shown)
    spread = " · ".join(_spread(trend, line) for line in range(len(trend.names))) if count > 1 else ""
    parts = (f"{trend.title} {count}번 측정.", f"{spread}." if spread else "", f"마지막 {_says(trend, last)}.")
    return " ".join(part for part in parts if part)


def _spread(trend: Trend, line: int) -> str:
    values = [taking.values[line] for taking in trend.measured]
    name = f"{trend.names[line]} " if len(trend.names) > 1 else ""
    return f"{name}{trend.amount(min(values))}~{trend.amount(max(values))}{trend.unit}"


def ground_words(trend: Trend) -> str:
    """What the grey ground and the dotted lines of its chart mean; empty where the table says nothing of the kind."""
    usual = [reach for reach in trend.reaches if reach.tone == "ok"]
    if not usual:
        return ""
    several = len(trend.names) > 1
    spans = [f"{trend.names[reach.line] + ' ' if several else ''}{_span(trend, reach)}" for reach in usual]
    dotted = " 점선부터는 경고 범위입니다." if any(_edges(trend)) else ""
    return f"회색 바탕은 {', '.join(spans)}.{dotted}"


def _span(trend: Trend, reach: Reach) -> str:
    low = f"{trend.amount(reach.low)} 이상" if reach.low is not None else ""
    high = f"{trend.amount(reach.high)} 미만" if reach.high is not None else ""
    return f"{low} {high}".strip() + f"({reach.label.partition('(')[0].strip()})"
