"""The blueprint of all pages of care groups and registrations, and what their URLs load."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.care_groups import queries
from app.care_groups.models import Registration
from app.core.errors import NotAllowed
from app.households.models import Household, Member
from app.households.queries import get_household, get_member

blueprint = Blueprint("care_groups", __name__)


@dataclass(frozen=True, slots=True)
class OwnCentre:
    """The centre somebody works at, as the policy asks about it."""

    centre_id: int


def household_from_url(session: Session, identity: Identity, *, household_id: int) -> Household:
    """The household of the URL, or 404."""
    return get_household(session, identity, household_id)


def member_from_url(session: Session, identity: Identity, *, household_id: int, member_id: int) -> Member:
    """The member of the URL, or 404."""
    return get_member(session, identity, household_id, member_id)


def registration_from_url(
    session: Session, identity: Identity, *, household_id: int, registration_id: int
) -> Registration:
    """The registration of the URL, or 404."""
    return queries.get_registration(session, identity, household_id, registration_id)


def own_centre(_session: Session, identity: Identity) -> OwnCentre:
    """The reader's own centre; who belongs to none has no list of people here."""
    if identity.centre_id is None:
        raise NotAllowed
    return OwnCentre(identity.centre_id)
