"""What a conference may decide about a case is exactly what the case's own table lets happen to it."""

from __future__ import annotations

from itertools import product

import pytest
from app.cases.rules import CARE, LIVE, CaseClass, CaseStage, next_stages
from app.conferences.rules import (
    CLASS_OF,
    Decision,
    Effect,
    Matter,
    decisions_for,
    matter_for,
    refusal,
    row_of,
)

S, C, D = CaseStage, CaseClass, Decision
WORKED = (S.CLASSIFIED, S.PLAN, S.SERVICE)
PLANNED = (C.GENERAL, C.COMPLEX)
STANDINGS: list[tuple[CaseStage, CaseClass | None]] = [
    *((stage, None) for stage in (S.INTAKE, S.ASSESSMENT, S.CONFERENCE)),
    *((S.CLASSIFIED, each) for each in C),
    *((S.PLAN, each) for each in PLANNED),
    *((S.SERVICE, each) for each in (*PLANNED, C.LINKAGE)),
    *product((S.CLOSED, S.AFTERCARE, S.ENDED), (None, *C)),
]
"""Every way a case can really stand."""


def by_the_cases_own_table(decision: Decision, stage: CaseStage, case_class: CaseClass | None) -> bool:
    """Whether the moves of cases let this decision happen; words alone are for cases at work or in aftercare."""
    if decision in CLASS_OF:
        return _can_be_classified(CLASS_OF[decision], stage, case_class)
    if decision is D.CLOSE:
        return S.CLOSED in next_stages(stage, case_class)
    if decision in (D.PLAN_APPROVE, D.PLAN_CHANGE):
        return stage in WORKED and S.SERVICE in next_stages(S.PLAN, case_class)
    if decision is D.REOPEN:
        return stage not in LIVE
    if decision is D.KEEP_ON:
        return stage in (*WORKED, S.AFTERCARE)
    return decision is D.NEXT_TIME or stage in LIVE


def _can_be_classified(given: CaseClass, stage: CaseStage, case_class: CaseClass | None) -> bool:
    if stage in WORKED:
        return given is not case_class
    before = S.CONFERENCE if S.CONFERENCE in next_stages(stage, case_class) else stage
    return S.CLASSIFIED in next_stages(before, given)


@pytest.mark.parametrize(("stage", "case_class"), STANDINGS, ids=lambda each: each.value if each else "unclassified")
@pytest.mark.parametrize("decision", D, ids=lambda each: each.value)
def test_every_decision_is_possible_exactly_where_the_table_of_cases_lets_it_happen(
    decision: Decision, stage: CaseStage, case_class: CaseClass | None
) -> None:
    possible = by_the_cases_own_table(decision, stage, case_class)
    assert (row_of(decision, stage, case_class) is not None) is possible
    assert (refusal(decision, stage, case_class) is None) is possible
    assert (decision in decisions_for(stage, case_class)) is possible


@pytest.mark.parametrize(("stage", "case_class"), STANDINGS)
def test_every_case_can_be_put_off_and_a_refusal_names_what_can_be_decided(
    stage: CaseStage, case_class: CaseClass | None
) -> None:
    offered = decisions_for(stage, case_class)
    assert D.NEXT_TIME in offered
    for decision in set(D) - set(offered):
        text = refusal(decision, stage, case_class) or ""
        assert decision.label in text
        assert all(f"‘{each.label}’" in text for each in offered)


@pytest.mark.parametrize(
    ("decision", "stage", "case_class", "effect", "needs_words"),
    [
        (D.SELECT_COMPLEX, S.ASSESSMENT, None, Effect.CLASSIFY, True),
        (D.LINKAGE, S.SERVICE, C.GENERAL, Effect.CLASSIFY, True),
        (D.PLAN_APPROVE, S.PLAN, C.GENERAL, Effect.APPROVE_PLAN, False),
        (D.PLAN_CHANGE, S.SERVICE, C.COMPLEX, Effect.RETURN_PLAN, True),
        (D.CLOSE, S.CLASSIFIED, C.NOT_SELECTED, Effect.CLOSE, True),
        (D.CLOSE, S.SERVICE, C.GENERAL, Effect.CLOSE, False),
        (D.REOPEN, S.ENDED, C.LINKAGE, Effect.REOPEN, True),
        (D.REFER_UP, S.SERVICE, C.COMPLEX, Effect.WORDS, True),
        (D.NEXT_TIME, S.ASSESSMENT, None, Effect.CARRY, False),
    ],
)
def test_a_row_says_what_follows_and_whether_it_must_be_explained(
    decision: Decision, stage: CaseStage, case_class: CaseClass | None, effect: Effect, needs_words: bool
) -> None:
    row = row_of(decision, stage, case_class)
    assert row is not None
    assert (row.effect, row.needs_words) == (effect, needs_words)


def test_no_two_rows_answer_for_the_same_case() -> None:
    from app.conferences.rules import POSSIBLE

    for one, other in product(POSSIBLE, POSSIBLE):
        if one is not other and one.decision is other.decision:
            assert not (one.stages & other.stages and one.classes & other.classes)


@pytest.mark.parametrize(
    ("stage", "waits", "matter"),
    [
        (S.ASSESSMENT, "", Matter.SELECT),
        (S.CONFERENCE, "", Matter.SELECT),
        (S.PLAN, "", Matter.PLAN),
        (S.SERVICE, "plan", Matter.PLAN),
        (S.SERVICE, "", Matter.REVIEW),
        (S.SERVICE, "closure", Matter.CLOSE),
        (S.ASSESSMENT, "closure", Matter.CLOSE),
        (S.AFTERCARE, "", Matter.REOPEN),
        (S.ENDED, "", Matter.REOPEN),
    ],
)
def test_a_case_comes_before_a_conference_for_what_waits(stage: CaseStage, waits: str, matter: Matter) -> None:
    assert matter_for(stage, plan_waits=waits == "plan", closure_waits=waits == "closure") is matter


def test_only_care_has_plans_to_approve() -> None:
    assert {each for each in C if D.PLAN_APPROVE in decisions_for(S.SERVICE, each)} == set(CARE)
