"""The phone tree (E02, 비상 연락망): one sheet in big type for the wall, with room to note each call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.reports.documents.flow import Flow
from app.reports.documents.letterhead import close_paper, open_paper
from app.reports.documents.page import PORTRAIT
from app.reports.documents.tables import FOR_HAND, Align, Column, Columns, Style, filling, table
from app.reports.rules.phone_tree import PhoneTreeFacts

TEMPLATE_VERSION = "E02-1"

_C = Align.CENTRE
_SIZES = (
    (6, Style(size=15.0, leading=20.0, pad=6.0)),
    (9, Style(size=11.0, leading=15.0, pad=3.0)),
    (99, Style(size=9.5, leading=12.5, pad=1.8)),
)
"""So many calls fit on one sheet in this type; a longer list is set smaller."""
_PLAIN = Style(size=10.5, leading=14.0, pad=3.0)
_HOTLINES = Style(size=10.5, leading=13.0, pad=2.4)
_SAY = "① 누가(직원 이름)  ② 어디로 갔는지(화면의 «외근»에서 확인)  ③ 나간 때와 돌아올 때  ④ 마지막으로 들은 말"
_RULE = "위에서부터 차례로 겁니다. 3번 걸어 받지 않으면 바로 다음 줄로 갑니다. 위험해 보이면 차례와 상관없이 112에 먼저 겁니다."


def draw(facts: PhoneTreeFacts) -> bytes:
    """The sheet as a PDF, A4 upright."""
    flow = open_paper(facts.letterhead, PORTRAIT)
    flow.chapter("언제")
    _table(flow, _pairs(flow), (_alarm(facts, at) for at in range(len(facts.alarms))), _PLAIN)
    flow.chapter("거는 차례")
    flow.note(_RULE)
    _calls(flow, facts)
    flow.chapter("전할 말")
    _table(flow, filling(flow, Column("", 1)), [(_SAY,)], _PLAIN)
    flow.chapter("공공 번호")
    number = Column("", 24, _C, label=True)
    lines = ((each.number, f"{each.name}: {each.use}") for each in facts.hotlines)
    _table(flow, filling(flow, number, Column("", 120)), lines, _HOTLINES)
    return close_paper(flow, facts, subject=facts.centre)


def _pairs(flow: Flow) -> Columns:
    return filling(flow, Column("", 50, _C, label=True), Column("", 110))


def _alarm(facts: PhoneTreeFacts, at: int) -> tuple[str, str]:
    alarm = facts.alarms[at]
    return f"돌아올 때 + {alarm.minutes}분", alarm.what


def _calls(flow: Flow, facts: PhoneTreeFacts) -> None:
    """Whom to call, one below the other, with room to note the call; the last row is for somebody written in."""
    columns = filling(
        flow, Column("순", 10, _C, label=True), Column("누구", 52, bold=True, empty=FOR_HAND),
        Column("전화", 50, _C, bold=True, empty=FOR_HAND), Column("건 시각 · 결과", 51, _C, empty=FOR_HAND),
    )  # fmt: skip
    style = next(style for most, style in _SIZES if len(facts.contacts) <= most or most == _SIZES[-1][0])
    with table(flow, columns, style) as calls:
        for at, (title, phone) in enumerate(_turns(facts), start=1):
            calls.row((str(at), title, phone, ""))


def _turns(facts: PhoneTreeFacts) -> Iterator[tuple[str, str]]:
    yield from ((each.title, each.phone) for each in facts.contacts)
    yield ("", "")


def _table(flow: Flow, columns: Columns, rows: Iterator[Sequence[str]] | list[tuple[str]], style: Style) -> None:
    with table(flow, columns, style, headed=False) as opened:
        for row in rows:
            opened.row(row)
