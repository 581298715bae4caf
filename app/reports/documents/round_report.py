"""발굴 처리현황 (R02): a round by centre and by worker, and how what was left grew less."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import Color, black

from app.reports.documents import fonts
from app.reports.documents.counted import put_counts
from app.reports.documents.flow import Flow
from app.reports.documents.letterhead import close_paper, open_paper
from app.reports.documents.page import LANDSCAPE
from app.reports.documents.tables import Align, Column, filling, form
from app.reports.rules.round_report import LeftFacts, RoundReportFacts
from app.reports.rules.wording import day, span

TEMPLATE_VERSION = "R02-2"

_C = Align.CENTRE
_HEIGHT, _FOOT, _HEAD = 96.0, 14.0, 12.0
_BAR = Color(0.55, 0.55, 0.55)
_LAST = 14.0
"""Room to the right for the words of the last bar."""
_SAID_EVERY = 7
"""Days between two bars that carry their number."""


def draw(facts: RoundReportFacts) -> bytes:
    """The report as a PDF, A4 across."""
    flow = open_paper(facts.letterhead, LANDSCAPE)
    _overview(flow, facts)
    for counted in facts.tables:
        put_counts(flow, counted)
    flow.chapter("남은 건 (그날이 끝났을 때)")
    if facts.left:
        flow.drawing(_burn_down(facts.left, flow.sheet.body))
    else:
        flow.note("아직 시작하지 않은 차수입니다.")
    return close_paper(flow, facts, subject=facts.title)


def _overview(flow: Flow, facts: RoundReportFacts) -> None:
    flow.chapter("개요")
    columns = filling(flow, *(Column("", 2, _C, label=True), Column("", 4, _C)) * 4)
    window = span(facts.opens_on, facts.closes_on)
    form(flow, columns, [("차수", facts.title, "경로", facts.source, "기간", window, "기준일", day(facts.as_of))])


def _burn_down(left: Sequence[LeftFacts], width: float) -> Drawing:
    """A bar a day; the first, each seventh and the last say their day and number."""
    drawing = Drawing(width, _HEIGHT, initialFontName=fonts.regular().name)
    step = (width - _LAST) / max(len(left), 28)
    most = max(each.left for each in left) or 1
    for at, each in enumerate(left):
        height = (_HEIGHT - _FOOT - _HEAD) * each.left / most
        x = at * step
        drawing.add(_bar(x, step * 0.7, height))
        if at == len(left) - 1 or (at % _SAID_EVERY == 0 and len(left) - 1 - at >= _SAID_EVERY // 2):
            drawing.add(_text(x, _FOOT + height + 2, f"{each.left:,}"))
            drawing.add(_text(x, 4, f"{each.on.month}. {each.on.day}."))
    drawing.add(Line(0, _FOOT, width, _FOOT, strokeColor=black, strokeWidth=0.5))
    return drawing


def _bar(x: float, width: float, height: float) -> Rect:
    bar = Rect(x, _FOOT, width, height)
    bar.fillColor, bar.strokeColor = _BAR, None
    return bar


def _text(x: float, y: float, text: str) -> String:
    _ = fonts.regular().width(text)  # teaches the face what it lacks
    return String(x, y, text, fontName=fonts.regular().name, fontSize=7.5)
