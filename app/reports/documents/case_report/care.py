"""The chapters of the case report about problems and medicines."""

from __future__ import annotations

from app.reports.documents.flow import Flow
from app.reports.documents.tables import Align, Column, filling, ruled
from app.reports.rules.case_care import MedicineFacts, ProblemFacts
from app.reports.rules.case_report import CaseReportFacts
from app.reports.rules.wording import UNKNOWN, day

_C = Align.CENTRE
_WHOLE_HOUSEHOLD = "가구 전체"
_NOT_RATED = "평가 전"
SCALES = "지식·행동·상태는 1(가장 어려움)에서 5(가장 좋음)까지입니다(Omaha System)."
AS_TOLD = "약 목록은 듣고 본 대로 적은 것이며 처방 내역이 아닙니다."


def draw_care(flow: Flow, facts: CaseReportFacts) -> None:
    """The chapters about what was found and what is taken; what the reader may not see is said to be left out."""
    _problems(flow, facts)
    if facts.care_withheld:
        flow.note(f"※ {facts.care_withheld}")
        return
    _medicines(flow, facts)


def _problems(flow: Flow, facts: CaseReportFacts) -> None:
    standing = sum(each.closed_on is None for each in facts.problems)
    flow.chapter(f"문제 목록 (열림 {standing}건)")
    columns = filling(
        flow,
        Column("대상", 20, _C, empty=_WHOLE_HOUSEHOLD),
        Column("문제", 30),
        Column("처음", 16, _C, empty=_NOT_RATED),
        Column("최근", 16, _C, empty=_NOT_RATED),
        Column("평가일", 21, _C),
        Column("징후와 경과", 73),
    )
    ruled(flow, columns, map(_problem, facts.problems))
    if facts.problems:
        flow.note(f"※ {SCALES}")


def _problem(each: ProblemFacts) -> tuple[str, ...]:
    closed = f"{day(each.closed_on)} 종결: {each.closed_because}" if each.closed_on else ""
    told = " ".join(part for part in (f"{day(each.opened_on)}부터.", each.signs, closed) if part)
    return each.member, f"{each.problem} ({each.domain})", each.first, each.last, day(each.rated_on), told


def _medicines(flow: Flow, facts: CaseReportFacts) -> None:
    flow.chapter(f"복용 약 ({len(facts.medicines)}가지)")
    columns = filling(
        flow,
        Column("대상", 20, _C),
        Column("약", 36),
        Column("먹는 법", 52),
        Column("처방한 곳", 26, empty=UNKNOWN),
        Column("시작일", 21, _C, empty=UNKNOWN),
        Column("확인일", 21, _C),
    )
    ruled(flow, columns, map(_medicine, facts.medicines))
    if facts.medicines:
        flow.note(f"※ {AS_TOLD}")


def _medicine(each: MedicineFacts) -> tuple[str, ...]:
    since = day(each.since_on) if each.since_on else ""
    return each.member, each.name, each.taken, each.prescribed_by, since, day(each.confirmed_on)
