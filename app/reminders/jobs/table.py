"""The table of escalation: the installation's own, or the one the product came with."""

from __future__ import annotations

from pathlib import Path

from app.reminders.rules import Escalation, escalation_from

NAME = "escalation.json"
_APP = Path(__file__).resolve().parents[2]
_SHIPPED = (_APP.parent / "seed_data" / NAME, _APP / "_seed_data" / NAME)
"""Beside `app/`, or inside it when installed from a wheel."""


def read_escalation(instance: Path) -> Escalation:
    """The table in force: `escalation.json` of the instance folder where there is one, read anew every time.

    Raises:
        EscalationError: it cannot be used; nobody falls back silently on other days than were asked for.
    """
    file = next(file for file in (instance / NAME, *_SHIPPED) if file.is_file())
    return escalation_from(file.read_text(encoding="utf-8"))
