"""The second half of the case report: the visits, the vitals and the other contacts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from app.core.clock import korean_time
from app.reports.documents.flow import Flow
from app.reports.documents.tables import DENSE, Align, Column, Columns, filling, ruled, table
from app.reports.documents.trends import trend_row
from app.reports.rules.case_report import CaseReportFacts, ReadingFacts, VisitFacts, VitalsFacts
from app.reports.rules.wording import NOT_TAKEN, day, day_of_week, figure, listed, moment
from app.visits.rules.trend_chart import ground_words

_C = Align.CENTRE
_VISIT = (
    Column("일시", 38, _C, label=True),
    Column("방식 · 목적", 36, _C, shaded=True),
    Column("방문자", 34, _C, shaded=True),
    Column("만난 가구원", 34, _C, shaded=True),
    Column("비고", 34, _C, shaded=True),
)


def draw_record(flow: Flow, facts: CaseReportFacts) -> None:
    """The chapters about what was done."""
    _visits(flow, facts.visits)
    _vitals(flow, facts)
    _contacts(flow, facts)


def _visits(flow: Flow, visits: Sequence[VisitFacts]) -> None:
    flow.chapter(f"방문 기록 ({len(visits)}건)")
    if not visits:
        ruled(flow, filling(flow, *_VISIT), [])
        return
    strip = filling(flow, *_VISIT)
    wide = filling(flow, Column("", 22, _C, label=True), Column("", 154))
    with table(flow, strip) as records:
        for visit in visits:
            records.record(_visit(visit, strip, wide))


def _visit(visit: VisitFacts, strip: Columns, wide: Columns) -> Iterator[tuple[Sequence[str], Columns]]:
    yield (
        (
            _when(visit.happened_at),
            f"{visit.mode} · {visit.purpose}",
            listed(visit.visited_by),
            listed(visit.members_seen),
            _remarks(visit),
        ),
        strip,
    )
    told = [line for line in _told(visit) if line[1].strip()]
    yield from ((line, wide) for line in told or [("기록", "")])


def _told(visit: VisitFacts) -> Iterator[tuple[str, str]]:
    """What a record may say; a line that has nothing to say is not printed, a record without any says so once."""
    yield "복지 기록", visit.welfare_note
    yield "간호 기록", visit.nursing_withheld or visit.nursing_note
    yield "활력징후", visit.vitals
    yield "한 일", visit.done
    yield "약속 · 다음", visit.promised


def _when(at: datetime) -> str:
    korean = korean_time(at)
    return f"{day_of_week(korean.date())} {korean:%H:%M}"


def _remarks(visit: VisitFacts) -> str:
    corrected = f"정정 {visit.corrections}회" if visit.corrections else ""
    return ", ".join(filter(None, (visit.late, corrected)))


def _vitals(flow: Flow, facts: CaseReportFacts) -> None:
    flow.chapter("활력징후 추이")
    if facts.vitals_withheld:
        flow.note(f"※ {facts.vitals_withheld}")
        return
    if not facts.vitals:
        ruled(flow, _reading_columns(flow), [])
    for vitals in facts.vitals:
        _readings(flow, vitals)
    if facts.vitals:
        flow.note(f"※ 「{NOT_TAKEN}」는 측정하지 않은 항목입니다.")
    for ground in _grounds(facts.vitals):
        flow.note(f"※ {ground}")


def _readings(flow: Flow, vitals: VitalsFacts) -> None:
    """One person's chart and, below it, the figures it was drawn from."""
    flow.caption(f"○ {vitals.member}")
    if vitals.trends:
        flow.drawing(trend_row(vitals.trends, width=flow.sheet.body))
    ruled(flow, _reading_columns(flow), map(_reading, vitals.readings), DENSE)


def _grounds(vitals: Sequence[VitalsFacts]) -> list[str]:
    """What the grey in the charts means, each kind once."""
    trends = (trend for each in vitals for trend in each.trends)
    told = (f"{trend.title}: {words}" for trend in trends if (words := ground_words(trend)))
    return list(dict.fromkeys(told))


def _reading_columns(flow: Flow) -> Columns:
    return filling(
        flow,
        Column("측정일시", 30, _C),
        Column("혈압\n(mmHg)", 18, _C),
        Column("맥박\n(/분)", 13, _C),
        Column("호흡\n(/분)", 13, _C),
        Column("체온\n(℃)", 13, _C),
        Column("SpO₂\n(%)", 14, _C),
        Column("혈당\n(mg/dL)", 25, _C),
        Column("체중\n(kg)", 13, _C),
        Column("판정 · 기타", 36),
    )


def _reading(reading: ReadingFacts) -> tuple[str, ...]:
    glucose = f"{figure(reading.glucose)} {reading.glucose_context}".strip()
    return (
        moment(reading.measured_at),
        _pressure(reading),
        figure(reading.pulse),
        figure(reading.respiration),
        figure(reading.temperature, 1),
        figure(reading.spo2),
        glucose,
        figure(reading.weight, 1),
        reading.remark,
    )


def _pressure(reading: ReadingFacts) -> str:
    if reading.systolic is None and reading.diastolic is None:
        return NOT_TAKEN
    return f"{figure(reading.systolic)}/{figure(reading.diastolic)}"


def _contacts(flow: Flow, facts: CaseReportFacts) -> None:
    flow.chapter(f"접촉 이력 ({len(facts.contacts)}건)")
    columns = filling(
        flow,
        Column("일자", 24, _C),
        Column("방식", 24, _C),
        Column("목적", 20, _C),
        Column("담당", 22, _C),
        Column("만난 사람", 28, _C),
        Column("내용", 58),
    )
    rows = (
        (day(each.occurred_on), each.mode, each.purpose, each.contacted_by, listed(each.reached), each.note)
        for each in facts.contacts
    )
    ruled(flow, columns, rows)
