"""The first lines about a household on an agenda, taken from its case: why, what is needed, which class is proposed. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from app.cases.rules import CaseClass


def summary_of(
    *, reason: str, needs: Sequence[str], case_class: CaseClass | None, proposed: CaseClass | None
) -> str:  # fmt: skip
    """«사유: …», «욕구: …», «제안: …», a line each; what is not known is left out. `needs`: labels without health."""
    now = f"구분: {case_class.label}" if case_class else ""
    lines = (
        f"사유: {reason.strip()}" if reason.strip() else "", f"욕구: {', '.join(needs)}" if needs else "", now,
        f"제안: {proposed.label}" if proposed and not case_class else "",
    )  # fmt: skip
    return "\n".join(line for line in lines if line)
