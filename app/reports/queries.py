"""Read the print register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.reports.models import PrintRecord


def count_copies(session: Session, code: str, *, household_id: int | None, subject_account_id: int | None) -> int:
    """How often this paper about this subject was printed before."""
    statement = select(func.count()).where(
        PrintRecord.code == code,
        PrintRecord.household_id.is_not_distinct_from(household_id),
        PrintRecord.subject_account_id.is_not_distinct_from(subject_account_id),
    )
    return session.scalar(statement) or 0


def count_in_year(session: Session, code: str, centre_id: int | None, *, year: int) -> int:
    """How many papers of this kind the centre printed in a year: the serial of the document number."""
    statement = select(func.count()).where(
        PrintRecord.code == code,
        PrintRecord.centre_id.is_not_distinct_from(centre_id),
        PrintRecord.written_on >= date(year, 1, 1),
        PrintRecord.written_on <= date(year, 12, 31),
    )
    return session.scalar(statement) or 0


def list_prints(session: Session, who: Identity, *, after: int | None = None, limit: int = 50) -> Sequence[PrintRecord]:
    """The register of one's scope, newest first; one more than `limit` when there is a next page."""
    statement = select(PrintRecord).where(or_(PrintRecord.centre_id.in_(who.centre_ids)))
    if after is not None:
        statement = statement.where(PrintRecord.id < after)
    return session.scalars(
        statement.options(joinedload(PrintRecord.printed_by)).order_by(PrintRecord.id.desc()).limit(limit + 1)
    ).all()


def get_print(session: Session, who: Identity, print_id: int) -> PrintRecord:
    """One print of one's scope, or NotFound."""
    found = session.get(PrintRecord, print_id) if print_id <= LARGEST_KEY else None
    if found is None or found.centre_id not in who.centre_ids:
        raise NotFound
    return found
