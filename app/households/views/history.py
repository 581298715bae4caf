"""Who changed what, when, and what stood there before."""

from __future__ import annotations

from typing import Any

from flask import render_template

from app.access.permissions import Permission
from app.audit.rules import Action
from app.extensions import db
from app.households import queries
from app.households.forms import QueryForm
from app.households.models import Household
from app.households.views.blueprint import blueprint, household_from_url
from app.web.paging import Page
from app.web.security import requires

PER_PAGE = 100


@blueprint.get("/households/<int:household_id>/changes")
@requires(Permission.VIEW_HOUSEHOLD, household_from_url, records=Action.VIEW)
def list_changes(household: Household) -> Any:
    """Every edited field, newest first."""
    asked = QueryForm()
    asked.understood()
    rows = queries.list_changes(db.session, household.id, after=asked.after.data, limit=PER_PAGE)
    shown = rows[:PER_PAGE]
    next_key = str(shown[-1].id) if len(rows) > PER_PAGE else None
    page = Page(shown, next_key, asked.after.data is None)
    return render_template("households/changes.html", household=household, page=page)
