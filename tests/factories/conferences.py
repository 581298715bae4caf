"""Conferences of the town, planned and written up through the services."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.access.identity import Identity
from app.cases.models import Case
from app.conferences import queries, service
from app.conferences.models import AgendaItem, Conference
from app.conferences.rules import Attendee, Closing, ConferenceKind, Decision
from app.conferences.service import ConferenceDetails
from sqlalchemy.orm import Session
from tests.moments import NOW, TODAY

GUEST = Attendee("김다솜", "가람종합복지관")


def conference(
    session: Session, actor: Identity, *cases: Case, kind: ConferenceKind = ConferenceKind.INTERNAL, on: date = TODAY,
    centre_id: int | None = None, now: datetime = NOW,
) -> Conference:  # fmt: skip
    """A conference of the actor's centre with a guest and these cases on its agenda."""
    details = ConferenceDetails(centre_id or actor.centre_id or 0, kind, on, place="회의실", attendees=(GUEST,))
    planned = service.plan_conference(session, details, actor=actor, now=now)
    if cases:
        service.add_cases(session, planned, [case.id for case in cases], actor=actor, now=now)
    return planned


def decide(
    session: Session, held: Conference, actor: Identity, *decisions: tuple[Decision, str], closing: Closing | None = None,
    now: datetime = NOW, **more: Any,
) -> Conference:  # fmt: skip
    """Write down a decision and its words for each item in order, about the cases as they stand now."""
    items = queries.shown_items(actor, held)
    draft = service.draft_of(held, items)
    marks = queries.marks_of(session, [item.case for item in items])
    rows = tuple(
        replace(
            row, decision=decision, note=note, seen=marks[item.case_id], closing=closing or row.closing,
            said="돌아가며 이야기함",
        )
        for row, item, (decision, note) in zip(draft.items, items, decisions, strict=True)
    )  # fmt: skip
    return service.keep_minutes(
        session, held, replace(draft, items=rows, **more), version=held.version, actor=actor, now=now
    )


def confirm(session: Session, held: Conference, actor: Identity, *, now: datetime = NOW) -> Conference:
    """Confirm the minutes as they stand."""
    return service.confirm_minutes(session, held, version=held.version, actor=actor, now=now)


def item_about(held: Conference, case: Case) -> AgendaItem:
    """The item of an agenda that is about a case."""
    return next(item for item in held.agenda if item.case_id == case.id)
