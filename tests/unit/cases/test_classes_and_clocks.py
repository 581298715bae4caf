from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from app.cases.rules import ALL_CLOCKS, CaseClass, CaseStage, FoundNeed, clocks_on_entering, propose_class
from hypothesis import given
from hypothesis import strategies as st

S, C = CaseStage, CaseClass
SAFETY = FoundNeed("가정 내 안전", is_needed=True, is_grave=True)
MEALS = FoundNeed("식생활", is_needed=True)
RENT = FoundNeed("주거비", is_needed=True)
DEBT = FoundNeed("채무", is_needed=True, is_urgent=True)
WATCHED = FoundNeed("정신건강", is_needed=False, is_grave=True)


@pytest.mark.parametrize(("needs", "proposed", "why"), [
    ([SAFETY], C.COMPLEX, "가정 내 안전"),
    ([MEALS, SAFETY, RENT], C.COMPLEX, "가정 내 안전"),
    ([DEBT], C.GENERAL, "채무"),
    ([MEALS, RENT], C.GENERAL, "식생활, 주거비"),
    ([MEALS], C.LINKAGE, "식생활"),
    ([WATCHED], C.NOT_SELECTED, "없음"),
    ([WATCHED, MEALS], C.LINKAGE, "식생활"),
    ([], C.NOT_SELECTED, "없음"),
])  # fmt: skip
def test_the_needs_propose_a_class_and_say_why(needs: list[FoundNeed], proposed: CaseClass, why: str) -> None:
    proposal = propose_class(needs)
    assert proposal.case_class is proposed
    assert why in proposal.because[0]


NEEDS = st.builds(FoundNeed, st.sampled_from(["가", "나"]), st.booleans(), st.booleans(), st.booleans())


@given(st.lists(NEEDS, max_size=6))
def test_a_grave_need_always_proposes_the_complex_class_and_nothing_else_does(needs: list[FoundNeed]) -> None:
    is_grave = any(need.is_grave and (need.is_needed or need.is_urgent) for need in needs)
    assert (propose_class(needs).case_class is C.COMPLEX) is is_grave


@pytest.mark.parametrize(("stage", "case_class", "stopped", "started"), [
    (S.INTAKE, None, set(), ("INTAKE_ASSESS", "INTAKE_PLAN")),
    (S.ASSESSMENT, None, {"INTAKE_ASSESS"}, ()),
    (S.CONFERENCE, None, set(), ("CONFERENCE_SELECT",)),
    (S.PLAN, C.GENERAL, set(), ()),
    (S.SERVICE, C.GENERAL, {"PLAN_DUE", "INTAKE_PLAN"}, ("CASE_CHECK_GENERAL",)),
    (S.SERVICE, C.COMPLEX, {"PLAN_DUE", "INTAKE_PLAN"}, ("CASE_CHECK_COMPLEX",)),
    (S.SERVICE, C.LINKAGE, {"PLAN_DUE", "INTAKE_PLAN"}, ("LINKAGE_CHECK",)),
    (S.CLOSED, C.GENERAL, set(ALL_CLOCKS), ()),
    (S.AFTERCARE, C.GENERAL, set(ALL_CLOCKS), ("AFTERCARE",)),
    (S.ENDED, C.GENERAL, set(ALL_CLOCKS), ()),
])  # fmt: skip
def test_entering_a_stage_turns_its_clocks(
    stage: CaseStage, case_class: CaseClass | None, stopped: set[str], started: tuple[str, ...]
) -> None:
    change = clocks_on_entering(stage, case_class)
    assert (set(change.stops), change.starts) == (stopped, started)


@pytest.mark.parametrize("case_class", list(C))
def test_only_case_management_owes_a_plan_after_it_was_classified(case_class: CaseClass) -> None:
    change = clocks_on_entering(S.CLASSIFIED, case_class)
    is_care = case_class in (C.GENERAL, C.COMPLEX)
    assert change.starts == (("PLAN_DUE",) if is_care else ())
    assert ("INTAKE_PLAN" in change.stops) is not is_care
    assert "CONFERENCE_SELECT" in change.stops


@pytest.mark.parametrize(("stage", "case_class"), list(product(S, [*C])))
def test_a_clock_that_starts_is_one_that_closing_stops(stage: Any, case_class: CaseClass) -> None:
    assert set(clocks_on_entering(stage, case_class).starts) <= clocks_on_entering(S.CLOSED, case_class).stops
