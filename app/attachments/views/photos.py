"""Take a photo, and look at all of a household's."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, flash, jsonify, make_response, redirect, render_template, request, url_for

from app.access.permissions import Permission
from app.access.policy import can
from app.attachments import queries, service
from app.attachments.forms import PhotoForm, uuid_of
from app.attachments.models import Attachment
from app.attachments.rules import check_photo
from app.attachments.views.blueprint import blueprint, files, household_for_photo, household_from_url
from app.audit.rules import Action
from app.core import clock
from app.core.database import new_id, unit_of_work
from app.core.errors import RuleBroken
from app.extensions import db
from app.households.models import Household
from app.web.security import current_identity, requires, safe_next

A_PAGE = 48


@blueprint.put("/households/<int:household_id>/photos/<uuid:photo_id>")
@requires(Permission.ATTACH, household_for_photo)
def send_photo(household: Household) -> Response:
    """A photo from the tablet; the same one again is answered and not stored. 422 says in Korean what is wrong."""
    form, photo_id = PhotoForm(), (request.view_args or {})["photo_id"]
    if form.validate() and _attached(form, household, photo_id):
        return jsonify(_told(form.outcome))
    code = form.broken.code if form.broken else "UNREADABLE"
    return make_response(jsonify(code=code, text=_first_error(form)), 422)


@blueprint.route("/households/<int:household_id>/photos/new", methods=["GET", "POST"])
@requires(Permission.ATTACH, household_from_url, records=Action.VIEW)
def add_photo(household: Household) -> Any:
    """Attach a photo from a page of its own, with or without script."""
    visit_id = uuid_of(request.args.get("visit"))
    form = PhotoForm(data={"photo_id": str(new_id()), "visit_id": str(visit_id or "")})
    back = safe_next(request.args.get("next")) or url_for("attachments.list_photos", household_id=household.id)
    if form.validate_on_submit() and _attached(form, household, uuid_of(form.photo_id.data) or new_id()):
        flash("사진을 올렸습니다.", "ok")
        return redirect(back)
    page = render_template("attachments/add_photo.html", household=household, form=form, back=back)
    return make_response(page, form.status)


def _attached(form: PhotoForm, household: Household, photo_id: UUID) -> bool:
    """Take in the photo of a form; what is wrong with it stands at its field."""
    identity, details = current_identity(), form.to_details(photo_id)
    try:
        form.outcome = service.find_sent(db.session, household, photo_id, identity)
        if form.outcome is not None:
            return True
        check_photo(details)
        files().refuse_when_full()
        with unit_of_work(db.session):
            pass  # the database is let go: a large picture takes a second, and others want to write meanwhile
        picture = service.prepare_picture(form.sent())
    except RuleBroken as broken:
        form.broken = broken
        form.show(broken)
        return False
    return form.carries_out(
        lambda: service.add_photo(
            db.session, household, details, picture, store=files(), actor=identity, now=clock.now()
        )
    )


def _told(photo: Attachment) -> dict[str, Any]:
    """What the tablet shows of a photo it sent."""
    return {
        "id": str(photo.id),
        "caption": photo.caption,
        "is_health": photo.is_health,
        "at": photo.at.isoformat(),
        "small_url": url_for("attachments.small_picture", attachment_id=photo.id),
        "page_url": url_for("attachments.show_attachment", attachment_id=photo.id),
        "remove_url": url_for("attachments.remove", attachment_id=photo.id),
        "restore_url": url_for("attachments.restore", attachment_id=photo.id),
    }


def _first_error(form: PhotoForm) -> str:
    errors = (text for texts in form.errors.values() for text in texts)
    return str(next(errors, "사진을 받지 못했습니다. 다시 올려 주세요."))


@blueprint.get("/households/<int:household_id>/photos")
@requires(Permission.VIEW_HOUSEHOLD, household_from_url, records=Action.VIEW)
def list_photos(household: Household) -> Any:
    """Every photo of a household that one may see, the newest first."""
    identity = current_identity()
    photos = queries.list_photos(db.session, identity, household.id, before=_asked_moment(), limit=A_PAGE + 1)
    sees_health = can(identity, Permission.READ_NURSING_NOTE, household)
    hidden = 0 if sees_health else queries.count_photos(db.session, household.id, only_health=True)
    return render_template(
        "attachments/photos.html",
        household=household,
        photos=photos[:A_PAGE],
        older=photos[A_PAGE - 1].at if len(photos) > A_PAGE else None,
        hidden=hidden,
    )


def _asked_moment() -> datetime | None:
    """Where an older page goes on; nonsense begins with the newest."""
    try:
        moment = datetime.fromisoformat(request.args.get("before", ""))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
