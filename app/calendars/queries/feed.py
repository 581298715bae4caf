"""What stands in somebody's calendar feed: their planned visits and dues within their scope of today, and holidays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Centre
from app.calendars.models import CalendarFeed
from app.calendars.queries.workload_tasks import duty_of, list_due_tasks
from app.calendars.rules.feed import Feed, FeedDay, FeedVisit, Window, due_days, holidays_in, initials_of, window_of
from app.calendars.rules.workload import Task
from app.core.database import fetch
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.follow_ups.queries import working_days_for
from app.households.models import Household
from app.households.queries import visible_to
from app.households.rules import HouseholdStatus
from app.visits.models import PlannedVisit
from app.visits.queries import list_leaves
from app.visits.rules import TAKEN_BACK, Leave, PlannedState


def find_feed(session: Session, token_hash: str) -> CalendarFeed | None:
    """The feed with this token, revoked or not."""
    return session.scalars(select(CalendarFeed).where(CalendarFeed.token_hash == token_hash)).one_or_none()


def list_feeds(session: Session, who: Identity) -> Sequence[CalendarFeed]:
    """One's own feeds that still answer, the newest first."""
    statement = select(CalendarFeed).where(CalendarFeed.account_id == who.account_id, CalendarFeed.revoked_at.is_(None))
    return session.scalars(statement.order_by(CalendarFeed.id.desc())).all()


def get_feed(session: Session, who: Identity, feed_id: int) -> CalendarFeed:
    """One of one's own feeds, or NotFound."""
    feed = session.get(CalendarFeed, feed_id) if feed_id <= LARGEST_KEY else None
    if feed is None or feed.account_id != who.account_id:
        raise NotFound
    return feed


def gather_feed(session: Session, who: Identity, *, today: date) -> tuple[Feed, list[int]]:
    """Everything the feed of a person tells today, and the households it tells of.

    Raises MissingHolidayYear.
    """
    window = window_of(today)
    own = who.account_id or 0
    leaves = list_leaves(session, first_on=window.first_on, last_on=window.last_on, people=[own])
    covered = [leave for leave in leaves if leave.cover_id == own]
    found = list(_planned(session, who, covered, window))
    days_off = working_days_for(session, who.district_id).holidays
    feed = Feed(
        who.centre_name, tuple(_as_visit(row, who) for row in found), _due_days(session, who, covered, window, today),
        holidays_in(window, days_off),
    )  # fmt: skip
    return feed, sorted({row.household_id for row in found})


def _planned(session: Session, who: Identity, covered: Iterable[Leave], window: Window) -> Iterator[Row[Any]]:
    """Own visits, those one goes along to, and a colleague's on the days one covers; what was taken back at once is
    not told of, and a household that is no longer looked after has no visit to come."""
    columns: Any = select(
        PlannedVisit.id, PlannedVisit.planned_on, PlannedVisit.planned_at, PlannedVisit.minutes, PlannedVisit.state,
        PlannedVisit.version, PlannedVisit.assignee_id, PlannedVisit.companion_id,
        PlannedVisit.household_id, Household.title, Centre.name.label("centre_name"),
        func.coalesce(PlannedVisit.changed_at, PlannedVisit.set_at, type_=PlannedVisit.set_at.type).label("changed_at"),
    )  # fmt: skip
    statement = (
        columns.join(Household, Household.id == PlannedVisit.household_id)
        .join(Centre, Centre.id == Household.centre_id)
        .where(
            visible_to(who),
            PlannedVisit.planned_on.between(window.first_on, window.last_on),
            or_(PlannedVisit.companion_id == who.account_id, *_goes(who, covered)),
            or_(PlannedVisit.state != PlannedState.CANCELLED, PlannedVisit.because != TAKEN_BACK),
            or_(PlannedVisit.state != PlannedState.PLANNED, Household.status == HouseholdStatus.ACTIVE),
        )
        .order_by(PlannedVisit.planned_on, PlannedVisit.planned_at, PlannedVisit.id)
    )
    yield from fetch(session, statement, {})


def _goes(who: Identity, covered: Iterable[Leave]) -> Iterator[ColumnElement[bool]]:
    yield PlannedVisit.assignee_id == who.account_id
    for leave in covered:
        yield and_(
            PlannedVisit.assignee_id == leave.account_id,
            PlannedVisit.planned_on.between(leave.from_on, leave.until_on),
        )


def _as_visit(row: Row[Any], who: Identity) -> FeedVisit:
    return FeedVisit(
        planned_id=row.id, on=row.planned_on, at=row.planned_at, minutes=row.minutes, initials=initials_of(row.title),
        centre_name=row.centre_name, state=row.state, version=row.version, changed_at=row.changed_at,
        is_covered=who.account_id not in (row.assignee_id, row.companion_id),
    )  # fmt: skip


def _due_days(
    session: Session, who: Identity, covered: Sequence[Leave], window: Window, today: date
) -> tuple[FeedDay, ...]:
    """Days on which something is due: of one's own households, and of a colleague's on the days one covers."""
    own = who.account_id or 0
    holders = {own, *(leave.account_id for leave in covered)}
    tasks = list_due_tasks(session, who, duty_of(who.role), holders, today=today, until=window.last_on)
    shown = [task for task in tasks if window.holds(task.on) and _is_done_by(task, own, covered)]
    return due_days(((task.on, task.household_id) for task in shown), account_id=own, today=today)


def _is_done_by(task: Task, own: int, covered: Iterable[Leave]) -> bool:
    """One's own, or that of somebody one covers on that day."""
    return task.holder_id == own or any(
        leave.account_id == task.holder_id and leave.holds(task.on) for leave in covered
    )
