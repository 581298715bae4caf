"""Read what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.assessments.models import Assessment
from app.assessments.queries.versions import read
from app.assessments.rules import Band, Instrument
from app.core.errors import NotFound
from app.households.models import Household
from app.households.queries import get_household


@dataclass(frozen=True, slots=True)
class Result:
    """An assessment with the instrument that judged it."""

    row: Assessment
    instrument: Instrument

    @property
    def band(self) -> Band | None:
        """The band that stands: the one a person chose, or that of the cut-offs."""
        return self.instrument.band(self.row.chosen_band or self.row.band)

    @property
    def computed_band(self) -> Band | None:
        return self.instrument.band(self.row.band)


@dataclass(frozen=True, slots=True)
class Series:
    """All results of one instrument for one person, the newest first."""

    instrument: Instrument
    results: tuple[Result, ...]

    @property
    def latest(self) -> Result:
        return self.results[0]

    @property
    def before(self) -> Result | None:
        return self.results[1] if len(self.results) > 1 else None


def list_results(session: Session, household: Household, who: Identity) -> list[Result]:
    """What was assessed in a household and may be seen by `who`, the newest first; taken-back ones are left out."""
    statement = (
        select(Assessment)
        .where(Assessment.household_id == household.id, Assessment.voided_at.is_(None))
        .options(joinedload(Assessment.instrument), joinedload(Assessment.by), joinedload(Assessment.member))
        .order_by(Assessment.assessed_on.desc(), Assessment.recorded_at.desc())
    )
    reads_health = can(who, Permission.READ_NURSING_NOTE, household)
    results = [Result(row, read(row.instrument)) for row in session.scalars(statement)]
    return [each for each in results if may_see(each, who, reads_health=reads_health)]


def may_see(result: Result, who: Identity, *, reads_health: bool) -> bool:
    """What concerns health is for those who read health, and for whoever asked the questions."""
    return not result.instrument.is_health or reads_health or result.row.by_id == who.account_id


def series_of(results: Sequence[Result]) -> list[Series]:
    """The results by instrument and person, the one assessed last first."""
    found: dict[tuple[str, int | None], list[Result]] = {}
    for result in results:
        found.setdefault((result.instrument.code, result.row.member_id), []).append(result)
    return [Series(each[0].instrument, tuple(each)) for each in found.values()]


def get_result(session: Session, who: Identity, household_id: int, assessment_id: UUID) -> Result:
    """One assessment of a visible household that `who` may see, or NotFound."""
    household = get_household(session, who, household_id)
    row = session.scalars(
        select(Assessment)
        .where(Assessment.id == assessment_id, Assessment.household_id == household.id)
        .options(selectinload(Assessment.lines))
    ).first()
    if row is None:
        raise NotFound
    result = Result(row, read(row.instrument))
    if not may_see(result, who, reads_health=can(who, Permission.READ_NURSING_NOTE, household)):
        raise NotFound
    return result
