"""발굴 처리현황 (R02) as a spreadsheet: centres, workers, and a row for each day of the round."""

from __future__ import annotations

from app.reports.rules.round_report import RoundReportFacts
from app.reports.sheets.parts import Part, part_of

EDITION = "1"


def parts(facts: RoundReportFacts) -> tuple[Part, ...]:
    """The tables of the paper; every day that the drawing of the paper shows is a row."""
    left = Part(
        "남은 건", "남은 건 (그날이 끝났을 때)", ("날짜", "남은 건"), tuple((each.on, each.left) for each in facts.left)
    )
    return (*(part_of(counted.title, counted) for counted in facts.tables), left)
