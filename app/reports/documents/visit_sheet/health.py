"""The nurse's part of a sheet: what was measured, asked and done about it, and the note."""

from __future__ import annotations

from app.core.clock import korean_time
from app.reports.documents.flow import Flow
from app.reports.documents.tables import Align, Column, filling, form, ruled
from app.reports.documents.trends import trend_row
from app.reports.documents.visit_sheet.occasion import draw_noted
from app.reports.rules.visit_sheet import SheetFacts
from app.visits.rules.trend_chart import ground_words

_C = Align.CENTRE
_HINT = "※ 판정은 측정한 날의 기준에 따른 참고이며 진단이 아닙니다."


def draw_health(flow: Flow, sheet: SheetFacts, empty: str) -> None:
    """Vitals with their trend, alarms and what was done, the nursing note and medicines.

    Where nobody was met, what has nothing to say is left away: «해당 없음» would read as if it had been asked.
    """
    if sheet.nursing_withheld:
        flow.chapter("간호 기록")
        flow.note(f"※ {sheet.nursing_withheld}")
        return
    found_nobody = bool(sheet.absence)
    if sheet.vitals or not found_nobody:
        _vitals(flow, sheet)
    _trends(flow, sheet)
    draw_noted(flow, "증상 확인과 조치", sheet.alarms)
    if sheet.nursing_note.strip() or not found_nobody:
        draw_note(flow, "간호 기록", sheet.nursing_note, empty)
    draw_noted(flow, "복약 확인", sheet.medicines)


def draw_note(flow: Flow, title: str, note: str, empty: str) -> None:
    """A chapter of written text, over as many pages as it needs."""
    flow.chapter(title)
    form(flow, filling(flow, Column("", 1, empty=empty)), [(note,)])


def _vitals(flow: Flow, sheet: SheetFacts) -> None:
    flow.chapter("활력징후와 측정")
    columns = filling(
        flow,
        Column("대상", 26, _C),
        Column("항목", 34, _C),
        Column("값", 36, _C, bold=True),
        Column("측정 시각", 22, _C),
        Column("판정(참고)", 58, empty="-"),
    )
    lines = [
        (each.member, each.kind, each.value, f"{korean_time(each.measured_at):%H:%M}", each.judged)
        for each in sheet.vitals
    ]
    ruled(flow, columns, lines)
    if lines:
        flow.note(_HINT)


def _trends(flow: Flow, sheet: SheetFacts) -> None:
    grounds: dict[str, None] = {}
    for each in sheet.trends:
        flow.caption(f"○ 추이 {each.member}")
        flow.drawing(trend_row(each.trends, width=flow.sheet.body))
        grounds |= dict.fromkeys(f"※ {trend.title}: {ground_words(trend)}" for trend in each.trends if trend.reaches)
    for ground in grounds:
        flow.note(ground)
