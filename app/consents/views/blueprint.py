"""The blueprint of consents, and what its URLs load."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.consents import queries
from app.consents.models import Consent, ConsentText
from app.consents.rules import ConsentKind
from app.core.errors import NotFound
from app.households.models import Household
from app.households.queries import get_household

blueprint = Blueprint("consents", __name__)
SLUGS = {"personal": ConsentKind.PERSONAL, "sensitive": ConsentKind.SENSITIVE, "third": ConsentKind.THIRD_PARTY}
"""Kinds as addresses name them."""


def kind_of(slug: str) -> ConsentKind:
    """The kind an address names, or NotFound."""
    if slug not in SLUGS:
        raise NotFound
    return SLUGS[slug]


def slug_of(kind: ConsentKind) -> str:
    """A kind as addresses name it."""
    return next(slug for slug, each in SLUGS.items() if each is kind)


def household_from_url(session: Session, identity: Identity, *, household_id: int) -> Household:
    """The household of the URL, or 404."""
    return get_household(session, identity, household_id)


def consent_from_url(session: Session, identity: Identity, *, consent_id: int) -> Consent:
    """The consent of the URL, or 404."""
    return queries.get_consent(session, identity, consent_id)


def text_from_url(session: Session, identity: Identity, *, text_id: int) -> ConsentText:
    """The text of the URL, or 404."""
    return queries.get_text(session, identity.district_id, text_id)
