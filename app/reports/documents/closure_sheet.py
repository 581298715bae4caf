"""The review of a closure (F07, 종결심사서): why, what was reached, how needs changed, what follows, who approved."""

from __future__ import annotations

from datetime import date

from app.reports.documents.boxes import BoxedForm, Signer, form_of, put_household
from app.reports.documents.counselling_sheet import BLANK_FORM, DAY_BY_HAND
from app.reports.documents.letterhead import close_paper, open_paper
from app.reports.documents.page import PORTRAIT
from app.reports.documents.plan_rows import put_goals, put_services
from app.reports.documents.tables import Align, Column
from app.reports.rules.closing_sheets import ApprovalFacts, CaseFacts, ClosureSheetFacts, NeedChangeFacts
from app.reports.rules.wording import day

TEMPLATE_VERSION = "F07-2"
_C = Align.CENTRE


def draw(facts: ClosureSheetFacts) -> bytes:
    """The form as a PDF, A4 upright."""
    flow = open_paper(facts.letterhead, PORTRAIT)
    form = form_of(flow, facts)
    put_household(form, facts.household, with_members=False)
    put_case(form, facts.case)
    _closure(form, facts)
    put_goals(form, facts.goals, "목표 달성")
    put_services(form, facts.services, "제공한 서비스")
    _needs(form, facts)
    with form.block("사후관리 계획") as rows:
        rows.prose("사후관리", facts.aftercare, lines=2)
        rows.wide("다시 확인할 날", _day(facts, facts.recheck_on))
    _approvals(form, facts)
    form.signing((Signer("심사 요청", facts.case.keeper), Signer("심사")))
    return close_paper(flow, facts, subject=facts.household.number or BLANK_FORM)


def put_case(form: BoxedForm, case: CaseFacts) -> None:
    """«사례»: since when, by which route, of which class, in whose care."""
    with form.block("사례") as rows:
        taken_in = DAY_BY_HAND if form.by_hand else day(case.intake_on)
        rows.pair("접수일", taken_in, "접수 경로", case.route)
        rows.pair("구분", case.case_class, "사례관리 담당", case.keeper)
        rows.prose("접수 사유", case.reason, lines=1)


def _closure(form: BoxedForm, facts: ClosureSheetFacts) -> None:
    with form.block("종결") as rows:
        if form.by_hand:
            rows.wide("종결일", DAY_BY_HAND)
        else:
            rows.pair("종결일", day(facts.closed_on, ""), "상태", facts.state)
        rows.choice("종결 사유", facts.reasons)
        rows.prose("목표 달성", facts.goals_reached, lines=2)
        rows.prose("내용", facts.note, lines=2)
        rows.prose("연락·방문\n시도", facts.attempts, lines=2)


def _day(facts: ClosureSheetFacts, on: date | None) -> str:
    return DAY_BY_HAND if facts.is_blank else day(on, "")


def _needs(form: BoxedForm, facts: ClosureSheetFacts) -> None:
    columns = (
        Column("욕구 영역", 66), Column("처음 조사", 36, _C, empty="조사하지 않음"),
        Column("마지막 조사", 36, _C, empty="조사하지 않음"), Column("변화", 38, _C, empty="견줄 조사 없음"),
    )  # fmt: skip
    title = f"욕구의 변화 ({facts.assessed})" if facts.assessed else "욕구의 변화"
    form.listing(title, columns, map(_change, facts.needs), hand_rows=5)
    if facts.needs_withheld:
        form.remark(facts.needs_withheld)


def _change(each: NeedChangeFacts) -> tuple[str, ...]:
    return each.domain, each.first, each.latest, each.change


def _approvals(form: BoxedForm, facts: ClosureSheetFacts) -> None:
    if facts.is_blank:
        return
    columns = (
        Column("올린 사람 · 때", 48, _C), Column("결과", 22, _C), Column("결재한 사람 · 때", 48, _C, empty="-"),
        Column("의견", 58, empty="-"),
    )  # fmt: skip
    form.listing("전산 결재", columns, map(_approval, facts.approvals))


def _approval(each: ApprovalFacts) -> tuple[str, ...]:
    return each.asked, each.verdict, each.decided, each.words
