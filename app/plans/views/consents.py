"""Consents where referrals need them: the missing one is taken for the referral, and one is withdrawn with what rests on it."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.audit.rules import Action
from app.consents.forms import WithdrawForm
from app.consents.models import Consent
from app.consents.rules import ConsentKind
from app.consents.views.blueprint import consent_from_url, kind_of
from app.consents.views.giving import answer_giving
from app.core import clock
from app.core.errors import NotFound
from app.extensions import db
from app.plans import queries, service
from app.plans.models import Referral
from app.plans.views.blueprint import blueprint, referral_from_url
from app.web.security import current_identity, requires


class ForReferral:
    """A referral with whose consent of which kind is to be taken for it."""

    def __init__(self, row: Referral, member_id: int, kind: ConsentKind) -> None:
        self.row, self.member_id, self.kind = row, member_id, kind
        self.id, self.household_id, self.centre_id = row.id, row.household_id, row.centre_id


def wanted_from_url(
    session: Session, identity: Identity, *, referral_id: int, member_id: int, consent_kind: str
) -> ForReferral:
    """The referral and the person of the URL, or 404."""
    row = referral_from_url(session, identity, referral_id=referral_id)
    if member_id not in {member.id for member in row.household.members}:
        raise NotFound
    return ForReferral(row, member_id, kind_of(consent_kind))


@blueprint.route(
    "/referrals/<int:referral_id>/consents/<int:member_id>/<any(personal, sensitive, third):consent_kind>",
    methods=["GET", "POST"],
)
@requires(Permission.KEEP_CONSENT, wanted_from_url, records=Action.VIEW)
def take_consent(wanted: ForReferral) -> Any:
    """Take the consent a referral lacks, and go back to it."""
    begun = {"member_id": str(wanted.member_id), "kind": wanted.kind.value}
    if wanted.kind is ConsentKind.THIRD_PARTY:
        begun["receiver"] = wanted.row.receiver
    back = url_for("plans.show_referral", referral_id=wanted.row.id)
    return answer_giving(wanted.row.household, begun, back=back, label="의뢰")


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
