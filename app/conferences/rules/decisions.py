"""Which decision a conference may take about a case, and what it does to it. Pure.

The table follows the moves of a case (`cases.rules.moves`) and is tested whole against them: a conference decides no more
than the case's own table allows. A case in 조사 waits for its conference: deciding its class there is both steps, 사례회의
and 구분·선정, on the day it was held.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.cases.rules import CARE, LIVE, CaseClass, CaseStage
from app.conferences.rules.vocabulary import Decision, Effect, Matter

S, C, D, E = CaseStage, CaseClass, Decision, Effect
CLASS_OF: Mapping[Decision, CaseClass] = {
    D.SELECT_GENERAL: C.GENERAL,
    D.SELECT_COMPLEX: C.COMPLEX,
    D.LINKAGE: C.LINKAGE,
    D.NOT_SELECTED: C.NOT_SELECTED,
}
"""The class that a selection gives."""
ANY_CLASS: frozenset[CaseClass | None] = frozenset(C)
EITHER: frozenset[CaseClass | None] = ANY_CLASS | {None}
NOT_YET: frozenset[CaseClass | None] = frozenset({None})
WORKED = frozenset({S.CLASSIFIED, S.PLAN, S.SERVICE})
OVER = frozenset(S) - LIVE


@dataclass(frozen=True, slots=True)
class Possible:
    """One row: a decision about a case in one of these stages and of one of these classes (None: not yet classified)."""

    decision: Decision
    stages: frozenset[CaseStage]
    classes: frozenset[CaseClass | None]
    effect: Effect
    needs_words: bool = True
    """Whether the minutes must say why, or what is to be done."""


def _row(
    decision: Decision, stages: Collection[CaseStage], classes: Collection[CaseClass | None], effect: Effect,
    *, needs_words: bool = True,
) -> Possible:  # fmt: skip
    return Possible(decision, frozenset(stages), frozenset(classes), effect, needs_words)


POSSIBLE: tuple[Possible, ...] = (
    *(_row(each, {S.ASSESSMENT, S.CONFERENCE}, NOT_YET, E.CLASSIFY) for each in CLASS_OF),
    *(_row(each, WORKED, ANY_CLASS - {given}, E.CLASSIFY) for each, given in CLASS_OF.items()),
    _row(D.PLAN_APPROVE, WORKED, CARE, E.APPROVE_PLAN, needs_words=False),
    _row(D.PLAN_CHANGE, WORKED, CARE, E.RETURN_PLAN),
    _row(D.KEEP_ON, WORKED, ANY_CLASS, E.WORDS, needs_words=False),
    _row(D.KEEP_ON, {S.AFTERCARE}, EITHER, E.WORDS, needs_words=False),
    _row(D.CLOSE, {S.INTAKE, S.ASSESSMENT, S.CONFERENCE}, NOT_YET, E.CLOSE, needs_words=False),
    _row(D.CLOSE, {S.CLASSIFIED}, CARE | {C.LINKAGE}, E.CLOSE, needs_words=False),
    _row(D.CLOSE, {S.CLASSIFIED}, {C.NOT_SELECTED}, E.CLOSE),
    _row(D.CLOSE, {S.PLAN}, CARE, E.CLOSE, needs_words=False),
    _row(D.CLOSE, {S.SERVICE}, CARE | {C.LINKAGE}, E.CLOSE, needs_words=False),
    _row(D.REOPEN, OVER, EITHER, E.REOPEN),
    _row(D.REFER_UP, LIVE, EITHER, E.WORDS),
    _row(D.NEXT_TIME, frozenset(S), EITHER, E.CARRY, needs_words=False),
)
"""Every decision that can be taken, with what follows; what stands in no row is refused."""


def row_of(decision: Decision, stage: CaseStage, case_class: CaseClass | None) -> Possible | None:
    """The row by which a decision may be taken about such a case; None: it may not."""
    fitting = (row for row in POSSIBLE if row.decision is decision)
    return next((row for row in fitting if stage in row.stages and case_class in row.classes), None)


def decisions_for(stage: CaseStage, case_class: CaseClass | None) -> tuple[Decision, ...]:
    """What may be decided about a case in a stage, in the order of the list."""
    return tuple(each for each in Decision if row_of(each, stage, case_class) is not None)


def refusal(decision: Decision, stage: CaseStage, case_class: CaseClass | None) -> str | None:
    """Why a decision cannot be taken about such a case, in Korean with what can be; None when it can."""
    if row_of(decision, stage, case_class) is not None:
        return None
    standing = f"{stage.label}{f', {case_class.label}' if case_class else ''}"
    offered = ", ".join(f"‘{each.label}’" for each in decisions_for(stage, case_class))
    return f"지금 단계({standing})에서는 ‘{decision.label}’ 결정을 할 수 없습니다. 할 수 있는 결정: {offered}."


def matter_for(stage: CaseStage, *, plan_waits: bool = False, closure_waits: bool = False) -> Matter:
    """Why a case in a stage would be on an agenda: a request that waits goes before its stage."""
    if closure_waits:
        return Matter.CLOSE
    if stage in OVER:
        return Matter.REOPEN
    if plan_waits or stage is S.PLAN:
        return Matter.PLAN
    return Matter.REVIEW if stage in WORKED else Matter.SELECT
