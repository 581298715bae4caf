"""Read the lists that offices change: closure reasons and target groups, by the version that holds on a day."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.cases.models import ReasonTable
from app.cases.rules import CLOSURE_REASONS, TARGET_GROUPS, ReasonList, reasons_from
from app.core.errors import NotFound


def list_tables(session: Session, district_id: int, name: str) -> Sequence[ReasonTable]:
    """The versions of a list that concern a 시군구, in the order in which they follow one another."""
    statement = (
        select(ReasonTable)
        .where(ReasonTable.name == name, or_(ReasonTable.district_id.is_(None), ReasonTable.district_id == district_id))
        .order_by(ReasonTable.effective_from, ReasonTable.district_id.is_not(None), ReasonTable.id)
    )
    return session.scalars(statement).all()


def table_in_force(session: Session, district_id: int, name: str, *, on: date) -> ReasonTable:
    """The version of a list that holds on a day; NotFound when none was ever loaded."""
    holding = [row for row in list_tables(session, district_id, name) if row.effective_from <= on]
    if not holding:
        raise NotFound
    return holding[-1]


def closure_reasons(session: Session, district_id: int, *, on: date) -> ReasonList:
    """The closure reasons that hold in a 시군구 on a day; NotFound when none were ever loaded."""
    return read_reasons(table_in_force(session, district_id, CLOSURE_REASONS, on=on))


def read_reasons(row: ReasonTable) -> ReasonList:
    """A stored version as the rules read it."""
    return _read(json.dumps(row.document, sort_keys=True))


def reason_label(session: Session, district_id: int, code: str) -> str:
    """What a stored reason is called, in whatever version has it; the code itself when none does."""
    for row in reversed(list_tables(session, district_id, CLOSURE_REASONS)):
        reason = read_reasons(row).find(code)
        if reason is not None:
            return reason.label
    return code


def target_groups(session: Session, district_id: int, *, on: date) -> dict[str, str]:
    """우선 발굴 대상: label by code, as they hold in a 시군구 on a day."""
    document: dict[str, Any] = table_in_force(session, district_id, TARGET_GROUPS, on=on).document
    return {row["code"]: row["label"] for row in document["groups"]}


@lru_cache(maxsize=64)
def _read(document: str) -> ReasonList:
    return reasons_from(json.loads(document))
