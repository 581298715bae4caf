"""Pages of the directory of providers."""

from app.providers.views import directory
from app.providers.views.blueprint import blueprint

__all__ = ["blueprint", "directory"]
