"""동의서 of one consent."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.audit.rules import Action
from app.consents.models import Consent
from app.consents.queries import get_consent
from app.reports.rules import ReportCode
from app.reports.views.blueprint import blueprint
from app.reports.views.boxed_forms import choose_form
from app.web.security import requires


def consent_from_url(session: Session, identity: Identity, *, consent_id: int) -> Consent:
    """The consent of the URL, or 404."""
    return get_consent(session, identity, consent_id)


@blueprint.route("/consents/<int:consent_id>/form", methods=["GET", "POST"])
@requires(Permission.PRINT_CASE_REPORT, consent_from_url, records=Action.VIEW)
def choose_consent_sheet(row: Consent) -> Any:
    """동의서 with the words that were agreed to."""
    back = {"url": url_for("consents.show", consent_id=row.id), "label": "동의"}
    return choose_form(ReportCode.CONSENT_SHEET, row, back=back)
