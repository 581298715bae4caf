"""The blueprint of all pages of assessments, and what their URLs load."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.assessments import queries
from app.assessments.models import Assessment
from app.assessments.rules import show_number
from app.households.models import Household
from app.households.queries import get_household

blueprint = Blueprint("assessments", __name__)
blueprint.add_app_template_filter(show_number)


def household_from_url(session: Session, identity: Identity, *, household_id: int, **_rest: Any) -> Household:
    """The household of the URL, or 404."""
    return get_household(session, identity, household_id)


def assessment_from_url(session: Session, identity: Identity, *, household_id: int, assessment_id: UUID) -> Assessment:
    """The assessment of the URL, or 404."""
    return queries.get_result(session, identity, household_id, assessment_id).row
