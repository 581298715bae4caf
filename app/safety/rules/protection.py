"""The words of protection. Pure."""

from __future__ import annotations

from app.core.labelled import Labelled


class ProtectionKind(Labelled):
    """What opens a restricted task that must be dealt with at once."""

    CHILD_ABUSE = "CHILD_ABUSE", "아동학대 의심"
    ELDER_ABUSE = "ELDER_ABUSE", "노인학대 의심"
    DISABILITY_ABUSE = "DISABILITY_ABUSE", "장애인학대 의심"
    SUICIDE_RISK = "SUICIDE_RISK", "자살 위험"
