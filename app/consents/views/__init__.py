"""Pages of consents: of one household, of those that run out, and of the texts."""

from app.consents.views import expiring, giving, showing, texts
from app.consents.views.blueprint import blueprint

__all__ = ["blueprint", "expiring", "giving", "showing", "texts"]
