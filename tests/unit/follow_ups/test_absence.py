"""The absence ladder as shipped, climbed around 추석 2026 (off from Thu 24 to Sun 27 September)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from app.core.holidays import working_days
from app.follow_ups.rules import (
    AbsenceAnswer,
    Contact,
    ContactMode,
    LadderAction,
    Purpose,
    judge_absence,
    ladder_from,
    sentence,
    vain_tries,
)

DAYS = working_days(range(2026, 2027))
LADDER = ladder_from(
    json.loads((Path(__file__).parents[3] / "seed_data/absence_ladder.json").read_text(encoding="utf-8"))
)
TODAY = date(2026, 9, 30)
ABSENT, NO_ANSWER, FACE, CALL = (
    ContactMode.ABSENT,
    ContactMode.NO_ANSWER,
    ContactMode.FACE,
    ContactMode.CALL,
)


def september(day: int, mode: ContactMode) -> Contact:
    return Contact(date(2026, 9, day), mode, Purpose.WELFARE)


def judge(*contacts: Contact, risk: str = "MEDIUM", lives_alone: bool = False) -> AbsenceAnswer | None:
    return judge_absence(contacts, LADDER, risk=risk, lives_alone=lives_alone, today=TODAY, working_days=DAYS)


@pytest.mark.parametrize(
    ("contacts", "action", "due_on"),
    [
        ([september(21, ABSENT)], LadderAction.ANOTHER_TIME, date(2026, 9, 28)),  # Tue, Wed, Mon
        ([september(14, ABSENT), september(21, NO_ANSWER)], LadderAction.CALL_AND_NEIGHBOUR, date(2026, 9, 23)),
        (
            [september(14, ABSENT), september(16, ABSENT), september(26, ABSENT)],
            LadderAction.SUPERVISOR_DECIDES,
            date(2026, 9, 26),  # the same day, a holiday or not
        ),
        ([september(day, ABSENT) for day in (1, 2, 3, 4)], LadderAction.SUPERVISOR_DECIDES, date(2026, 9, 4)),
    ],
)
def test_each_vain_try_asks_for_the_next_step(contacts: list[Contact], action: LadderAction, due_on: date) -> None:
    answer = judge(*contacts)
    assert answer is not None
    assert (answer.action, answer.due_on, answer.tries) == (action, due_on, len(contacts))
    assert answer.alerts_supervisor


@pytest.mark.parametrize("mode", [FACE, CALL, ContactMode.OFFICE])
def test_reaching_somebody_begins_the_count_anew(mode: ContactMode) -> None:
    tries = [september(1, ABSENT), september(2, ABSENT), september(3, ABSENT)]
    assert judge(*tries, september(4, mode)) is None
    again = judge(*tries, september(4, mode), september(7, ABSENT))
    assert again is not None
    assert (again.tries, again.action) == (1, LadderAction.ANOTHER_TIME)


@pytest.mark.parametrize("mode", [ContactMode.LETTER, ContactMode.TEXT, ContactMode.NEIGHBOUR])
def test_a_letter_a_text_or_a_neighbour_neither_counts_nor_resets(mode: ContactMode) -> None:
    answer = judge(september(1, ABSENT), september(2, mode), september(3, ABSENT))
    assert answer is not None
    assert answer.tries == 2


@pytest.mark.parametrize(
    ("risk", "lives_alone", "action"),
    [
        ("HIGH", True, LadderAction.SUPERVISOR_DECIDES),
        ("HIGH", False, LadderAction.ANOTHER_TIME),
        ("MEDIUM", True, LadderAction.ANOTHER_TIME),
        ("NONE", True, LadderAction.ANOTHER_TIME),
    ],
)
def test_one_absence_of_a_high_risk_person_living_alone_goes_to_the_supervisor(
    risk: str, *, lives_alone: bool, action: LadderAction
) -> None:
    answer = judge(september(21, NO_ANSWER), risk=risk, lives_alone=lives_alone)
    assert answer is not None
    assert answer.action is action


def test_tries_of_one_day_all_count_in_the_order_they_were_made() -> None:
    answered_last = [september(21, ABSENT), september(21, NO_ANSWER), september(21, CALL)]
    absent_last = [september(21, CALL), september(21, ABSENT), september(21, NO_ANSWER)]
    assert vain_tries(answered_last, LADDER, TODAY) == []
    assert len(vain_tries(absent_last, LADDER, TODAY)) == 2


def test_a_try_still_ahead_is_not_counted() -> None:
    assert vain_tries([september(30, ABSENT), september(29, ABSENT)], LADDER, date(2026, 9, 29)) == [
        september(29, ABSENT)
    ]


def test_the_step_keeps_its_name_while_tries_go_on_so_that_one_alert_is_enough() -> None:
    tries = [september(day, ABSENT) for day in (1, 2, 3)]
    third, fourth = judge(*tries), judge(*tries, september(8, ABSENT))
    assert third is not None
    assert fourth is not None
    assert (third.first_try_on, third.step_number) == (fourth.first_try_on, fourth.step_number)


def test_the_reason_tells_the_tries_and_a_check_with_neighbours() -> None:
    answer = judge(september(14, ABSENT), september(21, NO_ANSWER), september(22, ContactMode.NEIGHBOUR))
    assert answer is not None
    assert answer.neighbour_checked_on == date(2026, 9, 22)
    assert sentence(answer.because) == (
        "연속 부재 2번, 마지막 2026-09-21(월) 전화-무응답. 이웃·관리소 확인 뒤 다시 방문, 2026-09-28(월)까지. "
        "이웃·관리소 확인 2026-09-22(화). 부재 단계 v2026."
    )


def test_an_older_check_with_neighbours_is_not_held_against_a_newer_try() -> None:
    answer = judge(september(14, ContactMode.NEIGHBOUR), september(21, ABSENT))
    assert answer is not None
    assert answer.neighbour_checked_on is None


def test_a_risk_level_the_ladder_does_not_know_is_an_error() -> None:
    with pytest.raises(KeyError):
        judge(september(21, ABSENT), risk="EXTREME")
