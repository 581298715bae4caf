from __future__ import annotations

from itertools import chain, combinations, pairwise, product

import pytest
from app.cases.rules import (
    CARE,
    LIVE,
    MOVES,
    CaseClass,
    CaseStage,
    Needed,
    missing_for,
    next_stages,
    refusal,
    stages_ahead,
)
from hypothesis import given
from hypothesis import strategies as st

S, N, C = CaseStage, Needed, CaseClass
CLASSES: tuple[CaseClass | None, ...] = (None, *CaseClass)
STOP = {N.CUT_SHORT, N.CLOSURE_APPROVED}
ALLOWED: dict[tuple[CaseStage, CaseStage, CaseClass | None], list[set[Needed]]] = {
    (S.INTAKE, S.ASSESSMENT, None): [{N.COUNSELLING, N.ASSESSMENT}],
    (S.INTAKE, S.CLOSED, None): [STOP],
    (S.ASSESSMENT, S.CONFERENCE, None): [{N.CONFERENCE}],
    (S.ASSESSMENT, S.CLOSED, None): [STOP],
    (S.CONFERENCE, S.CLOSED, None): [STOP],
    **{(S.CONFERENCE, S.CLASSIFIED, each): [{N.CLASS}] for each in C},
    **{(S.CLASSIFIED, S.PLAN, each): [{N.PLAN}] for each in (C.GENERAL, C.COMPLEX)},
    (S.CLASSIFIED, S.SERVICE, C.LINKAGE): [{N.LINKED}],
    **{(S.CLASSIFIED, S.CLOSED, each): [STOP] for each in (C.GENERAL, C.COMPLEX, C.LINKAGE)},
    (S.CLASSIFIED, S.CLOSED, C.NOT_SELECTED): [{N.WORDS}],
    **{(S.PLAN, S.SERVICE, each): [{N.PLAN_APPROVED}] for each in (C.GENERAL, C.COMPLEX)},
    **{(S.PLAN, S.CLOSED, each): [STOP] for each in (C.GENERAL, C.COMPLEX)},
    **{(S.PLAN, S.CLASSIFIED, each): [{N.CLASS}] for each in (C.LINKAGE, C.NOT_SELECTED)},
    **{(S.SERVICE, S.CLASSIFIED, each): [{N.CLASS}] for each in C},
    **{(S.SERVICE, S.CLOSED, each): [{N.GOALS, N.CLOSURE_APPROVED}, STOP] for each in (C.GENERAL, C.COMPLEX)},
    (S.SERVICE, S.CLOSED, C.LINKAGE): [STOP, {N.LINKAGE_CHECKED, N.CLOSURE_APPROVED}],
    **{(S.CLOSED, S.AFTERCARE, each): [{N.AFTERCARE_DUE}] for each in CLASSES if each is not C.NOT_SELECTED},
    **{(S.CLOSED, S.ENDED, each): [{N.WORDS}] for each in CLASSES},
    **{(S.AFTERCARE, S.ENDED, each): [{N.AFTERCARE_OVER}] for each in CLASSES},
}


@pytest.mark.parametrize(("origin", "target"), list(product(S, S)), ids=lambda stage: stage.value)
@pytest.mark.parametrize("case_class", CLASSES, ids=lambda each: each.value if each else "unclassified")
def test_every_pair_of_stages_goes_exactly_with_what_the_table_asks(
    origin: CaseStage, target: CaseStage, case_class: CaseClass | None
) -> None:
    ways = ALLOWED.get((origin, target, case_class), [])
    concerned = sorted(set().union(*ways)) if ways else []
    some = chain.from_iterable(combinations(concerned, size) for size in range(len(concerned) + 1))
    for there in map(set, some):
        goes = any(way <= there for way in ways)
        assert (refusal(origin, target, case_class, there) is None) is goes
        assert (refusal(origin, target, case_class, set(N) - set(concerned) | there) is None) is goes


@given(
    origin=st.sampled_from(S), target=st.sampled_from(S), case_class=st.sampled_from(CLASSES), there=st.sets(st.sampled_from(N))
)  # fmt: skip
def test_whatever_is_missing_lets_the_case_go_once_it_is_there(
    origin: CaseStage, target: CaseStage, case_class: CaseClass | None, there: set[Needed]
) -> None:
    missing = missing_for(origin, target, case_class, there)
    if missing is None:
        assert target not in next_stages(origin, case_class)
        return
    assert not set(missing) & there
    assert missing_for(origin, target, case_class, there | set(missing)) == []


