"""What was done on visits: interventions, ratings and medicine checks, by visit. For record pages and papers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.care.models import Intervention, MedicineCheck, Problem, ProblemRating
from app.care.queries.tables import omaha, picks
from app.care.rules import POINTS, InterventionKind, answer_label, is_concern
from app.core.database import fetch
from app.households.models import Member

Values = tuple[int, int, int]
"""Knowledge, behaviour and status, 1 (worst) to 5 (best)."""


class DoneLine(NamedTuple):
    """One intervention."""

    kind: InterventionKind
    target: str
    label: str
    note: str
    member: str
    """Whose it was; empty for the household."""
    problem: str
    """What it was for; empty when nothing was said."""
    by: str
    is_health: bool


class RatingLine(NamedTuple):
    """One problem rated, with the rating before it."""

    problem_id: int
    label: str
    member: str
    values: Values
    before: Values | None
    rated_on: date
    note: str
    by: str
    is_health: bool

    @property
    def words(self) -> str:
        """«지식 3 · 행동 2→3 · 상태 4»."""
        return rating_words(self.values, self.before)


class CheckLine(NamedTuple):
    """One member's medicine check."""

    member_id: int
    member: str
    answers: Mapping[str, str]
    by: str

    @property
    def points(self) -> list[tuple[str, str, bool]]:
        """(point, answer, whether it should be looked after) as they are shown, in the order of the check."""
        asked = ((code, label) for code, (label, _kind) in POINTS.items() if code in self.answers)
        return [
            (label, answer_label(code, self.answers[code]), is_concern(code, self.answers[code]))
            for code, label in asked
        ]


@dataclass(slots=True)
class VisitCare:
    """Everything of care that one visit holds and its reader may see."""

    done: list[DoneLine] = field(default_factory=list)
    ratings: list[RatingLine] = field(default_factory=list)
    checks: list[CheckLine] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.done or self.ratings or self.checks)

    @property
    def by_kind(self) -> list[tuple[InterventionKind, list[DoneLine]]]:
        """The interventions under their four kinds, in the order of the kinds."""
        found = ((kind, [line for line in self.done if line.kind is kind]) for kind in InterventionKind)
        return [(kind, lines) for kind, lines in found if lines]


def rating_words(values: Values, before: Values | None = None) -> str:
    """«지식 3 · 행동 2→3 · 상태 4»: what changed shows both."""
    pairs = zip(omaha().scales.values(), values, before or values, strict=True)
    return " · ".join(
        f"{scale.label} {was}→{now}" if was != now else f"{scale.label} {now}" for scale, now, was in pairs
    )


_DONE: Any = (
    select(
        Intervention.visit_id, Intervention.kind, Intervention.target, Intervention.note, Member.name, Problem.code,
        Account.name,
    )
    .join(Account, Account.id == Intervention.by_id)
    .outerjoin(Member, Member.id == Intervention.member_id)
    .outerjoin(Problem, Problem.id == Intervention.problem_id)
    .where(Intervention.visit_id.in_(bindparam("visit_ids", expanding=True)))
    .order_by(Intervention.id)
)  # fmt: skip
_RATED: Any = (
    select(
        ProblemRating.visit_id, ProblemRating.problem_id, Problem.code, Member.name, ProblemRating.rated_on,
        ProblemRating.knowledge, ProblemRating.behaviour, ProblemRating.status, ProblemRating.note, Account.name,
        ProblemRating.id,
    )
    .join(Problem, Problem.id == ProblemRating.problem_id)
    .join(Account, Account.id == ProblemRating.by_id)
    .outerjoin(Member, Member.id == Problem.member_id)
    .where(
        ProblemRating.problem_id.in_(
            select(ProblemRating.problem_id).where(ProblemRating.visit_id.in_(bindparam("visit_ids", expanding=True)))
        )
    )
    .order_by(ProblemRating.problem_id, ProblemRating.rated_on, ProblemRating.id)
)  # fmt: skip
_CHECKED: Any = (
    select(MedicineCheck.visit_id, MedicineCheck.member_id, Member.name, MedicineCheck.answers, Account.name)
    .join(Member, Member.id == MedicineCheck.member_id)
    .join(Account, Account.id == MedicineCheck.by_id)
    .where(MedicineCheck.visit_id.in_(bindparam("visit_ids", expanding=True)))
    .order_by(MedicineCheck.member_id)
)


def list_done(session: Session, visit_ids: Collection[UUID], *, reads_health: bool) -> dict[UUID, VisitCare]:
    """What was done on each of these visits, in three statements; a visit of which nothing is kept has an empty one.

    Without `reads_health` only what is no health detail. Problems of abuse and neglect are never in it.
    The caller has looked whether the visits may be seen.
    """
    found: dict[UUID, VisitCare] = {visit_id: VisitCare() for visit_id in visit_ids}
    if not found:
        return found
    ids = {"visit_ids": list(found)}
    for visit_id, line in _lines(fetch(session, _DONE, ids)):
        if reads_health or not line.is_health:
            found[visit_id].done.append(line)
    for visit_id, rating in _ratings(fetch(session, _RATED, ids), set(found)):
        if reads_health or not rating.is_health:
            found[visit_id].ratings.append(rating)
    for visit_id, *values in fetch(session, _CHECKED, ids) if reads_health else ():
        found[visit_id].checks.append(CheckLine._make(values))
    return found


def _lines(rows: Iterable[Any]) -> Iterable[tuple[UUID, DoneLine]]:
    for visit_id, kind, target, note, member, code, by in rows:
        pick, problem = picks().pick(target), omaha().kind(code) if code else None
        if problem is not None and problem.is_restricted:
            problem = None
        is_health = pick.is_health or (problem is not None and problem.is_health)
        label = problem.label if problem else ""
        yield visit_id, DoneLine(kind, target, pick.label, note, member or "", label, by, is_health)


def _ratings(rows: Iterable[Any], wanted: Collection[UUID]) -> Iterable[tuple[UUID, RatingLine]]:
    last: dict[int, Values] = {}
    for visit_id, problem_id, code, member, on, knowledge, behaviour, status, note, by, _id in rows:
        kind, values = omaha().kind(code), (knowledge, behaviour, status)
        if visit_id in wanted and not kind.is_restricted:
            yield (
                visit_id,
                RatingLine(
                    problem_id, kind.label, member or "", values, last.get(problem_id), on, note, by, kind.is_health
                ),
            )
        last[problem_id] = values
