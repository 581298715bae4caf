"""What holds for whom, and by which rules and days off."""

from app.follow_ups.views import holiday_imports, holidays, ladder, refreshing, rules, terms
from app.follow_ups.views.blueprint import blueprint

__all__ = ["blueprint", "holiday_imports", "holidays", "ladder", "refreshing", "rules", "terms"]
