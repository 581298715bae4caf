from __future__ import annotations

from typing import Any

import pytest
from app.cases.rules import ReasonsError, reasons_from
from app.seed.reference import read_json

SHIPPED = read_json("closure_reasons.json")
REASONS = {reason.code: reason for reason in reasons_from(SHIPPED).reasons}


def test_every_shipped_reason_names_its_source_and_how_sure_it_is() -> None:
    for reason in REASONS.values():
        assert reason.source
        assert reason.confidence in {"HIGH", "MEDIUM", "DEFAULT"}


def test_lost_contact_and_refusal_ask_for_attempts_and_nothing_else_does() -> None:
    asking = {code for code, reason in REASONS.items() if reason.needs_attempts}
    assert asking == {"CLOSE_NO_CONTACT", "CLOSE_REFUSED"}


def test_aftercare_follows_reached_goals_alone() -> None:
    assert {code for code, reason in REASONS.items() if reason.has_aftercare} == {
        "CLOSE_LONG_GOAL", "CLOSE_SHORT_GOAL", "CLOSE_IMPROVED"
    }  # fmt: skip


def test_nobody_picks_that_a_household_was_not_selected() -> None:
    offered = {reason.code for reason in reasons_from(SHIPPED).offered}
    assert set(REASONS) - offered == {"CLOSE_NOT_SELECTED"}


@pytest.mark.parametrize("reasons", [
    [],
    [{"code": "A", "label": "가"}, {"code": "A", "label": "나"}],
    [{"code": "A", "label": " "}],
])  # fmt: skip
def test_a_list_that_cannot_be_used_says_why(reasons: list[dict[str, Any]]) -> None:
    with pytest.raises(ReasonsError) as caught:
        reasons_from({"version": "1", "effective_from": "2026-01-01", "reasons": reasons})
    assert "사유" in caught.value.problem


def test_the_target_groups_have_a_code_each() -> None:
    groups = read_json("target_groups.json")["groups"]
    assert len({row["code"] for row in groups}) == len(groups) == 13
