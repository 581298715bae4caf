"""The service plan and its checks (F04, 서비스 제공계획 및 점검표): goals, services, who checks, what the household says."""

from __future__ import annotations

from app.reports.documents.boxes import BoxedForm, Signer, form_of, put_household
from app.reports.documents.counselling_sheet import BLANK_FORM, DAY_BY_HAND
from app.reports.documents.letterhead import close_paper, open_paper
from app.reports.documents.page import PORTRAIT
from app.reports.documents.plan_rows import links_of, put_goals, put_services
from app.reports.documents.tables import Align, Column
from app.reports.rules.plan_sheet import BASED_ON, CheckFacts, PlanSheetFacts
from app.reports.rules.wording import day

TEMPLATE_VERSION = "F04-2"
_C = Align.CENTRE


def draw(facts: PlanSheetFacts) -> bytes:
    """The form as a PDF, A4 upright."""
    flow = open_paper(facts.letterhead, PORTRAIT)
    form = form_of(flow, facts)
    put_household(form, facts.household)
    _plan(form, facts)
    put_goals(form, facts.goals)
    put_services(form, facts.services)
    form.remark(BASED_ON)
    _links(form, facts)
    _checks(form, facts)
    with form.block("본인·가족의 의견") as rows:
        rows.prose("의견", facts.clients_view, lines=5)
        if facts.unsigned_because.strip():
            rows.wide("서명하지\n못한 까닭", facts.unsigned_because)
    signer = Signer("본인·가족", facts.signer if facts.signature else "", facts.signature)
    form.signing((Signer("작성자", facts.drawn_by), signer))
    return close_paper(flow, facts, subject=f"{facts.household.number} {facts.version}".strip() or BLANK_FORM)


def _plan(form: BoxedForm, facts: PlanSheetFacts) -> None:
    with form.block("계획") as rows:
        drawn = DAY_BY_HAND if facts.is_blank else day(facts.drawn_on)
        approved = day(facts.approved_on, "")
        if not form.by_hand:
            rows.pair("판", facts.version, "상태", facts.state)
        rows.pair("작성일", drawn, "승인일", DAY_BY_HAND if facts.is_blank else approved)
        rows.pair("구분", facts.case_class, "사례관리 담당", facts.keeper)
        rows.prose("바꾸는 까닭", facts.because, lines=1)


def _links(form: BoxedForm, facts: PlanSheetFacts) -> None:
    """How several who help work together; a plan with one provider has nothing to say here, and says so."""
    linked = dict(links_of(facts.services))
    with form.block("기관 사이의 연계") as rows:
        for who in ("보장기관 사이", "민간·이웃"):
            rows.prose(who, linked.get(who, ""), lines=2)


def _checks(form: BoxedForm, facts: PlanSheetFacts) -> None:
    columns = (
        Column("점검일", 24, _C), Column("서비스", 38), Column("제공", 24, _C),
        Column("만족", 16, _C, empty="묻지 않음"), Column("내용", 54), Column("점검자", 20, _C),
    )  # fmt: skip
    title = "점검" if facts.is_blank else f"점검 ({len(facts.checks)}회)"
    form.listing(title, columns, map(_check, facts.checks), hand_rows=10)


def _check(each: CheckFacts) -> tuple[str, ...]:
    return day(each.checked_on), each.service, each.given, each.satisfied, each.note, each.by
