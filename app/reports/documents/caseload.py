"""The caseload report (R04, 담당자별 사례현황): what one assignee carries, and where help is needed first."""

from __future__ import annotations

from dataclasses import replace

from app.reports.documents.flow import Flow
from app.reports.documents.letterhead import close_paper, open_paper
from app.reports.documents.page import LANDSCAPE
from app.reports.documents.tables import DENSE, Align, Column, filling, form, ruled, table
from app.reports.rules.caseload import UNSEEN_AFTER_DAYS, CaseloadDue, CaseloadFacts, CaseloadRow, Totals
from app.reports.rules.wording import NONE, UNKNOWN, day

TEMPLATE_VERSION = "R04-2"

_C = Align.CENTRE
_NEVER_SEEN = "대면 없음"
_NUMBER = Column("관리번호", 21, _C)
_NAME = Column("대표자", 16, _C)
_DUE = Column("기한", 23, _C)
_NEXT_DUE = Column("다음 기한", 23, _C)
_STATUS = Column("상태", 20, _C)
_BECAUSE = Column("사유", 106)
_WHO = (
    _NUMBER,
    _NAME,
    Column("나이", 11, _C, empty=UNKNOWN),
    Column("가구 유형", 21, _C, empty=UNKNOWN),
    Column("관리군", 26, _C),
    Column("위험도", 14, _C, empty=UNKNOWN),
    Column("최근 대면", 23, _C),
)


def draw(facts: CaseloadFacts) -> bytes:
    """The report as a PDF, A4 across."""
    flow = open_paper(facts.letterhead, LANDSCAPE)
    _summary(flow, facts)
    _totals(flow, facts.totals)
    _dues(flow, "기한 경과", facts.overdue)
    _dues(flow, "이번 주 기한", facts.this_week)
    _brief(flow, "기한이 없는 가구", facts.without_due)
    _brief(flow, f"{UNSEEN_AFTER_DAYS}일 넘게 대면하지 못한 가구", facts.unseen)
    _households(flow, facts.households)
    return close_paper(flow, facts, subject=f"{facts.role} {facts.assignee}")


def _summary(flow: Flow, facts: CaseloadFacts) -> None:
    flow.chapter("개요")
    columns = filling(flow, *(Column("", 2, _C, label=True), Column("", 3, _C)) * 4)
    who = ("담당자", facts.assignee, "직무", facts.role)
    when = ("기준일", day(facts.as_of), "진행 가구", f"{len(facts.households)}가구")
    dues = ("기한 경과", f"{len(facts.overdue)}건", "이번 주 기한", f"{len(facts.this_week)}건")
    without = ("기한 없음", f"{len(facts.without_due)}가구")
    unseen = (f"{UNSEEN_AFTER_DAYS}일 넘게 미대면", f"{len(facts.unseen)}가구")
    form(flow, columns, [(*who, *when), (*dues, *without, *unseen)])


def _totals(flow: Flow, totals: Totals) -> None:
    """Risk down, care group across, and sums on both sides."""
    flow.chapter("위험도 · 관리군별 가구 수")
    figures = (Column(title, 1, Align.RIGHT) for title in (*totals.groups, "계"))
    columns = filling(flow, Column("구분", 1, _C, label=True), *figures)
    rows = [(risk, *map(str, totals.cells[at]), str(totals.of_risk(at))) for at, risk in enumerate(totals.risks)]
    sums = [str(totals.of_group(at)) for at in range(len(totals.groups))]
    ruled(flow, columns, [*rows, ("계", *sums, str(totals.all))])


def _dues(flow: Flow, title: str, dues: tuple[CaseloadDue, ...]) -> None:
    flow.chapter(f"{title} ({len(dues)}건)")
    columns = filling(flow, _NUMBER, _NAME, Column("할 일", 34), _DUE, _STATUS, _BECAUSE)
    rows = (
        (due.number, due.name, _what(due), day(due.due_on), _status(due.status, due.days_overdue), due.because)
        for due in dues
    )
    ruled(flow, columns, rows, DENSE)


def _what(due: CaseloadDue) -> str:
    """«정기관리군 (최병철)»: whose it is, where several live together."""
    return f"{due.what} ({due.member})" if due.member else due.what


def _brief(flow: Flow, title: str, rows: tuple[CaseloadRow, ...]) -> None:
    flow.chapter(f"{title} ({len(rows)}가구)")
    columns = filling(flow, *_WHO, _STATUS, _BECAUSE)
    texts = ((*_who(row), _status(row.status, row.days_overdue), row.because) for row in rows)
    ruled(flow, columns, texts, DENSE)


def _households(flow: Flow, rows: tuple[CaseloadRow, ...]) -> None:
    """Every household, one row each; how late it is stands out."""
    flow.chapter(f"진행 가구 전체 ({len(rows)}가구)")
    if not rows:
        flow.note(NONE)
        return
    counts_checks = any(row.checks_missed is not None for row in rows)
    missed = [Column("점검 미실시", 14, _C)] if counts_checks else []
    before, after = (Column("연번", 10, _C), *_WHO, _NEXT_DUE), (*missed, _BECAUSE)
    plain = filling(flow, *before, _STATUS, *after)
    late = filling(flow, *before, replace(_STATUS, bold=True), *after)
    with table(flow, plain, DENSE) as opened:
        for at, row in enumerate(rows, start=1):
            texts = _household(at, row, counts_checks=counts_checks)
            opened.row(texts, late if row.days_overdue else plain)


def _household(at: int, row: CaseloadRow, *, counts_checks: bool) -> tuple[str, ...]:
    status = _status(row.status, row.days_overdue)
    missed = (_missed(row),) if counts_checks else ()
    return (str(at), *_who(row), day(row.next_due_on), status, *missed, row.because)


def _who(row: CaseloadRow) -> tuple[str, ...]:
    seen = day(row.last_seen_on, _NEVER_SEEN)
    return (row.number, row.name, row.age, row.household_type, row.care_group, row.risk, seen)


def _missed(row: CaseloadRow) -> str:
    return UNKNOWN if row.checks_missed is None else f"{row.checks_missed}회"


def _status(status: str, days_overdue: int) -> str:
    return f"{status} {days_overdue}일" if days_overdue > 0 else status
