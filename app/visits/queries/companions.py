"""Read who may go along on a visit (동행)."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account
from app.core.database import fetch


class Companion(NamedTuple):
    """A colleague, as a form offers one; the fields of `Account` by their names."""

    id: int
    name: str
    role: Role

    @property
    def title(self) -> str:
        """Name and role as colleagues say it: «윤가람 방문간호사»."""
        return f"{self.name} {self.role.label}"


_COMPANIONS: Any = (
    select(*(getattr(Account, name) for name in Companion._fields))
    .where(
        Account.centre_id == bindparam("centre_id"),
        Account.disabled_at.is_(None),
        Account.role.in_((Role.NURSE, Role.WORKER, Role.SUPERVISOR)),
        Account.id != bindparam("own_id"),
    )
    .order_by(Account.role.desc(), Account.name)
)


def list_companions(session: Session, who: Identity, centre_id: int) -> list[Companion]:
    """Working colleagues of a centre besides oneself, by role and name."""
    rows = fetch(session, _COMPANIONS, {"centre_id": centre_id, "own_id": who.account_id or 0})
    return [Companion._make(row) for row in rows]
