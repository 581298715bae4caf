"""Serve a picture, tell whose it is, take it away and bring it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, flash, jsonify, make_response, redirect, render_template, request, url_for

from app.access.permissions import Permission
from app.access.policy import can
from app.attachments import service
from app.attachments.forms import RemovalForm
from app.attachments.models import Attachment
from app.attachments.rules import AttachmentKind
from app.attachments.service import FileStore
from app.attachments.views.blueprint import attachment_from_url, blueprint, files, seen_from_url, wants_json
from app.audit.rules import Action
from app.core import clock
from app.core.errors import NotFound, RuleBroken
from app.extensions import db
from app.web.security import current_identity, requires, safe_next

MEDIA_TYPES = {AttachmentKind.PHOTO: ("image/jpeg", "jpg"), AttachmentKind.SIGNATURE: ("image/png", "png")}
"""What we wrote ourselves, never what somebody said a file was."""


@blueprint.get("/attachments/<uuid:attachment_id>")
@requires(Permission.SEE_ATTACHMENT, attachment_from_url, records=Action.VIEW)
def picture(attachment: Attachment) -> Response:
    """The whole picture."""
    return _served(attachment, service.read_file)


@blueprint.get("/attachments/<uuid:attachment_id>/small")
@requires(Permission.SEE_ATTACHMENT, attachment_from_url, records=Action.VIEW)
def small_picture(attachment: Attachment) -> Response:
    """The small picture of lists."""
    return _served(attachment, service.read_small)


def _served(attachment: Attachment, read: Callable[[FileStore, Attachment], bytes | None]) -> Response:
    content = None if attachment.removed_at else read(files(), attachment)
    if content is None:
        raise NotFound
    media_type, suffix = MEDIA_TYPES[attachment.kind]
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'inline; filename="{attachment.id}.{suffix}"'
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@blueprint.get("/attachments/<uuid:attachment_id>/about")
@requires(Permission.SEE_ATTACHMENT, attachment_from_url, records=Action.VIEW)
def show_attachment(attachment: Attachment) -> Any:
    """One picture with who made it, when and of what; what was removed only for whoever may bring it back."""
    return _page(attachment, RemovalForm())


def _page(attachment: Attachment, form: RemovalForm) -> Response:
    may_remove = can(current_identity(), Permission.REMOVE_ATTACHMENT, attachment)
    if attachment.removed_at and not may_remove:
        raise NotFound
    content = service.read_small(files(), attachment)
    page = render_template(
        "attachments/show.html",
        attachment=attachment,
        household=attachment.household,
        form=form,
        may_remove=may_remove,
        is_missing=content is None,
        next=safe_next(request.values.get("next")) or "",
    )
    return make_response(page, form.status)


@blueprint.post("/attachments/<uuid:attachment_id>/remove")
@requires(Permission.REMOVE_ATTACHMENT, seen_from_url)
def remove(attachment: Attachment) -> Any:
    """Take a picture away, with a reason."""
    form = RemovalForm()
    undo = url_for("attachments.restore", attachment_id=attachment.id)
    if not form.validate() or not form.carries_out(
        lambda: service.remove(
            db.session, attachment, reason=form.reason.data or "", actor=current_identity(), now=clock.now()
        )
    ):
        return make_response(jsonify(text=_said(form)), 422) if wants_json() else _page(attachment, form)
    if wants_json():
        return jsonify(restore_url=undo)
    flash({"text": f"{attachment.kind.label} 1장을 뺐습니다.", "undo_url": undo, "version": ""}, "ok")  # type: ignore[arg-type]
    return redirect(_back(attachment))


@blueprint.post("/attachments/<uuid:attachment_id>/restore")
@requires(Permission.REMOVE_ATTACHMENT, seen_from_url)
def restore(attachment: Attachment) -> Any:
    """Bring a picture back."""
    try:
        service.restore(db.session, attachment, actor=current_identity(), now=clock.now())
    except RuleBroken as broken:
        if wants_json():
            return make_response(jsonify(code=broken.code, text=broken.text), 422)
        flash(broken.text, "error")
        return redirect(_back(attachment))
    if wants_json():
        return jsonify(id=str(attachment.id))
    flash(f"{attachment.kind.label} 1장을 되돌렸습니다.", "ok")
    return redirect(_back(attachment))


def _said(form: RemovalForm) -> str:
    return str(next((text for texts in form.errors.values() for text in texts), "빼지 못했습니다."))


def _back(attachment: Attachment) -> str:
    """Where the person came from, or the household's photos."""
    photos = url_for("attachments.list_photos", household_id=attachment.household_id)
    return safe_next(request.form.get("next")) or photos
