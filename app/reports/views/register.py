"""출력 대장: everything printed, and each print again exactly as it was."""

from __future__ import annotations

import json
from typing import Any

from flask import render_template
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.audit import service as audit
from app.audit.rules import Action
from app.core import clock
from app.extensions import db
from app.reports import queries, service
from app.reports.models import PrintRecord
from app.reports.rules import ReportCode, from_json
from app.reports.views.blueprint import blueprint, drawn
from app.web.paging import Page, asked_key
from app.web.security import current_identity, requires

PER_PAGE = 50


@blueprint.get("/reports/register")
@requires(Permission.SEE_PRINT_REGISTER)
def register() -> Any:
    """출력 대장: who printed what, when and what for."""
    after = asked_key()
    rows = queries.list_prints(db.session, current_identity(), after=after, limit=PER_PAGE)
    page = Page(rows[:PER_PAGE], str(rows[PER_PAGE - 1].id) if len(rows) > PER_PAGE else None, after is None)
    return render_template("reports/register.html", page=page, code_of=ReportCode)


def print_from_url(session: Session, identity: Identity, *, print_id: int) -> PrintRecord:
    """The print of the URL, or 404."""
    return queries.get_print(session, identity, print_id)


@blueprint.post("/reports/register/<int:print_id>")
@requires(Permission.SEE_PRINT_REGISTER, print_from_url)
def reopen(record: PrintRecord) -> Any:
    """A print exactly as it was; looking at it is recorded as a print of its own kind."""
    identity = current_identity()
    audit.record(
        db.session,
        Action.VIEW,
        subject=f"print:{record.id}",
        household_id=record.household_id,
        purpose="출력물 확인",
        actor=identity,
        now=clock.now(),
    )
    facts = from_json(json.dumps(record.facts))
    if service.template_of(record.medium, ReportCode(record.code)) != record.template_version:
        return render_template("reports/older_template.html", record=record)
    return drawn(record, facts)
