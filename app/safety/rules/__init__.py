"""The words and decisions of safety in the field and of protection. Pure."""

from app.safety.rules.incidents import IncidentKind
from app.safety.rules.outings import AlarmStep
from app.safety.rules.protection import ProtectionKind

__all__ = ["AlarmStep", "IncidentKind", "ProtectionKind"]
