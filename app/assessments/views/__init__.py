"""Pages of assessments: asking, results, instruments."""

from app.assessments.views import assessing, instruments
from app.assessments.views.blueprint import blueprint

__all__ = ["assessing", "blueprint", "instruments"]
