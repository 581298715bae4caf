"""Read instruments and what was answered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.assessments.models import Assessment, InstrumentVersion
from app.assessments.rules import Band, Instrument, instrument_from
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
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


def list_instruments(session: Session, district_id: int, *, on: date) -> dict[int, Instrument]:
    """The version of each instrument that holds in a 시군구 on a day, by its key, in the order they were shipped."""
    newest: dict[str, InstrumentVersion] = {}
    for row in list_versions(session, district_id):
        if row.effective_from <= on:
            newest[row.code] = row
    return {row.id: read(row) for row in newest.values()}


def list_versions(session: Session, district_id: int, code: str | None = None) -> Sequence[InstrumentVersion]:
    """The versions of one instrument, or of all, in the order in which they follow one another."""
    mine = or_(InstrumentVersion.district_id.is_(None), InstrumentVersion.district_id == district_id)
    statement = select(InstrumentVersion).where(mine)
    if code is not None:
        statement = statement.where(InstrumentVersion.code == code)
    own_last = InstrumentVersion.district_id.is_not(None)
    return session.scalars(statement.order_by(InstrumentVersion.effective_from, own_last, InstrumentVersion.id)).all()


def get_version(session: Session, district_id: int, code: str, *, on: date) -> InstrumentVersion:
    """The version of an instrument that holds on a day, the first for a day before any; or NotFound."""
    versions = list_versions(session, district_id, code)
    if not versions:
        raise NotFound
    return next((row for row in reversed(versions) if row.effective_from <= on), versions[0])


def code_of(session: Session, district_id: int, instrument_id: int) -> str:
    """The code of an instrument, by the key of any of its versions that this 시군구 may use; or NotFound."""
    row = session.get(InstrumentVersion, instrument_id) if instrument_id <= LARGEST_KEY else None
    if row is None or row.district_id not in (None, district_id):
        raise NotFound
    return row.code


def read(row: InstrumentVersion) -> Instrument:
    """A stored version as the rules read it."""
    return _read(json.dumps(row.document, sort_keys=True))


@lru_cache(maxsize=256)
def _read(document: str) -> Instrument:
    return instrument_from(json.loads(document))


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
