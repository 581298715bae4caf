"""Keep what is typed into minutes, complete or not."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.conferences import queries
from app.conferences.models import AgendaItem, Conference
from app.conferences.rules import ItemDraft, MinutesDraft, read_attendees, read_closing, stored_attendees
from app.conferences.service.writing import hold, refuse_day, written

LONGEST_MARK = 120


def keep_minutes(
    session: Session, conference: Conference, draft: MinutesDraft, *, version: int, actor: Identity, now: datetime
) -> Conference:
    """Keep minutes as they stand on a page. Items the page does not show, or that are gone, are left as they are.

    Raises:
        StaleRecord: somebody else kept another text since `version`.
        RuleBroken: the minutes are confirmed, or a day years away.
    """
    hold(session, conference, version=version)
    refuse_day(draft.held_on, now=now)
    conference.held_on, conference.began, conference.ended = draft.held_on, draft.began, draft.ended
    conference.place, conference.opening = draft.place.strip(), draft.opening
    conference.attendees = stored_attendees(draft.attendees)
    items = {item.id: item for item in queries.shown_items(actor, conference)}
    for each in draft.items:
        if each.item_id in items:
            _keep(items[each.item_id], each)
    written(session, conference, "회의록 저장", actor=actor, now=now)
    return conference


def draft_of(conference: Conference, items: list[AgendaItem]) -> MinutesDraft:
    """Stored minutes as a page shows them, with these of their items."""
    rows = tuple(
        ItemDraft(
            item.id, item.matter, item.summary, item.said, item.decision, item.decision_note, read_closing(item.closing),
            item.seen,
        )
        for item in items
    )  # fmt: skip
    return MinutesDraft(
        conference.held_on, conference.began, conference.ended, conference.place, read_attendees(conference.attendees),
        conference.opening, rows,
    )  # fmt: skip


def _keep(item: AgendaItem, draft: ItemDraft) -> None:
    item.matter, item.summary, item.said = draft.matter, draft.summary, draft.said
    item.decision, item.decision_note, item.closing = draft.decision, draft.note, draft.closing.stored()
    item.seen = draft.seen[:LONGEST_MARK] if draft.decision else ""
