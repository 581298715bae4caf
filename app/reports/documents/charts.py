"""Line charts over time that can be read without colour, as drawings for paper and page alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor, log10
from typing import Literal

from reportlab.graphics.shapes import Circle, Drawing, PolyLine, String
from reportlab.lib.colors import Color, black, white

from app.core.clock import korean_date
from app.reports.documents import fonts
from app.reports.rules.wording import figure

_GREY = Color(0.45, 0.45, 0.45)
_PALE = Color(0.86, 0.86, 0.86)
_SIZE = 7.0
_TITLE_SIZE = 8.0
_GAP = 16.0
_ROOM_FOR_TICKS = 22.0
_ROOM_FOR_LAST = 22.0
_ROOM_ABOVE = 20.0
_ROOM_BELOW = 13.0
_MOST_MARKS = 40
_WIDE = 150.0
_DASHES: Sequence[float] = (3, 2)
_DOTS: Sequence[float] = (1, 2)
_UNBROKEN: Sequence[float] = ()

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Series:
    """One measure over time, oldest first. Beyond `high` a value calls for attention; None draws no such line."""

    name: str
    points: tuple[tuple[datetime, float], ...]
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """One pair of axes. The first series is drawn in full with filled marks, others dashed with hollow ones."""

    title: str
    series: tuple[Series, ...]
    share: float = 1.0
    """Of the width, beside the other panels."""


def draw_panels(panels: Sequence[Panel], *, width: float, height: float) -> Drawing:
    """The panels side by side in one drawing of `width` by `height` points. Every series has a point."""
    drawing = Drawing(width, height, initialFontName=fonts.regular().name)
    wide = (width - _GAP * (len(panels) - 1)) / sum(panel.share for panel in panels)
    left = 0.0
    for panel in panels:
        _draw_panel(drawing, panel, left, wide * panel.share)
        left += wide * panel.share + _GAP
    return drawing


@dataclass(frozen=True, slots=True)
class _Axes:
    """Where moments and values lie in the drawing."""

    left: float
    right: float
    bottom: float
    top: float
    first: datetime
    last: datetime
    ticks: tuple[float, ...]

    def x(self, at: datetime) -> float:
        span = (self.last - self.first).total_seconds()
        share = (at - self.first).total_seconds() / span if span else 0.5
        return self.left + (self.right - self.left) * share

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom + (self.top - self.bottom) * (value - low) / (high - low)


def _draw_panel(drawing: Drawing, panel: Panel, left: float, width: float) -> None:
    axes = _axes(panel, left, width, drawing.height)
    _write(drawing, left, drawing.height - _TITLE_SIZE, panel.title, face=fonts.bold().name, size=_TITLE_SIZE)
    _legend(drawing, panel, left + width, drawing.height - _TITLE_SIZE)
    _grid(drawing, axes)
    for at, series in enumerate(panel.series):
        _high_line(drawing, axes, series)
        _trace(drawing, axes, series, hollow=at > 0)


def _axes(panel: Panel, left: float, width: float, height: float) -> _Axes:
    moments = [at for series in panel.series for at, _ in series.points]
    values = [value for series in panel.series for _, value in series.points]
    values += [series.high for series in panel.series if series.high is not None]
    return _Axes(
        left=left + _ROOM_FOR_TICKS,
        right=left + width - _ROOM_FOR_LAST,
        bottom=_ROOM_BELOW,
        top=height - _ROOM_ABOVE,
        first=min(moments),
        last=max(moments),
        ticks=_ticks(min(values), max(values)),
    )


def _ticks(low: float, high: float) -> tuple[float, ...]:
    """Three to seven round values that enclose all from `low` to `high`; one value alone lies amid them."""
    if low == high:
        low, high = max(low - 1, 0.0), high + 1
    step = _round_step(max(high - low, abs(high) * 0.04, 1.0) / 4)
    first, last = floor(low / step), ceil(high / step)
    return tuple(round(at * step, 6) for at in range(first, max(last, first + 2) + 1))


def _round_step(rough: float) -> float:
    magnitude = 10.0 ** floor(log10(rough))
    return next(size * magnitude for size in (1, 2, 5, 10) if size * magnitude >= rough)


def _grid(drawing: Drawing, axes: _Axes) -> None:
    for tick in axes.ticks:
        y = axes.y(tick)
        _line(drawing, (axes.left, y, axes.right, y), _PALE, 0.4)
        _write(drawing, axes.left - 4, y - _SIZE * 0.35, figure(tick), anchor="end")
    corner = (axes.left, axes.top, axes.left, axes.bottom, axes.right, axes.bottom)
    _line(drawing, corner, black, 0.5)
    _days(drawing, axes)


def _days(drawing: Drawing, axes: _Axes) -> None:
    """The first and the last day, and the middle one where there is room for it."""
    span = axes.last - axes.first
    days: list[tuple[datetime, Anchor]] = [(axes.first, "start"), (axes.last, "end")]
    if axes.right - axes.left > _WIDE:
        days.append((axes.first + span / 2, "middle"))
    if not span:
        days = [(axes.first, "middle")]
    for at, anchor in days:
        on = korean_date(at)
        _write(drawing, axes.x(at), 2, f"{on:%y}. {on.month}. {on.day}.", anchor=anchor)


def _high_line(drawing: Drawing, axes: _Axes, series: Series) -> None:
    if series.high is not None:
        y = axes.y(series.high)
        _line(drawing, (axes.left, y, axes.right, y), _GREY, 0.5, _DOTS)


def _trace(drawing: Drawing, axes: _Axes, series: Series, *, hollow: bool) -> None:
    points = [(axes.x(at), axes.y(value)) for at, value in series.points]
    if len(points) > 1:
        flat = [each for point in points for each in point]
        _line(drawing, flat, black, 0.9, _DASHES if hollow else _UNBROKEN)
    for x, y in points if len(points) <= _MOST_MARKS else points[-1:]:
        _mark(drawing, x, y, hollow=hollow)
    x, y = points[-1]
    _write(drawing, x + 4, y - _SIZE * 0.35, figure(series.points[-1][1]), face=fonts.bold().name)


def _line(drawing: Drawing, points: Sequence[float], colour: Color, width: float, dashes: Sequence[float] = ()) -> None:
    """A line through points given as x, y, x, y … An open one: a closed line would fill its own gaps."""
    line = PolyLine(list(points), strokeColor=colour, strokeWidth=width, strokeLineJoin=1)
    line.strokeDashArray = dashes
    drawing.add(line)


def _mark(drawing: Drawing, x: float, y: float, *, hollow: bool) -> None:
    fill = white if hollow else black
    drawing.add(Circle(x, y, 1.6, fillColor=fill, strokeColor=black, strokeWidth=0.7))


def _legend(drawing: Drawing, panel: Panel, right: float, y: float) -> None:
    """Which line is which, from the right, when there is more than one."""
    if len(panel.series) < 2:
        return
    for at in reversed(range(len(panel.series))):
        name = panel.series[at].name
        _write(drawing, right, y, name, anchor="end")
        end = right - fonts.regular().width(name) * _SIZE - 4
        _line(drawing, (end - 18, y + 2.5, end, y + 2.5), black, 0.9, _DASHES if at else _UNBROKEN)
        _mark(drawing, end - 9, y + 2.5, hollow=at > 0)
        right = end - 26


def _write(
    drawing: Drawing, x: float, y: float, text: str, *, anchor: Anchor = "start", face: str = "", size: float = _SIZE
) -> None:
    _ = fonts.bold().width(text), fonts.regular().width(text)  # teaches both faces what they lack
    drawing.add(String(x, y, text, fontName=face or fonts.regular().name, fontSize=size, textAnchor=anchor))
