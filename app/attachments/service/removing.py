"""Take a picture away with a reason, and bring it back while its file is still there."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.attachments.models import Attachment
from app.attachments.rules import KEPT_AFTER_REMOVAL
from app.attachments.service.photos import record_attached
from app.core.errors import RuleBroken
from app.core.privacy import mask_resident_numbers

LONGEST_REASON = 200


def remove(session: Session, attachment: Attachment, *, reason: str, actor: Identity, now: datetime) -> None:
    """Take a photo or a signature away: nobody sees it any more; the row says who took it away and why.

    Its file is deleted after KEPT_AFTER_REMOVAL. Removing what is removed changes nothing.

    Raises:
        RuleBroken: no reason, or one that is too long.
    """
    if not reason.strip():
        raise RuleBroken("REASON_NEEDED", "왜 빼는지 적어 주세요.", field="reason")
    if len(reason) > LONGEST_REASON:
        raise RuleBroken("REASON_TOO_LONG", f"까닭은 {LONGEST_REASON}자까지 적습니다.", field="reason")
    if attachment.removed_at is not None:
        return
    attachment.removed_at, attachment.removed_by_id = now, actor.account_id
    attachment.removed_because = mask_resident_numbers(reason.strip())
    session.flush()
    record_attached(session, attachment, "removed", actor=actor, now=now)


def restore(session: Session, attachment: Attachment, *, actor: Identity, now: datetime) -> None:
    """Bring back what was removed. What stands changes nothing.

    Raises:
        RuleBroken: it was removed so long ago that its file may be deleted.
    """
    if attachment.removed_at is None:
        return
    if now - attachment.removed_at > KEPT_AFTER_REMOVAL:
        raise RuleBroken("FILE_DELETED", f"뺀 지 {KEPT_AFTER_REMOVAL.days}일이 지나 되돌릴 수 없습니다.")
    attachment.removed_at, attachment.removed_by_id, attachment.removed_because = None, None, ""
    session.flush()
    record_attached(session, attachment, "brought back", actor=actor, now=now)


def remove_of_draft(session: Session, draft_id: UUID, *, by_id: int, now: datetime) -> int:
    """The draft was thrown away: the photos its author took for it go too. Returns how many."""
    statement = select(Attachment).where(
        Attachment.visit_id == draft_id, Attachment.by_id == by_id, Attachment.removed_at.is_(None)
    )
    taken = session.scalars(statement).all()
    for photo in taken:
        photo.removed_at, photo.removed_by_id, photo.removed_because = now, by_id, "작성하던 기록을 버림"
    session.flush()
    return len(taken)
