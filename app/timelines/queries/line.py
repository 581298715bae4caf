"""The household's line of time as one page of it: every kind of event, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from sqlalchemy.orm import Session

from app.assessments.queries import Result
from app.care.queries import ProblemLine
from app.care_groups.models import Registration
from app.cases.models import Case
from app.core.clock import korean_date
from app.follow_ups.models import TermRow
from app.follow_ups.queries import list_terms
from app.households.models import Household
from app.safety.models import Incident
from app.timelines.queries import cases as of_cases
from app.timelines.queries import desk, health, standing
from app.timelines.queries.visits import visits
from app.timelines.rules import AT_ONCE, Event, EventKind, newest_first


@dataclass(frozen=True)
class Told:
    """What the page has read of the household already, and only what the reader may see of it."""

    terms: Sequence[TermRow] | None = None
    """None: read them."""
    incidents: Sequence[Incident] = ()
    problems: Sequence[ProblemLine] = ()
    results: Sequence[Result] = ()
    registrations: Sequence[Registration] = ()
    cases: Sequence[Case] = ()


@dataclass(frozen=True)
class Line:
    """One page of the line: its events, and where the next one begins."""

    events: Sequence[Event]
    next_start: int | None
    """How many newer events stand before the next page; None on the last."""

    @property
    def years(self) -> list[tuple[int, list[Event]]]:
        """The events by the Korean year they happened in, the newest first."""
        by_year = groupby(self.events, key=lambda event: korean_date(event.at).year)
        return [(year, list(events)) for year, events in by_year]


def read_line(
    session: Session, household: Household, *, reads_health: bool, kind: EventKind | None = None, start: int = 0,
    told: Told | None = None,
) -> Line:  # fmt: skip
    """The page of the line that begins after the `start` newest events."""
    end = start + AT_ONCE
    events = _events(session, household, reads_health, kind, end + 1, told or Told())
    return Line(events[start:end], end if len(events) > end else None)


def _events(
    session: Session, household: Household, reads_health: bool, kind: EventKind | None, most: int, told: Told
) -> list[Event]:
    """At least the `most` newest events, if there are so many; of visits no more are read than that."""
    sources: dict[EventKind, Callable[[], Iterable[Event]]] = {
        EventKind.VISIT: lambda: visits(session, household, reads_health=reads_health, most=most),
        EventKind.DISCOVERY: lambda: standing.discoveries(session, household),
        EventKind.CASE: lambda: chain(
            of_cases.cases(session, household, told.cases),
            desk.surveys(session, household, reads_health=reads_health),
            desk.conferences(session, told.cases),
        ),
        EventKind.PLAN: lambda: chain(
            of_cases.plans(session, household),
            of_cases.referrals(session, household),
            of_cases.aids(session, household),
            desk.consents(session, household),
        ),
        EventKind.HEALTH: lambda: chain(
            health.problems(told.problems), health.band_changes(told.results), health.registrations(told.registrations)
        ),
        EventKind.SAFETY: lambda: chain(standing.risks(session, household), standing.safety(household, told.incidents)),
        EventKind.STANDING: lambda: chain(
            standing.terms(_terms(session, household, told)), standing.assignments(session, household)
        ),
    }
    wanted = [kind] if kind else list(sources)
    return newest_first(event for each in wanted for event in sources[each]())


def _terms(session: Session, household: Household, told: Told) -> Sequence[TermRow]:
    return list_terms(session, household.id) if told.terms is None else told.terms
