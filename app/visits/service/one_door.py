"""Two people wrote about the same day at the same door: one visit or two is theirs to say, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.clock import korean_time
from app.core.database import Base
from app.core.errors import RuleBroken
from app.follow_ups import service as follow_ups
from app.households.models import Household
from app.visits.models import Visit
from app.visits.queries.second_notes import is_open_for, list_at_same_door
from app.visits.rules import VisitDetails
from app.visits.rules.problems import confirm
from app.visits.rules.second_notes import IN_PERSON
from app.visits.service.checking import ProblemsFound
from app.visits.service.recording import log_visit
from app.visits.service.second_notes import add_second_note
from app.visits.service.versions import hold_visit

SEPARATE = "SEPARATE"
"""The answer «따로 한 방문입니다»."""


class SameVisit(RuleBroken):
    """A colleague of the other profession recorded a visit that may be the same."""

    def __init__(self, visit: Visit) -> None:
        super().__init__("SAME_VISIT", f"{_recorded(visit)} 같은 방문입니까?")
        self.visit_id = visit.id
        self.by_title = visit.by.title
        self.began_at = visit.began_at


def log_at_door(
    session: Session, household: Household, details: VisitDetails, *, same_as: str = "", confirmed: Collection[str] = (),
    proposed_on: date | None = None, typed_at: datetime, actor: Identity, now: datetime,
) -> Visit:  # fmt: skip
    """`log_visit`, for somebody who may not have been there alone.

    Args:
        same_as: the answer about a colleague's record: its id (theirs becomes the first, this the second note),
            or `SEPARATE`.

    Raises:
        SameVisit: a colleague of the other profession recorded a visit of that day, and nothing was answered.
        ProblemsFound: one of the same profession did, and nobody confirmed that this is another one; or as `log_visit`.
        RuleBroken: as `log_visit` and `add_second_note`.
    """
    follow_ups.hold(session, household)
    others = _others(session, household, details, actor)
    chosen = next((each for each in others if str(each.id) == same_as), None)
    if chosen is not None:
        return _join(
            session, chosen, details, confirmed=confirmed, proposed_on=proposed_on, typed_at=typed_at, actor=actor,
            now=now,
        )  # fmt: skip
    if same_as != SEPARATE:
        _ask(others, confirmed, actor)
    return log_visit(
        session, household, details, confirmed=confirmed, proposed_on=proposed_on, typed_at=typed_at, actor=actor,
        now=now,
    )  # fmt: skip


def _others(session: Session, household: Household, details: VisitDetails, actor: Identity) -> list[Visit]:
    """What colleagues recorded of the day; nothing for a record that is stored already, or of a call."""
    if details.mode not in IN_PERSON or session.get(Visit, details.visit_id) is not None:
        return []
    return list(list_at_same_door(session, household.id, on=details.occurred_on, besides=actor))


def _ask(others: list[Visit], confirmed: Collection[str], actor: Identity) -> None:
    for visit in others:
        if is_open_for(visit, actor.role):
            raise SameVisit(visit)
    for visit in others:
        question = confirm("RECORDED_BY_OTHER", "visit_id", f"{_recorded(visit)} 따로 한 방문입니까?", value=visit.id)
        if visit.second_by_id != actor.account_id and question.key not in confirmed:
            raise ProblemsFound([question])


def _recorded(visit: Visit) -> str:
    return f"{visit.by.title}님이 {korean_time(visit.began_at):%H:%M} 방문을 이미 기록했습니다."


def _join(
    session: Session, visit: Visit, details: VisitDetails, *, confirmed: Collection[str], proposed_on: date | None,
    typed_at: datetime, actor: Identity, now: datetime,
) -> Visit:  # fmt: skip
    """What was typed as a record of its own becomes the second note of the colleague's, with all that was kept with it."""
    hold_visit(session, visit)
    joined = add_second_note(
        session, visit, details, version=visit.version, confirmed=confirmed, proposed_on=proposed_on,
        draft_id=details.visit_id, typed_at=typed_at, actor=actor, now=now,
    )  # fmt: skip
    _adopt(session, details.visit_id, visit.id)
    return joined


def kept_with_a_visit() -> list[type[Any]]:
    """The tables whose rows are kept under the plain id of a visit while its record is still a draft."""
    mappers = (mapper for mapper in Base.registry.mappers if "visit_id" in mapper.columns)
    return [mapper.class_ for mapper in mappers if not mapper.columns["visit_id"].foreign_keys]


def _adopt(session: Session, draft_id: UUID, visit_id: UUID) -> None:
    """What was kept under the draft's id belongs to the record it became a part of."""
    session.flush()
    for table in kept_with_a_visit():
        session.execute(update(table).where(table.visit_id == draft_id).values(visit_id=visit_id))
