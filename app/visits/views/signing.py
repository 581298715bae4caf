"""Have a record signed: the text in full, then the pad."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, make_response, redirect, render_template, url_for

from app.access.permissions import Permission
from app.access.policy import can
from app.attachments import service as attachments
from app.attachments.forms import SignatureForm, uuid_of
from app.attachments.rules import SignedText, SignerRole
from app.audit.rules import Action
from app.core import clock
from app.core.database import new_id
from app.core.errors import NotFound
from app.extensions import db
from app.visits.models import Visit
from app.visits.rules import VisitState
from app.visits.service.signed_texts import text_to_sign
from app.visits.views.blueprint import blueprint, visit_from_url
from app.web.security import current_identity, requires


@blueprint.route("/visits/<uuid:visit_id>/sign", methods=["GET", "POST"])
@requires(Permission.ATTACH, visit_from_url, records=Action.VIEW)
def sign_visit(visit: Visit) -> Any:
    """Show the text of a record and take a signature for it, or the reason why there is none."""
    if visit.state is not VisitState.SUBMITTED or visit.voided_at is not None:
        raise NotFound
    text = text_to_sign(visit, with_health=can(current_identity(), Permission.READ_NURSING_NOTE, visit))
    form = SignatureForm(data=_beginning(visit, text))
    if form.validate_on_submit() and form.carries_out(lambda: _signed(form, visit, text)):
        flash("서명을 저장했습니다." if form.strokes.data else "서명하지 못한 까닭을 저장했습니다.", "ok")
        return redirect(url_for("visits.show_visit", visit_id=visit.id))
    form.shown_hash.data = text.sha256  # what this page shows now
    page = render_template("visits/sign.html", visit=visit, household=visit.household, form=form, text=text)
    return make_response(page, form.status)


def _beginning(visit: Visit, text: SignedText) -> dict[str, Any]:
    """The only person who was met signs for themselves until somebody says otherwise."""
    seen = [each.member.name for each in visit.attendances]
    return {
        "signature_id": str(new_id()),
        "shown_hash": text.sha256,
        "signer": seen[0] if len(seen) == 1 else "",
        "role": SignerRole.SELF.value,
    }


def _signed(form: SignatureForm, visit: Visit, text: SignedText) -> Any:
    settings = current_app.config["OUTREACH"]
    return attachments.sign(
        db.session,
        visit.household,
        form.to_details(uuid_of(form.signature_id.data) or new_id()),
        text,
        shown_hash=form.shown_hash.data or "",
        belongs_to=visit.id,
        store=attachments.FileStore(settings.files, settings.files_reserve),
        actor=current_identity(),
        now=clock.now(),
    )
