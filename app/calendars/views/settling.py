"""«다시 정할 일정»: what stands on days of leave goes to whoever covers, or to another day."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.accounts.models import Cover
from app.assignments.queries import get_cover
from app.audit import service as audit
from app.audit.rules import Action
from app.calendars.queries.unsettled import list_unsettled
from app.calendars.service.handing_over import COVER_WORDS, hand_over_leave
from app.calendars.views.blueprint import blueprint
from app.core import clock
from app.extensions import db
from app.visits.rules import PlanChange
from app.web.forms import KoreanForm
from app.web.security import current_identity, requires


@blueprint.get("/calendar/to-settle")
@requires(Permission.ASSIGN)
def to_settle() -> Any:
    """Visits on days of leave, with buttons to hand each to the cover or to move it."""
    identity, now = current_identity(), clock.now()
    leaves = list_unsettled(db.session, identity, today=clock.korean_date(now))
    page = render_template("calendars/to_settle.html", leaves=leaves, change=PlanChange.STAFF.value, words=COVER_WORDS)
    shown = [each.record.household_id for leave in leaves for each in leave.visits]
    audit.record_list(db.session, Action.LIST, shown, subject="to-settle", actor=identity, now=now)
    return page


def cover_from_url(session: Session, identity: Identity, *, cover_id: int) -> Cover:
    """A cover of one's own centre, or 404."""
    return get_cover(session, identity, cover_id)


@blueprint.post("/calendar/to-settle/<int:cover_id>")
@requires(Permission.ASSIGN, cover_from_url)
def hand_over(cover: Cover) -> Any:
    """All of one leave at once, but for what would clash."""
    identity, now = current_identity(), clock.now()
    leaves = list_unsettled(db.session, identity, today=clock.korean_date(now))
    leave = next((each for each in leaves if each.cover.id == cover.id), None)
    form = KoreanForm()
    if leave is None:
        flash("넘길 방문이 없습니다.", "info")
    elif form.carries_out(lambda: hand_over_leave(db.session, leave, actor=identity, now=now)):
        left = len(leave.visits) - form.outcome
        rest = f" 겹치는 {left}건은 하나씩 정해 주세요." if left else ""
        flash(f"{form.outcome}건을 대직자에게 넘겼습니다.{rest}", "ok")
    elif form.broken:
        flash(form.broken.text, "warn")
    return redirect(url_for("calendars.to_settle"))
