"""When something has waited too long, and in which words people hear of it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from app.core.holidays import working_days
from app.follow_ups.rules import LongBreak, Profession, RuleKind
from app.follow_ups.rules.dues import Due
from app.households.rules import Risk
from app.reminders.rules import (
    EscalationError,
    Heap,
    Morning,
    Numbered,
    Week,
    Weekly,
    escalation_from,
    is_time_to_tell,
    overdue_since,
    overdue_text,
    subject_of,
    week_before,
)
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.reference import read_shipped
from tests.moments import TODAY, at, day

DAYS = working_days(range(2025, 2029))
PATIENCE = {"HIGH": 1, "MEDIUM": 3, "LOW": 7, "NONE": 10}


def document(**changes: Any) -> str:
    return json.dumps({"version": "2026", "source": "자체 기본값", "working_days_past_due": PATIENCE} | changes)


def due_of(due_on: date, *, today: date = TODAY, **changes: Any) -> Due:
    plain = {
        "term_id": 5, "household_id": 7, "member_id": None, "label": "집중관리군 방문", "profession": Profession.NURSE,
        "kind": RuleKind.INTERVAL, "today": today, "due_on": due_on, "window_start": due_on - timedelta(days=7),
        "limit_on": None, "done": None, "needed": None, "because": ("규칙",),
    }  # fmt: skip
    return Due(**(plain | changes))  # type: ignore[arg-type]


@given(
    today=st.dates(date(2026, 2, 1), date(2028, 12, 1)).filter(DAYS.is_working), patience=st.integers(0, 12),
    ago=st.integers(0, 40),
)  # fmt: skip
def test_it_is_told_when_more_working_days_went_by_than_the_risk_allows(today: date, patience: int, ago: int) -> None:
    escalation = escalation_from(document(working_days_past_due=dict.fromkeys(PATIENCE, patience)))
    due_on = today - timedelta(days=ago)
    late = DAYS.count_between(due_on + timedelta(days=1), today)
    assert (due_on < escalation.told_before(today, DAYS)[Risk.HIGH]) == (late > patience)


@pytest.mark.parametrize(
    ("due_on", "today", "told"),
    [
        (date(2026, 11, 20), date(2026, 11, 23), False),  # Friday, then Monday: one working day
        (date(2026, 11, 20), date(2026, 11, 24), True),
        (date(2026, 9, 23), date(2026, 9, 28), False),  # 추석: 24 to 27 September are days off
        (date(2026, 9, 23), date(2026, 9, 29), True),
    ],
)
def test_days_off_pass_unnoticed(due_on: date, today: date, told: bool) -> None:
    assert (due_on < escalation_from(document()).told_before(today, DAYS)[Risk.HIGH]) is told


def test_the_shipped_table_is_sound_and_says_where_it_comes_from() -> None:
    shipped = escalation_from(json.dumps(read_shipped("escalation")))
    assert shipped.source.startswith("자체 기본값")
    patience = [shipped.patience[risk] for risk in Risk]
    assert patience == sorted(patience), "the higher the risk, the sooner"


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", "7", document(version=None)[:-1], document(working_days_past_due={}),
        document(working_days_past_due=PATIENCE | {"HUGE": 1}), document(working_days_past_due={"HIGH": 1}),
        document(working_days_past_due=PATIENCE | {"HIGH": -1}), document(working_days_past_due=PATIENCE | {"HIGH": "1"}),
        document(working_days_past_due=PATIENCE | {"HIGH": True}), document(working_days_past_due=PATIENCE | {"LOW": 61}),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_used_is_refused(text: str) -> None:
    with pytest.raises(EscalationError, match=r"escalation\.json"):
        escalation_from(text)


def test_only_what_is_overdue_on_the_list_is_overdue_here() -> None:
    assert overdue_since(due_of(day(0))) is None
    assert overdue_since(due_of(day(-1))) == day(-1)
    deadline = {"kind": RuleKind.DEADLINE}
    assert overdue_since(due_of(day(-9), **deadline)) is None, "past its target only"
    assert overdue_since(due_of(day(-9), limit_on=day(2), **deadline)) is None
    assert overdue_since(due_of(day(-9), limit_on=day(-2), **deadline)) == day(-2)


def test_a_new_due_date_is_another_thing_to_tell() -> None:
    subjects = {
        subject_of(5, 7, day(-1)),
        subject_of(5, 7, day(-2)),
        subject_of(6, 7, day(-1)),
        subject_of(None, 7, day(-1)),
    }
    assert len(subjects) == 4
    assert subject_of(5, 7, day(-1)) == "overdue:5:2026-11-22"
    assert subject_of(None, 7, day(-1)) == "overdue:absence-7:2026-11-22"


def test_the_words_say_how_long_by_working_days() -> None:
    text = overdue_text("가람-0127", due_of(date(2026, 11, 18)), DAYS)
    assert text == "가람-0127 집중관리군 방문 기한(11/18 수)이 근무일로 3일 지났습니다."
    assert overdue_text("가람-0127", due_of(day(0)), DAYS) == ""


def numbered(count: int) -> Heap:
    return Heap(tuple(Numbered(key, f"가람-{key:04}") for key in range(1, count + 1)))


def test_long_heaps_are_counted_not_spelled_out() -> None:
    assert numbered(2).words == "가람-0001, 가람-0002"
    assert numbered(13).words.endswith("가람-0010 외 3가구")
    assert (len(numbered(13)), len(numbered(13).shown)) == (13, 10)
    assert not numbered(0)


def test_the_inbox_names_what_there_is_and_nothing_else() -> None:
    assert Morning(TODAY).is_empty
    assert Morning(TODAY).text == ""
    coming = LongBreak(day(2), day(5), "추석 연휴", day(1))
    morning = Morning(TODAY, overdue=numbered(3), planned=numbered(1), coming=coming, before_break=2)
    assert morning.text == "기한 지남 3가구 · 예정된 방문 1건 · 연휴 전 방문 권장 2가구"
    assert not morning.is_empty
    assert Morning(TODAY, overdue=numbered(13), due=numbered(2)).named_ids == list(range(1, 11))


@pytest.mark.parametrize("offset", range(7))
def test_the_week_before_is_the_last_whole_one(offset: int) -> None:
    week = week_before(TODAY + timedelta(days=offset))
    assert (week.first_on, week.last_on) == (date(2026, 11, 16), date(2026, 11, 22))
    assert week.words == "11/16(월)~11/22(일)"
    assert week.subject == "weekly:2026-11-16"


def test_a_week_without_anything_still_has_its_numbers() -> None:
    text = Weekly(Week(day(-7)), (), overdue=0, unseen=4, decisions=1).text
    assert (
        text
        == "11/16(월)~11/22(일) 방문 0건, 부재 0건 · 지금 기한 지남 0가구 · 90일 넘게 못 만남 4가구 · 팀장 판단 1가구"
    )


@pytest.mark.parametrize(
    ("hour", "minute", "told"), [(6, 59, False), (7, 0, True), (18, 59, True), (19, 0, False), (3, 0, False)]
)
def test_nobody_is_told_anything_at_night(hour: int, minute: int, told: bool) -> None:
    assert is_time_to_tell(at(TODAY, hour, minute)) is told
