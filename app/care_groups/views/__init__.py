"""Pages of care groups: deciding, registering, the table that proposes."""

from app.care_groups.views import deciding, registering, tables
from app.care_groups.views.blueprint import blueprint

__all__ = ["blueprint", "deciding", "registering", "tables"]
