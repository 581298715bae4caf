"""Take a signature for a text: of a visit, and of whatever else is read out and agreed to."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.attachments.models import Attachment
from app.attachments.rules import AttachmentKind, Place, SignatureDetails, SignedText, check_signature
from app.attachments.service.drawing import HEIGHT, WIDTH, draw_signature
from app.attachments.service.files import FileStore
from app.attachments.service.photos import record_attached
from app.core.database import new_id
from app.core.errors import RuleBroken
from app.core.privacy import mask_resident_numbers
from app.households.models import Household

UNSIGNED = "unsigned/"
"""Begins the key of what nobody signed: there is no file."""


def sign(
    session: Session, household: Household, details: SignatureDetails, text: SignedText, *, shown_hash: str,
    belongs_to: UUID, store: FileStore, actor: Identity, now: datetime,
) -> Attachment:  # fmt: skip
    """Keep a signature, or why there is none, bound to the version and the words that were signed.

    Args:
        text: what stands above the line now.
        shown_hash: SHA-256 of what the signer was shown; when the text has changed since, nothing is kept.
        belongs_to: id of the record, consent or plan that was signed.

    Raises:
        RuleBroken: nobody signed and no reason was given, the text changed meanwhile, the id belongs to something
            else, or the disk is nearly full.
    """
    known = session.get(Attachment, details.signature_id)
    if known is not None:
        return _same(known, household, belongs_to, actor)
    check_signature(details)
    if shown_hash != text.sha256:
        raise RuleBroken(
            "TEXT_CHANGED", "보여 드린 글이 그 사이에 바뀌었습니다. 바뀐 글을 보여 드리고 다시 서명을 받아 주세요."
        )
    signature = _row(details, text, belongs_to, household, actor, now)
    _draw(signature, details, store)
    session.add(signature)
    session.flush()
    record_attached(session, signature, "signed" if details.strokes else "not signed", actor=actor, now=now)
    return signature


def _same(known: Attachment, household: Household, belongs_to: UUID, actor: Identity) -> Attachment:
    if (known.household_id, known.visit_id, known.by_id) != (household.id, belongs_to, actor.account_id):
        raise RuleBroken("ID_TAKEN", "이 화면의 번호가 이미 쓰였습니다. 화면을 새로 열어 다시 서명받아 주세요.")
    return known


def _row(
    details: SignatureDetails, text: SignedText, belongs_to: UUID, household: Household, actor: Identity, now: datetime
) -> Attachment:
    return Attachment(
        id=details.signature_id, household_id=household.id, visit_id=belongs_to, kind=AttachmentKind.SIGNATURE,
        caption=mask_resident_numbers(details.words), file_key=f"{UNSIGNED}{details.signature_id}",
        media_type="image/png", size=0, width=0, height=0, sha256="", by_id=actor.account_id, at=now,
        signer=mask_resident_numbers(details.signer_words), signed_version=text.version, signed_hash=text.sha256,
        strokes=[[list(point) for point in stroke] for stroke in details.strokes] or None,
    )  # fmt: skip


def _draw(signature: Attachment, details: SignatureDetails, store: FileStore) -> None:
    """Give the row its picture."""
    if not details.strokes:
        return
    store.refuse_when_full()
    place, content = Place.new(new_id(), "png"), draw_signature(details.strokes)
    store.keep(place, content)
    signature.file_key, signature.size = place.key, len(content)
    signature.width, signature.height = WIDTH, HEIGHT
    signature.sha256 = hashlib.sha256(content).hexdigest()
