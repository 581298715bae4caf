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
_BIG = Style(size=15.0, leading=20.0, pad=6.0)
_PLAIN = Style(size=11.0, leading=15.0, pad=3.5)
_SAY = (
    "① 누가(직원 이름)  ② 어디로 갔는지(가구 주소는 화면의 «외근» 또는 센터에서 확인)  ③ 나간 때와 돌아올 때  "
    "④ 마지막으로 들은 말"
)
_RULE = "위에서부터 차례로 겁니다. 3번 걸어 받지 않으면 바로 다음 줄로 갑니다. 위험해 보이면 차례와 상관없이 112에 먼저 겁니다."
_RESULT = "받음 □   안 받음 □"


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
    _table(flow, filling(flow, number, Column("", 120)), lines, _PLAIN)
    return close_paper(flow, facts, subject=facts.centre)


def _pairs(flow: Flow) -> Columns:
    return filling(flow, Column("", 50, _C, label=True), Column("", 110))


def _alarm(facts: PhoneTreeFacts, at: int) -> tuple[str, str]:
    alarm = facts.alarms[at]
    return f"돌아올 때 + {alarm.minutes}분", alarm.what


def _calls(flow: Flow, facts: PhoneTreeFacts) -> None:
    """Whom to call, one below the other; two empty rows where somebody may be written in."""
    columns = filling(
        flow, Column("차례", 11, _C, label=True), Column("누구", 50, bold=True, empty=FOR_HAND),
        Column("전화", 48, _C, bold=True, empty=FOR_HAND), Column("건 시각", 22, _C, empty=FOR_HAND),
        Column("결과", 32, _C),
    )  # fmt: skip
    small = Column("결과", columns[-1].width, _C)
    with table(flow, columns, _BIG) as calls:
        for at, (title, phone) in enumerate(_turns(facts), start=1):
            calls.row((str(at), title, phone, "", _RESULT), (*columns[:-1], small))


def _turns(facts: PhoneTreeFacts) -> Iterator[tuple[str, str]]:
    yield from ((each.title, each.phone) for each in facts.contacts)
    yield ("", "")


def _table(flow: Flow, columns: Columns, rows: Iterator[Sequence[str]] | list[tuple[str]], style: Style) -> None:
    with table(flow, columns, style, headed=False) as opened:
        for row in rows:
            opened.row(row)
