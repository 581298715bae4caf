"""The blueprint of attachments, what its URLs load, and where the files lie."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, request
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.attachments import queries
from app.attachments.models import Attachment
from app.attachments.rules import HEALTH_CHIPS, QUICK_CAPTIONS
from app.attachments.service import FileStore
from app.core.errors import NotFound
from app.households.models import Household
from app.households.queries import get_household

blueprint = Blueprint("attachments", __name__)


def files() -> FileStore:
    """The folder of files of this installation."""
    settings = current_app.config["OUTREACH"]
    return FileStore(settings.files, settings.files_reserve)


def household_from_url(session: Session, identity: Identity, *, household_id: int) -> Household:
    """The household of the URL, or 404."""
    return get_household(session, identity, household_id)


def household_for_photo(session: Session, identity: Identity, *, household_id: int, photo_id: UUID) -> Household:
    """The household a photo is of, or 404; the photo's id is the tablet's and may be new."""
    return get_household(session, identity, household_id)


def attachment_from_url(session: Session, identity: Identity, *, attachment_id: UUID) -> Attachment:
    """The photo or signature of the URL, or 404."""
    return queries.get_attachment(session, identity, attachment_id)


def seen_from_url(session: Session, identity: Identity, *, attachment_id: UUID) -> Attachment:
    """The photo or signature of the URL, or 404 as well for whoever may not see it."""
    attachment = queries.get_attachment(session, identity, attachment_id)
    if not can(identity, Permission.SEE_ATTACHMENT, attachment):
        raise NotFound
    return attachment


def wants_json() -> bool:
    """Whether a script asks."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


@blueprint.app_context_processor
def captions() -> dict[str, Any]:
    """What templates offer for a caption, and where they ask whether a picture's file is there."""
    return {"QUICK_CAPTIONS": QUICK_CAPTIONS, "HEALTH_CHIPS": HEALTH_CHIPS}


@blueprint.app_template_filter()
def is_there(attachment: Any) -> bool:
    """Whether the small picture's file is there; a signature is always drawn anew."""
    return not attachment.is_photo or (attachment.is_drawn and files().holds(attachment.place.small_key))
