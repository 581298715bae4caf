"""담당 조정: how many households stand with whom, those without anybody first, and who covers for whom."""

from __future__ import annotations

from typing import Any

from flask import render_template

from app.access.permissions import Permission
from app.accounts.queries import list_covers
from app.assignments import queries
from app.assignments.rules import Duty
from app.assignments.views.blueprint import blueprint
from app.core import clock
from app.extensions import db
from app.households.queries import HouseholdFilter, count_households
from app.web.security import current_identity, requires


@blueprint.get("/assignments")
@requires(Permission.ASSIGN)
def board() -> Any:
    """Every number opens its rows."""
    identity, today = current_identity(), clock.today()
    loads = queries.list_loads(db.session, identity, today=today)
    missing = {load.duty: load.households for load in loads if load.account is None}
    nobody = HouseholdFilter(without_worker=True, without_nurse=True)
    return render_template(
        "assignments/board.html", duties=[(duty, [load for load in loads if load.duty is duty]) for duty in Duty],
        missing=missing, without_anybody=count_households(db.session, identity, nobody),
        covers=list_covers(db.session, identity.centre_ids, today=today), today=today,
    )  # fmt: skip
