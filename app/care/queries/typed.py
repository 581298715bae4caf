"""What one record holds of care, as its correction form begins and as its versions keep it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.care.models import Intervention, MedicineCheck, Problem, ProblemRating
from app.care.queries.done import CheckLine, DoneLine, RatingLine, VisitCare, list_done, rating_words
from app.care.queries.tables import omaha, picks
from app.care.rules import CareDetails, Checked, Done, Rated
from app.households.models import Household

NOT_TIED = 0
"""In `Done.problem_id`: tied to no problem, on purpose."""


def get_care(session: Session, visit_id: UUID, *, author_id: int) -> CareDetails:
    """What one author recorded of care on a visit, as it would be typed again."""
    done = session.scalars(_of(Intervention, visit_id, author_id).order_by(Intervention.id))
    rated = session.scalars(_of(ProblemRating, visit_id, author_id).order_by(ProblemRating.id))
    checked = session.scalars(_of(MedicineCheck, visit_id, author_id).order_by(MedicineCheck.member_id))
    return CareDetails(
        tuple(Done(row.target, row.problem_id or NOT_TIED, row.note) for row in done),
        tuple(Rated(row.problem_id, row.knowledge, row.behaviour, row.status, row.note) for row in rated),
        tuple(Checked(row.member_id, dict(row.answers)) for row in checked),
    )


def _of(table: Any, visit_id: UUID, author_id: int) -> Select[Any]:
    return select(table).where(table.visit_id == visit_id, table.by_id == author_id)


def kept_words(session: Session, visit_id: UUID) -> dict[str, list[str]]:
    """Everything a visit holds of care, said in lines: `care` for everybody, `care_health` for who reads health.

    What nothing is kept of is left out, so that a version of before the first care equals one without any.
    """
    return _split(list_done(session, [visit_id], reads_health=True)[visit_id])


def typed_words(session: Session, household: Household, care: CareDetails) -> dict[str, list[str]]:
    """The lines that `care` would make of a visit, as `kept_words` would say them."""
    problems = {row.id: row for row in session.scalars(select(Problem).where(Problem.household_id == household.id))}
    names = {member.id: member.name for member in household.members}
    return _split(
        VisitCare(
            [_done_line(each, problems) for each in care.done],
            list(_rating_lines(care, problems, names)),
            [CheckLine(each.member_id, names.get(each.member_id, ""), each.answers, "") for each in care.checks],
        )
    )


def _done_line(done: Done, problems: Mapping[int, Problem]) -> DoneLine:
    pick, row = picks().pick(done.target), problems.get(done.problem_id or NOT_TIED)
    kind = omaha().kind(row.code) if row else None
    is_health = pick.is_health or bool(kind and kind.is_health)
    label = kind.label if kind and not kind.is_restricted else ""
    return DoneLine(pick.kind, pick.code, pick.label, done.note, "", label, "", is_health)


def _rating_lines(care: CareDetails, problems: Mapping[int, Problem], names: Mapping[int, str]) -> Iterator[RatingLine]:
    for rated in care.ratings:
        row = problems.get(rated.problem_id)
        if row is None or rated.missing:
            continue
        kind, (knowledge, behaviour, status) = omaha().kind(row.code), rated.values
        values = (knowledge or 0, behaviour or 0, status or 0)
        whose = names.get(row.member_id or 0, "")
        yield RatingLine(row.id, kind.label, whose, values, None, date.min, rated.note, "", kind.is_health)


def _split(care: VisitCare) -> dict[str, list[str]]:
    rated = [(each.is_health, _rating_words(each)) for each in care.ratings]
    done = [(each.is_health, _done_words(each)) for each in care.done]
    checked = [(True, _check_words(each)) for each in care.checks]
    lines = [*done, *rated, *checked]
    found = {
        "care": sorted(words for is_health, words in lines if not is_health),
        "care_health": sorted(words for is_health, words in lines if is_health),
    }
    return {name: words for name, words in found.items() if words}


def _done_words(line: DoneLine) -> str:
    """«교육·상담 저염식(순환) 국을 반만»."""
    tied = f"({line.problem})" if line.problem else ""
    return f"{line.kind.label} {line.label}{tied} {line.note}".strip()


def _rating_words(line: RatingLine) -> str:
    return " ".join(part for part in (line.member, line.label, rating_words(line.values), line.note) if part)


def _check_words(line: CheckLine) -> str:
    return f"{line.member} 복약: " + ", ".join(f"{point} {answer}" for point, answer, _concern in line.points)
