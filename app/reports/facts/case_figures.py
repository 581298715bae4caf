"""R03: cases of a period by centre, by keeper, and why they were closed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.reports import queries
from app.reports.queries import CaseScope, CountedCases
from app.reports.rules import CaseFigure, CaseFiguresFacts, CountLine, CountTable, Letterhead

COLUMNS = tuple(figure.label for figure in CaseFigure)


def gather_case_figures(
    session: Session, who: Identity, scope: CaseScope, letterhead: Letterhead, *, subject: str
) -> CaseFiguresFacts:
    """The counts of these centres; `subject` tells copies of the same report apart from others."""
    return CaseFiguresFacts(
        letterhead=letterhead,
        subject=subject,
        first_on=scope.first_on,
        last_on=scope.last_on,
        by_centre=_table("센터별 현황", "센터", queries.count_by_centre(session, who, scope)),
        by_keeper=_table("담당별 현황", "담당", queries.count_by_keeper(session, who, scope)),
        by_reason=_reasons(session, who, scope),
    )


def _table(title: str, rows_are: str, lines: Sequence[CountedCases]) -> CountTable:
    counted = tuple(
        CountLine(label=line.name, counts=tuple(line.numbers[figure] for figure in CaseFigure)) for line in lines
    )
    return CountTable(title=title, rows_are=rows_are, columns=COLUMNS, lines=counted)


def _reasons(session: Session, who: Identity, scope: CaseScope) -> CountTable:
    centres = queries.centres_in_figures(session, who, scope)
    found = queries.count_closures(session, who, scope)
    lines = tuple(
        CountLine(label=label, counts=tuple(found.get((centre.id, code), 0) for centre in centres))
        for code, label in queries.list_reasons(session, who.district_id, found, on=scope.last_on)
    )
    dongs = tuple(centre.dong for centre in centres)
    return CountTable(title="종결 사유별 건수", rows_are="종결 사유", columns=dongs, lines=lines, is_partition=True)
