"""확정: what will happen to each household, and then all of it at once or nothing."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for

from app.access.permissions import Permission
from app.conferences import queries, service
from app.conferences.models import AgendaItem, Conference
from app.conferences.rules import Gaps, row_of
from app.conferences.service import MinutesRefused
from app.conferences.views.blueprint import blueprint, conference_from_url, record_looks
from app.conferences.views.showing import told_of
from app.core import clock
from app.extensions import db
from app.web.security import current_identity, requires
from app.web.versions import VersionForm


@blueprint.route("/conferences/<int:conference_id>/confirm", methods=["GET", "POST"])
@requires(Permission.CONFIRM_MINUTES, conference_from_url)
def confirm(conference: Conference) -> Any:
    """Look over what follows from each decision, then confirm."""
    identity, now = current_identity(), clock.now()
    form = VersionForm(data={"version": str(conference.version)})
    if form.validate_on_submit() and form.carries_out(
        lambda: service.confirm_minutes(db.session, conference, version=form.opened_version, actor=identity, now=now)
    ):
        flash(f"회의록을 확정했습니다. 안건 {len(conference.agenda)}건의 결정이 사례에 적용되었습니다.", "ok")
        return redirect(url_for("conferences.show", conference_id=conference.id))
    if conference.confirmed_at is not None:
        flash("이미 확정한 회의록입니다.", "warn")
        return redirect(url_for("conferences.show", conference_id=conference.id))
    gaps = _refused(form) or service.gaps_now(db.session, conference, now=now)
    is_refused, form.version.data = request.method == "POST", str(conference.version)
    page = render_template(
        "conferences/confirm.html",
        **told_of(conference) | {"form": form},
        gaps=gaps,
        effect_of=_effect,
        is_refused=is_refused,
    )
    record_looks(conference, queries.shown_items(identity, conference))
    return make_response(page, 422 if is_refused else 200)


def _refused(form: VersionForm) -> Gaps | None:
    """Why confirming was refused, of the whole and by item; None when the minutes themselves lack something else."""
    broken = form.broken
    return Gaps(tuple(broken.problems), broken.by_item) if isinstance(broken, MinutesRefused) else None


def _effect(item: AgendaItem) -> Any:
    """What confirming does to the case of an item; None where nothing was decided that can be done."""
    row = row_of(item.decision, item.case.stage, item.case.case_class) if item.decision else None
    return row.effect if row else None
