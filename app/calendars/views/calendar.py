"""일정: a week, a month, a day; of oneself, of a colleague, of a centre, of a 시군구."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from flask import redirect, render_template, request

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.access.policy import can
from app.audit import service as audit
from app.audit.rules import Action
from app.calendars.queries.agenda import DayAgenda, see_agendas
from app.calendars.queries.dues import count_dues
from app.calendars.queries.hours import hours_of
from app.calendars.queries.overview import heads_of, see_centres, see_month, see_team
from app.calendars.queries.unsettled import count_unsettled
from app.calendars.rules.spans import Scale
from app.calendars.views.blueprint import blueprint
from app.calendars.views.whose import Frame, frame_of
from app.core import clock
from app.extensions import db
from app.follow_ups.queries import working_days_for
from app.follow_ups.queries.before_break import BreakNotice, find_break_notice
from app.visits.queries import list_leaves
from app.visits.rules import Leave
from app.web.security import current_identity, requires

ONE_DAY = timedelta(days=1)


@blueprint.get("/calendar")
@requires(Permission.SEE_CALENDAR)
def week() -> Any:
    """The week: of one person with everything, of a centre by person, of a 시군구 by centre."""
    identity = current_identity()
    frame = frame_of(Scale.WEEK, identity)
    if frame.whose.person is not None:
        return _week_of_person(frame, identity)
    if frame.whose.centre_id is not None:
        return _week_of_centre(frame, identity, frame.whose.centre_id)
    return _week_of_district(frame, identity)


def _week_of_person(frame: Frame, identity: Identity) -> Any:
    person = _person(frame)
    agenda = see_agendas(db.session, identity, [person], frame.span, today=frame.today)[person.id]
    page = render_template(
        "calendars/week.html", days=agenda, overdue_before=_overdue_before(frame, identity),
        **_around(frame, identity),
    )  # fmt: skip
    _record(identity, _households_of(agenda))
    return page


def _week_of_centre(frame: Frame, identity: Identity, centre_id: int) -> Any:
    rows = see_team(db.session, identity, centre_id, frame.span, today=frame.today)
    heads = heads_of(frame.span, working_days_for(db.session, identity.district_id), today=frame.today)
    visits = {visit.id: visit.household_id for row in rows for cell in row.cells for visit in cell.visits}
    page = render_template(
        "calendars/week_team.html", rows=rows, heads=heads, visit_count=len(visits), **_around(frame, identity)
    )
    _record(identity, visits.values())
    return page


def _week_of_district(frame: Frame, identity: Identity) -> Any:
    """Numbers alone: nobody's name is shown, nothing is recorded."""
    heads = heads_of(frame.span, working_days_for(db.session, identity.district_id), today=frame.today)
    rows = see_centres(db.session, identity, frame.span, today=frame.today)
    return render_template("calendars/week_centres.html", rows=rows, heads=heads, **_around(frame, identity))


@blueprint.get("/calendar/month")
@requires(Permission.SEE_CALENDAR)
def month() -> Any:
    """The month in counts, with names where there is room; each day opens."""
    identity = current_identity()
    frame = frame_of(Scale.MONTH, identity)
    weeks = see_month(
        db.session, identity, frame.span, today=frame.today, person=frame.whose.person, centre_id=frame.whose.centre_id
    )
    page = render_template("calendars/month.html", weeks=weeks, **_around(frame, identity))
    _record(identity, (visit.household_id for each in weeks for day in each for visit in day.visits))
    return page


@blueprint.get("/calendar/day/<day:on>")
@requires(Permission.SEE_CALENDAR)
def day(on: date) -> Any:
    """One day hour by hour with its free hours and its dues; of a centre each person's in turn."""
    identity, now = current_identity(), clock.now()
    frame = frame_of(Scale.DAY, identity, on)
    if frame.whose.person is None and frame.whose.centre_id is None:
        return redirect(frame.url(Scale.WEEK))
    people = [frame.whose.person] if frame.whose.person else list(frame.whose.people)
    agendas = see_agendas(db.session, identity, people, frame.span, today=frame.today)
    local = clock.korean_time(now).time()
    shown = [(person, agendas[person.id][0], hours_of(agendas[person.id][0], clock=local)) for person in people]
    page = render_template(
        "calendars/day.html" if frame.whose.person else "calendars/day_team.html",
        agendas=[each for each in shown if frame.whose.person or not each[1].is_empty or each[1].away],
        **_around(frame, identity),
    )  # fmt: skip
    _record(identity, _households_of([agenda for _person, agenda, _hours in shown]))
    return page


@blueprint.get("/calendar/jump")
@requires(Permission.SEE_CALENDAR)
def jump() -> Any:
    """From the date field to the page of that date, as much of the calendar as was looked at before."""
    asked = request.args.get("scale", "")
    return redirect(frame_of(Scale(asked) if asked in set(Scale) else Scale.WEEK, current_identity()).url())


def _person(frame: Frame) -> Any:
    return frame.whose.person


def _around(frame: Frame, identity: Identity) -> dict[str, Any]:
    """What every page of the calendar is told besides its days."""
    settles = can(identity, Permission.ASSIGN)
    return {
        "frame": frame,
        "leaves": _leaves(frame),
        "notice": _notice(frame, identity),
        "unsettled": count_unsettled(db.session, identity, today=frame.today) if settles else 0,
        "may_plan": identity.role is not Role.DISTRICT,
        "here": request.full_path.rstrip("?"),
    }


def _notice(frame: Frame, identity: Identity) -> BreakNotice | None:
    """A long break that is near, with the households of whose calendar this is; covered ones among one's own."""
    person = frame.whose.person
    other = person if person is not None and person.id != identity.account_id else None
    return find_break_notice(db.session, identity, today=frame.today, assignee=other, centre_id=frame.whose.centre_id)


def _leaves(frame: Frame) -> list[Leave]:
    """Who is away in these days: of the person looked at, or of the centre."""
    span, person, centre_id = frame.span, frame.whose.person, frame.whose.centre_id
    if person is not None:
        return list_leaves(db.session, first_on=span.first_on, last_on=span.last_on, people=[person.id])
    if centre_id is not None:
        return list_leaves(db.session, first_on=span.first_on, last_on=span.last_on, centre_ids=[centre_id])
    return []


def _overdue_before(frame: Frame, identity: Identity) -> int:
    """How many dues of this person passed before the week that holds today: they stand in no column of it."""
    if not frame.span.holds(frame.today):
        return 0
    return count_dues(
        db.session, identity, first_on=None, last_on=frame.span.first_on - ONE_DAY, today=frame.today,
        holders=[_person(frame).id],
    ).total  # fmt: skip


def _households_of(agendas: Sequence[DayAgenda]) -> list[int]:
    visits = (entry.record.household_id for agenda in agendas for entry in agenda.visits)
    doors = (door.household.id for agenda in agendas for door in agenda.doors)
    return [*visits, *doors]


def _record(identity: Identity, household_ids: Iterable[int]) -> None:
    """Write whose lines were shown together."""
    shown = sorted(set(household_ids))
    if shown:
        audit.record_list(db.session, Action.LIST, shown, subject="calendar", actor=identity, now=clock.now())
