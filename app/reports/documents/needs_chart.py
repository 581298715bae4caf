"""First and latest survey of needs on paper: the geometry that pages draw as SVG, in black and grey."""

from __future__ import annotations

from reportlab.graphics.shapes import Circle, Drawing, Line
from reportlab.lib.colors import Color, black, white

from app.needs.rules import Comparison, lay_out
from app.needs.rules.compare_chart import Mark, Stroke
from app.reports.documents import fonts
from app.reports.documents.lettering import set_word

_LETTER = 8.5
_PALE = Color(0.82, 0.82, 0.82)
_GREY = Color(0.6, 0.6, 0.6)
_PENS: dict[str, tuple[Color, float, list[float]]] = {
    "grid": (_GREY, 0.4, [1, 2]),
    "rule": (_PALE, 0.4, []),
    "way": (black, 1.2, []),
}


def needs_drawing(found: Comparison, *, width: float) -> Drawing:
    """The comparison in `width` points; each row says in words how its domain went."""
    chart = lay_out(found, width=width, size=_LETTER)
    drawing = Drawing(width, chart.height, initialFontName=fonts.regular().name)
    for stroke in chart.strokes:
        drawing.add(_line(stroke, chart.height))
    for mark in chart.marks:
        drawing.add(_circle(mark, chart.height))
    for word in chart.words:
        drawing.add(set_word(word, size=_LETTER, height=chart.height))
    return drawing


def _line(stroke: Stroke, height: float) -> Line:
    colour, width, dashes = _PENS[stroke.kind]
    line = Line(stroke.x1, height - stroke.y1, stroke.x2, height - stroke.y2, strokeColor=colour, strokeWidth=width)
    line.strokeDashArray = dashes
    return line


def _circle(mark: Mark, height: float) -> Circle:
    fill = white if mark.kind == "ring" else black
    return Circle(mark.x, height - mark.y, mark.radius, fillColor=fill, strokeColor=black, strokeWidth=0.8)
