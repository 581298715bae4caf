"""One person's days: visits with what speaks against them, dues with their because, leave, and who is covered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account
from app.calendars.queries.dues import CalendarDue, DoorDues, by_door, list_dues_between
from app.calendars.rules.spans import Span
from app.core.working_days import WorkingDays
from app.follow_ups.queries import standing_flags, working_days_for
from app.follow_ups.queries.today import Flagged
from app.households.rules import FlagRule, strictest
from app.safety.queries import allowed_at
from app.visits.queries import PlannedRecord, list_leaves, list_planned
from app.visits.rules import Leave, Surroundings, find_conflicts

Allowed = Mapping[int, frozenset[tuple[int, date]]]
"""By household: who may go there alone, on which day."""
VISITING = (Role.NURSE, Role.WORKER, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class VisitEntry:
    """A planned visit as one tile of the calendar."""

    record: PlannedRecord
    flags: tuple[Flagged, ...]
    objections: tuple[str, ...]
    """What speaks against it, in sentences; only while it is still to be made."""
    is_unrecorded: bool
    """Its day has gone by, and nobody wrote what became of it."""

    @property
    def rule(self) -> FlagRule | None:
        return strictest([flag.rule for flag in self.flags])

    @property
    def look(self) -> str:
        """One word for how it looks: planned, conflict, missing, kept, absent, cancelled."""
        record = self.record
        if record.is_standing:
            return "missing" if self.is_unrecorded else "conflict" if self.objections else "planned"
        if record.visit_id is None:
            return "cancelled"
        return "absent" if record.is_absent else "kept"


@dataclass(frozen=True, slots=True)
class DayAgenda:
    """One day of one person."""

    on: date
    today: date
    day_off: str
    """The holiday's name, «토요일», or empty on a working day."""
    is_holiday: bool
    visits: tuple[VisitEntry, ...]
    doors: tuple[DoorDues, ...]
    """Households with something due that day, those that want a visit first."""
    away: Leave | None
    """The person's own leave, with who covers."""
    covering: tuple[Leave, ...]
    """Whom the person stands in for."""

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    @property
    def is_past(self) -> bool:
        return self.on < self.today

    @property
    def is_weekend(self) -> bool:
        return self.on.weekday() >= 5

    @property
    def is_empty(self) -> bool:
        return not self.visits and not self.doors

    @property
    def standing_count(self) -> int:
        """Visits that are still to be made."""
        return sum(1 for entry in self.visits if entry.record.is_standing)

    @property
    def kept_count(self) -> int:
        """Visits of which there is a record, tries at a closed door among them."""
        return sum(1 for entry in self.visits if entry.record.visit_id is not None)

    @property
    def open_doors(self) -> tuple[DoorDues, ...]:
        """Doors for which nobody has planned a visit in time."""
        return tuple(door for door in self.doors if door.is_open)

    @property
    def planned_doors(self) -> tuple[DoorDues, ...]:
        """Doors that somebody will go to in time."""
        return tuple(door for door in self.doors if not door.is_open)


def see_agendas(
    session: Session, who: Identity, people: Sequence[Account], span: Span, *, today: date
) -> dict[int, list[DayAgenda]]:
    """The days of a span as these people have to live them, those of colleagues they cover included; by account."""
    own = {person.id for person in people}
    leaves = list_leaves(session, first_on=span.first_on, last_on=span.last_on, people=own)
    everybody = own | {leave.account_id for leave in leaves}
    visits = list_planned(session, who, first_on=span.first_on, last_on=span.last_on, people=everybody)
    found = Findings(
        visits=visits,
        dues=list_dues_between(
            session, who, first_on=span.first_on, last_on=span.last_on, today=today, holders=everybody
        ),
        flags=standing_flags(session, {visit.household_id for visit in visits}),
        allowed=allowed_for(session, visits, span),
        leaves=leaves,
        days=working_days_for(session, who.district_id),
        today=today,
    )
    return {person_id: [_day(on, person_id, found) for on in span.days] for person_id in own}


@dataclass(frozen=True, slots=True)
class Findings:
    """All that days are made of, read once for everybody."""

    visits: Sequence[PlannedRecord]
    dues: Sequence[CalendarDue]
    flags: Mapping[int, tuple[Flagged, ...]]
    allowed: Allowed
    leaves: Sequence[Leave]
    days: WorkingDays
    today: date


def allowed_for(session: Session, visits: Iterable[PlannedRecord], span: Span) -> Allowed:
    """Whom the supervisor lets go alone to the households of these visits."""
    return allowed_at(session, {each.household_id for each in visits}, first_on=span.first_on, last_on=span.last_on)


def people_on(person_id: int, leaves: Iterable[Leave], on: date) -> frozenset[int]:
    """Whose visits and dues are this person's that day: one's own, and those of whom one covers."""
    return frozenset({person_id, *(leave.account_id for leave in covers_of(person_id, leaves, on))})


def covers_of(person_id: int, leaves: Iterable[Leave], on: date) -> tuple[Leave, ...]:
    """The leave of others that this person covers that day."""
    return tuple(leave for leave in leaves if leave.cover_id == person_id and leave.holds(on))


def own_leave(person_id: int, leaves: Iterable[Leave], on: date) -> Leave | None:
    """This person's own leave that day."""
    return next((leave for leave in leaves if leave.account_id == person_id and leave.holds(on)), None)


def _day(on: date, person_id: int, found: Findings) -> DayAgenda:
    people = people_on(person_id, found.leaves, on)
    of_day = [visit for visit in found.visits if visit.planned_on == on and visit.slot.people & people]
    return DayAgenda(
        on=on, today=found.today, day_off=found.days.reason(on) or "", is_holiday=on in found.days.holidays,
        visits=tuple(_entry(visit, of_day, found) for visit in of_day),
        doors=by_door(each for each in found.dues if each.due.due_on == on and each.holder_id in people),
        away=own_leave(person_id, found.leaves, on), covering=covers_of(person_id, found.leaves, on),
    )  # fmt: skip


def _entry(visit: PlannedRecord, of_day: Sequence[PlannedRecord], found: Findings) -> VisitEntry:
    flags = found.flags.get(visit.household_id, ())
    is_gone = visit.planned_on < found.today
    objections: tuple[str, ...] = ()
    if visit.is_standing and not is_gone:
        objections = objections_to(visit, of_day, flags, found.allowed, found.leaves, found.days)
    return VisitEntry(visit, flags, objections, is_unrecorded=visit.is_standing and is_gone)


def objections_to(
    visit: PlannedRecord, others: Iterable[PlannedRecord], flags: Iterable[Flagged], allowed: Allowed,
    leaves: Sequence[Leave], days: WorkingDays,
) -> tuple[str, ...]:  # fmt: skip
    """What speaks against a visit as it stands, by the same rules as when it was planned."""
    standing = [each for each in others if each.is_standing]
    names = {each.assignee_id: each.assignee.name for each in standing}
    names |= {each.companion_id: each.companion.name for each in standing if each.companion_id and each.companion}
    around = Surroundings(
        days,
        [each.engagement for each in standing],
        leaves,
        names,
        strictest([flag.rule for flag in flags]),
        allowed.get(visit.household_id, frozenset()),
    )
    return tuple(problem.message for problem in find_conflicts(visit.engagement, around))
