"""Read what earlier visits left for the next one: the other profession's line, and what stays the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, joinedload

from app.follow_ups.rules import Profession
from app.households.models import Household
from app.visits.models import Visit
from app.visits.queries.records import HAPPENED
from app.visits.queries.second_notes import profession_of, second_profession
from app.visits.rules import Carried, StableField, VisitState, newest_of_each
from app.visits.rules.second_notes import split_text

MOST_LOOKED_AT = 60
"""Records looked through for what stays the same; somebody seen every week is looked back on for a year."""


LINES_LOOKED_AT = 10
"""Records with a shared line looked through for the other profession's."""


class SharedLine(NamedTuple):
    """함께 보는 한 줄: what one profession told the other, when and by whom."""

    text: str
    occurred_on: date
    by: str


def last_shared_line(session: Session, household_id: int, *, of: Profession) -> SharedLine | None:
    """The newest line that a profession wrote for the other about a household; None when there is none."""
    statement = (
        select(Visit)
        .where(Visit.household_id == household_id, Visit.shared_line != "", *HAPPENED)
        .options(joinedload(Visit.by), joinedload(Visit.second_by))
        .order_by(Visit.began_at.desc(), Visit.id)
        .limit(LINES_LOOKED_AT)
    )
    lines = (line for visit in session.scalars(statement) if (line := _line_of(visit, of)))
    return next(lines, None)


def _line_of(visit: Visit, of: Profession) -> SharedLine | None:
    """The line of whoever of that profession wrote the record, or joined it."""
    parts = split_text("shared_line", visit.shared_line, second_profession(visit))
    for text, by in ((parts.first, visit.by), (parts.second, visit.second_by)):
        if text.strip() and by is not None and profession_of(by.role) is of:
            return SharedLine(text, visit.occurred_on, by.name)
    return None


def last_carried(session: Session, household: Household) -> dict[StableField, Carried]:
    """What holds now of the fields that stay the same, each with the record it was first written in.

    The way there is what the household's page says until a visit says otherwise.
    """
    rows = session.execute(
        select(Visit.id, Visit.occurred_on, Visit.carried, Visit.place)
        .where(Visit.household_id == household.id, Visit.state == VisitState.SUBMITTED, Visit.voided_at.is_(None))
        .order_by(Visit.began_at.desc(), Visit.id)
        .limit(MOST_LOOKED_AT)
    ).all()
    known = Carried(StableField.APPROACH, household.approach)
    return newest_of_each([*_said(rows), known])


def _said(rows: Iterable[Row[tuple[UUID, date, list[dict[str, str]], str]]]) -> Iterator[Carried]:
    """Everything these records say, newest first; each with the record and the day it was first written."""
    rows = list(rows)
    days = {row.id: row.occurred_on for row in rows}
    for place, row in enumerate(rows):
        for each in row.carried:
            first = UUID(each["from_visit_id"]) if each["from_visit_id"] else row.id
            if each["name"] != StableField.PLACE:
                yield Carried(StableField(each["name"]), each["text"], first, days.get(first))
        if not place and row.place:
            yield Carried(StableField.PLACE, row.place, row.id, row.occurred_on)
