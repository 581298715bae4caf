"""The blueprint of all pages of discovery lists, and what their URLs load."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.discoveries import queries
from app.discoveries.models import ListRow
from app.discoveries.queries import ListLine

blueprint = Blueprint("discoveries", __name__)


def list_from_url(session: Session, identity: Identity, *, list_id: int) -> ListLine:
    """The list of the URL as far as it is in scope, or 404."""
    return queries.get_list(session, identity, list_id)


def row_from_url(session: Session, identity: Identity, *, row_id: int) -> ListRow:
    """The row of the URL, or 404."""
    return queries.get_row(session, identity, row_id)
