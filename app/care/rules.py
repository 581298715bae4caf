"""The words of care. Pure."""

from __future__ import annotations

from app.core.labelled import Labelled


class InterventionKind(Labelled):
    """The four kinds of the Omaha System."""

    TEACHING = "TEACHING", "교육·상담"
    TREATMENT = "TREATMENT", "처치"
    CASE_MANAGEMENT = "CASE_MANAGEMENT", "사례관리"
    SURVEILLANCE = "SURVEILLANCE", "관찰"
