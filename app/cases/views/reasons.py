"""기준: the closure reasons, to read and, for the officer of the 시군구, to word."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for

from app.access.permissions import Permission
from app.cases import queries, service
from app.cases.forms import reasons_form
from app.cases.rules import CLOSURE_REASONS
from app.cases.views.blueprint import blueprint
from app.core import clock
from app.extensions import db
from app.web.security import current_identity, requires


@blueprint.get("/cases/reasons")
@requires(Permission.SEE_RULES)
def reasons() -> Any:
    """The reasons that hold, each with its source and how sure it is."""
    identity, today = current_identity(), clock.today()
    return render_template(
        "cases/reasons.html", listed=queries.closure_reasons(db.session, identity.district_id, on=today),
        versions=queries.list_tables(db.session, identity.district_id, CLOSURE_REASONS), today=today,
    )  # fmt: skip


@blueprint.route("/cases/reasons/new", methods=["GET", "POST"])
@requires(Permission.KEEP_REASONS)
def change_reasons() -> Any:
    """A district's own wording from a day on."""
    identity, now = current_identity(), clock.now()
    today = clock.korean_date(now)
    form = reasons_form(queries.closure_reasons(db.session, identity.district_id, on=today), today)
    if form.validate_on_submit() and form.carries_out(
        lambda: service.change_reasons(db.session, form.to_change(), actor=identity, now=now)
    ):
        flash("우리 시군구의 종결 사유를 정했습니다. 이미 종결한 사례는 그대로입니다.", "ok")
        return redirect(url_for("cases.reasons"))
    return make_response(render_template("cases/change_reasons.html", form=form), form.status)
