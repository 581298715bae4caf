"""군 분류: which nursing rule a member's care group sets."""

from __future__ import annotations

from app.core.labelled import Labelled


class CareGroup(Labelled):
    """How closely a member is nursed. Source: 보건소 방문건강관리 군 분류."""

    INTENSIVE = "INTENSIVE", "집중관리군"
    REGULAR = "REGULAR", "정기관리군"
    SELF_CARE = "SELF_CARE", "자기역량지원군"

    @property
    def rule_code(self) -> str:
        return {"INTENSIVE": "NURSE_INTENSIVE", "REGULAR": "NURSE_REGULAR", "SELF_CARE": "NURSE_SELF"}[self.value]


FAMILIES = (
    frozenset(group.rule_code for group in CareGroup),
    frozenset({"CASE_CHECK_COMPLEX", "CASE_CHECK_GENERAL"}),
    frozenset({"ISOLATION_HIGH", "ISOLATION_MID", "ISOLATION_LOW"}),
)
"""Of each family one rule holds at a time: setting one ends the other."""


def group_of(rule_code: str) -> CareGroup | None:
    """The care group a nursing rule stands for."""
    return next((group for group in CareGroup if group.rule_code == rule_code), None)


def family_of(rule_code: str) -> frozenset[str]:
    """The rules that give way to this one; only itself when it has no family, never for a rule that may stand twice."""
    return next((family for family in FAMILIES if rule_code in family), frozenset())
