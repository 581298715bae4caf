"""Problems, medicines and what was done, as far as the reader of a case report may see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.care.queries import ProblemLine, Values, VisitCare, list_done, list_for_paper, standing_medicines
from app.households.models import Household
from app.reports.rules.case_care import CARE_WITHHELD, MedicineFacts, ProblemFacts


def gather_care(session: Session, household: Household, *, reads_health: bool) -> dict[str, Any]:
    """The fields of care; without `reads_health` only problems that are no health detail, and a sentence that says so."""
    lines = list_for_paper(session, household.id, reads_health=reads_health)
    return {
        "problems": tuple(map(_problem, lines)),
        "medicines": tuple(_medicines(session, household)) if reads_health else (),
        "care_withheld": "" if reads_health else CARE_WITHHELD,
    }


def done_words(session: Session, visit_ids: Sequence[UUID], *, reads_health: bool) -> dict[UUID, str]:
    """What was done on each visit in a few lines; empty where nothing is kept that the reader may see."""
    done = list_done(session, visit_ids, reads_health=reads_health)
    return {visit_id: "\n".join(_lines(care)) for visit_id, care in done.items()}


def _lines(care: VisitCare) -> Iterator[str]:
    for kind, lines in care.by_kind:
        yield f"{kind.label}: " + ", ".join(f"{line.label}({line.note})" if line.note else line.label for line in lines)
    for rating in care.ratings:
        yield " ".join(filter(None, (rating.label, rating.member, rating.words, rating.note)))
    for check in care.checks:
        yield f"복약 {check.member}: " + ", ".join(f"{point} {answer}" for point, answer, _concern in check.points)


def _problem(line: ProblemLine) -> ProblemFacts:
    return ProblemFacts(
        member=line.row.member.name if line.row.member else "",
        problem=line.kind.label,
        domain=line.kind.domain.label,
        opened_on=line.row.opened_on,
        first=_values(line.first),
        last=_values(line.last),
        rated_on=line.ratings[-1].rated_on if line.ratings else None,
        signs=line.row.signs,
        closed_on=line.row.closed_on,
        closed_because=line.closed_because if line.row.closed_on else "",
    )


def _values(values: Values | None) -> str:
    return "·".join(map(str, values)) if values else ""


def _medicines(session: Session, household: Household) -> Iterator[MedicineFacts]:
    names = {member.id: member.name for member in household.members if member.is_present}
    for member_id, rows in standing_medicines(session, household.id).items():
        for row in rows if member_id in names else ():
            yield MedicineFacts(
                member=names[member_id],
                name=row.name,
                taken=" ".join(filter(None, (row.dose, row.how))),
                prescribed_by=row.prescribed_by,
                since_on=row.since_on,
                confirmed_on=row.confirmed_on,
            )
