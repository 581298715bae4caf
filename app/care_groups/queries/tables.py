"""Read the table that proposes care groups: which version holds in a 시군구 on a day."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy.orm import Session

from app.assessments.models import InstrumentVersion
from app.assessments.queries import get_version, list_versions
from app.care_groups.rules import TABLE_CODE, GroupTable, table_from


def table_in_force(session: Session, district_id: int, *, on: date) -> GroupTable:
    """The table that proposes in a 시군구 on a day; NotFound when none was ever loaded."""
    return read_table(get_version(session, district_id, TABLE_CODE, on=on))


def list_table_versions(session: Session, district_id: int) -> Sequence[InstrumentVersion]:
    """Its versions in the order in which they follow one another."""
    return list_versions(session, district_id, TABLE_CODE)


def read_table(row: InstrumentVersion) -> GroupTable:
    """A stored version as the rules read it."""
    return _read(json.dumps(row.document, sort_keys=True))


@lru_cache(maxsize=64)
def _read(document: str) -> GroupTable:
    return table_from(json.loads(document))
