"""The board on which a visit is planned or moved: hours of ten working days, the day the engine speaks for, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.core.clock import korean_date
from app.core.working_days import WorkingDays
from app.follow_ups.queries import last_contact_modes, list_dues, working_days_for
from app.follow_ups.rules import ContactMode, LongBreak, Profession, break_swallowing
from app.follow_ups.rules.dues import Due, in_order
from app.households.models import Household
from app.visits.queries.planned import PlannedRecord, standing_plans
from app.visits.queries.surroundings import surroundings_of
from app.visits.rules import (
    DayColumn,
    Engagement,
    Leave,
    Suggestion,
    days_of_board,
    draw_board,
    suggest_day,
    usual_weekday,
)
from app.visits.rules.planning import FARTHEST_AHEAD

MEETINGS_LOOKED_AT = 12
MET = (ContactMode.FACE, ContactMode.OFFICE)
BACK = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class PlanBoard:
    """Columns to choose from, and what to know while choosing."""

    columns: tuple[DayColumn, ...]
    due: Due | None
    """What the visit is for."""
    suggestion: Suggestion | None
    coming_break: LongBreak | None
    """The long break that would swallow the due."""
    planned: PlannedRecord | None
    """Another visit of that profession that stands already."""
    earlier_on: date | None
    """Where the board before this one begins; None at the first."""
    later_on: date


def see_board(
    session: Session, household: Household, wanted: Engagement, *, profession: Profession, first_on: date | None,
    now: datetime,
) -> PlanBoard:  # fmt: skip
    """The board for a visit of these people to a household, from a day on: today where none is given, or one gone by; at most a year ahead.

    Args:
        profession: whose due the visit is for; another's is taken where they have none.
    """
    today = korean_date(now)
    begins = min(max(first_on or today, today), today + FARTHEST_AHEAD)
    days = working_days_for(session, household.centre.district_id)
    shown = days_of_board(begins, days)
    around = surroundings_of(session, household, wanted.slot.people, first_on=shown[0], last_on=shown[-1], now=now)
    due = _due_for(list_dues(session, household, today=today), profession)
    coming = break_swallowing(due.due_on, today=today, working_days=days) if due and due.due_on else None
    planned = _planned(session, household, wanted, profession, today)
    away = _days_away(shown, around.leaves, wanted.slot.assignee_id)
    suggestion = None if planned else _suggest(session, household, shown, due, coming, days, away)
    suggested_on = suggestion.on if suggestion else None
    return PlanBoard(
        columns=draw_board(wanted, shown, around, suggested_on=suggested_on), due=due, suggestion=suggestion,
        coming_break=coming, planned=planned, earlier_on=max(begins - BACK, today) if begins > today else None,
        later_on=shown[-1] + timedelta(days=1),
    )  # fmt: skip


def _planned(
    session: Session, household: Household, wanted: Engagement, profession: Profession, today: date
) -> PlannedRecord | None:
    """The next visit that is planned for the same thing, but for the one that is being moved."""
    standing = standing_plans(session, [household.id], first_on=today).get(household.id, [])
    return next((each for each in standing if each.id != wanted.planned_id and each.serves(profession)), None)


def _due_for(dues: Sequence[Due], profession: Profession) -> Due | None:
    ordered = sorted(in_order(dues), key=lambda due: due.profession is not profession)
    return ordered[0] if ordered else None


def _suggest(
    session: Session, household: Household, shown: Sequence[date], due: Due | None, coming: LongBreak | None,
    days: WorkingDays, away: Sequence[date],
) -> Suggestion | None:  # fmt: skip
    if due is None or due.due_on is None:
        return None
    met_on = [on for on, mode in last_contact_modes(session, household.id, limit=MEETINGS_LOOKED_AT) if mode in MET]
    due_on = min(due.due_on, coming.visit_by) if coming else due.due_on
    return suggest_day(
        shown, due_on=due_on, window_start=due.window_start, usual=usual_weekday(met_on), days=days, away=away
    )


def _days_away(shown: Sequence[date], leaves: Sequence[Leave], person: int) -> list[date]:
    return [on for on in shown if any(leave.account_id == person and leave.holds(on) for leave in leaves)]
