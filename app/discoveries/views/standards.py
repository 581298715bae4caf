"""기준: the crisis codes that lists are read by, and the weights that put the queue in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for

from app.access.identity import Identity
from app.access.permissions import Permission
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.core.errors import NotFound
from app.discoveries import queries
from app.discoveries.forms.standards import CodesForm, WeightsForm, codes_form, weights_form
from app.discoveries.models import CrisisCodeVersion
from app.discoveries.queries.triage import triage_in_force
from app.discoveries.queries.weights import last_weights, list_weight_versions
from app.discoveries.rules.crisis_versions import source_words
from app.discoveries.rules.weights import grouped, weight_lines
from app.discoveries.service.codes import change_crisis_codes as change_codes
from app.discoveries.service.weights import Moved, try_weights
from app.discoveries.service.weights import change_weights as store_weights
from app.discoveries.views.blueprint import blueprint
from app.extensions import db
from app.web.security import current_identity, requires

blueprint.add_app_template_filter(source_words)


@blueprint.get("/discoveries/crisis-codes")
@requires(Permission.SEE_RULES)
def crisis_codes() -> Any:
    """The codes that hold, each with its threshold, its source and how sure it is."""
    identity, today = current_identity(), clock.today()
    held = queries.codes_in_force(db.session, today, district_id=identity.district_id)
    versions = queries.list_code_versions(db.session, identity.district_id)
    return render_template("discoveries/crisis_codes.html", held=held, versions=versions, today=today)


@blueprint.route("/discoveries/crisis-codes/new", methods=["GET", "POST"])
@requires(Permission.KEEP_TRIAGE_TABLE)
def change_crisis_codes() -> Any:
    """A 시군구's own codes from a day on."""
    identity, now = current_identity(), clock.now()
    last = _last_codes(identity)
    form = codes_form(last.document, last.version, max(clock.korean_date(now), last.effective_from))
    if form.validate_on_submit() and form.carries_out(
        lambda: change_codes(
            db.session, form.to_change(), drawn_from=form.drawn_from.data or "", actor=identity, now=now
        )
    ):
        flash("우리 시군구의 위기정보를 정했습니다. 이미 담은 명단은 그때의 판을 그대로 지닙니다.", "ok")
        return redirect(url_for("discoveries.crisis_codes"))
    _draw_anew(form, last.version)
    return make_response(render_template("discoveries/change_crisis_codes.html", form=form, last=last), form.status)


def _last_codes(identity: Identity) -> CrisisCodeVersion:
    versions = queries.list_code_versions(db.session, identity.district_id)
    if not versions:
        raise NotFound
    return versions[-1]


def _draw_anew(form: CodesForm | WeightsForm, version: str) -> None:
    """After a conflict was told, the next try is made to the version that was told."""
    if form.broken is not None and form.broken.code == "CONFLICT":
        form.drawn_from.data = version


@blueprint.get("/discoveries/weights")
@requires(Permission.SEE_RULES)
def weights() -> Any:
    """The weights that hold, each with its source and how sure it is."""
    identity, today = current_identity(), clock.today()
    versions = list_weight_versions(db.session, identity.district_id)
    held = triage_in_force(db.session, identity.district_id, today)
    row = next((each for each in versions if held is not None and each.id == held.id), None)
    if row is None:
        raise NotFound
    lines = [line for line in weight_lines(row.document, _labels(identity)) if line.points is not None]
    return render_template(
        "discoveries/weights.html", held=row, groups=grouped(lines), versions=versions, today=today
    )  # fmt: skip


@blueprint.route("/discoveries/weights/new", methods=["GET", "POST"])
@requires(Permission.KEEP_TRIAGE_TABLE)
def change_weights() -> Any:
    """A 시군구's own weights from a day on, tried on the queue as it stands first where somebody wants to see."""
    identity, now = current_identity(), clock.now()
    last = last_weights(db.session, identity.district_id)
    lines = weight_lines(last.document, _labels(identity))
    form = weights_form(lines, last.version, max(clock.korean_date(now), last.effective_from))
    moved: list[Moved] | None = None
    if form.is_submitted() and "try" in request.form:
        moved = _tried(form, identity, now)
    elif form.validate_on_submit() and form.carries_out(
        lambda: store_weights(
            db.session, form.to_change(), drawn_from=form.drawn_from.data or "", actor=identity, now=now
        )
    ):
        flash("우리 시군구의 점수를 정했습니다. 이미 매긴 점수는 그대로입니다.", "ok")
        return redirect(url_for("discoveries.weights"))
    _draw_anew(form, last.version)
    page = render_template("discoveries/change_weights.html", form=form, last=last, moved=moved)
    return make_response(page, form.status)


def _tried(form: WeightsForm, identity: Identity, now: datetime) -> list[Moved] | None:
    """The top of the queue with the points as typed; day, source and reason need not be there yet."""
    form.validate()
    for name in ("effective_from", "source", "why"):
        form[name].errors = []
    if form.errors:
        return None
    change = replace(form.to_change(), effective_from=clock.korean_date(now))
    if not form.carries_out(lambda: try_weights(db.session, identity, change, _labels(identity))):
        return None
    found: list[Moved] = form.outcome
    shown = [each.item.household_id for each in found if each.item.household_id is not None]
    audit.record_list(db.session, Action.LIST, shown, subject="weights-preview", actor=identity, now=now)
    return found


def _labels(identity: Identity) -> dict[str, str]:
    codes = queries.codes_in_force(db.session, clock.today(), district_id=identity.district_id)
    return {row["code"]: row["label"] for row in codes.document["codes"]}
