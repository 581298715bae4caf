"""Print: gather, mask, write the register, and hand over what is to be drawn after the commit."""

from app.reports.service.boxed_forms import FORMS
from app.reports.service.counting import COUNTING_RULES, HAS_APPROVALS
from app.reports.service.printing import print_report, template_of
from app.reports.service.requests import PrintRequest

__all__ = ["COUNTING_RULES", "FORMS", "HAS_APPROVALS", "PrintRequest", "print_report", "template_of"]
