"""The households that a count of needs names."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.households.models import Household
from app.households.queries import visible_to


def list_households(
    session: Session, who: Identity, keys: Collection[int], *, after: int | None = None, limit: int = 50
) -> Sequence[Household]:
    """Visible households of these keys, by key, one more than `limit` when there are more."""
    wanted = sorted(key for key in keys if after is None or key > after)[: limit + 1]
    statement = select(Household).where(visible_to(who), Household.id.in_(wanted))
    return session.scalars(statement.options(joinedload(Household.centre)).order_by(Household.id)).all()
