"""The survey of needs (F02, 욕구 및 위기도 조사표): every item with its level, how the domains went, words and views."""

from __future__ import annotations

from collections.abc import Iterator

from app.reports.documents.boxes import BoxedForm, Signer, form_of, put_household
from app.reports.documents.counselling_sheet import BLANK_FORM, DAY_BY_HAND
from app.reports.documents.letterhead import close_paper, open_paper
from app.reports.documents.needs_chart import needs_drawing
from app.reports.documents.page import PORTRAIT
from app.reports.documents.tables import FOR_HAND, Align, Column, Style, filling, ruled
from app.reports.rules.needs_sheet import NeedItemFacts, NeedsSheetFacts
from app.reports.rules.wording import NOT_TAKEN, day_of_week

TEMPLATE_VERSION = "F02-2"

_C = Align.CENTRE
_TYPED = Style(size=8.5, leading=11.5, pad=1.8)
_BY_HAND = Style(size=8.5, leading=12.0, pad=3.4)
_TICKED, _UNTICKED = "■", "□"
_CAUTION = "없음·관찰·필요·긴급은 공식 척도가 아니라 이 프로그램이 제안하는 단계이며, 진단이 아닙니다."


def draw(facts: NeedsSheetFacts) -> bytes:
    """The form as a PDF, A4 upright."""
    flow = open_paper(facts.letterhead, PORTRAIT)
    form = form_of(flow, facts)
    put_household(form, facts.household)
    with form.block("조사 개요") as rows:
        asked = day_of_week(facts.assessed_on) if facts.assessed_on else ""
        rows.pair("조사일", DAY_BY_HAND if facts.is_blank else asked, "조사자", facts.assessor)
        rows.wide("조사표", f"{facts.form_name} {facts.form_version}판")
    _items(form, facts)
    _compared(form, facts)
    with form.block("말씀과 의견") as rows:
        rows.prose("본인·가족의\n말씀", facts.own_words, lines=5)
        rows.prose("강점", facts.strengths, lines=4)
        rows.prose("조사자 의견", facts.workers_view, lines=5)
    form.signing((Signer("조사자", facts.assessor), Signer("대상자·보호자")))
    return close_paper(flow, facts, subject=facts.household.number or BLANK_FORM)


def _items(form: BoxedForm, facts: NeedsSheetFacts) -> None:
    form.flow.chapter("영역별 욕구와 위기도")
    levels = (Column(word, 10, _C, empty=FOR_HAND) for word in facts.levels)
    columns = filling(
        form.flow, Column("영역", 22, _C, label=True, empty=FOR_HAND), Column("항목", 50), *levels,
        Column("본 것과 들은 것", 64, empty=FOR_HAND if facts.is_blank else NOT_TAKEN),
    )  # fmt: skip
    ruled(form.flow, columns, _rows(facts), _BY_HAND if facts.is_blank else _TYPED)
    form.remark(_CAUTION)


def _rows(facts: NeedsSheetFacts) -> Iterator[tuple[str, ...]]:
    """One row an item; a domain is named at its first."""
    for domain in facts.domains:
        for at, item in enumerate(domain.items):
            ticks = (_TICKED if item.level == word else _UNTICKED for word in facts.levels)
            yield (domain.label if at == 0 else "", _named(item, facts), *ticks, item.note_withheld or item.note)


def _named(item: NeedItemFacts, facts: NeedsSheetFacts) -> str:
    """The item, on a blank form with what it asks about."""
    return f"{item.label}\n({item.hint})" if facts.is_blank and item.hint else item.label


def _compared(form: BoxedForm, facts: NeedsSheetFacts) -> None:
    if facts.compared is None or not facts.compared.domains:
        return
    form.flow.chapter("처음과 이번 조사" if facts.compared.first_on else "영역별 정도")
    form.flow.drawing(needs_drawing(facts.compared, width=form.flow.sheet.body))
    form.flow.note(f"{facts.compared.summary.rstrip('.')}. 영역마다 가장 심한 항목으로 봄.")
