"""One conference: who, when, the agenda with what was said and decided; its corrections; taking it back."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for

from app.access.permissions import Permission
from app.access.policy import can
from app.conferences import queries, service
from app.conferences.forms import AddendumForm
from app.conferences.models import Conference
from app.conferences.rules import read_attendees
from app.conferences.views.blueprint import blueprint, conference_from_url, health_of, record_looks
from app.core import clock
from app.core.errors import RuleBroken
from app.extensions import db
from app.web.security import current_identity, requires
from app.web.versions import VersionForm


@blueprint.get("/conferences/<int:conference_id>")
@requires(Permission.SEE_CASES, conference_from_url)
def show(conference: Conference) -> Any:
    """A conference with the items whose households this person may see; the others are counted."""
    page = render_template("conferences/show.html", **told_of(conference))
    record_looks(conference, queries.shown_items(current_identity(), conference))
    return page


def told_of(conference: Conference) -> dict[str, Any]:
    """What the pages of one conference show."""
    identity, now = current_identity(), clock.now()
    items = queries.shown_items(identity, conference)
    return {
        "conference": conference, "items": items, "unseen": len(conference.agenda) - len(items),
        "people": read_attendees(conference.attendees), "health": health_of(items), "today": clock.korean_date(now),
        "state": queries.state_of(conference, today=clock.korean_date(now)),
        "holds": can(identity, Permission.HOLD_CONFERENCE, conference),
        "confirms": can(identity, Permission.CONFIRM_MINUTES, conference),
        "form": VersionForm(data={"version": str(conference.version)}),
    }  # fmt: skip


@blueprint.post("/conferences/<int:conference_id>/drop")
@requires(Permission.HOLD_CONFERENCE, conference_from_url)
def drop(conference: Conference) -> Any:
    """Take a conference back that was not held."""
    form, conference_id = VersionForm(), conference.id
    try:
        with db.session.begin_nested():
            service.drop_conference(
                db.session, conference, version=form.opened_version, actor=current_identity(), now=clock.now()
            )
    except RuleBroken as broken:
        flash(broken.text, "warn")
        return redirect(url_for("conferences.show", conference_id=conference_id))
    flash("회의를 취소했습니다. 안건은 다음 회의에 다시 올릴 수 있습니다.", "ok")
    return redirect(url_for("conferences.list_conferences"))


@blueprint.route("/conferences/<int:conference_id>/addendum", methods=["GET", "POST"])
@requires(Permission.CONFIRM_MINUTES, conference_from_url)
def add_addendum(conference: Conference) -> Any:
    """Put confirmed minutes right by words beside them."""
    form = AddendumForm()
    if form.validate_on_submit() and form.carries_out(
        lambda: service.add_addendum(
            db.session, conference, form.text.data or "", actor=current_identity(), now=clock.now()
        )
    ):
        flash("덧붙였습니다. 확정한 회의록은 그대로입니다.", "ok")
        return redirect(url_for("conferences.show", conference_id=conference.id))
    page = render_template("conferences/addendum.html", form=form, conference=conference)
    return make_response(page, form.status)
