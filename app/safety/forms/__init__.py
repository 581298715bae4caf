"""Forms of safety."""

from app.safety.forms.duty import DutyForm
from app.safety.forms.incidents import CompletionForm, IncidentForm
from app.safety.forms.outings import CheckInForm
from app.safety.forms.protection import NamingForm, ProtectionForm, ReportForm

__all__ = ["CheckInForm", "CompletionForm", "DutyForm", "IncidentForm", "NamingForm", "ProtectionForm", "ReportForm"]
