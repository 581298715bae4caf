"""The checks of aftercare (F08, 사후관리 점검표): each contact, whether what was reached lasts, and whether to step in again."""

from __future__ import annotations

from app.reports.documents.boxes import BoxedForm, Signer, form_of, put_household
from app.reports.documents.closure_sheet import put_case
from app.reports.documents.counselling_sheet import BLANK_FORM, DAY_BY_HAND
from app.reports.documents.letterhead import close_paper, open_paper
from app.reports.documents.page import PORTRAIT
from app.reports.documents.tables import FOR_HAND, Align, Column
from app.reports.rules.closing_sheets import AftercareContactFacts, AftercareSheetFacts
from app.reports.rules.wording import day, listed

TEMPLATE_VERSION = "F08-2"
_C = Align.CENTRE
_LASTS = "□ 유지\n□ 일부 유지\n□ 유지 안 됨"
_BY_HAND = "유지 여부는 점검한 사람이 손으로 표시합니다. 회차는 사후관리로 세는 접촉에만 붙입니다."


def draw(facts: AftercareSheetFacts) -> bytes:
    """The form as a PDF, A4 upright."""
    flow = open_paper(facts.letterhead, PORTRAIT)
    form = form_of(flow, facts)
    put_household(form, facts.household, with_members=False)
    put_case(form, facts.case)
    with form.block("종결과 사후관리") as rows:
        rows.pair("종결일", _day(form, day(facts.closed_on, "")), "종결 사유", facts.closure_reason)
        rows.prose("목표 달성", facts.goals_reached, lines=2)
        rows.pair("점검 횟수", facts.agreed, "마친 횟수", facts.done)
        rows.pair("사후관리 기한", _day(form, day(facts.until, "")), "끝난 날", _day(form, day(facts.ended_on, "")))
    _contacts(form, facts)
    with form.block("재개입 필요") as rows:
        rows.choice("판단", facts.again)
        rows.prose("내용", facts.outcome, lines=6)
    form.signing((Signer("점검자", facts.case.keeper), Signer("본인·가족")))
    return close_paper(flow, facts, subject=facts.household.number or BLANK_FORM)


def _day(form: BoxedForm, said: str) -> str:
    return DAY_BY_HAND if form.by_hand else said


def _contacts(form: BoxedForm, facts: AftercareSheetFacts) -> None:
    columns = (
        Column("회차", 12, _C, empty="-"), Column("점검일", 24, _C), Column("방법", 22, _C), Column("점검자", 20, _C),
        Column("만난 사람", 22, _C), Column("확인한 내용", 50), Column("유지 여부", 26, empty=FOR_HAND),
    )  # fmt: skip
    if not form.by_hand:
        form.listing("사후관리 점검", columns, map(_contact, facts.contacts))
        form.remark(_BY_HAND)
        return
    form.listing("사후관리 점검", columns, (), hand_rows=10)


def _contact(each: AftercareContactFacts) -> tuple[str, ...]:
    lasts = _LASTS if each.number else "-"
    return each.number, day(each.on), each.mode, each.by, listed(each.reached, ""), each.note, lasts
