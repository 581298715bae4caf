"""Gather what an hour is held against: the calendars of those who go, their leave, the days off, how the household is visited."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.clock import korean_date, korean_time
from app.follow_ups.queries import working_days_for
from app.households.models import Household
from app.safety.queries import list_allowed, rule_of
from app.visits.queries.planned import engagements_of, list_leaves, names_of
from app.visits.rules import Engagement, Slot, Surroundings


def surroundings_of(
    session: Session, household: Household, people: frozenset[int], *, first_on: date, last_on: date, now: datetime
) -> Surroundings:
    """Everything about these people and this household from a day to a day."""
    engagements = engagements_of(session, people=people, household_id=household.id, first_on=first_on, last_on=last_on)
    concerned = people.union(*(each.slot.people for each in engagements))
    return Surroundings(
        working_days=working_days_for(session, household.centre.district_id),
        engagements=engagements,
        leaves=[
            leave
            for leave in list_leaves(session, first_on=first_on, last_on=last_on, people=people)
            if leave.account_id in people
        ],
        names=names_of(session, concerned),
        rule=rule_of(household),
        allowed=list_allowed(session, household.id, first_on=first_on, last_on=last_on),
        moment=(korean_date(now), korean_time(now).time()),
    )


def engagement_for(household: Household, slot: Slot, planned_id: UUID | None = None) -> Engagement:
    """A visit to a household as the rules hold it against others."""
    return Engagement(planned_id, household.id, slot, household.title, household.road_address or household.lot_address)
