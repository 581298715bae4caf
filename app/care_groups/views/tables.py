"""기준: the table that proposes care groups, to read and, for the officer of the 시군구, to give other figures."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for

from app.access.permissions import Permission
from app.care_groups import queries, service
from app.care_groups.forms import table_form
from app.care_groups.views.blueprint import blueprint
from app.core import clock
from app.extensions import db
from app.web.security import current_identity, requires


@blueprint.get("/care-groups/criteria")
@requires(Permission.SEE_RULES)
def group_table() -> Any:
    """The table that holds, each line with its source and how sure it is."""
    identity, today = current_identity(), clock.today()
    return render_template(
        "care_groups/table.html", table=queries.table_in_force(db.session, identity.district_id, on=today),
        versions=queries.list_table_versions(db.session, identity.district_id), today=today,
    )  # fmt: skip


@blueprint.route("/care-groups/criteria/new", methods=["GET", "POST"])
@requires(Permission.KEEP_INSTRUMENTS)
def change_group_table() -> Any:
    """A district's own figures from a day on."""
    identity, now = current_identity(), clock.now()
    today = clock.korean_date(now)
    table = queries.table_in_force(db.session, identity.district_id, on=today)
    form = table_form(table, today)
    if form.validate_on_submit() and form.carries_out(
        lambda: service.change_table(db.session, form.to_change(), actor=identity, now=now)
    ):
        flash("우리 시군구의 기준을 정했습니다. 앞서 정한 군은 그때의 근거를 그대로 지닙니다.", "ok")
        return redirect(url_for("care_groups.group_table"))
    page = render_template("care_groups/change_table.html", table=table, form=form)
    return make_response(page, form.status)
