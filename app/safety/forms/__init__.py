"""Forms of safety."""

from app.safety.forms.protection import ProtectionForm, ReportForm

__all__ = ["ProtectionForm", "ReportForm"]
