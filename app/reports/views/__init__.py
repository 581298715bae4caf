"""Choose a paper, see it, print it; and the register of everything printed."""

from app.reports.views import (
    boxed_forms,
    case_figures,
    choosing,
    consent_sheet,
    counted,
    minutes,
    needs_figures,
    needs_sheet,
    register,
    safety,
    visit_sheets,
)
from app.reports.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "boxed_forms",
    "case_figures",
    "choosing",
    "consent_sheet",
    "counted",
    "minutes",
    "needs_figures",
    "needs_sheet",
    "register",
    "safety",
    "visit_sheets",
]
