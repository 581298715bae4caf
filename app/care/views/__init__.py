"""Pages of care: the problem list, medicines."""

from app.care.views import medicines, problems
from app.care.views.blueprint import blueprint

__all__ = ["blueprint", "medicines", "problems"]
