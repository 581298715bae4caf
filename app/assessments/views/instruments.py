"""The instruments themselves: what holds, and a district's own cut-offs."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for

from app.access.permissions import Permission
from app.assessments import queries, service
from app.assessments.forms import cut_off_form
from app.assessments.views.blueprint import blueprint
from app.core import clock
from app.extensions import db
from app.web.security import current_identity, requires


@blueprint.get("/instruments")
@requires(Permission.SEE_RULES)
def list_instruments() -> Any:
    """The instruments that hold: bands, cut-offs, sources, licence."""
    identity, today = current_identity(), clock.today()
    instruments = queries.list_instruments(db.session, identity.district_id, on=today)
    return render_template("assessments/instruments.html", instruments=instruments)


@blueprint.route("/instruments/<int:instrument_id>", methods=["GET", "POST"])
@requires(Permission.KEEP_INSTRUMENTS)
def cut_offs(instrument_id: int) -> Any:
    """A district's own cut-offs."""
    identity, now = current_identity(), clock.now()
    today = clock.korean_date(now)
    code = queries.code_of(db.session, identity.district_id, instrument_id)
    versions = queries.list_versions(db.session, identity.district_id, code)
    instrument = queries.read(queries.get_version(db.session, identity.district_id, code, on=today))
    form = cut_off_form(instrument, today)
    if form.validate_on_submit() and form.carries_out(
        lambda: service.set_cut_offs(
            db.session,
            code,
            form.to_edges(),
            effective_from=form.effective_from.data,
            source=form.source.data,
            why=form.why.data,
            actor=identity,
            now=now,
        )
    ):
        flash("우리 시군구의 기준을 정했습니다. 앞의 기록은 그때의 기준을 그대로 지닙니다.", "ok")
        return redirect(url_for("assessments.list_instruments"))
    page = render_template("assessments/cut_offs.html", instrument=instrument, form=form, versions=versions)
    return make_response(page, form.status)
