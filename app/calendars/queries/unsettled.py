"""«다시 정할 일정»: visits that stand on days on which the person who was to go is away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Cover
from app.accounts.queries import list_covers
from app.core.working_days import WorkingDays
from app.follow_ups.queries import standing_flags, working_days_for
from app.follow_ups.queries.today import Flagged
from app.households.rules import strictest
from app.visits.queries import PlannedRecord, list_leaves, list_planned
from app.visits.rules import Leave, Problem, Surroundings, find_conflicts

LOOKS_AHEAD = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Unsettled:
    """One visit, and what would speak against handing it to whoever covers."""

    record: PlannedRecord
    objections: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class UnsettledLeave:
    """One leave with the visits that stand in it."""

    cover: Cover
    visits: tuple[Unsettled, ...]


def list_unsettled(session: Session, who: Identity, *, today: date) -> list[UnsettledLeave]:
    """Leave that stands or is to come, each with its visits, in the order of their days; leave without any is left out."""
    covers = list_covers(session, who.centre_ids, today=today)
    if not covers:
        return []
    until = today + LOOKS_AHEAD
    people = {one for cover in covers for one in (cover.absent_id, cover.covered_by_id)}
    visits = [
        each for each in list_planned(session, who, first_on=today, last_on=until, people=people) if each.is_standing
    ]
    flags = standing_flags(session, {visit.household_id for visit in visits})
    leaves = list_leaves(session, first_on=today, last_on=until, people=people)
    days = working_days_for(session, who.district_id)
    found = [UnsettledLeave(cover, _visits_in(cover, visits, flags, leaves, days)) for cover in covers]
    return [each for each in found if each.visits]


def count_unsettled(session: Session, who: Identity, *, today: date) -> int:
    """How many visits must be settled anew."""
    return sum(len(each.visits) for each in list_unsettled(session, who, today=today))


def _visits_in(
    cover: Cover, visits: Sequence[PlannedRecord], flags: dict[int, tuple[Flagged, ...]], leaves: Sequence[Leave],
    days: WorkingDays,
) -> tuple[Unsettled, ...]:  # fmt: skip
    return tuple(
        Unsettled(visit, _objections(cover, visit, visits, flags.get(visit.household_id, ()), leaves, days))
        for visit in visits
        if visit.assignee_id == cover.absent_id and cover.from_on <= visit.planned_on <= cover.until_on
    )


def _objections(
    cover: Cover, visit: PlannedRecord, visits: Sequence[PlannedRecord], flags: tuple[Flagged, ...],
    leaves: Sequence[Leave], days: WorkingDays,
) -> tuple[Problem, ...]:  # fmt: skip
    """What speaks against the one who covers going there at that hour."""
    given = replace(visit.engagement, slot=visit.slot.by(cover.covered_by_id))
    names = {cover.covered_by_id: cover.covered_by.name, cover.absent_id: cover.absent.name}
    around = Surroundings(
        days, [each.engagement for each in visits], leaves, names, strictest([flag.rule for flag in flags])
    )
    return find_conflicts(given, around)
