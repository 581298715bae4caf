"""A 시군구's own figures in the table that proposes care groups: a new version from a day on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.assessments.models import InstrumentVersion
from app.assessments.service import add_own, own_version, refuse_past
from app.care_groups.rules import TABLE_CODE, TableError, with_edges
from app.core.clock import korean_date
from app.core.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class TableChange:
    """What was typed. `edges` by place («SYSTOLIC-0»); None leaves a level out."""

    edges: Mapping[str, Decimal | None]
    days: int
    effective_from: date
    source: str
    why: str


def change_table(session: Session, change: TableChange, *, actor: Identity, now: datetime) -> InstrumentVersion:
    """Let other figures propose from a day on; what was decided before keeps the lines it was decided by.

    Raises RuleBroken: figures that do not fit together, a day that has passed, no reason.
    """
    refuse_past(change.effective_from, change.why, today=korean_date(now))
    last, version = own_version(session, TABLE_CODE, effective_from=change.effective_from, actor=actor)
    try:
        document = with_edges(
            last.document, change.edges, version=version, effective_from=change.effective_from.isoformat(),
            source=change.source, confidence="DISTRICT", days=change.days,
        )  # fmt: skip
    except TableError as error:
        raise RuleBroken("TABLE_UNFIT", error.problem, field=field_of(error.place)) from None
    return add_own(session, document, why=change.why, actor=actor, now=now)


def field_of(place: str) -> str:
    """The field of a level in a form: a hyphen would be taken for a part of a form within."""
    return f"edge_{place.replace('-', '_')}"
