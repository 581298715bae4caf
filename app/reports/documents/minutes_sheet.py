"""The minutes of a case conference (F03, 사례회의록): who was there and signs, each household's discussion and decision."""

from __future__ import annotations

from app.reports.documents.boxes import BoxedForm, Signer, form_of
from app.reports.documents.counselling_sheet import BLANK_FORM
from app.reports.documents.letterhead import close_paper, open_paper
from app.reports.documents.page import PORTRAIT
from app.reports.documents.tables import FOR_HAND, Align, Column
from app.reports.rules.minutes_sheet import AgendaFacts, MinutesSheetFacts

TEMPLATE_VERSION = "F03-2"
_C = Align.CENTRE
_WHEN_BY_HAND = "        년     월     일(     )      :      ~      :"
_SEATS_BY_HAND = 6
_ITEM = 205.0
"""Points that a household takes of which little is told: with less left on a page it begins on the next."""


def draw(facts: MinutesSheetFacts) -> bytes:
    """The form as a PDF, A4 upright."""
    flow = open_paper(facts.letterhead, PORTRAIT)
    form = form_of(flow, facts)
    _meeting(form, facts)
    _seats(form, facts)
    by_hand = BoxedForm(flow, by_hand=True)
    for at, item in enumerate(facts.households, start=1):
        _item(form, by_hand if item.is_open else form, item, at)
    if facts.unseen:
        form.remark(f"다른 센터의 안건 {facts.unseen}건은 싣지 않았습니다.")
    _addenda(form, facts)
    form.signing((Signer("작성자", facts.written_by), Signer("확인", facts.confirmed_by)))
    return close_paper(flow, facts, subject=facts.when or BLANK_FORM)


def _meeting(form: BoxedForm, facts: MinutesSheetFacts) -> None:
    with form.block("회의") as rows:
        rows.choice("종류", facts.kind)
        rows.wide("일시", _WHEN_BY_HAND if facts.is_blank else facts.when)
        if facts.is_blank:
            rows.wide("장소", "")
        else:
            rows.pair("장소", facts.place, "상태", facts.state)
        rows.prose("전체 안내", facts.opening, lines=2)


def _seats(form: BoxedForm, facts: MinutesSheetFacts) -> None:
    columns = (
        Column("순", 10, _C), Column("소속·직위", 72), Column("성명", 44, _C), Column("서명", 50, _C, empty=FOR_HAND)
    )  # fmt: skip
    rows = ((str(at), each.agency, each.name, "") for at, each in enumerate(facts.seats, start=1))
    form.listing("참석자", columns, rows, hand_rows=_SEATS_BY_HAND)


def _item(form: BoxedForm, told: BoxedForm, item: AgendaFacts, at: int) -> None:
    """One household: what is known of it on `form`, what is said and decided on `told`, which may be left for the hand."""
    title = f"안건 {at}. {item.name} ({item.number})" if item.number else f"안건 {at}"
    form.flow.whole(_ITEM)
    with form.block(title) as rows:
        rows.pair("안건", item.matter, "현재 단계", item.standing)
        rows.pair("사례 담당", item.keeper, "센터", item.centre)
        rows.prose("사례 요약", item.summary, lines=3)
        if item.health:
            rows.wide("건강 욕구", item.health)
    with told.block("") as rows:
        rows.prose("논의 내용", item.said, lines=5)
        rows.choice("결정", item.decisions)
        rows.prose("결정 내용", item.note, lines=2)


def _addenda(form: BoxedForm, facts: MinutesSheetFacts) -> None:
    if facts.addenda:
        columns = (Column("덧붙인 사람 · 때", 60, _C), Column("확정한 뒤 바로잡은 것", 116))
        form.listing("덧붙인 글", columns, ((each.written, each.text) for each in facts.addenda))
