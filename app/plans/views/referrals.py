"""의뢰: write one, see what stands in its way, send it, write the reply down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, make_response, redirect, render_template, url_for

from app.access.permissions import Permission
from app.access.policy import can
from app.audit.rules import Action
from app.cases.queries import live_case
from app.core import clock
from app.extensions import db
from app.households.models import Household
from app.plans import service
from app.plans.forms import EndReferralForm, ReferralForm, ReplyForm, SendForm
from app.plans.models import Referral
from app.plans.queries import missing_of
from app.plans.rules import ReferralGround, ReferralState, SharedFacts, is_late
from app.plans.views.blueprint import blueprint, household_from_url, referral_from_url
from app.providers.queries import list_providers
from app.web.security import current_identity, requires


@blueprint.route("/households/<int:household_id>/referrals/new", methods=["GET", "POST"])
@requires(Permission.REFER, household_from_url, records=Action.VIEW)
def refer(household: Household) -> Any:
    """Begin a referral."""
    present = [member for member in household.members if member.is_present]
    begun = {
        "ground": ReferralGround.CONSENT.value, "member_id": str(present[0].id) if present else "",
        "shared": [SharedFacts.NAME.value, SharedFacts.CONTACT.value], "version": "0",
    }  # fmt: skip
    form = _form(ReferralForm(data=begun), household)
    case = live_case(db.session, household.id)
    if form.validate_on_submit() and form.carries_out(
        lambda: service.draft_referral(
            db.session, household, form.to_details(case_id=case.id if case else None), actor=current_identity(),
            now=clock.now(),
        )
    ):  # fmt: skip
        return redirect(url_for("plans.show_referral", referral_id=form.outcome.id))
    return _written(form, household, None)


@blueprint.route("/referrals/<int:referral_id>/edit", methods=["GET", "POST"])
@requires(Permission.REFER, referral_from_url, records=Action.VIEW)
def edit_referral(row: Referral) -> Any:
    """Put a referral right before it is sent."""
    if row.state is not ReferralState.DRAFT:
        return redirect(url_for("plans.show_referral", referral_id=row.id))
    form = _form(ReferralForm(data=_stored(row)), row.household)
    if form.validate_on_submit() and form.carries_out(
        lambda: service.change_referral(
            db.session, row, form.to_details(case_id=row.case_id), version=form.opened_version, actor=current_identity(),
            now=clock.now(),
        )
    ):  # fmt: skip
        return redirect(url_for("plans.show_referral", referral_id=row.id))
    form.stand_on(row.version)
    return _written(form, row.household, row)


def _form(form: ReferralForm, household: Household) -> ReferralForm:
    form.offer(household.members, list_providers(db.session, household.centre.district_id))
    return form


def _stored(row: Referral) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("receiver", "reason", "asked_for", "ground_note", "shared")}
    return plain | {
        "ground": row.ground.value, "member_id": str(row.member_id or ""), "version": str(row.version)
    }  # fmt: skip


def _written(form: ReferralForm, household: Household, row: Referral | None) -> Any:
    page = render_template("plans/refer.html", form=form, household=household, row=row)
    return make_response(page, form.status)


@blueprint.get("/referrals/<int:referral_id>")
@requires(Permission.VIEW_HOUSEHOLD, referral_from_url, records=Action.VIEW)
def show_referral(row: Referral) -> Any:
    """One referral: what blocks it, or how it goes on."""
    return _page(row)


def _page(row: Referral, **forms: Any) -> Any:
    today = clock.today()
    drawn = {
        "send": SendForm(formdata=None, data={"sent_on": today, "version": str(row.version)}),
        "reply": ReplyForm(formdata=None, data={"replied_on": today}), "end": EndReferralForm(formdata=None),
    } | forms  # fmt: skip
    page = render_template(
        "plans/referral.html", row=row, household=row.household, today=today,
        blocks=service.blocks_of(db.session, row, on=today) if row.state is ReferralState.DRAFT else [],
        missing=missing_of(db.session, row, on=today) if row.state is ReferralState.DRAFT else [],
        names={member.id: member.name for member in row.household.members},
        is_late=is_late(state=row.state, reply_due_on=row.reply_due_on, today=today),
        shared=[SharedFacts(each).label for each in row.shared if each in SharedFacts.__members__],
        refers=can(current_identity(), Permission.REFER, row), forms_of=drawn, ReferralState=ReferralState,
    )  # fmt: skip
    return make_response(page, max((form.status for form in forms.values()), default=200))


@blueprint.post("/referrals/<int:referral_id>/send")
@requires(Permission.REFER, referral_from_url, records=Action.VIEW)
def send_referral(row: Referral) -> Any:
    """Send it, unless something is missing."""
    form = SendForm()
    return _done(
        row, "send", form, "의뢰했습니다. 회신 기한을 정했습니다.",
        lambda: service.send_referral(
            db.session, row, version=form.opened_version, sent_on=form.sent_on.data, actor=current_identity(),
            now=clock.now(),
        ),
    )  # fmt: skip


@blueprint.post("/referrals/<int:referral_id>/reply")
@requires(Permission.REFER, referral_from_url, records=Action.VIEW)
def reply(row: Referral) -> Any:
    """Write the answer down."""
    form = ReplyForm()
    return _done(
        row, "reply", form, "회신을 저장했습니다.",
        lambda: service.record_reply(db.session, row, form.to_details(), actor=current_identity(), now=clock.now()),
    )  # fmt: skip


@blueprint.post("/referrals/<int:referral_id>/end")
@requires(Permission.REFER, referral_from_url, records=Action.VIEW)
def end_referral(row: Referral) -> Any:
    """Give it up."""
    form = EndReferralForm()
    return _done(
        row, "end", form, "의뢰를 그만두었습니다.",
        lambda: service.end_referral(
            db.session, row, because=form.because.data or "", actor=current_identity(), now=clock.now()
        ),
    )  # fmt: skip


def _done(row: Referral, name: str, form: Any, said: str, verb: Callable[[], None]) -> Any:
    """Where one goes on, or the page again with what is wrong at its field."""
    if form.validate_on_submit() and form.carries_out(verb):
        flash(said, "ok")
        return redirect(url_for("plans.show_referral", referral_id=row.id))
    if isinstance(form, SendForm):
        form.stand_on(row.version)
    return _page(row, **{name: form})
