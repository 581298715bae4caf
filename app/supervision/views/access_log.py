"""접속기록: the reviewer's page. Looking at it is recorded as well."""

from __future__ import annotations

from typing import Any

from flask import render_template

from app.access.permissions import Permission
from app.accounts.queries import list_accounts
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.extensions import db
from app.supervision import queries
from app.supervision.forms import LogForm
from app.supervision.views.blueprint import blueprint
from app.web.paging import Page
from app.web.security import current_identity, requires

PER_PAGE = 50


@blueprint.get("/access-log")
@requires(Permission.SEE_ACCESS_LOG)
def access_log() -> Any:
    """The newest acts first, narrowed by person and act."""
    identity, form = current_identity(), LogForm()
    form.offer(list_accounts(db.session, identity.district_id))
    form.understood()
    after, wanted = form.after.data, form.to_filter()
    rows = queries.list_log(db.session, identity, wanted, after=after, limit=PER_PAGE)
    shown = rows[:PER_PAGE]
    next_key = str(shown[-1].entry.id) if len(rows) > PER_PAGE else None
    page = render_template("supervision/access_log.html", page=Page(shown, next_key, after is None), form=form)
    audit.record(
        db.session, Action.REVIEW_LOG, subject="access-log", row_count=len(shown), actor=identity, now=clock.now()
    )
    return page
