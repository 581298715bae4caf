"""Plan a conference, and take one back that was never written up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases.queries import get_case
from app.conferences import queries
from app.conferences.models import Conference
from app.conferences.rules import Attendee, ConferenceKind, stored_attendees
from app.conferences.service.agenda import add_cases
from app.conferences.service.writing import hold, refuse_day, written
from app.core.errors import NotFound, RuleBroken


@dataclass(frozen=True, slots=True)
class ConferenceDetails:
    """A conference as somebody plans it. `centre_id`: the centre that holds it."""

    centre_id: int
    kind: ConferenceKind
    held_on: date
    began: time | None = None
    place: str = ""
    attendees: tuple[Attendee, ...] = ()


def plan_conference(session: Session, details: ConferenceDetails, *, actor: Identity, now: datetime) -> Conference:
    """A new conference; what the last one of its kind put off is on its agenda.

    Raises:
        NotFound: a centre out of the actor's scope.
        RuleBroken: a day years away.
    """
    if details.centre_id not in actor.centre_ids:
        raise NotFound
    refuse_day(details.held_on, now=now)
    conference = Conference(
        centre_id=details.centre_id, kind=details.kind, held_on=details.held_on, began=details.began,
        place=details.place.strip(), attendees=stored_attendees(details.attendees), addenda=[], by_id=actor.account_id,
        at=now, version=0,
    )  # fmt: skip
    session.add(conference)
    written(session, conference, f"{details.kind.value} {details.held_on}", actor=actor, now=now)
    if carried := _visible(session, conference, actor):
        add_cases(session, conference, carried, actor=actor, now=now)
    return conference


def drop_conference(session: Session, conference: Conference, *, version: int, actor: Identity, now: datetime) -> None:
    """Take a conference back that was not held; its cases wait for another.

    Raises:
        StaleRecord: somebody changed it since.
        RuleBroken: something of what was said or decided has been written down.
    """
    hold(session, conference, version=version)
    if any(item.said.strip() or item.decision for item in conference.agenda):
        raise RuleBroken("WRITTEN_UP", "논의나 결정을 적은 회의는 지우지 않습니다.")
    written(session, conference, "취소", actor=actor, now=now)
    session.delete(conference)
    session.flush()


def _visible(session: Session, conference: Conference, actor: Identity) -> list[int]:
    """Of the cases put off, those that the actor may see; the others wait for somebody who does."""
    seen = []
    for case_id in queries.carried_over(session, conference):
        try:
            seen.append(get_case(session, actor, case_id).id)
        except NotFound:
            continue
    return seen
