"""담당자별 사례현황 (R04) as a spreadsheet: the households, their dues, and how many there are of each kind."""

from __future__ import annotations

from app.reports.rules.caseload import UNSEEN_AFTER_DAYS, CaseloadDue, CaseloadFacts, CaseloadRow, Totals
from app.reports.rules.counted import CountLine, CountTable
from app.reports.sheets.parts import Cell, Part, part_of

EDITION = "2"
_WHO = (
    "관리번호",
    "대표자",
    "나이",
    "가구 유형",
    "관리군",
    "위험도",
    "최근 대면",
    "다음 기한",
    "상태",
    "지난 날수",
    "점검 미실시",
    "사유",
)
WHOLE_HOUSEHOLD = "가구"
"""Whose a due is that names nobody."""
_DUE = ("관리번호", "대표자", "할 일", "대상", "기한", "상태", "지난 날수", "사유")


def parts(facts: CaseloadFacts) -> tuple[Part, ...]:
    """A worksheet for each list of the paper; on every one the names are as far hidden as in the facts."""
    whose = f"{facts.role} {facts.assignee}"
    return (
        _households("가구 전체", f"{whose}: 진행 가구 전체", facts.households),
        part_of("위험도·관리군", _counted(facts.totals)),
        _dues("기한 경과", facts.overdue),
        _dues("이번 주 기한", facts.this_week),
        _households("기한 없음", "기한이 없는 가구", facts.without_due),
        _households("오래 미대면", f"{UNSEEN_AFTER_DAYS}일 넘게 대면하지 못한 가구", facts.unseen),
    )


def _counted(totals: Totals) -> CountTable:
    lines = (CountLine(label=risk, counts=totals.cells[at]) for at, risk in enumerate(totals.risks))
    title = "위험도 · 관리군별 가구 수"
    return CountTable(title=title, rows_are="구분", columns=totals.groups, lines=tuple(lines), is_partition=True)


def _households(name: str, title: str, rows: tuple[CaseloadRow, ...]) -> Part:
    return Part(name, title, _WHO, tuple(_household(row) for row in rows), is_list=True)


def _household(row: CaseloadRow) -> tuple[Cell, ...]:
    return (
        row.number, row.name, row.age, row.household_type, row.care_group, row.risk, row.last_seen_on, row.next_due_on,
        row.status, row.days_overdue, row.checks_missed, row.because,
    )  # fmt: skip


def _dues(name: str, dues: tuple[CaseloadDue, ...]) -> Part:
    rows = tuple(
        (
            due.number,
            due.name,
            due.what,
            due.member or WHOLE_HOUSEHOLD,
            due.due_on,
            due.status,
            due.days_overdue,
            due.because,
        )
        for due in dues
    )
    return Part(name, name, _DUE, rows, is_list=True)
