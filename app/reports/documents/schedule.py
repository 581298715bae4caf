"""The day's visiting schedule (F10, 오늘의 방문 일정표): one door after another, with room to write at each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.reports.documents.flow import Flow
from app.reports.documents.letterhead import close_paper, open_paper
from app.reports.documents.page import PORTRAIT
from app.reports.documents.tables import FOR_HAND, Align, Column, Columns, Style, filling, form, table
from app.reports.rules.schedule import ScheduleFacts, ScheduleRow
from app.reports.rules.wording import NONE, UNKNOWN, day_of_week, listed

TEMPLATE_VERSION = "F10-2"

_C = Align.CENTRE
_DOOR = Style(size=8.5, leading=12.0, pad=2.4)
_LABELS = ("주소", "찾는 법", "안전", "사유", "지난 방문")
_RESULTS = ("□ 대면    □ 부재    □ 전화", "시각          :", "메모")
_NO_TIME = "-"
_STRIP = (
    Column("순번", 9, _C, label=True),
    Column("시간", 13, _C, empty=FOR_HAND),
    Column("대표자", 23, _C, bold=True, empty=FOR_HAND),
    Column("나이 · 가구 유형", 30, _C, empty=FOR_HAND),
    Column("관리번호", 24, _C, empty=FOR_HAND),
    Column("전화", 27, _C, empty=FOR_HAND),
    Column("결과", 50, empty=FOR_HAND, open_below=True),
)
_LABEL = Column("", 22, _C, label=True)
_SAFETY = _LABELS.index("안전")

Door = Iterator[tuple[Sequence[str], Columns]]


def draw(facts: ScheduleFacts) -> bytes:
    """The schedule as a PDF, A4 upright. Without rows it is the blank form."""
    flow = open_paper(facts.letterhead, PORTRAIT)
    _overview(flow, facts)
    flow.chapter("방문할 곳")
    strip = filling(flow, *_STRIP)
    with table(flow, strip, _DOOR) as doors:
        for at, row in enumerate(facts.rows, start=1):
            doors.record(_door(flow, strip, _head(at, row), _values(row)))
        for at in range(len(facts.rows), len(facts.rows) + facts.blank_rows):
            blank = (str(at + 1), *[FOR_HAND] * 5)
            doors.record(_door(flow, strip, blank, [FOR_HAND] * len(_LABELS)))
    return close_paper(flow, facts, subject=f"{day_of_week(facts.day)} {facts.visitor}")


def _overview(flow: Flow, facts: ScheduleFacts) -> None:
    flow.chapter("개요")
    columns = filling(flow, *(Column("", 2, _C, label=True), Column("", 3, _C, empty=FOR_HAND)) * 3)
    flagged = sum(1 for row in facts.rows if row.safety)
    counts = (f"{len(facts.rows)}곳", f"{flagged}곳") if facts.rows else (FOR_HAND, FOR_HAND)
    who = ("방문일", day_of_week(facts.day), "방문자", facts.visitor, "직무", facts.role)
    how_many = ("방문할 곳", counts[0], "안전 표시", counts[1], "동행자", FOR_HAND)
    form(flow, columns, [who, how_many])


def _door(flow: Flow, strip: Columns, head: Sequence[str], values: Sequence[str]) -> Door:
    """One door: who, then a line each of what to know, and beside them a space to write in."""
    yield (*head, _RESULTS[0]), strip
    last = len(_LABELS) - 1
    for at, (label, value) in enumerate(zip(_LABELS, values, strict=True)):
        beside = Column("", 50, empty=FOR_HAND, open_below=at < last)
        prompt = _RESULTS[at + 1] if at + 1 < len(_RESULTS) else FOR_HAND
        said = Column("", 104, bold=at == _SAFETY and value != NONE, empty=FOR_HAND)
        yield (label, value, prompt), filling(flow, _LABEL, said, beside)


def _head(at: int, row: ScheduleRow) -> tuple[str, ...]:
    person = " · ".join(filter(None, (row.age, row.household_type))) or UNKNOWN
    return (str(at), row.planned or _NO_TIME, row.name, person, row.number, row.phone or UNKNOWN)


def _values(row: ScheduleRow) -> tuple[str, ...]:
    return (
        row.address or UNKNOWN,
        row.approach or NONE,
        listed(row.safety),
        row.because or UNKNOWN,
        row.previous or NONE,
    )
