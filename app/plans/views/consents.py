"""A consent is withdrawn with what rests on it named: referrals lie above consents, so the page is theirs."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.audit.rules import Action
from app.consents.forms import WithdrawForm
from app.consents.models import Consent
from app.consents.queries import get_consent
from app.core import clock
from app.extensions import db
from app.plans import queries, service
from app.plans.views.blueprint import blueprint
from app.web.security import current_identity, requires


def consent_from_url(session: Session, identity: Identity, *, consent_id: int) -> Consent:
    """The consent of the URL, or 404."""
    return get_consent(session, identity, consent_id)


@blueprint.route("/consents/<int:consent_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.KEEP_CONSENT, consent_from_url, records=Action.VIEW)
def withdraw_consent(consent: Consent) -> Any:
    """Write down that somebody took a consent back; the referrals that rest on it are named."""
    if consent.withdrawn_on is not None:
        return redirect(url_for("consents.show", consent_id=consent.id))
    form = WithdrawForm(data={"withdrawn_on": clock.today()})
    if form.validate_on_submit() and form.carries_out(
        lambda: service.withdraw_consent(
            db.session, consent, on=form.withdrawn_on.data, because=form.because.data or "", actor=current_identity(),
            now=clock.now(),
        )
    ):  # fmt: skip
        many = len(form.outcome)
        flash("동의를 거두었습니다." + (f" 확인할 의뢰 {many}건을 담당에게 알렸습니다." if many else ""), "ok")
        return redirect(url_for("consents.show", consent_id=consent.id))
    page = render_template(
        "consents/withdraw.html", form=form, row=consent, household=consent.household, today=clock.today(),
        resting=queries.resting_on(db.session, consent),
    )  # fmt: skip
    return make_response(page, form.status)
