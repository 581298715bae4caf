"""Charts of readings on paper: the geometry that pages draw as SVG, in black and grey."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.graphics.shapes import Circle, Drawing, Group, Polygon, PolyLine, Rect
from reportlab.lib.colors import Color, black, white

from app.core.lettering import Word
from app.reports.documents import fonts
from app.reports.documents.lettering import set_word
from app.visits.rules.trend_chart import Chart, Mark, Shade, Stroke, lay_out
from app.visits.rules.trends import Trend

_LETTER = 7.0
_TITLE = 8.5
_GAP = 14.0
_GROUND = Color(0.93, 0.93, 0.93)
_GREY = Color(0.45, 0.45, 0.45)
_PALE = Color(0.82, 0.82, 0.82)
_PENS: dict[str, tuple[Color, float, Sequence[float]]] = {
    "grid": (_PALE, 0.4, ()),
    "axis": (black, 0.5, ()),
    "limit": (_GREY, 0.6, (1, 2)),
    "first": (black, 0.9, ()),
    "second": (black, 0.9, (3, 2)),
}
ROW_HEIGHT = 118.0
"""Points that a row of charts takes."""
PAIR_SHARE = 1.4
"""How much wider than the others a chart of two lines is."""


def trend_row(trends: Sequence[Trend], *, width: float, height: float = ROW_HEIGHT) -> Drawing:
    """The charts of at least one trend side by side, each below its name and its last value with the word for it."""
    drawing = Drawing(width, height, initialFontName=fonts.regular().name)
    shares = [PAIR_SHARE if len(trend.names) > 1 else 1.0 for trend in trends]
    room = min((width - _GAP * (len(trends) - 1)) / sum(shares), width / 2)
    left = 0.0
    for trend, share in zip(trends, shares, strict=True):
        _put(drawing, trend, left, room * share)
        left += room * share + _GAP
    return drawing


def _put(drawing: Drawing, trend: Trend, left: float, width: float) -> None:
    last = trend.measured[-1]
    title = _fitting(f"{trend.title} {trend.shown(last)}", f" {last.says}" if last.says else "", width)
    drawing.add(set_word(Word(left, _TITLE, title, is_strong=True), size=_TITLE, height=drawing.height))
    chart = lay_out(trend, width=width, height=drawing.height - _TITLE - 5, size=_LETTER)
    placed = Group(*_shapes(chart))
    placed.translate(left, 0)
    drawing.add(placed)


def _fitting(title: str, more: str, width: float) -> str:
    """The title with its word, or without where both do not fit: the table below says it."""
    return title + more if fonts.bold().width(title + more) * _TITLE <= width else title


def _shapes(chart: Chart) -> list[Any]:
    height = chart.height
    return [
        *(_shade(shade, height) for shade in chart.shades),
        *(_stroke(stroke, height) for stroke in chart.strokes),
        *(shape for mark in chart.marks for shape in _mark(mark, height)),
        *(set_word(word, size=chart.size, height=height) for word in chart.words),
    ]


def _shade(shade: Shade, height: float) -> Rect:
    bottom = height - shade.y - shade.height
    ground = Rect(shade.x, bottom, shade.width, shade.height)
    ground.fillColor, ground.strokeColor = _GROUND, None
    return ground


def _stroke(stroke: Stroke, height: float) -> PolyLine:
    """An open line: a closed one would fill its own gaps."""
    colour, width, dashes = _PENS[stroke.kind]
    flat = [each for x, y in stroke.points for each in (x, height - y)]
    line = PolyLine(flat, strokeColor=colour, strokeWidth=width, strokeLineJoin=1)
    line.strokeDashArray = dashes
    return line


def _mark(mark: Mark, height: float) -> list[Any]:
    x, y = mark.x, height - mark.y
    if mark.kind == "alarm":
        return [
            Polygon([x, y + 3, x + 2.8, y - 2, x - 2.8, y - 2], fillColor=black, strokeColor=white, strokeWidth=0.4)
        ]
    if mark.kind == "miss":
        arms = ((x - 2, y - 2, x + 2, y + 2), (x - 2, y + 2, x + 2, y - 2))
        return [PolyLine(list(arm), strokeColor=black, strokeWidth=0.8) for arm in arms]
    return [Circle(x, y, 1.6, fillColor=white if mark.kind == "ring" else black, strokeColor=black, strokeWidth=0.7)]
