"""R02: a round of discoveries by centre and by worker, and what was left at the end of each day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.clock import korean_date
from app.discoveries.models import Round
from app.discoveries.queries.items_figures import CentreFigures, WorkerFigures, burn_down, count_figures, count_workers
from app.discoveries.rules import ItemState
from app.discoveries.rules.items_figures import Figure
from app.reports.rules import CountLine, CountShare, CountTable, LeftFacts, Letterhead, RoundReportFacts

_FIGURES = list(Figure)
RATE = CountShare(title="처리율", part=_FIGURES.index(Figure.DONE), whole=_FIGURES.index(Figure.ASSIGNED))


def gather_round_report(
    session: Session, who: Identity, of_round: Round, centre_ids: Collection[int], letterhead: Letterhead, *,
    subject: str, now: datetime,
) -> RoundReportFacts:  # fmt: skip
    """The round as the page of its figures counts it, for these centres alone."""
    narrowed = replace(who, centre_ids=who.centre_ids & set(centre_ids))
    today = korean_date(now)
    return RoundReportFacts(
        letterhead=letterhead,
        subject=subject,
        title=of_round.title,
        source=of_round.source.label,
        opens_on=of_round.opens_on,
        closes_on=of_round.closes_on,
        as_of=today,
        by_centre=_centres(count_figures(session, narrowed, of_round)),
        by_worker=_workers(count_workers(session, narrowed, of_round)),
        left=tuple(
            LeftFacts(on=each.on, left=each.left) for each in burn_down(session, narrowed, of_round, today=today)
        ),
    )


def _centres(lines: Collection[CentreFigures]) -> CountTable:
    rows = tuple(CountLine(label=line.name, counts=tuple(line.numbers[each] for each in Figure)) for line in lines)
    columns = tuple(figure.label for figure in Figure)
    return CountTable(title="센터별 처리 현황", rows_are="센터", columns=columns, lines=rows, share=RATE)


def _workers(lines: Collection[WorkerFigures]) -> CountTable:
    rows = tuple(CountLine(label=line.name, counts=tuple(line.states[each] for each in ItemState)) for line in lines)
    columns = tuple(state.label for state in ItemState)
    return CountTable(title="담당별 처리 현황", rows_are="담당", columns=columns, lines=rows, is_partition=True)
