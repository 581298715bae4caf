"""F03: a conference with as much of its agenda as the reader may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.conferences.models import AgendaItem, Conference
from app.conferences.queries import health_lines, shown_items
from app.conferences.rules import ConferenceKind, Decision, decisions_for, read_attendees
from app.reports.facts.form_parts import ground_of
from app.reports.rules import Letterhead, wording
from app.reports.rules.boxed import ChoiceFacts, FormWishes, choice_of
from app.reports.rules.minutes_sheet import (
    HEALTH_NEEDS_WITHHELD,
    AddendumFacts,
    AgendaFacts,
    MinutesSheetFacts,
    SeatFacts,
)

NOT_CONFIRMED = "확정 전"


def gather_minutes_sheet(
    session: Session, who: Identity, conference: Conference | None, letterhead: Letterhead, wishes: FormWishes
) -> MinutesSheetFacts:
    """The facts of one conference's minutes, or of a blank form; unmasked, to be masked by the caller."""
    ground = ground_of(letterhead, wishes)
    if conference is None:
        blank = AgendaFacts(decisions=choice_of(Decision), is_open=True)
        return MinutesSheetFacts(kind=choice_of(ConferenceKind), households=(blank, blank), **ground)
    items = shown_items(who, conference)
    return MinutesSheetFacts(
        kind=choice_of(ConferenceKind, conference.kind),
        when=_when(conference.held_on, conference.began, conference.ended),
        place=conference.place,
        state=_state(conference),
        written_by=conference.by.name,
        confirmed_by=conference.confirmed_by.name if conference.confirmed_by else "",
        seats=tuple(SeatFacts(name=each.name, agency=each.agency) for each in read_attendees(conference.attendees)),
        opening=conference.opening,
        households=_agenda(session, who, conference, items),
        unseen=len(conference.agenda) - len(items),
        addenda=tuple(
            AddendumFacts(written=f"{row['by']}, {wording.moment(datetime.fromisoformat(row['at']))}", text=row["text"])
            for row in conference.addenda
        ),
        **ground,
    )


def _when(on: date, began: time | None, ended: time | None) -> str:
    """«2026. 9. 20.(일) 10:00 ~ 11:20»."""
    until = f" ~ {ended:%H:%M}" if ended else ""
    return f"{wording.day_of_week(on)}{f' {began:%H:%M}' if began else ''}{until}"


def _state(conference: Conference) -> str:
    if conference.confirmed_at is None:
        return NOT_CONFIRMED
    by = conference.confirmed_by.name if conference.confirmed_by else ""
    return f"확정 ({by}, {wording.moment(conference.confirmed_at)})"


def _agenda(
    session: Session, who: Identity, conference: Conference, items: Sequence[AgendaItem]
) -> tuple[AgendaFacts, ...]:
    told = health_lines(session, [item.household_id for item in items])
    readable = {item.household_id for item in items if can(who, Permission.READ_NURSING_NOTE, item.case)}
    health = {key: line if key in readable else HEALTH_NEEDS_WITHHELD for key, line in told.items()}
    return tuple(_item(item, health, is_confirmed=conference.confirmed_at is not None) for item in items)


def _item(item: AgendaItem, health: Mapping[int, str], *, is_confirmed: bool) -> AgendaFacts:
    case, household = item.case, item.case.household
    return AgendaFacts(
        number=household.number,
        name=household.title,
        centre=household.centre.name,
        matter=item.matter.label,
        standing=", ".join(each.label for each in (case.stage, case.case_class) if each),
        keeper=case.keeper.name if case.keeper else "",
        summary=item.summary,
        health=health.get(item.household_id, ""),
        said=item.said,
        decisions=_decisions(item, is_confirmed=is_confirmed),
        note=item.decision_note,
        is_open=not is_confirmed and item.decision is None and not item.said.strip(),
    )


def _decisions(item: AgendaItem, *, is_confirmed: bool) -> ChoiceFacts:
    """After the confirmation what was decided stands alone: the case is elsewhere by then."""
    if is_confirmed and item.decision is not None:
        return choice_of((item.decision,), item.decision)
    offered = decisions_for(item.case.stage, item.case.case_class)
    kept = () if item.decision is None or item.decision in offered else (item.decision,)
    return choice_of((*offered, *kept), item.decision)
