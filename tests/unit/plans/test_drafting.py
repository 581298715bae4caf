"""What a plan must hold (사회보장급여법 제15조), row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from app.plans.rules import (
    Difference,
    GoalDraft,
    GoalSpan,
    PlanDraft,
    RowAct,
    ServiceDraft,
    act_on,
    beside,
    gaps_of,
)
from hypothesis import given
from hypothesis import strategies as st

GOAL = GoalDraft("두 끼를 드신다", GoalSpan.SHORT, "DAILY_LIVING")
SERVICE = ServiceDraft(
    "밑반찬", amount="주 2회", starts_on=date(2026, 11, 1), provider_name="복지관", checker_id=3, check_days=14, goal=1
)
WHOLE = PlanDraft((GOAL,), (SERVICE,), "좋다")


@pytest.mark.parametrize(
    ("plan", "number", "fields"),
    [
        (WHOLE, 1, []),
        (WHOLE, 2, ["because"]),
        (replace(WHOLE, because="입원"), 2, []),
        (PlanDraft(), 1, ["goals", "services", "clients_view"]),
        (replace(WHOLE, goals=(replace(GOAL, span=GoalSpan.LONG),)), 1, ["goals"]),
        (replace(WHOLE, goals=(replace(GOAL, text=" "),)), 1, ["goals-0-text", "goals"]),
        (replace(WHOLE, goals=(replace(GOAL, need=""),)), 1, ["goals-0-need"]),
        (replace(WHOLE, services=(replace(SERVICE, title=""),)), 1, ["services-0-title"]),
        (replace(WHOLE, services=(replace(SERVICE, amount=""),)), 1, ["services-0-amount"]),
        (replace(WHOLE, services=(replace(SERVICE, starts_on=None),)), 1, ["services-0-starts_on"]),
        (replace(WHOLE, services=(replace(SERVICE, ends_on=date(2026, 10, 1)),)), 1, ["services-0-ends_on"]),
        (replace(WHOLE, services=(replace(SERVICE, provider_name=""),)), 1, ["services-0-provider_name"]),
        (replace(WHOLE, services=(replace(SERVICE, provider_name="", provider_id=3),)), 1, []),
        (replace(WHOLE, services=(replace(SERVICE, checker_id=None),)), 1, ["services-0-checker_id"]),
        (replace(WHOLE, services=(replace(SERVICE, check_days=0),)), 1, ["services-0-check_days"]),
        (replace(WHOLE, services=(replace(SERVICE, check_days=None),)), 1, []),
        (replace(WHOLE, services=(replace(SERVICE, goal=2),)), 1, ["services-0-goal"]),
        (replace(WHOLE, services=(SERVICE, replace(SERVICE, amount=""))), 1, ["services-1-amount"]),
    ],
)
def test_what_is_missing_is_named_at_its_row(plan: PlanDraft, number: int, fields: list[str]) -> None:
    assert [gap.field for gap in gaps_of(plan, number=number)] == fields


def test_blank_rows_are_left_out_and_services_keep_their_goal() -> None:
    plan = PlanDraft((GoalDraft(), GOAL), (ServiceDraft(), replace(SERVICE, goal=2)), "좋다").tidied
    assert (len(plan.goals), len(plan.services), plan.services[0].goal) == (1, 1, 1)


def test_versions_stand_side_by_side() -> None:
    rows = beside({"가": "1", "나": "2"}, {"나": "2", "다": "3"})
    assert rows == [Difference("2", "2"), Difference(None, "3"), Difference("1", None)]
    assert [row.is_changed for row in rows] == [False, True, True]


TYPED = {
    "clients_view": ["좋다"], "goals-0-text": ["가"], "goals-1-text": ["나"], "services-0-title": ["반찬"],
    "services-0-goal": ["1"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("button", "goals", "pointed"),
    [
        ("add-goals", ["가", "나", None], "1"),
        ("remove-goals-0", ["나"], ""),
        ("remove-goals-1", ["가"], "1"),
        ("up-goals-1", ["나", "가"], "2"),
        ("down-goals-0", ["나", "가"], "2"),
        ("up-goals-0", ["가", "나"], "1"),
        ("down-goals-1", ["가", "나"], "1"),
        ("remove-goals-9", ["가", "나"], "1"),
    ],
)
def test_buttons_put_rows_in_order_and_services_follow(button: str, goals: list[str | None], pointed: str) -> None:
    act = RowAct.from_button(button)
    assert act is not None
    after = act_on(TYPED, act, most=5)
    texts = [after.get(f"goals-{at}-text", [None])[0] for at in range(len(goals))]
    assert (texts, after["services-0-goal"], after["clients_view"]) == (goals, [pointed], ["좋다"])
    assert f"goals-{len(goals)}-text" not in after


@pytest.mark.parametrize("button", ["", "add", "add-rows", "remove-goals", "up-goals-x", "up-goals-1000"])
def test_anything_else_is_no_button(button: str) -> None:
    assert RowAct.from_button(button) is None


def test_there_are_never_more_rows_than_fit() -> None:
    act = RowAct.from_button("add-goals")
    assert act is not None
    assert act_on(TYPED, act, most=2) == TYPED


@given(st.lists(st.text(max_size=3), max_size=6), st.integers(0, 7))
def test_moving_a_row_down_and_up_again_changes_nothing(texts: list[str], at: int) -> None:
    typed = {f"services-{n}-title": [text] for n, text in enumerate(texts)}
    down, up = RowAct("down", "services", at), RowAct("up", "services", at + 1)
    assert act_on(act_on(typed, down, most=9), up, most=9) == typed
