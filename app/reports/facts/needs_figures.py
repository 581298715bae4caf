"""R05: domains with a need by type of household, and how many households have several."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.needs.queries import count_domains
from app.needs.rules import HouseholdNeeds, NeedCounts, NeedHouseholdType
from app.reports.queries import CaseScope
from app.reports.rules import CountLine, CountShare, CountTable, Letterhead, NeedsFigure, NeedsFiguresFacts

SEVERAL_SHARE = CountShare(title="복합욕구 비율", part=2, whole=0)


def gather_needs_figures(
    session: Session, who: Identity, scope: CaseScope, letterhead: Letterhead, *, subject: str
) -> NeedsFiguresFacts:
    """The counts of these centres by the latest survey of each household in the period."""
    counts = count_needs(session, who, scope)
    return NeedsFiguresFacts(
        letterhead=letterhead,
        subject=subject,
        first_on=scope.first_on,
        last_on=scope.last_on,
        by_domain=_domains(counts),
        by_type=_types(counts),
    )


def count_needs(session: Session, who: Identity, scope: CaseScope) -> NeedCounts:
    """What the surveys of the period found; every number can name its households."""
    return count_domains(
        session, who, centre_ids=scope.centre_ids, first_on=scope.first_on, last_on=scope.last_on
    )  # fmt: skip


def households_of(
    counts: NeedCounts, *, domain: str | None = None, figure: NeedsFigure = NeedsFigure.SURVEYED,
    household_type: NeedHouseholdType | None = None,
) -> tuple[int, ...]:  # fmt: skip
    """The households behind a number: with a need in a domain, or counted for a figure; of one type or of all."""
    return tuple(
        each.household_id
        for each in counts.households
        if household_type in (None, each.household_type) and (domain in each.needed if domain else _is(each, figure))
    )


def _is(household: HouseholdNeeds, figure: NeedsFigure) -> bool:
    if figure is NeedsFigure.SURVEYED:
        return True
    return len(household.needed) >= (1 if figure is NeedsFigure.IN_NEED else 2)


def _domains(counts: NeedCounts) -> CountTable:
    lines = tuple(
        CountLine(label=label, counts=tuple(len(households_of(counts, domain=code, household_type=each)) for each in NeedHouseholdType))
        for code, label in counts.domains
    )  # fmt: skip
    columns = tuple(each.label for each in NeedHouseholdType)
    return CountTable(
        title="욕구영역·가구유형별 건수", rows_are="욕구 영역", columns=columns, lines=lines, is_partition=True
    )


def _types(counts: NeedCounts) -> CountTable:
    lines = tuple(
        CountLine(label=each.label, counts=tuple(len(households_of(counts, figure=figure, household_type=each)) for figure in NeedsFigure))
        for each in NeedHouseholdType
    )  # fmt: skip
    columns = tuple(figure.label for figure in NeedsFigure)
    return CountTable(
        title="가구유형별 복합욕구", rows_are="가구 유형", columns=columns, lines=lines, share=SEVERAL_SHARE
    )
