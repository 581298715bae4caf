"""What a rule says in plain Korean, and what nobody may take it for."""

from __future__ import annotations

from datetime import date

import pytest
from app.follow_ups.rules import (
    AfterEvent,
    ContactMode,
    Deadline,
    Interval,
    LadderAction,
    LadderStep,
    Once,
    Parameters,
    Purpose,
    Quota,
    RuleKind,
    RuleVersion,
    Shift,
    Span,
    rule_from,
)
from app.follow_ups.rules.descriptions import (
    Confidence,
    confidence_of,
    counts_in_words,
    parameters_in_words,
    proposed_label,
    rule_in_words,
    shift_in_words,
    step_in_words,
    whom_in_words,
    within_in_words,
)
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.reference import read_shipped

SHIPPED = read_shipped("follow_up_rules")


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        (Interval(Span(days=30)), "30일마다"),
        (Interval(Span(months=3), Span(days=14)), "3개월마다, 첫 접촉은 14일 안"),
        (Interval(Span(months=3), Span(months=3)), "3개월마다"),
        (Quota(8, Span(months=3), repeats=False), "3개월에 8회"),
        (Quota(2, Span(months=9), repeats=True), "9개월에 2회, 기간마다 되풀이"),
        (Deadline(10, None, about=True), "10일 내외"),
        (Deadline(10), "10일 내외"),
        (Deadline(30, 30), "30일 이내, 최종 기한"),
        (Deadline(30, 30, about=True), "30일 내외, 최종 기한"),
        (Deadline(10, 30), "10일 내외, 늦어도 30일"),
        (Deadline(0), "기준일 당일"),
        (Once(), "정한 날"),
        (Once(30), "30일 뒤 하루"),
        (AfterEvent(3), "사건부터 3일 안"),
    ],
)
def test_parameters_are_said_in_words(parameters: Parameters, words: str) -> None:
    assert parameters_in_words(parameters) == words


@pytest.mark.parametrize(
    ("kind", "modes", "purposes", "words"),
    [
        (RuleKind.INTERVAL, {ContactMode.FACE}, {Purpose.NURSING}, "방문-대면 · 방문간호"),
        (RuleKind.INTERVAL, {ContactMode.OFFICE, ContactMode.FACE}, set(), "방문-대면, 내방 · 목적 무관"),
        (RuleKind.QUOTA, set(), {Purpose.JOINT, Purpose.WELFARE}, "모든 방법 · 복지, 공동방문"),
        (RuleKind.DEADLINE, set(), set(), "업무를 기록하면 닫힘"),
    ],
)
def test_what_counts_is_said_in_the_order_of_the_lists(
    kind: RuleKind, modes: set[ContactMode], purposes: set[Purpose], words: str
) -> None:
    assert counts_in_words(kind, modes, purposes) == words


@pytest.mark.parametrize(
    ("kind", "shift", "words"),
    [
        (RuleKind.INTERVAL, Shift.EARLIER, "휴일이면 앞당김"),
        (RuleKind.ONCE, Shift.LATER, "휴일이면 미룸"),
        (RuleKind.INTERVAL, Shift.NONE, "휴일에도 그대로"),
        (RuleKind.AFTER_EVENT, Shift.EARLIER, "휴일에도 그대로"),
    ],
)
def test_where_a_date_goes_is_said_as_the_engine_does_it(kind: RuleKind, shift: Shift, words: str) -> None:
    assert shift_in_words(kind, shift) == words


@pytest.mark.parametrize("row", SHIPPED, ids=[row["code"] for row in SHIPPED])
def test_every_shipped_rule_has_words_and_no_parameter_shows(row: dict[str, object]) -> None:
    words = rule_in_words(rule_from(row))
    for text in (words.asks, words.counts, words.shift, words.lead, whom_in_words(str(row["whom"]))):
        assert text
        assert not any(sign.isascii() and sign.isalpha() for sign in text), text


def test_the_lead_is_that_of_the_engine() -> None:
    quota = RuleVersion("Q", "1", Quota(2, Span(months=1), repeats=True))
    assert rule_in_words(quota).lead == "기한 3일 앞부터"
    assert rule_in_words(RuleVersion("Q", "1", Interval(Span(days=7)), lead_days=0)).lead == "기한 당일부터"


@pytest.mark.parametrize("confidence", Confidence)
def test_only_an_official_source_goes_without_a_caution(confidence: Confidence) -> None:
    assert (confidence.caution == "") == (confidence is Confidence.HIGH)
    assert confidence.short


@pytest.mark.parametrize("word", ["", "high", "LAW", "공식"])
def test_a_word_nobody_knows_vouches_for_nothing(word: str) -> None:
    assert confidence_of(word) is Confidence.DEFAULT
    assert [confidence_of(each.value) for each in Confidence] == list(Confidence)


@pytest.mark.parametrize(
    ("from_try", "next_from", "words"),
    [(1, 2, "1번째"), (1, 4, "1~3번째"), (3, None, "3번째부터"), (1, None, "1번째부터")],
)
def test_a_step_says_for_which_tries_it_holds(from_try: int, next_from: int | None, words: str) -> None:
    def step(number: int) -> LadderStep:
        return LadderStep(number, LadderAction.ANOTHER_TIME, 3, alerts_supervisor=True)

    assert step_in_words(step(from_try), step(next_from) if next_from else None) == words


def test_no_working_days_is_the_same_day() -> None:
    assert (within_in_words(0), within_in_words(3)) == ("그날", "근무일 3일 안")


@pytest.mark.parametrize(
    ("taken", "label"),
    [
        ([], "2026-1"),
        (["2026"], "2026-2"),
        (["2026", "2026-2"], "2026-3"),
        (["2026-7", "2026-2"], "2026-8"),
        (["2025", "2025-9"], "2026-1"),
        (["2026-겨울", "2026-²", "2026-"], "2026-1"),
        (["2026-" + "9" * 40], "2026-1"),
    ],
)
def test_the_next_name_of_a_version_is_proposed(taken: list[str], label: str) -> None:
    assert proposed_label(date(2026, 11, 23), taken) == label


@given(st.lists(st.one_of(st.text(max_size=12), st.from_regex(r"2026(-\d{1,4})?", fullmatch=True)), max_size=12))
def test_a_proposed_name_is_free_whatever_is_taken(taken: list[str]) -> None:
    assert proposed_label(date(2026, 11, 23), taken) not in taken
