"""What both professions tell: what was done, the welfare note, the promise, corrections, and who signs."""

from __future__ import annotations

from base64 import b64decode

from app.reports.documents.boxes.signing import strokes_of
from app.reports.documents.flow import Flow
from app.reports.documents.tables import FOR_HAND, Align, Column, filling, ruled, table
from app.reports.documents.visit_sheet.health import draw_note
from app.reports.documents.visit_sheet.occasion import halves, whole
from app.reports.rules.visit_sheet import SheetFacts, SheetForm, SignatureFacts
from app.reports.rules.wording import day_of_week, moment

_C = Align.CENTRE
_SIGN_WIDTH, _SIGN_HEIGHT = 150.0, 46.0
_PHOTO_HEIGHT = 230.0
SIGN_HERE = " \n \n "


def draw_told(flow: Flow, sheet: SheetFacts, empty: str) -> None:
    """The rest of a sheet, to the signatures."""
    _scores(flow, sheet)
    _done(flow, sheet)
    if sheet.form is SheetForm.WELFARE or sheet.welfare_note.strip():
        draw_note(flow, "복지 기록", sheet.welfare_note, empty)
    if sheet.form is SheetForm.WELFARE and sheet.nursing_withheld:
        flow.note(f"※ {sheet.nursing_withheld}")
    elif sheet.form is SheetForm.WELFARE and sheet.nursing_note.strip():
        draw_note(flow, "간호 기록", sheet.nursing_note, empty)
    _next(flow, sheet, empty)
    _corrections(flow, sheet)
    _signatures(flow, sheet)
    _photos(flow, sheet)


def _scores(flow: Flow, sheet: SheetFacts) -> None:
    if not sheet.scores:
        return
    flow.chapter("평가")
    columns = filling(
        flow,
        Column("도구", 46),
        Column("대상", 26, _C, empty="가구"),
        Column("점수", 18, _C, bold=True),
        Column("결과", 40),
        Column("비고", 46, empty="-"),
    )
    ruled(flow, columns, ((each.instrument, each.member, each.total, each.band, each.note) for each in sheet.scores))


def _done(flow: Flow, sheet: SheetFacts) -> None:
    if not sheet.done:
        return
    flow.chapter("한 일과 문제 평가")
    columns = filling(
        flow,
        Column("구분", 26, _C, label=True),
        Column("내용", 58),
        Column("대상", 24, _C, empty="가구"),
        Column("관련 문제", 34, empty="-"),
        Column("메모", 34, empty="-"),
    )
    ruled(flow, columns, ((each.kind, each.what, each.member, each.problem, each.note) for each in sheet.done))


def _next(flow: Flow, sheet: SheetFacts, empty: str) -> None:
    flow.chapter("약속과 다음 방문")
    promised = day_of_week(sheet.promised_on) if sheet.promised_on else ""
    across = whole(flow, empty)
    with table(flow, halves(flow, empty), headed=False) as rows:
        rows.row(("함께 보는 한 줄", sheet.shared_line), across)
        rows.row(("다음 방문일", promised, "알린 사람", sheet.told_to))
        rows.row(("약속한 일", sheet.promise_note), across)
        if sheet.next_visit_reason.strip():
            rows.row(("늦춘 까닭", sheet.next_visit_reason), across)


def _corrections(flow: Flow, sheet: SheetFacts) -> None:
    if not sheet.corrections:
        return
    flow.chapter(f"정정 {len(sheet.corrections)}회")
    columns = filling(
        flow, Column("판", 12, _C), Column("정정한 때", 38, _C), Column("정정한 사람", 30, _C), Column("까닭", 96)
    )
    rows = ((str(each.number), moment(each.at), each.by, each.reason) for each in sheet.corrections)
    ruled(flow, columns, rows)


def _signatures(flow: Flow, sheet: SheetFacts) -> None:
    """Signatures that were drawn on the tablet; below them the box to sign by hand."""
    for signature in sheet.signatures:
        flow.caption(_signed(signature))
        flow.drawing(strokes_of(signature, width=_SIGN_WIDTH, height=_SIGN_HEIGHT))
    signer = Column("", 1, _C, empty=SIGN_HERE)
    flow.chapter("확인")
    with table(flow, filling(flow, *(Column("", 1, _C, label=True),) * 2), headed=False) as rows:
        columns = filling(flow, signer, signer)
        rows.record(
            [
                (
                    ("방문자 (성명·서명)", "대상자·보호자 (성명·서명)"),
                    filling(flow, *(Column("", 1, _C, label=True),) * 2),
                ),
                (("\n".join((*sheet.visited_by, *SIGN_HERE.splitlines()[1:])), FOR_HAND), columns),
            ]
        )


def _signed(signature: SignatureFacts) -> str:
    return f"○ 서명: {signature.signer} ({moment(signature.signed_at)}) · {signature.state}"


def _photos(flow: Flow, sheet: SheetFacts) -> None:
    if not sheet.photos:
        return
    flow.chapter(f"사진 ({len(sheet.photos)}장)")
    for photo in sheet.photos:
        flow.caption(f"○ {photo.caption} ({moment(photo.taken_at)} {photo.by})")
        flow.picture(b64decode(photo.jpeg), width=flow.sheet.body * 0.6, height=_PHOTO_HEIGHT)
