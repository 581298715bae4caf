"""대직: during somebody's leave a colleague sees and does their households as their own."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.accounts import service
from app.accounts.models import Cover
from app.accounts.queries import list_colleagues
from app.assignments import queries
from app.assignments.forms import CoverForm
from app.assignments.views.blueprint import blueprint
from app.core import clock
from app.extensions import db
from app.web.security import current_identity, requires

COVERED_ROLES = (Role.WORKER, Role.NURSE, Role.SUPERVISOR)


@blueprint.route("/assignments/covers/new", methods=["GET", "POST"])
@requires(Permission.ASSIGN)
def arrange_cover() -> Any:
    """Who is away, who covers, from when to when."""
    identity, now = current_identity(), clock.now()
    people = list_colleagues(db.session, identity.centre_ids, *COVERED_ROLES)
    form = CoverForm(data={"from_on": clock.korean_date(now)})
    form.offer(people)
    by_id = {str(person.id): person for person in people}
    if form.validate_on_submit() and form.carries_out(
        lambda: service.arrange_cover(
            db.session,
            by_id[form.absent_id.data],
            by_id[form.covered_by_id.data],
            from_on=form.from_on.data,
            until_on=form.until_on.data,
            reason=form.reason.data,
            actor=identity,
            now=now,
        )
    ):
        flash("대직을 정했습니다. 그 기간에는 두 사람의 «내 담당»에 함께 보입니다.", "ok")
        return redirect(url_for("assignments.board"))
    return make_response(render_template("assignments/cover.html", form=form), form.status)


def cover_from_url(session: Session, identity: Identity, *, cover_id: int) -> Cover:
    """A cover of one's own centre, or 404."""
    return queries.get_cover(session, identity, cover_id)


@blueprint.post("/assignments/covers/<int:cover_id>/end")
@requires(Permission.ASSIGN, cover_from_url)
def end_cover(cover: Cover) -> Any:
    """End a cover before its time."""
    if cover.ended_at is None:
        service.end_cover(db.session, cover, actor=current_identity(), now=clock.now())
    flash("대직을 끝냈습니다.", "ok")
    return redirect(url_for("assignments.board"))
