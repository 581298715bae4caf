"""What the desk does about a household on the line of time: surveys of needs, conferences, consents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from app.cases.models import Case
from app.conferences.queries import list_items_of
from app.consents.queries import list_of_household
from app.households.models import Household
from app.needs.queries import list_assessments, needs_of
from app.needs.rules import NeedLevel
from app.timelines.queries.words import noon, short
from app.timelines.rules import Door, Event, EventKind


def surveys(session: Session, household: Household, *, reads_health: bool) -> Iterator[Event]:
    """Each survey with what it found to be needed, the gravest first; without `reads_health` no need of health."""
    for row in list_assessments(session, household.id):
        needs = [need for need in needs_of(row, with_health=reads_health) if need.level.is_needed]
        found = sorted(needs, key=lambda need: -need.level.severity)
        words = ", ".join(f"{need.label} {need.level.label}" for need in found) or "‘필요’ 이상 없음"
        tone = "warn" if found and found[0].level is NeedLevel.URGENT else ""
        yield Event(
            EventKind.CASE, noon(row.assessed_on), "욕구·위기도 조사", short(words), tone, "report",
            opens=Door("needs.show", {"survey_id": row.id}), tags=(row.by.name,),
        )  # fmt: skip


def conferences(session: Session, cases: Sequence[Case]) -> Iterator[Event]:
    """What conferences decided about the cases; an agenda that waits for its minutes says so."""
    for item in (each for case in cases for each in list_items_of(session, case.id)):
        conference, decided = item.conference, item.decision.label if item.decision else ""
        is_over = conference.confirmed_at is not None
        title = (
            f"{conference.kind.label} · {decided or item.matter.label}" if is_over else f"{conference.kind.label} 안건"
        )
        yield Event(
            EventKind.CASE, noon(conference.held_on), title, "" if is_over else f"{item.matter.label}, 결정 전",
            "brand" if is_over else "", "people", opens=Door("conferences.show", {"conference_id": conference.id}),
        )  # fmt: skip


def consents(session: Session, household: Household) -> Iterator[Event]:
    """When somebody agreed, until when, and when they took it back."""
    for row in list_of_household(session, household.id):
        opens, whom = Door("consents.show", {"consent_id": row.id}), f" · {row.receiver}" if row.receiver else ""
        title, who = f"동의 {row.kind.label}{whom}", row.member.name
        until = f"{row.valid_until.isoformat()}까지" if row.valid_until else "기한 없음"
        yield Event(
            EventKind.PLAN, noon(row.given_on), title, f"{row.channel.label}, {until}", "ok", "check", opens=opens,
            tags=(who, row.by.name),
        )  # fmt: skip
        if row.withdrawn_on is not None:
            yield Event(
                EventKind.PLAN, noon(row.withdrawn_on), f"{title} 거둠", short(row.withdrawn_because), "warn", "close",
                opens=opens, tags=(who,),
            )  # fmt: skip
