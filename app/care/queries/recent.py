"""What somebody does most: it stands first on their form."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.care.models import Intervention

RECORDS = 30
"""So many of the person's last records teach the order."""
NEWEST_ROWS = 20_000
"""No older row is looked at, so that somebody who never picks anything costs no more than anybody else."""


def recent_targets(session: Session, account_id: int) -> list[str]:
    """The picks of the person's last 30 records that hold any, each as often as it was picked."""
    newest = session.scalar(select(func.max(Intervention.id))) or 0
    own = (Intervention.by_id == account_id, Intervention.id > newest - NEWEST_ROWS)
    last = (
        select(Intervention.visit_id)
        .where(*own)
        .group_by(Intervention.visit_id)
        .order_by(func.max(Intervention.id).desc())
        .limit(RECORDS)
        .subquery()
    )
    return list(
        session.scalars(select(Intervention.target).join(last, last.c.visit_id == Intervention.visit_id).where(*own))
    )
