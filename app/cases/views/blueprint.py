"""The blueprint of all pages of cases, and what their URLs load."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.cases import queries
from app.cases.models import Approval, Case, Counselling
from app.cases.rules import route_label
from app.extensions import db
from app.households.models import Household
from app.households.queries import get_household
from app.web.security import current_identity

blueprint = Blueprint("cases", __name__)


def case_from_url(session: Session, identity: Identity, *, case_id: int) -> Case:
    """The case of the URL, or 404."""
    return queries.get_case(session, identity, case_id)


def approval_from_url(session: Session, identity: Identity, *, approval_id: int) -> Approval:
    """The request of the URL, or 404."""
    return queries.get_approval(session, identity, approval_id)


def counselling_from_url(session: Session, identity: Identity, *, counselling_id: UUID) -> Counselling:
    """The first talk of the URL, or 404."""
    return queries.get_counselling(session, identity, counselling_id)


def household_from_url(session: Session, identity: Identity, *, household_id: int) -> Household:
    """The household of the URL, or 404."""
    return get_household(session, identity, household_id)


@blueprint.app_template_filter("route_word")
def route_word(code: str) -> str:
    """«이웃신고» for a stored route."""
    return route_label(code)


@blueprint.app_template_filter("closure_word")
def closure_word(code: str) -> str:
    """«장기목표 달성» for a stored closure reason."""
    return queries.reason_label(db.session, current_identity().district_id, code)
