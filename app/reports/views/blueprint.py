"""The blueprint of all pages of papers, what their URLs load, and how a paper is handed over."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from flask import Blueprint, Response, send_file
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.households.models import Household
from app.households.queries import get_household
from app.reports.documents import draw
from app.reports.forms import PrintForm
from app.reports.models import PrintRecord
from app.reports.rules import Facts

blueprint = Blueprint("reports", __name__)


def household_from_url(session: Session, identity: Identity, *, household_id: int) -> Household:
    """The household of the URL, or 404."""
    return get_household(session, identity, household_id)


def drawn(record: PrintRecord, facts: Facts) -> Callable[[], Response]:
    """Draw after the commit, so that a long paper holds no lock."""
    name = f"{record.title}.pdf"

    def answer() -> Response:
        # `send_file` writes the Korean name as RFC 5987 asks; put into the header as it is, no server could send it.
        return send_file(BytesIO(draw(facts)), mimetype="application/pdf", download_name=name, max_age=0)

    return answer


def limit_masking(form: PrintForm, identity: Identity) -> None:
    """Take 전체 away from whoever may not print it."""
    if not can(identity, Permission.PRINT_UNMASKED):
        form.without_full()
