"""초기상담: one talk to read, and to put right. It is first written beside the visit, where drafts are kept."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for

from app.access.permissions import Permission
from app.access.policy import can
from app.audit.rules import Action
from app.cases import service
from app.cases.forms import CounsellingForm
from app.cases.models import Counselling
from app.cases.views.blueprint import blueprint, counselling_from_url
from app.core import clock
from app.extensions import db
from app.web.security import current_identity, requires


@blueprint.get("/counselling/<uuid:counselling_id>")
@requires(Permission.SEE_CASES, counselling_from_url, records=Action.VIEW)
def show_counselling(row: Counselling) -> Any:
    """A first talk; what was said of anybody's health only for those who may read it, and who wrote it."""
    works = can(current_identity(), Permission.WORK_CASE, row)
    return render_template(
        "cases/counselling.html", row=row, household=row.household, reads_health=reads_health(row), works=works
    )


@blueprint.route("/counselling/<uuid:counselling_id>/edit", methods=["GET", "POST"])
@requires(Permission.WORK_CASE, counselling_from_url, records=Action.VIEW)
def change_counselling(row: Counselling) -> Any:
    """Put a first talk right."""
    reads = reads_health(row)
    names = ("counselled_on", "route", "with_whom", "complaint", "family", "housing", "income", "told", "measures")
    values: dict[str, Any] = {name: getattr(row, name) for name in names}
    values |= {"way": row.way.value, "version": str(row.version), "health": row.health if reads else ""}
    form = CounsellingForm(data=values)
    if form.validate_on_submit() and form.carries_out(
        lambda: service.change_counselling(
            db.session, row, form.to_details(health=None if reads else row.health), version=form.opened_version,
            actor=current_identity(), now=clock.now(),
        )
    ):  # fmt: skip
        flash("초기상담을 고쳤습니다.", "ok")
        return redirect(url_for("cases.show_counselling", counselling_id=row.id))
    page = render_template(
        "cases/edit_counselling.html", row=row, household=row.household, form=form, reads_health=reads
    )
    return make_response(page, form.status)


def reads_health(row: Counselling) -> bool:
    """Whether this person may read what the talk says of health."""
    identity = current_identity()
    return row.by_id == identity.account_id or can(identity, Permission.READ_NURSING_NOTE, row.household)
