"""What the form of a visit shows of assessments: asked at this visit, to be asked again, and what may be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.assessments.queries.results import Result, Series, due_again, list_results
from app.assessments.queries.versions import list_instruments
from app.assessments.rules import Instrument
from app.households.models import Household


@dataclass(frozen=True, slots=True)
class BesideVisit:
    """`keys` are instruments' keys by their code, for addresses."""

    asked: tuple[Result, ...]
    again: tuple[Series, ...]
    instruments: dict[int, Instrument]

    @property
    def keys(self) -> dict[str, int]:
        return {instrument.code: key for key, instrument in self.instruments.items()}


def beside_visit(session: Session, household: Household, visit_id: UUID, who: Identity, *, today: date) -> BesideVisit:
    """What stands beside a visit that is being written."""
    results = list_results(session, household, who)
    asked = [each for each in results if each.row.visit_id == visit_id]
    return BesideVisit(
        tuple(reversed(asked)), tuple(due_again(results, today=today)),
        list_instruments(session, who.district_id, on=today),
    )  # fmt: skip
