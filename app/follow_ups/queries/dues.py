"""Read dues. Lists read the stored answers; a row that time has made stale is computed on the spot, not trusted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import Session

from app.core.database import fetch
from app.core.working_days import WorkingDays
from app.follow_ups.models import ContactRow, Obligation
from app.follow_ups.queries.histories import list_places
from app.follow_ups.queries.judging import due_of, grounds_of, judge_places
from app.follow_ups.queries.rule_book import RuleBook
from app.follow_ups.rules import Contact, ContactMode
from app.follow_ups.rules.dues import Due
from app.households.models import Household


def compute_dues(
    session: Session,
    household_ids: Collection[int],
    *,
    district_id: int,
    today: date,
    also: Contact | None = None,
    book: RuleBook | None = None,
    days: WorkingDays | None = None,
) -> dict[int, list[Due]]:
    """Dues of households of one 시군구 from scratch, without touching what is stored; only those that have any.

    Args:
        also: a contact that is about to happen.
        book: other rules than those that hold, to see what they would change.
        days: other working days.
    """
    if not household_ids:
        return {}
    grounds = grounds_of(session, district_id, today=today, book=book, days=days)
    found = {
        each.place.id: [due_of(judged, today=today) for judged in each.judged if judged.answer.due_on is not None]
        for each in judge_places(session, list_places(session, household_ids), grounds, also=also)
    }
    return {household_id: dues for household_id, dues in found.items() if dues}


STORED = (
    Obligation.term_id, Obligation.household_id, Obligation.member_id, Obligation.label, Obligation.profession,
    Obligation.kind, Obligation.due_on, Obligation.window_start, Obligation.limit_on, Obligation.done, Obligation.needed,
    Obligation.because, Obligation.note, Obligation.recompute_on, Obligation.ladder_step,
)  # fmt: skip
"""What a due is made of."""
_OF_HOUSEHOLDS: Any = select(*STORED).where(Obligation.household_id.in_(bindparam("household_ids", expanding=True)))


def list_dues(session: Session, household: Household, *, today: date) -> list[Due]:
    """All dues of one household, stale ones computed anew, the most pressing first."""
    return read_dues(session, [household.id], district_id=household.centre.district_id, today=today).get(
        household.id, []
    )


def read_dues(
    session: Session, household_ids: Collection[int], *, district_id: int, today: date
) -> dict[int, list[Due]]:
    """Dues of households as stored, computed anew where a row is stale."""
    rows = fetch(session, _OF_HOUSEHOLDS, {"household_ids": household_ids})
    return trusted(session, rows, district_id=district_id, today=today)


def trusted(session: Session, rows: Sequence[Row[Any]], *, district_id: int, today: date) -> dict[int, list[Due]]:
    """Dues out of rows with the `STORED` columns; where a row is stale all dues of its household are computed anew."""
    stale = {row.household_id for row in rows if row.recompute_on is not None and row.recompute_on <= today}
    found: dict[int, list[Due]] = defaultdict(list)
    for row in rows:
        if row.due_on is not None and row.household_id not in stale:
            found[row.household_id].append(_stored_due(row, today))
    found.update(compute_dues(session, stale, district_id=district_id, today=today))
    return found


def _stored_due(row: Row[Any], today: date) -> Due:
    return Due(
        row.term_id, row.household_id, row.member_id, row.label, row.profession, row.kind, today, row.due_on,
        row.window_start, row.limit_on, row.done, row.needed, tuple(line["text"] for line in row.because),
        row.note, row.ladder_step,
    )  # fmt: skip


def last_contact_modes(session: Session, household_id: int, *, limit: int = 5) -> Sequence[tuple[date, ContactMode]]:
    """The newest contacts of a household, newest first."""
    statement = (
        select(ContactRow.occurred_on, ContactRow.mode)
        .where(ContactRow.household_id == household_id, ContactRow.voided_at.is_(None))
        .order_by(
            ContactRow.occurred_on.desc(),
            func.coalesce(ContactRow.happened_at, ContactRow.recorded_at).desc(),
            ContactRow.recorded_at.desc(),
        )
        .limit(limit)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]
