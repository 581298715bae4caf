"""The versions of the weights that concern a 시군구."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.discoveries.models import TriageTable


def list_weight_versions(session: Session, district_id: int) -> Sequence[TriageTable]:
    """Everybody's versions and those of the 시군구 itself, in the order in which they follow one another."""
    own = or_(TriageTable.district_id.is_(None), TriageTable.district_id == district_id)
    return session.scalars(select(TriageTable).where(own).order_by(TriageTable.effective_from, TriageTable.id)).all()


def last_weights(session: Session, district_id: int) -> TriageTable:
    """The version that somebody changes: the one that comes last; NotFound when none was ever loaded."""
    versions = list_weight_versions(session, district_id)
    if not versions:
        raise NotFound
    return versions[-1]
