"""Read the form of needs: which version holds for whom on which day."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.needs.models import NeedsForm
from app.needs.rules import Instrument, instrument_from


def list_forms(session: Session, district_id: int) -> Sequence[NeedsForm]:
    """The versions that concern a 시군구, in the order in which they follow one another."""
    mine = or_(NeedsForm.district_id.is_(None), NeedsForm.district_id == district_id)
    own_last = NeedsForm.district_id.is_not(None)
    return session.scalars(
        select(NeedsForm).where(mine).order_by(NeedsForm.effective_from, own_last, NeedsForm.id)
    ).all()


def form_in_force(session: Session, district_id: int, *, on: date) -> NeedsForm:
    """The version a 시군구 asks with on a day; NotFound when none was ever loaded."""
    holding = [row for row in list_forms(session, district_id) if row.effective_from <= on]
    if not holding:
        raise NotFound
    return holding[-1]


def get_form(session: Session, district_id: int, form_id: int) -> NeedsForm:
    """One version by its key, if it concerns a 시군구; or NotFound."""
    row = session.get(NeedsForm, form_id) if 0 < form_id <= LARGEST_KEY else None
    if row is None or row.district_id not in (None, district_id):
        raise NotFound
    return row


def read(row: NeedsForm) -> Instrument:
    """A stored version as the rules read it."""
    return _read(json.dumps(row.document, sort_keys=True))


@lru_cache(maxsize=64)
def _read(document: str) -> Instrument:
    return instrument_from(json.loads(document))
