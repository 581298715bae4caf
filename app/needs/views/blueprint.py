"""The blueprint of all pages of needs, and what their URLs load."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.extensions import db
from app.households.models import Household
from app.households.queries import get_household
from app.needs import queries
from app.needs.models import NeedsAssessment

blueprint = Blueprint("needs", __name__)


def household_from_url(session: Session, identity: Identity, *, household_id: int) -> Household:
    """The household of the URL, or 404."""
    return get_household(session, identity, household_id)


def survey_from_url(session: Session, identity: Identity, *, survey_id: UUID) -> NeedsAssessment:
    """The survey of the URL, or 404."""
    return queries.get_assessment(session, identity, survey_id)


@blueprint.app_template_filter("item_word")
def item_word(code: str) -> str:
    """«신체 건강» from the stored code of an item, an office's own included."""
    return queries.item_label(db.session, code)
