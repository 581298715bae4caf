"""Cases in numbers (R03), by centre, by keeper and by reason. A number and the rows behind it are one and the same test."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.accounts.models import Account, Centre
from app.cases.models import Case, CaseStep
from app.cases.queries import closure_reasons, reason_label
from app.cases.rules import CaseClass, CaseStage
from app.core.errors import NotFound
from app.households.models import Household
from app.households.queries import visible_to
from app.reports.rules import PLAN_WITHIN_DAYS, CaseFigure

NOBODY = 0
"""In place of a keeper's key: cases that nobody carries."""
_CLASS = {
    CaseFigure.GENERAL: CaseClass.GENERAL, CaseFigure.COMPLEX: CaseClass.COMPLEX, CaseFigure.LINKAGE: CaseClass.LINKAGE,
    CaseFigure.NOT_SELECTED: CaseClass.NOT_SELECTED,
}  # fmt: skip
_WITHOUT_PLAN = (CaseClass.LINKAGE, CaseClass.NOT_SELECTED)


@dataclass(frozen=True, slots=True)
class CaseScope:
    """Which cases a report speaks of: of these centres, from one day to another, both included."""

    centre_ids: tuple[int, ...]
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class CountedCases:
    """One line of the report."""

    key: int
    """Of the centre or the keeper; `NOBODY` where nobody carries them."""
    name: str
    numbers: Mapping[CaseFigure, int]


def figure_test(figure: CaseFigure, scope: CaseScope) -> ColumnElement[bool]:
    """Whether a case counts for a figure of the period."""
    last_on = scope.last_on
    if figure is CaseFigure.OPENED:
        return Case.intake_on.between(scope.first_on, last_on)
    if figure is CaseFigure.CLOSED:
        return Case.closed_on.between(scope.first_on, last_on)
    if figure is CaseFigure.AFTERCARE:
        return and_(_reached((CaseStage.AFTERCARE,), last_on), or_(Case.ended_on.is_(None), Case.ended_on > last_on))
    live = and_(Case.intake_on <= last_on, or_(Case.closed_on.is_(None), Case.closed_on > last_on))
    if figure is CaseFigure.LIVE:
        return live
    is_decided = and_(Case.case_class.is_not(None), Case.classified_on <= last_on)
    if figure is CaseFigure.UNDECIDED:
        return and_(live, or_(Case.case_class.is_(None), Case.classified_on > last_on))
    if figure is CaseFigure.LATE:
        return and_(live, _late(last_on, is_decided))
    return and_(live, is_decided, Case.case_class == _CLASS[figure])


def count_by_centre(session: Session, who: Identity, scope: CaseScope) -> list[CountedCases]:
    """A line for each centre of the scope, by name; one without cases counts nothing."""
    statement = _counted(who, scope, Household.centre_id).group_by(Household.centre_id)
    found = {row[0]: row[1:] for row in session.execute(statement)}
    return [_line(each.id, each.name, found.get(each.id)) for each in centres_in_figures(session, who, scope)]


def count_by_keeper(session: Session, who: Identity, scope: CaseScope) -> list[CountedCases]:
    """A line for whoever carries any of the cases counted, by name; those nobody carries come first."""
    statement = _counted(who, scope, Case.keeper_id, Account.name).outerjoin(Account, Account.id == Case.keeper_id)
    rows = session.execute(statement.group_by(Case.keeper_id, Account.name))
    lines = [_line(row[0] or NOBODY, row[1] or "담당 없음", row[2:]) for row in rows if any(row[2:])]
    return sorted(lines, key=lambda line: (line.key != NOBODY, line.name, line.key))


