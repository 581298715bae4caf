"""Pages of conferences: the list, one conference, its agenda, its minutes, confirming them."""

from app.conferences.views import agenda, confirming, listing, showing, writing
from app.conferences.views.blueprint import blueprint

__all__ = ["agenda", "blueprint", "confirming", "listing", "showing", "writing"]
