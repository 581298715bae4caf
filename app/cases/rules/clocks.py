"""Which clocks of a case run in which stage. Pure: the rules behind the codes are data of `follow_ups`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.cases.rules.vocabulary import CaseClass, CaseStage

S, C = CaseStage, CaseClass
INTAKE_ASSESS, INTAKE_PLAN = "INTAKE_ASSESS", "INTAKE_PLAN"
CONFERENCE_SELECT, PLAN_DUE = "CONFERENCE_SELECT", "PLAN_DUE"
LINKAGE_CHECK, AFTERCARE, RECHECK = "LINKAGE_CHECK", "AFTERCARE", "CASE_RECHECK"
CHECKS: Mapping[CaseClass, str] = {C.GENERAL: "CASE_CHECK_GENERAL", C.COMPLEX: "CASE_CHECK_COMPLEX"}
DEADLINES = frozenset({INTAKE_ASSESS, INTAKE_PLAN, CONFERENCE_SELECT, PLAN_DUE})
"""Clocks that an event closes; the others end."""
SERVICE_CHECK = "SERVICE_CHECK"
"""The next service of the plan to be checked; set by plans, over with the case."""
ALL_CLOCKS = DEADLINES | {LINKAGE_CHECK, AFTERCARE, RECHECK, SERVICE_CHECK} | frozenset(CHECKS.values())
BEFORE_PLAN = frozenset({PLAN_DUE, INTAKE_PLAN})


@dataclass(frozen=True, slots=True)
class Change:
    """What entering a stage does to the clocks: these stop, these start on the day of the step."""

    stops: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()


def clocks_on_entering(stage: CaseStage, case_class: CaseClass | None) -> Change:
    """The change that entering `stage` makes for a case of a class (None: not yet classified)."""
    if stage is S.CLASSIFIED:
        return _classified(case_class)
    if stage is S.SERVICE:
        return Change(BEFORE_PLAN, (CHECKS.get(case_class, LINKAGE_CHECK) if case_class else LINKAGE_CHECK,))
    return _PLAIN[stage]


_PLAIN: Mapping[CaseStage, Change] = {
    S.INTAKE: Change(starts=(INTAKE_ASSESS, INTAKE_PLAN)),
    S.ASSESSMENT: Change(frozenset({INTAKE_ASSESS})),
    S.CONFERENCE: Change(starts=(CONFERENCE_SELECT,)),
    S.PLAN: Change(),
    S.CLOSED: Change(ALL_CLOCKS),
    S.AFTERCARE: Change(ALL_CLOCKS, (AFTERCARE,)),
    S.ENDED: Change(ALL_CLOCKS),
}


def _classified(case_class: CaseClass | None) -> Change:
    """사례관리 owes a plan; 서비스연계 and 미선정 have none, so its clocks stop."""
    settled = frozenset({CONFERENCE_SELECT, LINKAGE_CHECK, *CHECKS.values()})
    if case_class in CHECKS:
        return Change(settled, (PLAN_DUE,))
    return Change(settled | BEFORE_PLAN)
