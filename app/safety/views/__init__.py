"""Pages of safety: who is out, and restricted tasks."""

from app.safety.views import protection
from app.safety.views.blueprint import blueprint

__all__ = ["blueprint", "protection"]
