"""The table of escalation: the installation's own, or the one the product came with."""

from __future__ import annotations

from pathlib import Path

from app.core.shipped import shipped_file
from app.reminders.rules import Escalation, escalation_from

NAME = "escalation.json"


def read_escalation(instance: Path) -> Escalation:
    """The table in force: `escalation.json` of the instance folder where there is one, read anew every time.

    Raises:
        EscalationError: it cannot be used; nobody falls back silently on other days than were asked for.
    """
    own = instance / NAME
    file = own if own.is_file() else shipped_file(NAME)
    return escalation_from(file.read_text(encoding="utf-8"))
