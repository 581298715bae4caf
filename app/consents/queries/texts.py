"""The texts people agree to, by the version that holds on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.consents.models import ConsentText
from app.consents.rules import ConsentKind
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY


def list_texts(session: Session, district_id: int, kind: ConsentKind | None = None) -> Sequence[ConsentText]:
    """Everybody's versions and those of a 시군구 itself, in the order in which they follow one another."""
    own = or_(ConsentText.district_id.is_(None), ConsentText.district_id == district_id)
    statement = select(ConsentText).where(own)
    if kind is not None:
        statement = statement.where(ConsentText.kind == kind)
    in_order = (ConsentText.effective_from, ConsentText.district_id.is_not(None), ConsentText.id)
    return session.scalars(statement.order_by(*in_order)).all()


def texts_in_force(session: Session, district_id: int, *, on: date) -> dict[ConsentKind, ConsentText]:
    """The version of each kind that holds on a day; of a day before the first one, the first."""
    found: dict[ConsentKind, ConsentText] = {}
    for row in list_texts(session, district_id):
        if row.kind not in found or row.effective_from <= on:
            found[row.kind] = row
    return {kind: found[kind] for kind in ConsentKind if kind in found}


def text_in_force(session: Session, district_id: int, kind: ConsentKind, *, on: date) -> ConsentText:
    """The version of one kind that holds on a day; NotFound when none was ever loaded."""
    found = texts_in_force(session, district_id, on=on).get(kind)
    if found is None:
        raise NotFound
    return found


def get_text(session: Session, district_id: int, text_id: int) -> ConsentText:
    """One version that concerns a 시군구, or NotFound."""
    row = session.get(ConsentText, text_id) if text_id <= LARGEST_KEY else None
    if row is None or row.district_id not in (None, district_id):
        raise NotFound
    return row
