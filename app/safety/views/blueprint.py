"""The blueprint of all pages of safety, and what their URLs load."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.households.models import Household
from app.households.queries import get_household
from app.safety import queries
from app.safety.models import Outing, ProtectionTask

blueprint = Blueprint("safety", __name__)


def household_from_url(session: Session, identity: Identity, *, household_id: int) -> Household:
    """The household of the URL, or 404."""
    return get_household(session, identity, household_id)


def task_from_url(session: Session, identity: Identity, *, task_id: int) -> ProtectionTask:
    """The restricted task of the URL, or 404 for whoever it does not name."""
    return queries.get_protection(session, identity, task_id)


def outing_from_url(session: Session, identity: Identity, *, outing_id: UUID) -> Outing:
    """The outing of the URL, or 404."""
    return queries.get_outing(session, identity, outing_id)
