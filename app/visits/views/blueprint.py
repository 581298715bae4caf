"""The blueprint of all pages of a visit, and what their URLs load."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.households.models import Household
from app.households.queries import get_household
from app.visits import queries
from app.visits.models import Visit

blueprint = Blueprint("visits", __name__)


def household_from_url(session: Session, identity: Identity, *, household_id: int) -> Household:
    """The household of the URL, or 404."""
    return get_household(session, identity, household_id)


def visit_from_url(session: Session, identity: Identity, *, visit_id: UUID) -> Visit:
    """The visit of the URL, or 404."""
    return queries.get_visit(session, identity, visit_id)
