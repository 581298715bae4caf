"""What the found needs propose a household's class to be. Pure.

A household with a safety or a mental-health need is 고난도 (경기복지재단 on the ministry's scheme, medium confidence); the rest of
the proposal is our own. It proposes; a person decides, with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.cases.rules.vocabulary import CaseClass


@dataclass(frozen=True, slots=True)
class FoundNeed:
    """A need as the survey found it. `is_grave`: of safety or of mental health. `is_needed`: at least «필요»."""

    label: str
    is_needed: bool
    is_grave: bool = False
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class ClassProposal:
    """A class and why, in Korean."""

    case_class: CaseClass
    because: tuple[str, ...]


def propose_class(needs: Iterable[FoundNeed]) -> ClassProposal:
    """고난도 by a grave need, 일반 by two needs or an urgent one, 서비스연계 by a single need, 미선정 by none."""
    found = [need for need in needs if need.is_needed or need.is_urgent]
    if grave := [need.label for need in found if need.is_grave]:
        return ClassProposal(CaseClass.COMPLEX, (f"안전·정신건강 욕구: {', '.join(grave)}",))
    if urgent := [need.label for need in found if need.is_urgent]:
        return ClassProposal(CaseClass.GENERAL, (f"긴급한 욕구: {', '.join(urgent)}",))
    if len(found) > 1:
        return ClassProposal(CaseClass.GENERAL, (f"욕구 {len(found)}가지: {', '.join(each.label for each in found)}",))
    if found:
        return ClassProposal(CaseClass.LINKAGE, (f"욕구 한 가지: {found[0].label}",))
    return ClassProposal(CaseClass.NOT_SELECTED, ("‘필요’ 이상인 욕구가 없음",))
