from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from app.cases.rules import (
    COLUMNS,
    BoardFilter,
    Card,
    CaseClass,
    CaseStage,
    columns_of,
    in_need_order,
    route_label,
)
from app.follow_ups.rules import Profession, RuleKind
from app.follow_ups.rules.dues import Due

TODAY = date(2026, 11, 23)


def due(days: int, *, limit: int | None = None) -> Due:
    """A deadline so many days ahead."""
    limit_on = None if limit is None else TODAY + timedelta(days=limit)
    return Due(
        1, 1, None, "접수→조사", Profession.WORKER, RuleKind.DEADLINE, TODAY, TODAY + timedelta(days=days), TODAY, limit_on, None,
        None, ("접수일 11/13",),
    )  # fmt: skip


CARD = Card(1, 1, "김순자", "가람-0001", CaseStage.INTAKE, TODAY, None, 3, "민하준", is_new=True)
LATE = replace(CARD, case_id=2, dues=(due(-3),), case_class=CaseClass.COMPLEX, stage=CaseStage.PLAN)
SOON = replace(CARD, case_id=3, dues=(due(2),), keeper_id=4)


@pytest.mark.parametrize(("wanted", "kept"), [
    (BoardFilter(), [1, 2, 3]),
    (BoardFilter(late=True), [2]),
    (BoardFilter(keeper_id=4), [3]),
    (BoardFilter(case_class=CaseClass.COMPLEX), [2]),
    (BoardFilter(stage=CaseStage.PLAN), [2]),
    (BoardFilter(stage=CaseStage.PLAN, keeper_id=4), []),
])  # fmt: skip
def test_the_board_is_narrowed_by_keeper_class_stage_and_lateness(wanted: BoardFilter, kept: list[int]) -> None:
    assert [card.case_id for card in (CARD, LATE, SOON) if wanted.keeps(card)] == kept


def test_the_earliest_due_stands_first_and_what_has_no_clock_last() -> None:
    assert [card.case_id for card in in_need_order([CARD, SOON, LATE])] == [2, 3, 1]


def test_every_card_stands_in_one_column() -> None:
    columns = columns_of([CARD, LATE, SOON])
    assert [stage for stage, _ in columns] == list(COLUMNS)
    assert sorted(card.case_id for _, cards in columns for card in cards) == [1, 2, 3]


def test_past_the_target_is_late_and_past_the_limit_as_well() -> None:
    assert replace(CARD, dues=(due(-1, limit=5),)).is_late
    assert replace(CARD, dues=(due(-9, limit=-1),)).is_late
    assert not replace(CARD, dues=(due(0),)).is_late


def test_a_route_is_said_in_words_and_one_of_an_old_list_by_its_code() -> None:
    assert (route_label("KIN"), route_label("OLD")) == ("친족", "OLD")
