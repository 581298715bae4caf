"""What a supervisor's decision must say before it is stored."""

from __future__ import annotations

from datetime import date

import pytest
from app.core.errors import RuleBroken
from app.follow_ups.rules import AbsenceVerdict, check_decision, decision_words, next_words
from app.follow_ups.rules.absence_decisions import LONGEST_WAIT_DAYS
from tests.moments import TODAY, day

KEEP, ENTRY = AbsenceVerdict.KEEP_TRYING, AbsenceVerdict.JOINT_ENTRY


@pytest.mark.parametrize(
    ("verdict", "until_on"),
    [
        (ENTRY, None),
        (AbsenceVerdict.VISIT_AGAIN, None),
        (AbsenceVerdict.LOCATED, None),
        (KEEP, TODAY),
        (KEEP, day(LONGEST_WAIT_DAYS)),
    ],
)
def test_a_decision_with_its_reason_and_its_day_passes(verdict: AbsenceVerdict, until_on: date | None) -> None:
    check_decision(verdict, until_on=until_on, reason="우편물이 쌓임", today=TODAY)


@pytest.mark.parametrize(
    ("verdict", "until_on", "reason", "code", "field"),
    [
        (ENTRY, None, " \n", "REASON_NEEDED", "reason"),
        (KEEP, None, "모름", "UNTIL_NEEDED", "until_on"),
        (KEEP, day(-1), "모름", "UNTIL_PAST", "until_on"),
        (KEEP, day(LONGEST_WAIT_DAYS + 1), "모름", "UNTIL_FAR", "until_on"),
        (ENTRY, day(1), "모름", "UNTIL_UNFIT", "until_on"),
    ],
)
def test_a_decision_is_refused_at_the_field_that_lacks_something(
    verdict: AbsenceVerdict, until_on: date | None, reason: str, code: str, field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_decision(verdict, until_on=until_on, reason=reason, today=TODAY)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_decision_is_told_with_its_day_where_it_has_one() -> None:
    assert decision_words(KEEP, date(2026, 11, 25)) == "날짜를 정해 다시 확인, 11/25(수)까지"
    assert decision_words(ENTRY, None) == "112·119에 공동 출입 요청"


@pytest.mark.parametrize("verdict", AbsenceVerdict)
def test_each_decision_says_what_comes_next(verdict: AbsenceVerdict) -> None:
    assert next_words(verdict).endswith(("다.", "요."))
