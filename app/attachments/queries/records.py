"""Attachments as pages and papers show them, and the one row behind a URL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.accounts.models import Account
from app.attachments.models import Attachment
from app.attachments.rules import AttachmentKind, Place
from app.core.clock import korean_date
from app.core.database import fetch
from app.core.errors import NotFound
from app.households.models import Household
from app.households.queries import Named, visible_to
from app.households.rules import HealthGround


class AttachmentRecord(NamedTuple):
    """One photo or signature; the fields of `Attachment` by their names, and what the policy asks about."""

    id: UUID
    household_id: int
    visit_id: UUID | None
    kind: AttachmentKind
    caption: str
    is_health: bool
    file_key: str
    width: int
    height: int
    by_id: int
    at: datetime
    removed_at: datetime | None
    removed_because: str
    signer: str
    strokes: list[Any] | None
    signed_version: int | None
    signed_hash: str
    centre_id: int
    worker_id: int | None
    nurse_id: int | None
    by: Named
    household: Household | None = None
    """Of health pictures: whose ground for sharing the policy asks about."""

    def health_ground_on(self, day: date | None) -> HealthGround | None:
        return self.household.health_ground_on(day) if self.household else None

    @property
    def is_photo(self) -> bool:
        return self.kind is AttachmentKind.PHOTO

    @property
    def is_drawn(self) -> bool:
        """Whether there is a picture: a signature that was not given has none."""
        return bool(self.width)

    @property
    def month(self) -> str:
        """«2026-11» in Korea."""
        return korean_date(self.at).isoformat()[:7]

    @property
    def place(self) -> Place:
        """Where its file lies; only of what is drawn."""
        return Place(self.file_key)


_OF_ATTACHMENT = AttachmentRecord._fields.index("centre_id")
_OF_HOUSEHOLD = ("centre_id", "worker_id", "nurse_id")


def _records(who: Identity) -> Select[Any]:
    return (
        select(
            *(getattr(Attachment, name) for name in AttachmentRecord._fields[:_OF_ATTACHMENT]),
            *(getattr(Household, name) for name in _OF_HOUSEHOLD),
            Account.name,
        )
        .join(Household, Household.id == Attachment.household_id)
        .join(Account, Account.id == Attachment.by_id)
        .where(visible_to(who))
    )


def _fetched(session: Session, who: Identity, statement: Select[Any]) -> list[AttachmentRecord]:
    rows = [AttachmentRecord._make((*row[:-1], Named(row[-1]), None)) for row in fetch(session, statement, {})]
    homes = {key: session.get_one(Household, key) for key in {row.household_id for row in rows if row.is_health}}
    whole = (row._replace(household=homes.get(row.household_id)) for row in rows)
    return [row for row in whole if can(who, Permission.SEE_ATTACHMENT, row)]


def list_of_visits(
    session: Session, who: Identity, visit_ids: Collection[UUID], *, with_removed: bool = False
) -> dict[UUID, list[AttachmentRecord]]:
    """Photos and signatures of these records (or drafts) that `who` may see, in the order they were made.

    One statement for all of them. What was removed is left out unless it is asked for.
    """
    found: dict[UUID, list[AttachmentRecord]] = defaultdict(list)
    if not visit_ids:
        return found
    statement = _records(who).where(Attachment.visit_id.in_(visit_ids)).order_by(Attachment.at, Attachment.id)
    if not with_removed:
        statement = statement.where(Attachment.removed_at.is_(None))
    for row in _fetched(session, who, statement):
        found[row.visit_id].append(row)  # type: ignore[index]  # asked for by it
    return found


def list_of_visit(
    session: Session, who: Identity, household_id: int, visit_id: UUID, *, with_removed: bool = False
) -> list[AttachmentRecord]:
    """Photos and signatures of one household's record (or draft) that `who` may see, in the order they were made."""
    rows = list_of_visits(session, who, [visit_id], with_removed=with_removed).get(visit_id, [])
    return [row for row in rows if row.household_id == household_id]


def list_photos(
    session: Session, who: Identity, household_id: int, *, before: datetime | None = None, limit: int = 60
) -> list[AttachmentRecord]:
    """A household's photos that `who` may see, the newest first; `before` goes on from an older page's last moment."""
    statement = (
        _records(who).where(*_standing_photos(household_id)).order_by(Attachment.at.desc(), Attachment.id).limit(limit)
    )
    return _fetched(session, who, statement.where(Attachment.at < before) if before else statement)


def count_photos(session: Session, household_id: int, *, only_health: bool | None = None) -> int:
    """How many photos a household has: all of them, health pictures alone, or (False) those without."""
    statement = select(func.count()).where(*_standing_photos(household_id))
    if only_health is not None:
        statement = statement.where(Attachment.is_health.is_(only_health))
    return session.scalar(statement) or 0


def _standing_photos(household_id: int) -> Sequence[Any]:
    return (
        Attachment.household_id == household_id,
        Attachment.kind == AttachmentKind.PHOTO,
        Attachment.removed_at.is_(None),
    )


def get_attachment(session: Session, who: Identity, attachment_id: UUID) -> Attachment:
    """One attachment of a visible household, removed ones as well, or NotFound."""
    statement = (
        select(Attachment)
        .join(Household)
        .where(Attachment.id == attachment_id, visible_to(who))
        .options(joinedload(Attachment.household), joinedload(Attachment.by))
    )
    found = session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound
    return found


def list_known_keys(session: Session, keys: Iterable[str]) -> set[str]:
    """Which of these files have a row that still wants them."""
    asked = list(keys)
    statement = select(Attachment.file_key).where(Attachment.file_key.in_(asked))
    return set(session.scalars(statement)) if asked else set()
