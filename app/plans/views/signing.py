"""Have a plan signed: the text in full, then the pad."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, make_response, redirect, render_template, url_for

from app.access.permissions import Permission
from app.attachments.forms import SignatureForm, uuid_of
from app.attachments.rules import SignedText, SignerRole
from app.attachments.service import FileStore
from app.audit.rules import Action
from app.core import clock
from app.core.database import new_id
from app.extensions import db
from app.plans import service
from app.plans.models import Plan
from app.plans.rules import PlanState, gaps_of
from app.plans.views.blueprint import blueprint, plan_from_url
from app.web.security import current_identity, requires


@blueprint.route("/plans/<int:plan_id>/sign", methods=["GET", "POST"])
@requires(Permission.KEEP_PLAN, plan_from_url, records=Action.VIEW)
def sign(plan: Plan) -> Any:
    """Show a version to whom it is about and take a signature for it, or the reason why there is none."""
    if plan.state is not PlanState.DRAFT:
        return redirect(url_for("plans.show", plan_id=plan.id))
    if gaps_of(service.draft_of(plan), number=plan.number):
        return redirect(url_for("plans.edit", plan_id=plan.id, check=1))
    text = service.plan_text(plan)
    form = SignatureForm(data=_beginning(plan, text))
    if form.validate_on_submit() and form.carries_out(lambda: _signed(form, plan)):
        flash("서명을 저장했습니다." if form.strokes.data else "서명하지 못한 까닭을 저장했습니다.", "ok")
        return redirect(url_for("plans.show", plan_id=plan.id))
    form.shown_hash.data = text.sha256  # what this page shows now
    page = render_template("plans/sign.html", plan=plan, household=plan.household, form=form, text=text)
    return make_response(page, form.status)


def _beginning(plan: Plan, text: SignedText) -> dict[str, Any]:
    """The only person of the household signs for themselves until somebody says otherwise."""
    present = [member.name for member in plan.household.members if member.is_present]
    return {
        "signature_id": str(new_id()), "shown_hash": text.sha256, "signer": present[0] if len(present) == 1 else "",
        "role": SignerRole.SELF.value,
    }  # fmt: skip


def _signed(form: SignatureForm, plan: Plan) -> None:
    settings = current_app.config["OUTREACH"]
    service.sign_plan(
        db.session, plan, form.to_details(uuid_of(form.signature_id.data) or new_id()),
        shown_hash=form.shown_hash.data or "", store=FileStore(settings.files, settings.files_reserve),
        actor=current_identity(), now=clock.now(),
    )  # fmt: skip
