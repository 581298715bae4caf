"""The same forms with nothing on them, to be written on by hand: one page each."""

from __future__ import annotations

from app.reports.documents.flow import Flow
from app.reports.documents.tables import FOR_HAND, Align, Column, Columns, Style, filling, form, table
from app.reports.documents.visit_sheet.occasion import LABEL
from app.reports.documents.visit_sheet.told import SIGN_HERE
from app.reports.rules.visit_sheet import SheetForm

_C = Align.CENTRE
_STYLE = Style(size=9.0, leading=13.5, pad=3.6)
_LINE = " "
_MODES = "□ 대면  □ 부재  □ 통화  □ 무응답  □ 내방  □ 안내장"
_PURPOSES = "□ 복지  □ 방문간호  □ 안부확인  □ 공동방문"
_WHEN = "      년    월    일(    )     :     ~     :"
_NEXT = "      년    월    일(    )     :"
_VITALS = (
    ("혈압 (mmHg)", "          /          □ 왼팔 □ 오른팔"),
    ("맥박 (회/분)", ""),
    ("체온 (℃)", ""),
    ("산소포화도 (%)", ""),
    ("혈당 (mg/dL)", "          □ 공복 □ 식후 2시간 □ 무작위"),
    ("체중 (kg)", ""),
)
_DONE = "□ 교육·상담   □ 처치   □ 사례관리   □ 관찰"
_MEDICINES = "□ 약 이름을 앎   □ 7일 안에 거름   □ 남은 약 있음   □ 겹치거나 남의 약   □ 불편한 증상"
_TRIED = "□ 초인종   □ 문 두드림   □ 부르기   □ 전화   □ 안내문 둠   이웃·관리소:"


def draw_blank(flow: Flow, sheet_form: SheetForm) -> None:
    """One empty sheet of this form."""
    _head(flow)
    if sheet_form is SheetForm.NURSING:
        _health(flow)
        _note(flow, "간호 기록", 3)
        _note(flow, "복지담당과 함께 보는 한 줄", 1)
    else:
        _note(flow, "나눈 이야기와 살핀 것", 7)
        _note(flow, "연결·의뢰한 것, 조치", 2)
        _note(flow, "방문간호사와 함께 보는 한 줄", 1)
    _end(flow)


def _columns(flow: Flow) -> tuple[Columns, Columns]:
    hand = Column("", 64, empty=FOR_HAND)
    return filling(flow, LABEL, hand, LABEL, hand), filling(flow, LABEL, Column("", 152, empty=FOR_HAND))


def _head(flow: Flow) -> None:
    flow.chapter("대상 가구와 방문")
    pair, across = _columns(flow)
    with table(flow, pair, _STYLE, headed=False) as rows:
        rows.row(("관리번호", _LINE, "대표자", _LINE))
        rows.row(("주소", _LINE), across)
        rows.row(("방문 일시", _WHEN, "전화", _LINE))
        rows.row(("방식", _MODES), across)
        rows.row(("목적", _PURPOSES), across)
        rows.row(("방문자", _LINE, "함께 간 사람", _LINE))
        rows.row(("만난 사람", _LINE, "장소", _LINE))
        rows.row(("부재일 때", _TRIED), across)


def _health(flow: Flow) -> None:
    flow.chapter("활력징후와 측정")
    half = Column("", 62, empty=FOR_HAND)
    columns = filling(flow, Column("", 26, _C, label=True), half, Column("", 26, _C, label=True), half)
    pairs = zip(_VITALS[0::2], _VITALS[1::2], strict=True)
    form(flow, columns, ((*left, *right) for left, right in pairs), _STYLE)
    _pair, across = _columns(flow)
    form(flow, across, [("한 일", _DONE), ("복약 확인", _MEDICINES)], _STYLE)


def _note(flow: Flow, title: str, lines: int) -> None:
    flow.chapter(title)
    form(flow, filling(flow, Column("", 1, empty="\n".join([_LINE] * lines))), [("",)], _STYLE)


def _end(flow: Flow) -> None:
    flow.chapter("약속과 확인")
    pair, across = _columns(flow)
    signer = Column("", 1, _C, empty=SIGN_HERE)
    with table(flow, pair, _STYLE, headed=False) as rows:
        rows.row(("다음 방문일", _NEXT, "알린 사람", _LINE))
        rows.row(("약속한 일", _LINE), across)
        titles = filling(flow, *(Column("", 1, _C, label=True),) * 2)
        rows.record(
            [
                (("방문자 (성명·서명)", "대상자·보호자 (성명·서명)"), titles),
                ((_LINE, _LINE), filling(flow, signer, signer)),
            ]
        )