@given(
    origin=st.sampled_from(S), target=st.sampled_from(S), case_class=st.sampled_from(CLASSES), there=st.sets(st.sampled_from(N))
)  # fmt: skip
def test_every_refusal_is_a_korean_sentence_that_names_what_is_missing_or_the_two_stages(
    origin: CaseStage, target: CaseStage, case_class: CaseClass | None, there: set[Needed]
) -> None:
    said = refusal(origin, target, case_class, there)
    if said is None:
        return
    missing = missing_for(origin, target, case_class, there)
    wanted = [origin.label, target.label] if missing is None else [need.label for need in missing]
    assert all(each in said for each in wanted)
    assert said.endswith(".")


def test_a_case_never_goes_from_an_end_back_to_work() -> None:
    assert not [row for row in MOVES if row.origin not in LIVE and row.target in LIVE]
    assert next_stages(S.ENDED, C.GENERAL) == []


def test_a_linkage_never_has_a_plan_and_who_is_not_selected_is_never_served() -> None:
    assert not [row for row in MOVES if row.target is S.PLAN and not row.classes <= CARE]
    assert not [row for row in MOVES if row.target is S.SERVICE and C.NOT_SELECTED in row.classes]


def test_only_the_unselected_are_closed_without_the_supervisor() -> None:
    unasked = [row for row in MOVES if row.target is S.CLOSED and N.CLOSURE_APPROVED not in row.needs]
    assert [row.classes for row in unasked] == [frozenset({C.NOT_SELECTED})]


@pytest.mark.parametrize(("case_class", "stages"), [
    (None, [S.INTAKE, S.ASSESSMENT, S.CONFERENCE]),
    (C.GENERAL, [S.CONFERENCE, S.CLASSIFIED, S.PLAN, S.SERVICE, S.CLOSED, S.AFTERCARE, S.ENDED]),
    (C.COMPLEX, [S.CONFERENCE, S.CLASSIFIED, S.PLAN, S.SERVICE, S.CLOSED, S.AFTERCARE, S.ENDED]),
    (C.LINKAGE, [S.CONFERENCE, S.CLASSIFIED, S.SERVICE, S.CLOSED, S.AFTERCARE, S.ENDED]),
    (C.NOT_SELECTED, [S.CONFERENCE, S.CLASSIFIED, S.CLOSED, S.ENDED]),
])  # fmt: skip
def test_each_class_has_its_way_through_the_stages(case_class: CaseClass | None, stages: list[CaseStage]) -> None:
    for origin, target in pairwise(stages):
        assert refusal(origin, target, case_class, set(N)) is None


@pytest.mark.parametrize(
    ("origin", "case_class", "ahead"),
    [
        (S.INTAKE, None, set(S) - {S.INTAKE}),
        (S.CLASSIFIED, C.NOT_SELECTED, {S.CLOSED, S.ENDED}),
        (S.CLASSIFIED, C.LINKAGE, {S.SERVICE, S.CLASSIFIED, S.CLOSED, S.AFTERCARE, S.ENDED}),
        (S.PLAN, C.GENERAL, {S.CLASSIFIED, S.PLAN, S.SERVICE, S.CLOSED, S.AFTERCARE, S.ENDED}),
        (S.CLOSED, C.NOT_SELECTED, {S.ENDED}),
        (S.ENDED, C.GENERAL, set()),
    ],
)  # fmt: skip
def test_ahead_of_a_case_are_only_stages_that_its_class_comes_to(
    origin: CaseStage, case_class: CaseClass | None, ahead: set[CaseStage]
) -> None:
    assert stages_ahead(origin, case_class) == ahead


@given(origin=st.sampled_from(S), case_class=st.sampled_from(CLASSES))
def test_every_next_stage_and_all_that_follows_it_lies_ahead(origin: CaseStage, case_class: CaseClass | None) -> None:
    for stage in next_stages(origin, case_class):
        assert {stage} | stages_ahead(stage, case_class) <= stages_ahead(origin, case_class)
