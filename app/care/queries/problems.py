"""The problem list of a household: what stands open, how it was rated over time, who may see it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.access.identity import Identity
from app.care.models import Problem, ProblemRating
from app.care.queries.done import Values, rating_words
from app.care.queries.sights import sight_of
from app.care.queries.tables import omaha
from app.care.rules import ProblemKind
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.follow_ups.models import ContactRow
from app.households.models import Household
from app.households.queries import get_household


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem with what it is and its ratings, the oldest first."""

    row: Problem
    kind: ProblemKind
    ratings: tuple[ProblemRating, ...]

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def is_open(self) -> bool:
        return self.row.closed_on is None

    @property
    def whose(self) -> str:
        """The member's name, «가구» for a problem of all."""
        return self.row.member.name if self.row.member else "가구"

    @property
    def first(self) -> Values | None:
        return values_of(self.ratings[0]) if self.ratings else None

    @property
    def last(self) -> Values | None:
        return values_of(self.ratings[-1]) if self.ratings else None

    @property
    def words(self) -> str:
        """How it stands, beside how it stood at first: «지식 2→3 · 행동 2 · 상태 3→4»; empty before any rating."""
        return rating_words(self.last, self.first) if self.last else ""

    @property
    def closed_because(self) -> str:
        """Why it was closed last; earlier closings stand on the lines below it."""
        return self.row.closed_because.partition("\n")[0]


def values_of(rating: ProblemRating) -> Values:
    """Knowledge, behaviour and status of a rating."""
    return rating.knowledge, rating.behaviour, rating.status


def line_of(session: Session, row: Problem) -> ProblemLine:
    """A problem as pages show it; a rating typed late stands where it belongs, one of a voided visit nowhere."""
    return _line(row, _voided(session, [row]))


def _line(row: Problem, voided: Collection[UUID]) -> ProblemLine:
    ratings = sorted(
        (rating for rating in row.ratings if rating.visit_id not in voided),
        key=lambda rating: (rating.rated_on, rating.id),
    )
    return ProblemLine(row, omaha().kind(row.code), tuple(ratings))


def _lines(session: Session, household_id: int) -> list[ProblemLine]:
    rows = _rows(session, household_id)
    voided = _voided(session, rows)
    return [_line(row, voided) for row in rows]


def list_problems(session: Session, who: Identity, household: Household) -> list[ProblemLine]:
    """Every problem of a household that `who` may see: open ones first, the newest of each first."""
    sight = sight_of(who, household)
    lines = _lines(session, household.id)
    seen = [line for line in lines if sight.shows(line.kind, opened_by_id=line.row.opened_by_id)]
    return sorted(seen, key=lambda line: not line.is_open)


def list_for_paper(session: Session, household_id: int, *, reads_health: bool) -> list[ProblemLine]:
    """The problems that a paper may show, the open ones first: nothing of abuse and neglect, health only where asked.

    The caller has looked whether the household may be seen.
    """
    lines = _lines(session, household_id)
    shown = [each for each in lines if not each.kind.is_restricted and (reads_health or not each.kind.is_health)]
    return sorted(shown, key=lambda line: not line.is_open)


def _rows(session: Session, household_id: int) -> Sequence[Problem]:
    statement = (
        select(Problem)
        .where(Problem.household_id == household_id)
        .options(
            joinedload(Problem.member),
            joinedload(Problem.opened_by),
            joinedload(Problem.closed_by),
            selectinload(Problem.ratings).joinedload(ProblemRating.by),
        )
        .order_by(Problem.opened_on.desc(), Problem.id.desc())
    )
    return session.scalars(statement).all()


def _voided(session: Session, rows: Iterable[Problem]) -> set[UUID]:
    """The visits that were taken back: a record counts as long as one of its contacts stands."""
    told = {rating.visit_id for row in rows for rating in row.ratings if rating.visit_id is not None}
    if not told:
        return set()
    counted = func.count(ContactRow.id).filter(ContactRow.voided_at.is_(None))
    statement = select(ContactRow.record_id).where(ContactRow.record_id.in_(told))
    return set(session.scalars(statement.group_by(ContactRow.record_id).having(counted == 0)))


def get_problem(session: Session, who: Identity, household_id: int, problem_id: int) -> Problem:
    """One problem of a visible household that `who` may see, or NotFound."""
    household = get_household(session, who, household_id)
    row = session.get(Problem, problem_id) if problem_id <= LARGEST_KEY else None
    if row is None or row.household_id != household.id:
        raise NotFound
    if not sight_of(who, household).shows(omaha().kind(row.code), opened_by_id=row.opened_by_id):
        raise NotFound
    return row
