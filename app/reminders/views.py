"""주간 요약: a supervisor's week looked back on, every number with its rows."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from app.access.permissions import Permission
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.extensions import db
from app.reminders import queries
from app.reminders.rules import Week, week_before
from app.visits.rules import VisitState
from app.web.security import current_identity, requires

blueprint = Blueprint("reminders", __name__)
STATES = {"SUBMITTED": VisitState.SUBMITTED, "ABSENT": VisitState.ABSENT}


@blueprint.get("/week")
@requires(Permission.ASSIGN)
def week() -> Any:
    """The last whole week of the centre, and how things stand there now."""
    identity, today = current_identity(), clock.today()
    weekly = queries.see_week(db.session, identity, _week(), today=today)
    return render_template("reminders/week.html", weekly=weekly)


@blueprint.get("/week/visits")
@requires(Permission.ASSIGN)
def week_visits() -> Any:
    """The visits behind a number of the week: all, one person's, those that met nobody."""
    identity, now = current_identity(), clock.now()
    state = STATES.get(request.args.get("state", ""))
    rows = queries.list_week_visits(
        db.session, identity, _week(), state=state, by_id=request.args.get("by", type=_account_id)
    )
    about = list(dict.fromkeys(row.household.id for row in rows))
    audit.record_list(db.session, Action.LIST, about, subject="week-visits", actor=identity, now=now)
    return render_template("reminders/week_visits.html", rows=rows, week=_week(), state=state, states=VisitState)


def _week() -> Week:
    return week_before(clock.today())


def _account_id(text: str) -> int:
    """A key as an address may name it. Raises ValueError, which Flask takes for none."""
    if not text.isdecimal() or len(text) > 9:
        raise ValueError(text)
    return int(text)
