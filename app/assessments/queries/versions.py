"""Read instruments: which version holds for whom on which day."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.assessments.models import InstrumentVersion
from app.assessments.rules import Instrument, instrument_from
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY

TABLES = frozenset({"CARE_GROUP_TABLE"})
"""Codes of tables that are kept like instruments and that nobody is asked by."""


def list_instruments(session: Session, district_id: int, *, on: date) -> dict[int, Instrument]:
    """The version of each instrument that holds in a 시군구 on a day, by its key, in the order they were shipped."""
    newest: dict[str, InstrumentVersion] = {}
    for row in list_versions(session, district_id):
        if row.effective_from <= on and row.code not in TABLES:
            newest[row.code] = row
    return {row.id: read(row) for row in newest.values()}


def list_versions(session: Session, district_id: int, code: str | None = None) -> Sequence[InstrumentVersion]:
    """The versions of one instrument, or of all, in the order in which they follow one another."""
    mine = or_(InstrumentVersion.district_id.is_(None), InstrumentVersion.district_id == district_id)
    statement = select(InstrumentVersion).where(mine)
    if code is not None:
        statement = statement.where(InstrumentVersion.code == code)
    own_last = InstrumentVersion.district_id.is_not(None)
    return session.scalars(statement.order_by(InstrumentVersion.effective_from, own_last, InstrumentVersion.id)).all()


def get_version(session: Session, district_id: int, code: str, *, on: date) -> InstrumentVersion:
    """The version of an instrument that holds on a day, the first for a day before any; or NotFound."""
    versions = list_versions(session, district_id, code)
    if not versions:
        raise NotFound
    return next((row for row in reversed(versions) if row.effective_from <= on), versions[0])


def code_of(session: Session, district_id: int, instrument_id: int) -> str:
    """The code of an instrument, by the key of any of its versions that this 시군구 may use; or NotFound."""
    row = session.get(InstrumentVersion, instrument_id) if instrument_id <= LARGEST_KEY else None
    if row is None or row.code in TABLES or row.district_id not in (None, district_id):
        raise NotFound
    return row.code


def read(row: InstrumentVersion) -> Instrument:
    """A stored version as the rules read it."""
    return _read(json.dumps(row.document, sort_keys=True))


@lru_cache(maxsize=256)
def _read(document: str) -> Instrument:
    return instrument_from(json.loads(document))
