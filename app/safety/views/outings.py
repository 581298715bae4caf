"""도착, 조금 더, 나왔습니다: pages for hands, and answers for the tablet that sends its stamps by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, jsonify, make_response, redirect, render_template, request, url_for

from app.access.identity import Identity
from app.access.permissions import Permission
from app.accounts.queries import list_colleagues
from app.audit.rules import Action
from app.core import clock
from app.core.database import new_id
from app.core.errors import RuleBroken
from app.extensions import db
from app.households.models import Household
from app.safety import service
from app.safety.forms.outings import CheckInForm, LongerForm, as_moment
from app.safety.models import Outing
from app.safety.rules import USUAL_MINUTES
from app.safety.service import GoingRefused
from app.safety.views.blueprint import blueprint, household_from_url, outing_from_url
from app.web.security import current_identity, requires, safe_next


@blueprint.route("/households/<int:household_id>/out", methods=["GET", "POST"])
@requires(Permission.GO_OUT, household_from_url, records=Action.VIEW)
def check_in(household: Household) -> Any:
    """도착 · 방문 시작."""
    identity, now = current_identity(), clock.now()
    form = check_in_form(household, identity)
    if form.validate_on_submit() and form.carries_out(
        lambda: service.check_in(db.session, household, form.to_check_in(new_id(), now), actor=identity, now=now)
    ):
        return _began(household, form.outcome)
    if form.is_submitted() and is_tablet():
        return refused(form.broken, form)
    refusal = form.broken.refusal if isinstance(form.broken, GoingRefused) else None
    page = render_template(
        "safety/check_in.html", household=household, form=form, refusal=refusal,
        flags=[flag for flag in household.flags if flag.is_standing], next=_back(household),
    )  # fmt: skip
    return make_response(page, form.status)


def check_in_form(household: Household, identity: Identity) -> CheckInForm:
    """The form with the colleagues who may go along."""
    form = CheckInForm(prefix="out-", data={"outing_id": str(new_id()), "minutes": str(USUAL_MINUTES)})
    sent = request.form.get("out-minutes", "")
    asked = int(sent) if sent.isdecimal() and 5 <= int(sent[:4]) <= 480 else USUAL_MINUTES
    people = list_colleagues(db.session, frozenset({household.centre_id}))
    form.offer([one for one in people if one.id != identity.account_id], asked)
    return form


def _began(household: Household, outing: Outing) -> Any:
    if is_tablet():
        return jsonify(outing=state_of(outing))
    flash(f"방문을 시작했습니다. {clock.korean_time(outing.planned_end_at):%H:%M}까지입니다.", "ok")
    return redirect(_back(household))


def _back(household: Household) -> str:
    asked = request.form.get("next") or request.args.get("next")
    return safe_next(asked) or url_for("visits.log_visit", household_id=household.id)


@blueprint.post("/outings/<uuid:outing_id>/longer")
@requires(Permission.GO_OUT, outing_from_url)
def extend_outing(outing: Outing) -> Any:
    """조금 더."""
    identity, now, form = current_identity(), clock.now(), LongerForm()
    until_at, at = form.until(outing.planned_end_at, now), as_moment(form.at.data) or now
    form.carries_out(lambda: service.extend_outing(db.session, outing, until_at, at=at, actor=identity, now=now))
    return settled(form, outing, f"{clock.korean_time(outing.planned_end_at):%H:%M}까지로 늘렸습니다.")


def settled(form: Any, outing: Outing, done: str) -> Any:
    """What became of it: said to the tablet, or on the page one came from."""
    is_refused = bool(form.broken or form.errors)
    if is_tablet():
        return refused(form.broken, form) if is_refused else jsonify(outing=state_of(outing))
    flash(first_words(form) if is_refused else done, "warn" if is_refused else "ok")
    return redirect(safe_next(request.form.get("next")) or url_for("safety.out"))


def is_tablet() -> bool:
    """Whether the tablet's own script asks, and not a page."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def refused(broken: RuleBroken | None, form: Any) -> Any:
    may_ask = isinstance(broken, GoingRefused) and broken.refusal.may_be_allowed
    code = broken.code if broken else "FORM"
    return make_response(jsonify(code=code, text=first_words(form), may_ask=may_ask), 422)


def first_words(form: Any) -> str:
    """Why a form was refused: the rule's sentence, or that of the first field, which is named."""
    if form.broken:
        return str(form.broken.text)
    field = next((each for each in form if each.errors), None)
    return f"{field.label.text}: {field.errors[0]}" if field is not None else ""


def state_of(outing: Outing) -> dict[str, Any]:
    """An outing as a tablet keeps it: ids and moments, no name."""
    ended_at: datetime | None = outing.ended_at
    return {
        "id": str(outing.id), "household": outing.household_id, "visit": str(outing.visit_id or ""),
        "startedAt": outing.started_at.isoformat(), "endAt": outing.planned_end_at.isoformat(),
        "endedAt": ended_at.isoformat() if ended_at else "",
    }  # fmt: skip
