"""Whose household, and the visit itself: when, how, by whom, with whom."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.clock import korean_time
from app.reports.documents.flow import Flow
from app.reports.documents.tables import Align, Column, Columns, filling, form, table
from app.reports.rules.visit_sheet import NotedFacts, SheetFacts, SheetMemberFacts
from app.reports.rules.wording import UNKNOWN, day_of_week, listed, moment

_C = Align.CENTRE
LABEL = Column("", 24, _C, label=True)


def halves(flow: Flow, empty: str) -> Columns:
    """Two fields side by side."""
    half = Column("", 64, empty=empty)
    return filling(flow, LABEL, half, LABEL, half)


def whole(flow: Flow, empty: str) -> Columns:
    """One field across the sheet."""
    return filling(flow, LABEL, Column("", 152, empty=empty))


def draw_occasion(flow: Flow, sheet: SheetFacts, empty: str) -> None:
    """The first two chapters of a sheet; before them, in a frame, that it does not count."""
    if sheet.voided:
        form(flow, filling(flow, Column("", 24, _C, label=True), Column("", 152, bold=True)), [("무효", sheet.voided)])
    _household(flow, sheet, empty)
    _visit(flow, sheet, empty)


def _household(flow: Flow, sheet: SheetFacts, empty: str) -> None:
    flow.chapter("대상 가구")
    pair, across = halves(flow, empty), whole(flow, empty)
    with table(flow, pair, headed=False) as rows:
        rows.row(("관리번호", sheet.number, "대표자", sheet.name))
        rows.row(("가구원", "\n".join(_member(each) for each in sheet.members)), across)
        rows.row(("주소", sheet.address or UNKNOWN), across)
        rows.row(("전화", sheet.phone, "가구 유형", sheet.household_type))
        rows.row(("수급 유형", listed(sheet.benefits, ""), "위험도", sheet.risk))
        rows.row(("복지 담당", sheet.worker, "간호 담당", sheet.nurse))


def _member(member: SheetMemberFacts) -> str:
    """«김순자 (본인, 여, 84세) · 만남»."""
    about = ", ".join(filter(None, (member.relation, member.sex, member.age)))
    return f"{member.name} ({about})" + (" · 만남" if member.was_seen else "")


def _visit(flow: Flow, sheet: SheetFacts, empty: str) -> None:
    flow.chapter("방문")
    seen = listed(tuple(each.name for each in sheet.members if each.was_seen), "")
    with table(flow, halves(flow, empty), headed=False) as rows:
        rows.row(("방문 일시", _span(sheet), "방식 · 목적", f"{sheet.mode} · {sheet.purpose}"))
        rows.row(("기록한 때", moment(sheet.typed_at), "접수된 때", moment(sheet.received_at)))
        rows.row(("방문자", "\n".join(sheet.visited_by), "함께 간 사람", listed(sheet.companions, "")))
        rows.row(("만난 사람", seen, "장소", sheet.place))
        if remarks := _remarks(sheet):
            rows.row(("비고", remarks), whole(flow, empty))
    draw_noted(flow, "부재 확인", sheet.absence)


def _span(sheet: SheetFacts) -> str:
    begun = korean_time(sheet.began_at)
    until = f" ~ {korean_time(sheet.ended_at):%H:%M}" if sheet.ended_at else ""
    return f"{day_of_week(begun.date())} {begun:%H:%M}{until}"


def _remarks(sheet: SheetFacts) -> str:
    corrected = f"정정 {len(sheet.corrections)}회" if sheet.corrections else ""
    alone = f"혼자 방문함: {sheet.alone_because}" if sheet.alone_because.strip() else ""
    return ". ".join(filter(None, (sheet.late, corrected, alone)))


def draw_noted(flow: Flow, title: str, lines: Iterable[NotedFacts]) -> None:
    """A chapter of lines that name what they are about; none at all without a line."""
    told = list(lines)
    if not told:
        return
    flow.chapter(title)
    columns = filling(flow, Column("", 34, _C, label=True), Column("", 24, _C, empty="가구"), Column("", 118))
    form(flow, columns, ((each.what, each.member, each.said) for each in told))