def count_closures(session: Session, who: Identity, scope: CaseScope) -> Mapping[tuple[int, str], int]:
    """Closures of the period by centre and code of the reason."""
    statement = (
        select(Household.centre_id, Case.closure_reason, func.count(Case.id))
        .select_from(Case)
        .join(Household, Household.id == Case.household_id)
        .where(*_scoped(who, scope), figure_test(CaseFigure.CLOSED, scope))
        .group_by(Household.centre_id, Case.closure_reason)
    )
    return {(centre_id, reason): number for centre_id, reason, number in session.execute(statement)}


def list_counted(
    session: Session, who: Identity, scope: CaseScope, figure: CaseFigure, *, keeper_id: int | None = None,
    reason: str | None = None, after: int | None = None, limit: int = 50,
) -> Sequence[Case]:  # fmt: skip
    """The cases behind a number, by their key, one more than `limit` when there are more."""
    of_case = Household.id == Case.household_id
    statement = select(Case).join(Household, of_case).where(*_scoped(who, scope), figure_test(figure, scope))
    if keeper_id is not None:
        statement = statement.where(Case.keeper_id.is_(None) if keeper_id == NOBODY else Case.keeper_id == keeper_id)
    if reason is not None:
        statement = statement.where(Case.closure_reason == reason)
    if after is not None:
        statement = statement.where(Case.id > after)
    loaded = joinedload(Case.household).joinedload(Household.centre), joinedload(Case.keeper).lazyload("*")
    return session.scalars(statement.options(*loaded).order_by(Case.id).limit(limit + 1)).all()


def centres_in_figures(session: Session, who: Identity, scope: CaseScope) -> Sequence[Centre]:
    """The centres of the scope that `who` may see, by name."""
    keys = sorted(who.centre_ids & set(scope.centre_ids))
    return session.scalars(select(Centre).where(Centre.id.in_(keys)).order_by(Centre.name, Centre.id)).all()


def list_reasons(
    session: Session, district_id: int, found: Collection[tuple[int, str]], *, on: date
) -> Sequence[tuple[str, str]]:
    """Code and label of the closure reasons that hold on a day, then those that were found besides."""
    try:
        reasons = {each.code: each.label for each in closure_reasons(session, district_id, on=on).reasons}
    except NotFound:  # a period before the first version
        reasons = {}
    others = sorted({code for _, code in found} - reasons.keys())
    named = {code: reason_label(session, district_id, code) or "사유 없음" for code in others}
    return list((reasons | named).items())


def _counted(who: Identity, scope: CaseScope, *keys: Any) -> Any:
    """Every figure beside the keys that it is to be grouped by."""
    numbers = [func.count(Case.id).filter(figure_test(figure, scope)) for figure in CaseFigure]
    return (
        select(*keys, *numbers)
        .select_from(Case)
        .join(Household, Household.id == Case.household_id)
        .where(*_scoped(who, scope))
    )


def _scoped(who: Identity, scope: CaseScope) -> tuple[ColumnElement[bool], ...]:
    return visible_to(who), Household.centre_id.in_(scope.centre_ids), Case.intake_on <= scope.last_on


def _line(key: int, name: str, numbers: Sequence[int] | None) -> CountedCases:
    counted = numbers if numbers is not None else [0] * len(CaseFigure)
    return CountedCases(key, name, dict(zip(CaseFigure, counted, strict=True)))


def _late(last_on: date, is_decided: ColumnElement[bool]) -> ColumnElement[bool]:
    """Taken in more than thirty days before and still without a plan, where the class does not say there is none."""
    long_ago = Case.intake_on < last_on - timedelta(PLAN_WITHIN_DAYS)
    owes_none = and_(is_decided, Case.case_class.in_(_WITHOUT_PLAN))
    return and_(long_ago, ~owes_none, ~_reached((CaseStage.PLAN, CaseStage.SERVICE), last_on))


def _reached(stages: Sequence[CaseStage], on: date) -> ColumnElement[bool]:
    """Whether a case had come to one of these stages by a day."""
    return exists().where(CaseStep.case_id == Case.id, CaseStep.to_stage.in_(stages), CaseStep.on <= on)
