"""계획·의뢰: what is to be checked, what is waited for, which plans are not finished."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import render_template, request

from app.access.permissions import Permission
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.extensions import db
from app.plans import queries
from app.plans.queries import ReferralFilter
from app.plans.rules import ReferralState, is_late
from app.plans.views.blueprint import blueprint
from app.web.security import current_identity, requires

AHEAD = timedelta(days=7)
VIEWS = ("checks", "referrals", "plans")


@blueprint.get("/plans")
@requires(Permission.SEE_CASES)
def worklist() -> Any:
    """Three lists by tabs; missed checks and overdue replies are the ones a supervisor looks for."""
    identity, now = current_identity(), clock.now()
    today = clock.korean_date(now)
    view = request.args.get("view", "")
    checks = queries.list_checks_due(db.session, identity, today=today, until=today + AHEAD)
    waiting = queries.list_referrals(db.session, identity, ReferralFilter(state=ReferralState.SENT))
    plans = queries.list_unfinished(db.session, identity)
    late = {row.id for row in waiting if is_late(state=row.state, reply_due_on=row.reply_due_on, today=today)}
    page = render_template(
        "plans/worklist.html", view=view if view in VIEWS else "checks", checks=checks, waiting=waiting, plans=plans,
        missed=sum(each.line.is_missed for each in checks), late=late, today=today,
    )  # fmt: skip
    ids = (
        {each.household.id for each in checks} | {row.household_id for row in waiting} | {p.household_id for p in plans}
    )
    if ids:
        audit.record_list(db.session, Action.LIST, sorted(ids), subject="plans", actor=identity, now=now)
    return page
