"""What holds for whom, and by which rules and days off."""

from app.follow_ups.views import terms
from app.follow_ups.views.blueprint import blueprint

__all__ = ["blueprint", "terms"]
