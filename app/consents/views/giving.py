"""Take a consent: write down how it was given, or show the text and have it signed; ask again when it runs out."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.attachments.forms import SignatureForm, uuid_of
from app.attachments.rules import SignerRole
from app.attachments.service import FileStore
from app.audit.rules import Action
from app.consents import queries, service
from app.consents.forms import ConsentForm, RenewForm
from app.consents.models import Consent
from app.consents.rules import ConsentChannel, ConsentKind, Signer, words_from
from app.consents.views.blueprint import SLUGS, blueprint, consent_from_url, household_from_url
from app.core import clock
from app.core.database import new_id
from app.extensions import db
from app.households.models import Household
from app.providers.queries import list_providers
from app.web.security import current_identity, requires, safe_next

BEGIN = "begin"
"""Sent with the first look at the form, where nothing is to be kept yet."""


@blueprint.route("/households/<int:household_id>/consents/new", methods=["GET", "POST"])
@requires(Permission.KEEP_CONSENT, household_from_url, records=Action.VIEW)
def give(household: Household) -> Any:
    """Take a consent from somebody of the household, and go back to whatever needed it.

    A page that needs one posts `begin` with whose, of which kind and towards whom: an agency's name stands in no address.
    """
    today, district_id = clock.today(), household.centre.district_id
    form = _form(household)
    if BEGIN not in request.form and form.validate_on_submit() and form.carries_out(
        lambda: service.give_consent(
            db.session, household, form.to_details(), actor=current_identity(), now=clock.now()
        )
    ):  # fmt: skip
        return _kept(form.outcome, _back(form, household))
    texts = queries.texts_in_force(db.session, district_id, on=today).values()
    page = render_template(
        "consents/give.html", form=form, household=household, back=_back(form, household),
        texts=[words_from(row.kind, row.version, row.title, row.document) for row in texts],
    )  # fmt: skip
    return make_response(page, form.status)


def _form(household: Household) -> ConsentForm:
    """The form as it was sent, or begun with what is known."""
    present = [member for member in household.members if member.is_present]
    begun = {
        "member_id": str(present[0].id) if len(present) == 1 else "", "given_on": clock.today(),
        "kind": SLUGS.get(request.args.get("kind", ""), ConsentKind.PERSONAL).value,
        "channel": ConsentChannel.SCREEN.value, "signer": Signer.SELF.value,
    }  # fmt: skip
    if BEGIN in request.form:
        asked = {name: request.form[name] for name in ("member_id", "kind", "receiver", "next") if name in request.form}
        form = ConsentForm(formdata=None, data=begun | asked)
    else:
        form = ConsentForm(data=begun)
    form.offer(present, list_providers(db.session, household.centre.district_id))
    return form


def _back(form: ConsentForm, household: Household) -> str:
    return safe_next(form.next.data) or url_for("consents.of_household", household_id=household.id)


def _kept(consent: Consent, back: str) -> Response:
    """To the pad where it must be signed on the screen, or on to where somebody came from."""
    if consent.waits_for_signature:
        return redirect(url_for("consents.sign", consent_id=consent.id, next=back))
    flash("동의를 적었습니다.", "ok")
    return redirect(back)


@blueprint.route("/consents/<int:consent_id>/renew", methods=["GET", "POST"])
@requires(Permission.KEEP_CONSENT, consent_from_url, records=Action.VIEW)
def renew(consent: Consent) -> Any:
    """Ask again for what a consent covers."""
    begun = {"given_on": clock.today(), "channel": ConsentChannel.SCREEN.value, "signer": consent.signer.value,
             "signer_name": consent.signer_name, "proxy_because": consent.proxy_because}  # fmt: skip
    form = RenewForm(data=begun)
    if form.validate_on_submit() and form.carries_out(
        lambda: service.renew_consent(
            db.session, consent, form.details_of(consent.member_id, consent.kind, consent.to_whom),
            actor=current_identity(), now=clock.now(),
        )
    ):  # fmt: skip
        return _kept(form.outcome, url_for("consents.of_household", household_id=consent.household_id))
    row = queries.text_in_force(db.session, consent.household.centre.district_id, consent.kind, on=clock.today())
    words = words_from(row.kind, row.version, row.title, row.document)
    page = render_template("consents/renew.html", form=form, row=consent, household=consent.household, words=words)
    return make_response(page, form.status)


@blueprint.route("/consents/<int:consent_id>/sign", methods=["GET", "POST"])
@requires(Permission.KEEP_CONSENT, consent_from_url, records=Action.VIEW)
def sign(consent: Consent) -> Any:
    """The text in full, then the pad."""
    back = safe_next(request.args.get("next")) or url_for("consents.show", consent_id=consent.id)
    if not consent.waits_for_signature or consent.withdrawn_on is not None:
        return redirect(back)
    text = service.text_of(consent)
    form = SignatureForm(data=_beginning(consent, text.sha256))
    if form.validate_on_submit() and form.carries_out(lambda: _signed(form, consent)):
        flash("동의를 받았습니다.", "ok")
        return redirect(back)
    form.shown_hash.data = text.sha256  # what this page shows now
    page = render_template(
        "consents/sign.html", row=consent, household=consent.household, form=form, text=text, back=back
    )  # fmt: skip
    return make_response(page, form.status)


def _beginning(consent: Consent, shown_hash: str) -> dict[str, Any]:
    is_own = consent.signer is Signer.SELF
    role = SignerRole.SELF if is_own else SignerRole.GUARDIAN
    name = consent.member.name if is_own else consent.signer_name
    return {"signature_id": str(new_id()), "shown_hash": shown_hash, "signer": name, "role": role.value}


def _signed(form: SignatureForm, consent: Consent) -> None:
    settings = current_app.config["OUTREACH"]
    service.sign_consent(
        db.session, consent, form.to_details(uuid_of(form.signature_id.data) or new_id()),
        shown_hash=form.shown_hash.data or "", store=FileStore(settings.files, settings.files_reserve),
        actor=current_identity(), now=clock.now(),
    )  # fmt: skip
