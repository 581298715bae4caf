"""혼자 방문: ask the supervisor with one tap, and let one person go alone for a day."""

from __future__ import annotations

from typing import Any

from flask import flash, jsonify, make_response, redirect, render_template, request, url_for

from app.access.permissions import Permission
from app.accounts.queries import list_colleagues
from app.audit.rules import Action
from app.core import clock
from app.extensions import db
from app.households.models import Household
from app.safety import queries, service
from app.safety.forms.outings import AllowForm, AskForm
from app.safety.rules import Company, refusal_of
from app.safety.views.blueprint import blueprint, household_from_url
from app.web.security import current_identity, requires, safe_next


@blueprint.route("/households/<int:household_id>/alone", methods=["GET", "POST"])
@requires(Permission.ALLOW_ALONE, household_from_url, records=Action.VIEW)
def allow_alone(household: Household) -> Any:
    """Who asked, who was allowed, and the form to allow it."""
    identity, now = current_identity(), clock.now()
    today = clock.korean_date(now)
    asked = queries.list_asked(db.session, household.id, first_on=today)
    first = asked[0] if asked else None
    form = AllowForm(data={"account_id": str(first.account.id) if first else "", "on": first.on if first else today})
    form.offer(list_colleagues(db.session, frozenset({household.centre_id})))
    if form.validate_on_submit() and form.carries_out(
        lambda: service.allow_alone(
            db.session, household, account_id=int(form.account_id.data), on=form.on.data, reason=form.reason.data,
            actor=identity, now=now,
        )
    ):  # fmt: skip
        flash("혼자 방문을 허락하고 본인에게 알렸습니다.", "ok")
        return redirect(url_for("safety.allow_alone", household_id=household.id))
    page = render_template(
        "safety/alone.html", household=household, form=form, asked=asked, today=today,
        overrides=queries.list_overrides(db.session, household.id, first_on=today),
        flags=[flag for flag in household.flags if flag.is_standing],
        refusal=refusal_of(queries.rule_of(household), Company(), is_allowed=False),
    )  # fmt: skip
    return make_response(page, form.status)


@blueprint.post("/households/<int:household_id>/alone/ask")
@requires(Permission.GO_OUT, household_from_url)
def ask_for_alone(household: Household) -> Any:
    """팀장에게 요청."""
    identity, now, form = current_identity(), clock.now(), AskForm()
    is_asked = form.carries_out(
        lambda: service.ask_for_alone(
            db.session, household, on=form.day(clock.korean_date(now)), actor=identity, now=now
        )
    )
    said = "팀장에게 요청했습니다. 허락하면 알림이 옵니다." if is_asked else form.broken.text if form.broken else ""
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return make_response(jsonify(text=said), 200 if is_asked else 422)
    flash(said, "ok" if is_asked else "warn")
    back = safe_next(request.form.get("next"))
    return redirect(back or url_for("timelines.household", household_id=household.id))
