"""The report of a restricted task (E03, 보호 조치 신고 기록): what was seen, to whom it was reported, what came of it."""

from __future__ import annotations

from datetime import datetime

from app.reports.documents.flow import Flow
from app.reports.documents.letterhead import close_paper, open_paper
from app.reports.documents.page import PORTRAIT
from app.reports.documents.tables import FOR_HAND, Align, Column, Columns, Style, filling, table
from app.reports.rules.protection_report import ProtectionReportFacts
from app.reports.rules.wording import UNKNOWN, moment

TEMPLATE_VERSION = "E03-1"

_C = Align.CENTRE
_STYLE = Style(size=10.0, leading=14.5, pad=4.0)
_LABEL = Column("", 30, _C, label=True)
_PROTECTED = (
    "신고자의 인적사항이나 신고자임을 알 수 있는 사실을 다른 사람에게 알려 주거나 공개해서는 안 됩니다. "
    "이 문서는 신고·의뢰와 그 처리에만 쓰고, 잠금장치가 있는 곳에 보관합니다."
)
_NOT_YET = "아직 적지 않음"


def draw(facts: ProtectionReportFacts) -> bytes:
    """The report as a PDF, A4 upright."""
    flow = open_paper(facts.letterhead, PORTRAIT)
    _about(flow, facts)
    _seen(flow, facts)
    _reported(flow, facts)
    _outcome(flow, facts)
    flow.note(_PROTECTED)
    return close_paper(flow, facts, subject=facts.number)


def _whole(flow: Flow, empty: str = UNKNOWN) -> Columns:
    return filling(flow, _LABEL, Column("", 146, empty=empty))


def _halves(flow: Flow) -> Columns:
    half = Column("", 58, empty=UNKNOWN)
    return filling(flow, _LABEL, half, _LABEL, half)


def _about(flow: Flow, facts: ProtectionReportFacts) -> None:
    flow.chapter("대상")
    with table(flow, _halves(flow), _STYLE, headed=False) as rows:
        rows.row(("구분", facts.kind, "관리번호", facts.number))
        rows.row(("대상자", facts.person or "가구 전체·모름", "성별", facts.sex))
        rows.row(("태어난 날", facts.born, "나이", facts.age))
        rows.row(("가구", facts.household, "전화", facts.phone))
        rows.row(("주소", facts.address), _whole(flow))


def _seen(flow: Flow, facts: ProtectionReportFacts) -> None:
    flow.chapter("보거나 들은 것")
    with table(flow, _whole(flow), _STYLE, headed=False) as rows:
        rows.row(("알게 된 때", f"{moment(facts.opened_at)} · {facts.opened_by}"))
        rows.row(("내용", facts.because))
        rows.row(("신고자", facts.reporter or facts.reporter_withheld))


def _reported(flow: Flow, facts: ProtectionReportFacts) -> None:
    flow.chapter("신고·의뢰")
    with table(flow, _whole(flow, _NOT_YET), _STYLE, headed=False) as rows:
        rows.row(("신고·의뢰한 곳", facts.reported_to))
        rows.row(("시각", _moment(facts.reported_at), "접수번호", facts.receipt_number), _halves(flow))
        rows.row(("받은 사람", ""), filling(flow, _LABEL, Column("", 146, empty=FOR_HAND)))


def _outcome(flow: Flow, facts: ProtectionReportFacts) -> None:
    flow.chapter("처리 결과")
    with table(flow, _whole(flow, _NOT_YET), _STYLE, headed=False) as rows:
        rows.row(("결과", facts.outcome))
        rows.row(("마친 때", _moment(facts.closed_at), "열린 시간", facts.open_for), _halves(flow))
        rows.row(("맡은 사람", ", ".join(facts.named)))


def _moment(at: datetime | None) -> str:
    return moment(at) if at else _NOT_YET
