"""The blueprint of the directory, and what its URLs load."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.providers import queries
from app.providers.models import Provider
from app.providers.rules import need_label

blueprint = Blueprint("providers", __name__)


def provider_from_url(session: Session, identity: Identity, *, provider_id: int) -> Provider:
    """The entry of the URL, or 404."""
    return queries.get_provider(session, identity, provider_id)


@blueprint.app_template_filter("need_word")
def need_word(code: str) -> str:
    """«신체 건강» from a stored code."""
    return need_label(code)
