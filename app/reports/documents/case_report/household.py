"""The first half of the case report: who lives there, who is responsible, what is due and why."""

from __future__ import annotations

from collections.abc import Sequence

from app.reports.documents.flow import Flow
from app.reports.documents.tables import FORM, SIDE, Align, Column, filling, ruled, table
from app.reports.rules.case_report import CaseReportFacts, SectionFacts
from app.reports.rules.wording import NONE, UNKNOWN, day, listed

_C = Align.CENTRE
_WHOLE_HOUSEHOLD = "가구 전체"
_STILL = "현재"


def draw_household(flow: Flow, facts: CaseReportFacts) -> None:
    """The chapters about the household as it stands."""
    _overview(flow, facts)
    _safety(flow, facts)
    _members(flow, facts)
    _assignees(flow, facts)
    _dues(flow, facts)
    _care_groups(flow, facts)
    _risk_history(flow, facts)
    for section in facts.sections:
        _section(flow, section)


def _overview(flow: Flow, facts: CaseReportFacts) -> None:
    flow.chapter("가구 개요")
    house = facts.household
    label = Column("", 22, _C, label=True)
    half = Column("", 66, empty=UNKNOWN)
    halves, whole = filling(flow, label, half, label, half), filling(flow, label, Column("", 154))
    since = f"{house.risk_level or UNKNOWN} ({day(house.risk_since_on, UNKNOWN)}부터)"
    with table(flow, halves, headed=False) as rows:
        rows.row(("관리번호", house.number, "대표자", house.name))
        rows.row(("상태", house.status, "전화", house.phone))
        rows.row(("가구 유형", house.household_type, "위험도", since if house.risk_level else UNKNOWN))
        rows.row(("주소", house.address or UNKNOWN), whole)
        rows.row(("찾는 법", house.approach), whole)
        rows.row(("수급 유형", listed(house.benefits)), whole)
        rows.row(("위험도 사유", house.risk_reason), whole)


def _safety(flow: Flow, facts: CaseReportFacts) -> None:
    flow.chapter("안전 표시")
    if facts.safety_withheld:
        flow.note(f"※ {facts.safety_withheld}")
        return
    columns = filling(
        flow,
        Column("표시", 24, _C, bold=True),
        Column("요구", 24, _C),
        Column("근거", 70),
        Column("기록자", 18, _C),
        Column("기록일", 21, _C),
        Column("재검토일", 21, _C),
    )
    rows = (
        (flag.kind, flag.rule, flag.basis, flag.noted_by, day(flag.noted_on), day(flag.review_on))
        for flag in facts.safety_flags
    )
    ruled(flow, columns, rows)


def _members(flow: Flow, facts: CaseReportFacts) -> None:
    flow.chapter(f"가구원 ({len(facts.members)}명)")
    columns = filling(
        flow,
        Column("연번", 10, _C),
        Column("성명", 20, _C, bold=True),
        Column("관계", 16, _C, empty=UNKNOWN),
        Column("생년월일", 22, _C, empty=UNKNOWN),
        Column("나이", 14, _C, empty=UNKNOWN),
        Column("성별", 11, _C, empty=UNKNOWN),
        Column("전화", 28, _C),
        Column("비고", 55),
    )
    rows = (
        (str(at), each.name, each.relation, each.born, each.age, each.sex, each.phone, each.note)
        for at, each in enumerate(facts.members, start=1)
    )
    ruled(flow, columns, rows)


def _assignees(flow: Flow, facts: CaseReportFacts) -> None:
    flow.chapter("담당자")
    columns = filling(
        flow, Column("직무", 1, _C), Column("성명", 1, _C), Column("시작일", 1, _C), Column("종료일", 1, _C)
    )
    rows = ((each.role, each.name, day(each.since_on), day(each.until_on, _STILL)) for each in facts.assignees)
    ruled(flow, columns, rows)


def _dues(flow: Flow, facts: CaseReportFacts) -> None:
    flow.chapter("후속 일정과 기한")
    columns = filling(
        flow,
        Column("할 일", 32),
        Column("대상", 18, _C, empty=_WHOLE_HOUSEHOLD),
        Column("기한", 21, _C),
        Column("상태", 18, _C),
        Column("사유", 87),
    )
    rows = (
        (due.what, due.whom, day(due.due_on), _overdue(due.status, due.days_overdue), due.because) for due in facts.dues
    )
    ruled(flow, columns, rows)


def _overdue(status: str, days: int) -> str:
    return f"{status} {days}일" if days > 0 else status


def _care_groups(flow: Flow, facts: CaseReportFacts) -> None:
    flow.chapter("건강관리군 이력")
    columns = filling(
        flow,
        Column("대상", 20, _C, empty=_WHOLE_HOUSEHOLD),
        Column("관리군", 30, _C),
        Column("시작일", 22, _C),
        Column("종료일", 22, _C),
        Column("사유", 82),
    )
    rows = (
        (each.member, each.group, day(each.from_on), day(each.until_on, _STILL), each.reason)
        for each in facts.care_groups
    )
    ruled(flow, columns, rows)


def _risk_history(flow: Flow, facts: CaseReportFacts) -> None:
    flow.chapter("위험도 이력")
    columns = filling(
        flow, Column("위험도", 22, _C), Column("기준일", 22, _C), Column("판단자", 22, _C), Column("사유", 110)
    )
    rows = ((each.level, day(each.since_on), each.set_by, each.reason) for each in facts.risk_history)
    ruled(flow, columns, rows)


def _section(flow: Flow, section: SectionFacts) -> None:
    """A table of another slice: each column has room for its words, and shares the rest by how much it has to say."""
    flow.chapter(section.title)
    told = [(title, *(row[at] or NONE for row in section.rows)) for at, title in enumerate(section.columns)]
    least = [_least(flow, texts) for texts in told]
    shares = [_share(texts) for texts in told]
    spare = max(0.0, flow.sheet.body - sum(least)) / sum(shares)
    columns = zip(section.columns, least, shares, strict=True)
    ruled(flow, filling(flow, *(Column(title, each + share * spare) for title, each, share in columns)), section.rows)


def _least(flow: Flow, texts: Sequence[str]) -> float:
    """The width in points that no word of a column needs broken, but never more than its fair part of the sheet."""
    widest = max(flow.type.widest_word(text, flow.type.bold) for text in texts)
    return min(widest * FORM.size + 2 * SIDE + 1, flow.sheet.body / 6)


def _share(texts: Sequence[str]) -> int:
    """How much a column has to say: its longest line in letters, from 4 to 40."""
    return min(max(4, *(len(line) for text in texts for line in text.splitlines())), 40)
