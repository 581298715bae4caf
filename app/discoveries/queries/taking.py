"""Lists that are still being taken in, and who may go on with them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.discoveries.models import ImportedList


def may_take(who: Identity) -> ColumnElement[bool]:
    """Lists whose rows this person could have sent: those of the own centre, or of the whole 시군구."""
    if who.account_id is None:
        return true()
    own = ImportedList.district_id == who.district_id
    if who.centre_id is None:
        return own if who.centre_ids else ~true()
    return own & ImportedList.judged_for.in_([f"centre:{key}" for key in who.centre_ids])


def list_unfinished(session: Session, who: Identity) -> Sequence[ImportedList]:
    """Lists of which rows are left, the newest first."""
    left = select(ImportedList).where(ImportedList.rows_left > 0, may_take(who))
    return session.scalars(left.options(joinedload(ImportedList.imported_by)).order_by(ImportedList.id.desc())).all()


def get_taken(session: Session, who: Identity, list_id: int) -> ImportedList:
    """A list to go on with, or one that is whole by now; NotFound when it is not this person's to take in."""
    found = select(ImportedList).where(ImportedList.id == list_id, may_take(who)) if list_id <= LARGEST_KEY else None
    imported = session.scalars(found).one_or_none() if found is not None else None
    if imported is None:
        raise NotFound
    return imported
