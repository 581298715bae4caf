"""Read what supervisors decided about households that nobody reaches, and which still wait for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.follow_ups.models import AbsenceDecision
from app.follow_ups.queries.histories import list_contacts, list_places, newest_rulings
from app.follow_ups.queries.judging import working_days_for
from app.follow_ups.queries.rule_book import ladder_book
from app.follow_ups.rules import AbsenceAnswer, awaits_decision, judge_absence
from app.households.models import Household
from app.households.queries import visible_to
from app.households.rules import HouseholdStatus, Risk


class Awaiting(NamedTuple):
    """A household that waits for its supervisor's decision."""

    id: int
    number: str
    title: str
    risk: Risk
    answer: AbsenceAnswer


def list_decisions(session: Session, household_id: int) -> Sequence[AbsenceDecision]:
    """What was ever decided about a household, newest first."""
    statement = select(AbsenceDecision).where(AbsenceDecision.household_id == household_id)
    return session.scalars(statement.options(joinedload(AbsenceDecision.by)).order_by(AbsenceDecision.id.desc())).all()


def count_decided_tries(session: Session, household_id: int, *, first_try_on: date) -> int:
    """Up to which try of a row a supervisor has decided; 0 when nobody has."""
    statement = select(func.max(AbsenceDecision.tries)).where(
        AbsenceDecision.household_id == household_id, AbsenceDecision.first_try_on == first_try_on
    )
    return session.scalar(statement) or 0


def list_ladder_steps(
    session: Session, household_ids: Collection[int], *, district_id: int, today: date
) -> dict[int, AbsenceAnswer]:
    """Where households of one 시군구 stand on the absence ladder; only active ones that stand on it."""
    ladder = ladder_book(session, district_id).holding(today) if household_ids else None
    if ladder is None:
        return {}
    days, contacts = working_days_for(session, district_id), list_contacts(session, household_ids)
    rulings = newest_rulings(session, household_ids)
    judged = (
        (place.id, judge_absence(
            contacts[place.id], ladder, risk=place.risk, lives_alone=place.lives_alone, today=today,
            working_days=days, ruling=rulings.get(place.id),
        ))
        for place in list_places(session, household_ids)
        if place.is_active
    )  # fmt: skip
    return {household_id: answer for household_id, answer in judged if answer is not None}


_IN_VAIN: Any = select(Household.id, Household.number, Household.title, Household.risk).where(
    Household.status == HouseholdStatus.ACTIVE, Household.absences_in_row > 0
)
_RANK = {risk: rank for rank, risk in enumerate(Risk)}


def list_awaiting(session: Session, who: Identity, *, today: date) -> list[Awaiting]:
    """The households of one's scope that wait for the supervisor's decision: longest first, at one date the riskiest."""
    rows = {row.id: row for row in session.execute(_IN_VAIN.where(visible_to(who)))}
    steps = list_ladder_steps(session, list(rows), district_id=who.district_id, today=today)
    found = [Awaiting._make((*rows[key], answer)) for key, answer in steps.items() if awaits_decision(answer)]
    return sorted(found, key=lambda each: (each.answer.due_on or date.max, _RANK[each.risk], each.id))
