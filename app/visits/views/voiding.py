"""무효 and 되살리기: take a whole record back, and let it count again."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.audit.rules import Action
from app.core import clock
from app.core.errors import StaleRecord
from app.extensions import db
from app.visits import service
from app.visits.forms import ReviveForm, VoidForm
from app.visits.models import Visit
from app.visits.views.blueprint import blueprint, visit_from_url
from app.web.security import current_identity, requires


@blueprint.route("/visits/<uuid:visit_id>/void", methods=["GET", "POST"])
@requires(Permission.VOID_VISIT, visit_from_url, records=Action.VIEW)
def void_visit(visit: Visit) -> Any:
    """Ask for the reason, say what will happen, and take the record back."""
    form = VoidForm(data={"version": str(visit.version)})
    if form.validate_on_submit() and form.carries_out(lambda: _void(form, visit)):
        flash("무효로 했습니다. 기록은 남아 있고, 기한을 다시 계산했습니다.", "ok")
        return redirect(url_for("visits.show_visit", visit_id=visit.id))
    if visit.voided_at is not None:
        return redirect(url_for("visits.show_visit", visit_id=visit.id))
    if isinstance(form.broken, StaleRecord):
        db.session.refresh(visit)
        form.stand_on(visit.version)
    page = render_template("visits/void.html", visit=visit, household=visit.household, form=form)
    return make_response(page, form.status)


def _void(form: VoidForm, visit: Visit) -> Visit:
    return service.void_visit(
        db.session,
        visit,
        reason=form.reason.data or "",
        version=form.opened_version,
        actor=current_identity(),
        now=clock.now(),
    )


@blueprint.post("/visits/<uuid:visit_id>/revive")
@requires(Permission.VOID_VISIT, visit_from_url)
def revive_visit(visit: Visit) -> Response:
    """Let the record count again."""
    form = ReviveForm()
    if form.validate_on_submit() and form.carries_out(lambda: _revive(form, visit)):
        flash("되살렸습니다. 다시 셈에 들어갑니다.", "ok")
    else:
        flash("그사이 다른 사람이 바꿨습니다. 지금 기록을 확인해 주세요.", "warn")
    return make_response(redirect(url_for("visits.show_visit", visit_id=visit.id)))


def _revive(form: ReviveForm, visit: Visit) -> Visit:
    return service.revive_visit(
        db.session, visit, version=form.opened_version, actor=current_identity(), now=clock.now()
    )
