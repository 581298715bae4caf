"""Sections of the case report about a household's people: where they are registered, and what they answered."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.assessments.queries import Result, Series, count_results, list_results, series_of
from app.assessments.rules import direction, show_number
from app.care_groups.models import Registration
from app.care_groups.queries import list_registrations
from app.households.models import Household
from app.reports.rules import SectionFacts, wording

WITHHELD = "건강에 관한 평가는 열람 권한이 없어 뺐습니다"


def registrations(session: Session, household: Household) -> tuple[SectionFacts, ...]:
    """Registrations in the health programmes with their discharges, the newest first; nothing when there are none."""
    rows = tuple(_registration(row) for row in list_registrations(session, household.id))
    columns = ("대상", "사업", "등록일", "퇴록일", "퇴록 사유")
    return (SectionFacts(title="사업 등록", columns=columns, rows=rows),) if rows else ()


def _registration(row: Registration) -> tuple[str, ...]:
    left = wording.day(row.discharged_on) if row.discharged_on else "등록 중"
    reason = row.discharge_reason.label if row.discharge_reason else ""
    return row.member.name, row.programme.label, wording.day(row.registered_on), left, reason


def assessments(session: Session, household: Household, who: Identity) -> tuple[SectionFacts, ...]:
    """«평가»: the first and the latest result of each instrument and person; what `who` may not see is said to be left out."""
    results = list_results(session, household, who)
    rows = [_assessment(series) for series in series_of(results)]
    if len(results) < count_results(session, household.id):
        rows.append((WITHHELD, "", "", "", ""))
    columns = ("평가", "대상", "처음", "최근", "변화")
    return (SectionFacts(title="평가", columns=columns, rows=tuple(rows)),) if rows else ()


def _assessment(series: Series) -> tuple[str, ...]:
    latest, first = series.latest, series.first
    whose = latest.row.member.name if latest.row.member else "가구"
    moved = "" if latest is first else direction(first.row.total, latest.row.total).value
    return series.instrument.name, whose, "" if latest is first else _point(first), _point(latest), moved


def _point(result: Result) -> str:
    """«2026-03-02 7점 가벼움», with the reason where a person chose another band."""
    band = f" {result.band.label}" if result.band else ""
    chosen = " (담당자 판단)" if result.row.chosen_band else ""
    return f"{wording.day(result.row.assessed_on)} {show_number(result.row.total)}점{band}{chosen}"
