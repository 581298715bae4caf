"""Read what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.assessments.models import Assessment
from app.assessments.queries.versions import read
from app.assessments.rules import Band, Instrument, change_words, is_worse, recheck_on
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
class Change:
    """A result beside the one before it of the same instrument and person, None for the first."""

    result: Result
    before: Result | None

    @property
    def words(self) -> str:
        """«PHQ-9 우울 7점 가벼움 → 14점 중간 ▲»."""
        before = (self.before.row.total, self.before.band) if self.before else None
        return change_words(self.result.instrument, before, (self.result.row.total, self.result.band))

    @property
    def is_new_band(self) -> bool:
        """Whether the band is another one than before; a first result is new."""
        return self.before is None or self.before.row.band_that_stands != self.result.row.band_that_stands

    @property
    def is_worse(self) -> bool:
        """Whether the band is graver than before."""
        return self.before is not None and is_worse(self.before.band, self.result.band)


@dataclass(frozen=True, slots=True)
class Series:
    """All results of one instrument for one person, the newest first."""

    instrument: Instrument
    results: tuple[Result, ...]

    @property
    def latest(self) -> Result:
        return self.results[0]

    @property
    def first(self) -> Result:
        return self.results[-1]

    @property
    def before(self) -> Result | None:
        return self.results[1] if len(self.results) > 1 else None

    @property
    def changes(self) -> tuple[Change, ...]:
        """Each result with the one before it, the newest first."""
        return tuple(map(Change, self.results, (*self.results[1:], None)))

    @property
    def recheck_on(self) -> date | None:
        """From which day on it is to be asked again."""
        return recheck_on(self.latest.row.assessed_on, self.latest.band)


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


def count_results(session: Session, household_id: int) -> int:
    """How many results a household has, whoever may see them; taken-back ones are left out."""
    counted = select(func.count()).where(Assessment.household_id == household_id, Assessment.voided_at.is_(None))
    return session.scalar(counted) or 0


def list_of_visit(session: Session, household: Household, visit_id: UUID, who: Identity) -> list[Result]:
    """What was asked during one visit and may be seen by `who`, the first first; a draft's id counts as well."""
    asked = [each for each in list_results(session, household, who) if each.row.visit_id == visit_id]
    return sorted(asked, key=lambda each: each.row.recorded_at)


def due_again(results: Sequence[Result], *, today: date) -> list[Series]:
    """What was answered so that it is to be asked again, and has not been since."""
    return [each for each in series_of(results) if each.recheck_on is not None and each.recheck_on <= today]


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
