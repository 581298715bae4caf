"""What stands over a household: discoveries of it, its risk, flags and incidents, its terms and those in charge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from app.assignments.queries import list_history
from app.discoveries.queries import list_rows_of
from app.discoveries.queries.items_events import list_item_events
from app.follow_ups.models import TermRow
from app.follow_ups.queries import list_decisions
from app.follow_ups.rules import decision_words
from app.households.models import Household
from app.households.queries import list_risk_changes
from app.safety.models import Incident
from app.timelines.queries.words import noon, one_line, short
from app.timelines.rules import Door, Event, EventKind


def discoveries(session: Session, household: Household) -> Iterator[Event]:
    """Every list that named somebody of the household, and what was tried and found then."""
    for row in list_rows_of(session, household.id):
        yield Event(EventKind.DISCOVERY, noon(row.discovered_on), row.title, row.text, tone="warn", icon="discovery")
    for each in list_item_events(session, household.id):
        yield Event(
            EventKind.DISCOVERY, each.at, each.title, one_line(each.text), tone="ok" if each.is_outcome else "",
            icon="check" if each.is_outcome else "phone", has_time=True,
            opens=Door("discoveries.show_item", {"item_id": each.item_id}), tags=(each.by,) if each.by else (),
        )  # fmt: skip


def risks(session: Session, household: Household) -> Iterator[Event]:
    """How the risk was judged anew, and what the supervisor decided after absences."""
    for change in list_risk_changes(session, household.id):
        by = (change.by.name,) if change.by else ()
        yield Event(
            EventKind.SAFETY, noon(change.on), f"위험도 {change.risk.label}", change.reason, "warn", "warning", tags=by
        )
    for made in list_decisions(session, household.id):
        yield Event(
            EventKind.SAFETY, made.at, f"팀장 판단 · {decision_words(made.verdict, made.until_on)}", made.reason,
            tone="warn", icon="shield", has_time=True, tags=(made.by.name, f"연속 부재 {made.tries}번"),
        )  # fmt: skip


def terms(rows: Sequence[TermRow]) -> Iterator[Event]:
    """When each term began and ended."""
    for term in rows:
        title = f"{f'{term.member.name} · ' if term.member else ''}{term.rule.name}"
        yield Event(EventKind.STANDING, noon(term.starts_on), title, term.note, icon="calendar")
        if term.ends_on is not None and term.ends_on >= term.starts_on and term.ended_because:
            ended = noon(term.ends_on)
            yield Event(EventKind.STANDING, ended, f"{title} 끝", term.ended_because, icon="calendar")


def assignments(session: Session, household: Household) -> Iterator[Event]:
    """Who was put in charge, and why."""
    for each in list_history(session, household.id):
        title = f"{each.duty.label} {each.account.name}"
        yield Event(EventKind.STANDING, noon(each.from_on), title, each.reason, icon="person")


def safety(household: Household, incidents: Sequence[Incident]) -> Iterator[Event]:
    """Incidents the reader may see, and flags as they were set and taken down."""
    for each in incidents:
        hurt = ("다침",) if each.is_hurt else ()
        yield Event(
            EventKind.SAFETY, each.occurred_at, f"안전사고 {each.kind.label}", short(each.what), "danger", "warning",
            has_time=True, opens=Door("safety.show_incident", {"incident_id": each.id}),
            tags=(each.account.name, *hurt),
        )  # fmt: skip
    for flag in household.flags:
        by = (flag.set_by.name,) if flag.set_by else ()
        title = f"안전 표시 {flag.kind.label} · {flag.rule.label}"
        yield Event(EventKind.SAFETY, noon(flag.set_on), title, flag.basis, "danger", "shield", tags=by)
        if flag.ended_on:
            title = f"안전 표시 내림 {flag.kind.label}"
            yield Event(EventKind.SAFETY, noon(flag.ended_on), title, flag.ended_because, icon="shield")
