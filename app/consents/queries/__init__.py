"""Read consents and the texts people agree to."""

from app.consents.queries.consents import (
    consent_line,
    facts_of,
    get_consent,
    is_health_unconsented,
    list_of_household,
)
from app.consents.queries.expiring import Expiring, ExpiringFilter, list_expiring
from app.consents.queries.texts import get_text, list_texts, text_in_force, texts_in_force

__all__ = [
    "Expiring", "ExpiringFilter", "consent_line", "facts_of", "get_consent", "get_text",
    "is_health_unconsented", "list_expiring", "list_of_household", "list_texts", "text_in_force", "texts_in_force",
]  # fmt: skip
