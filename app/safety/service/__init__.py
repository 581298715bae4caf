"""Go out and come back, tell about it when somebody does not, and keep restricted tasks."""

from app.safety.service.protection import (
    AT_ONCE,
    ProtectionDetails,
    ReportDetails,
    add_hotlines,
    close_protection,
    keep_report,
    open_protection,
)

__all__ = [
    "AT_ONCE", "ProtectionDetails", "ReportDetails", "add_hotlines", "close_protection", "keep_report", "open_protection",
]  # fmt: skip
