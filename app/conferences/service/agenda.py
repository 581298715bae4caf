"""Put cases on an agenda, order them by hand, take one off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases.models import Case
from app.cases.queries import get_case
from app.conferences import queries
from app.conferences.models import AgendaItem, Conference
from app.conferences.rules import MOST_ITEMS, ConferenceKind, Matter, moved
from app.conferences.service.writing import hold, written
from app.core.errors import NotFound, RuleBroken


def add_cases(
    session: Session, conference: Conference, case_ids: Sequence[int], *, matters: Mapping[int, Matter] | None = None,
    actor: Identity, now: datetime,
) -> list[AgendaItem]:  # fmt: skip
    """Put cases at the end of the agenda with what is known of them; those that stand on it already are left alone.

    Raises:
        NotFound: a case out of the actor's scope.
        RuleBroken: the minutes are confirmed, the agenda is full, or another centre's case on an internal conference.
    """
    hold(session, conference)
    on_it = {item.case_id for item in conference.agenda}
    cases = [get_case(session, actor, key) for key in dict.fromkeys(case_ids) if key not in on_it]
    _refuse_unfit(conference, cases)
    lines = queries.first_lines(session, cases)
    last = max((item.position for item in conference.agenda), default=0)
    items = [
        AgendaItem(
            position=last + at, case=case, matter=(matters or {}).get(case.id) or queries.matter_of(session, case),
            summary=lines[case.id], said="", decision_note="", closing={}, seen="",
        )
        for at, case in enumerate(cases, 1)
    ]  # fmt: skip
    conference.agenda.extend(items)
    detail = f"안건 더함 {','.join(str(case.household_id) for case in cases)}"
    written(session, conference, detail, actor=actor, now=now)
    return items


def move_item(
    session: Session, conference: Conference, item_id: int, step: int, *, actor: Identity, now: datetime
) -> None:
    """Move one item up (-1) or down (1) among those that the actor sees.

    Raises RuleBroken: the minutes are confirmed. NotFound: no such item for the actor.
    """
    hold(session, conference)
    item = item_of(conference, item_id, actor)
    shown = [each.id for each in queries.shown_items(actor, conference)]
    places = sorted(each.position for each in conference.agenda if each.id in shown)
    for key, place in zip(moved(shown, item.id, step), places, strict=True):
        item_of(conference, key, actor).position = place
    conference.agenda.sort(key=lambda each: each.position)
    written(session, conference, "안건 순서", actor=actor, now=now)


def remove_item(session: Session, conference: Conference, item_id: int, *, actor: Identity, now: datetime) -> None:
    """Take an item off the agenda; its case waits for another conference.

    Raises RuleBroken: the minutes are confirmed. NotFound: no such item for the actor.
    """
    hold(session, conference)
    item = item_of(conference, item_id, actor)
    household_id = item.household_id
    conference.agenda.remove(item)
    written(session, conference, f"안건 뺌 {household_id}", actor=actor, now=now)


def item_of(conference: Conference, item_id: int, actor: Identity) -> AgendaItem:
    """One item of an agenda, or NotFound when there is none that the actor may see."""
    item = next((each for each in queries.shown_items(actor, conference) if each.id == item_id), None)
    if item is None:
        raise NotFound
    return item


def _refuse_unfit(conference: Conference, cases: Sequence[Case]) -> None:
    if len(conference.agenda) + len(cases) > MOST_ITEMS:
        raise RuleBroken("AGENDA_FULL", f"한 회의에는 안건을 {MOST_ITEMS}건까지 올립니다.", field="cases")
    strange = [case for case in cases if case.household.centre_id != conference.centre_id]
    if strange and conference.kind is ConferenceKind.INTERNAL:
        raise RuleBroken("OTHER_CENTRE", "내부사례회의에는 그 센터의 사례만 올립니다.", field="cases")
