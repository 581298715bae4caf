"""욕구 및 위기도 조사표 of one survey."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import url_for
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.audit.rules import Action
from app.core.errors import NotFound
from app.needs.models import NeedsAssessment
from app.needs.queries import get_assessment
from app.reports.rules import ReportCode
from app.reports.views.blueprint import blueprint
from app.reports.views.boxed_forms import choose_form
from app.web.security import requires


def survey_from_url(session: Session, identity: Identity, *, survey_id: UUID) -> NeedsAssessment:
    """The survey of the URL, or 404; one that was taken back is no paper."""
    row = get_assessment(session, identity, survey_id)
    if row.voided_at is not None:
        raise NotFound
    return row


@blueprint.route("/needs/<uuid:survey_id>/form", methods=["GET", "POST"])
@requires(Permission.PRINT_CASE_REPORT, survey_from_url, records=Action.VIEW)
def choose_needs_sheet(row: NeedsAssessment) -> Any:
    """욕구 및 위기도 조사표, with the drawing of first and latest."""
    return choose_form(
        ReportCode.NEEDS_SHEET, row, back={"url": url_for("needs.show", survey_id=row.id), "label": "욕구조사"}
    )
