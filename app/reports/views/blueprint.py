"""The blueprint of all pages of papers, what their URLs load, and how a paper is handed over."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from flask import Blueprint, Response, request, send_file
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.accounts.models import Centre
from app.accounts.queries import list_centres
from app.extensions import db
from app.households.models import Household
from app.households.queries import get_household
from app.reports import documents, sheets
from app.reports.forms import PrintForm
from app.reports.models import PrintRecord
from app.reports.rules import Facts, Medium

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

blueprint = Blueprint("reports", __name__)


def household_from_url(session: Session, identity: Identity, *, household_id: int) -> Household:
    """The household of the URL, or 404."""
    return get_household(session, identity, household_id)


def drawn(record: PrintRecord, facts: Facts) -> Callable[[], Response]:
    """Draw after the commit, so that a long paper holds no lock: the PDF, or the spreadsheet where that was asked."""
    title, is_sheet = record.title, record.medium is Medium.XLSX

    def answer() -> Response:
        # `send_file` writes the Korean name as RFC 5987 asks; put into the header as it is, no server could send it.
        if is_sheet:
            content, name = BytesIO(sheets.draw(facts)), f"{title}.xlsx"
            return send_file(content, mimetype=XLSX, as_attachment=True, download_name=name, max_age=0)
        content, name = BytesIO(documents.draw(facts)), f"{title}.pdf"
        return send_file(content, mimetype="application/pdf", download_name=name, max_age=0)

    return answer


def asked_medium() -> Medium:
    """The spreadsheet where its button was pressed, otherwise the PDF."""
    return Medium.XLSX if "xlsx" in request.form else Medium.PDF


def centres_of_blank(identity: Identity) -> tuple[Centre, ...]:
    """Whose name a blank form carries: the centre that was chosen or the only one; of several a line to write it on."""
    centres = list_centres(db.session, identity)
    wanted = request.values.get("centre", type=int)
    return tuple(each for each in centres if each.id == wanted) or tuple(centres)


def limit_masking(form: PrintForm, identity: Identity) -> None:
    """Take 전체 away from whoever may not print it."""
    if not can(identity, Permission.PRINT_UNMASKED):
        form.without_full()
