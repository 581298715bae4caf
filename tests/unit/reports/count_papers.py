"""Fictional papers of counts: a round, cases, needs, incidents."""

from __future__ import annotations

from datetime import date, timedelta

from app.reports.rules import (
    CaseFigure,
    CaseFiguresFacts,
    CountLine,
    CountShare,
    CountTable,
    IncidentLine,
    IncidentReportFacts,
    LeftFacts,
    NeedsFiguresFacts,
    RoundReportFacts,
)
from tests.unit.reports.papers import TODAY, letterhead

CENTRES = ("가람동 행정복지센터", "나래동 행정복지센터", "다솜동 행정복지센터")


def counted(title: str, rows: tuple[str, ...], columns: tuple[str, ...], **changes: object) -> CountTable:
    """Lines whose counts are all different, the last of them with nothing."""
    lines = [
        CountLine(label=label, counts=tuple(1_000 * (at + 1) + place for place in range(len(columns))))
        for at, label in enumerate(rows[:-1])
    ]
    lines.append(CountLine(label=rows[-1], counts=(0,) * len(columns)))
    return CountTable(title=title, rows_are="구분", columns=columns, lines=tuple(lines), **changes)  # type: ignore[arg-type]


def round_report(days: int = 54) -> RoundReportFacts:
    opens_on = date(2026, 7, 20)
    share = CountShare(title="처리율", part=1, whole=0)
    return RoundReportFacts(
        letterhead=letterhead("발굴 처리현황", counting_rules=("배정 = 센터에 온 사람.",)),
        subject="round:4",
        title="2026년 4차",
        source="중앙 발굴",
        opens_on=opens_on,
        closes_on=opens_on + timedelta(53),
        as_of=TODAY,
        by_centre=counted("센터별 처리 현황", CENTRES, ("배정", "처리"), share=share),
        by_worker=counted(
            "담당별 처리 현황", ("아직 아무도 맡지 않음", "민하준"), ("미처리", "끝남"), is_partition=True
        ),
        left=tuple(LeftFacts(on=opens_on + timedelta(at), left=3 * (days - at)) for at in range(days)),
    )


def case_figures() -> CaseFiguresFacts:
    figures = tuple(each.label for each in CaseFigure)
    reasons = ("장기목표 달성", "거절·포기", "사망")
    return CaseFiguresFacts(
        letterhead=letterhead("통합사례관리 현황", counting_rules=tuple(each.rule for each in CaseFigure)),
        subject="2026-01-01~2026-09-20",
        first_on=date(2026, 1, 1),
        last_on=TODAY,
        by_centre=counted("센터별 현황", CENTRES, figures),
        by_keeper=counted("담당별 현황", ("담당 없음", "민하준", "표나은"), figures),
        by_reason=counted("종결 사유별 건수", reasons, ("가람동", "나래동", "다솜동"), is_partition=True),
    )


def needs_figures(types: int = 10) -> NeedsFiguresFacts:
    share = CountShare(title="복합욕구 비율", part=2, whole=0)
    return NeedsFiguresFacts(
        letterhead=letterhead("욕구영역·가구유형별 현황"),
        subject="2026-01-01~2026-09-20",
        first_on=date(2026, 1, 1),
        last_on=TODAY,
        by_domain=counted(
            "욕구영역·가구유형별 건수",
            ("안전", "건강", "경제"),
            tuple(f"유형 {at}" for at in range(types)),
            is_partition=True,
        ),
        by_type=counted(
            "가구유형별 복합욕구",
            ("독거노인", "한부모"),
            ("조사한 가구", "욕구 있는 가구", "복합욕구 가구"),
            share=share,
        ),
    )


def incidents() -> IncidentReportFacts:
    lines = (IncidentLine(kind="폭언", counts=(1, 2)), IncidentLine(kind="동물", counts=(0, 0)))
    places = (IncidentLine(kind="폭언", counts=(3, 0)), IncidentLine(kind="동물", counts=(0, 0)))
    return IncidentReportFacts(
        letterhead=letterhead("방문인력 안전사고 현황"),
        first_on=date(2026, 1, 1),
        last_on=TODAY,
        months=("1월", "2월"),
        by_month=lines,
        hurt=1,
        called=(("112", 2), ("119", 0)),
        waiting=1,
        centres=("가람동", "나래동"),
        by_centre=places,
    )
