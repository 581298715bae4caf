"""비상 연락망: whom to call, in which order; the supervisor keeps it, everybody of the centre reads it."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.accounts.queries import list_centres, list_colleagues
from app.core import clock
from app.core.errors import NotAllowed, RuleBroken
from app.core.text import format_phone
from app.extensions import db
from app.safety import queries, service
from app.safety.forms import DutyForm
from app.safety.models import DutyContact
from app.safety.views.blueprint import blueprint
from app.web.security import current_identity, requires

STEPS = {"up": -1, "down": 1}


@blueprint.get("/phone-tree")
@requires(Permission.SEE_WHO_IS_OUT)
def phone_tree() -> Any:
    """The centre's phone tree with the public numbers below it."""
    identity = current_identity()
    centres = list_centres(db.session, identity)
    asked = request.args.get("centre_id", identity.centre_id, type=int)
    centre = next((each for each in centres if each.id == asked), centres[0] if centres else None)
    return render_template(
        "safety/phone_tree.html", centre=centre, centres=centres,
        contacts=queries.list_duty_contacts(db.session, centre.id) if centre else [],
        hotlines=queries.list_hotlines(db.session, on=clock.today()),
    )  # fmt: skip


@blueprint.route("/phone-tree/new", methods=["GET", "POST"])
@requires(Permission.KEEP_PHONE_TREE)
def add_duty_contact() -> Any:
    """Put somebody at the end of the order."""
    identity = current_identity()
    form = _form(identity, DutyForm())
    if form.validate_on_submit() and form.carries_out(
        lambda: service.add_duty_contact(
            db.session, _own_centre(identity), form.to_details(), actor=identity, now=clock.now()
        )
    ):
        flash("연락망에 넣었습니다.", "ok")
        return redirect(url_for("safety.phone_tree"))
    return make_response(render_template("safety/duty_contact.html", form=form, contact=None), form.status)


def _own_centre(identity: Identity) -> int:
    if identity.centre_id is None:
        raise NotAllowed
    return identity.centre_id


def _form(identity: Identity, form: DutyForm) -> DutyForm:
    form.offer(list_colleagues(db.session, identity.centre_ids))
    return form


def contact_from_url(session: Session, identity: Identity, *, contact_id: int, **_way: str) -> DutyContact:
    """The line of the URL, or 404."""
    return queries.get_duty_contact(session, identity, contact_id)


@blueprint.route("/phone-tree/<int:contact_id>", methods=["GET", "POST"])
@requires(Permission.KEEP_PHONE_TREE, contact_from_url)
def change_duty_contact(contact: DutyContact) -> Any:
    """Another person, another number."""
    identity = current_identity()
    written = {"account_id": contact.account_id or 0, "title": contact.title, "phone": format_phone(contact.phone)}
    form = _form(identity, DutyForm(data=written))
    if form.validate_on_submit() and form.carries_out(
        lambda: service.change_duty_contact(db.session, contact, form.to_details(), actor=identity, now=clock.now())
    ):
        flash("고쳤습니다.", "ok")
        return redirect(url_for("safety.phone_tree"))
    return make_response(render_template("safety/duty_contact.html", form=form, contact=contact), form.status)


@blueprint.post("/phone-tree/<int:contact_id>/move/<any(up,down):way>")
@requires(Permission.KEEP_PHONE_TREE, contact_from_url)
def move_duty_contact(contact: DutyContact) -> Any:
    """One place earlier or later."""
    step = STEPS[(request.view_args or {})["way"]]
    service.move_duty_contact(db.session, contact, step=step, actor=current_identity(), now=clock.now())
    return redirect(url_for("safety.phone_tree", _anchor=f"contact-{contact.id}"))


@blueprint.post("/phone-tree/<int:contact_id>/remove")
@requires(Permission.KEEP_PHONE_TREE, contact_from_url)
def remove_duty_contact(contact: DutyContact) -> Any:
    """Take somebody out; the news says how to take that back."""
    service.remove_duty_contact(db.session, contact, actor=current_identity(), now=clock.now())
    undo = url_for("safety.restore_duty_contact", contact_id=contact.id)
    flash({"text": f"{contact.title}: 연락망에서 뺐습니다.", "undo_url": undo, "version": ""}, "ok")  # type: ignore[arg-type]
    return redirect(url_for("safety.phone_tree"))


@blueprint.post("/phone-tree/<int:contact_id>/restore")
@requires(Permission.KEEP_PHONE_TREE, contact_from_url)
def restore_duty_contact(contact: DutyContact) -> Any:
    """Take the removal back."""
    try:
        service.restore_duty_contact(db.session, contact, actor=current_identity(), now=clock.now())
        flash("연락망에 다시 넣었습니다.", "ok")
    except RuleBroken as broken:
        flash(broken.text, "warn")
    return redirect(url_for("safety.phone_tree"))
