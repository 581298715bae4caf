"""Take in a photo: the file first, then the row that says whose it is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.attachments.models import Attachment
from app.attachments.rules import AttachmentKind, PhotoDetails, Place, check_photo
from app.attachments.service.files import FileStore
from app.attachments.service.pictures import Picture
from app.audit import service as audit
from app.audit.rules import Action
from app.core.database import new_id
from app.core.errors import RuleBroken
from app.core.privacy import mask_resident_numbers
from app.households.models import Household


def add_photo(
    session: Session, household: Household, details: PhotoDetails, picture: Picture, *, store: FileStore,
    actor: Identity, now: datetime,
) -> Attachment:  # fmt: skip
    """Attach a photo to a household, and to the record or draft it was taken for; the same id again stores nothing.

    The file lies under a key of our own before the row is written, so that no row is ever without its file; a file
    whose row was never written is swept away later.

    Raises:
        RuleBroken: no caption, an id that belongs to another picture, or a disk that is nearly full.
    """
    check_photo(details)
    store.refuse_when_full()
    place = Place.new(new_id(), "jpg")
    store.keep(place, picture.content, picture.small)
    try:
        known = find_sent(session, household, details.photo_id, actor)
        photo = known or _added(session, household, details, picture, place, actor=actor, now=now)
    except BaseException:
        store.forget(place)
        raise
    if photo.file_key != place.key:
        store.forget(place)
    return photo


def find_sent(session: Session, household: Household, photo_id: UUID, actor: Identity) -> Attachment | None:
    """The photo this id already made, when the same person sent it of the same household.

    Raises:
        RuleBroken: the id belongs to another picture.
    """
    known = session.get(Attachment, photo_id)
    if known is None:
        return None
    if (known.household_id, known.by_id, known.kind) != (household.id, actor.account_id, AttachmentKind.PHOTO):
        raise RuleBroken("ID_TAKEN", "이 사진의 번호가 이미 쓰였습니다. 사진을 다시 골라 주세요.")
    return known


def _added(
    session: Session, household: Household, details: PhotoDetails, picture: Picture, place: Place, *, actor: Identity,
    now: datetime,
) -> Attachment:  # fmt: skip
    photo = Attachment(
        id=details.photo_id, household_id=household.id, visit_id=details.visit_id, kind=AttachmentKind.PHOTO,
        caption=mask_resident_numbers(details.caption), is_health=details.is_health, file_key=place.key,
        media_type="image/jpeg", size=len(picture.content), width=picture.width, height=picture.height,
        sha256=picture.sha256, by_id=actor.account_id, at=now,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(photo)
    except IntegrityError:  # the same photo arrived twice at once; the other was faster
        known = find_sent(session, household, details.photo_id, actor)
        if known is None:
            raise
        return known
    record_attached(session, photo, "photo added", actor=actor, now=now)
    return photo


def record_attached(session: Session, attachment: Attachment, detail: str, *, actor: Identity, now: datetime) -> None:
    """Write to the access log what was done with a picture."""
    audit.record(
        session,
        Action.ATTACH,
        subject=f"attachment:{attachment.id}",
        household_id=attachment.household_id,
        detail=detail,
        actor=actor,
        now=now,
    )
