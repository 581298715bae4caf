"""이웃신고: what may be ticked, who sends too much, what a sender's key tells, and what a report weighs."""

from __future__ import annotations

import re

import pytest
from app.discoveries.rules.neighbours import (
    LIKE_CODES,
    MOST_OF_ALL,
    MOST_OF_ONE,
    MOST_OF_ONE_A_DAY,
    RECEIPT_DIGITS,
    Seen,
    Sign,
    codes_of,
    is_too_much,
    may_see_reporter,
    receipt_from,
    sender_key,
    signs_of,
    summary_of,
)
from hypothesis import given
from hypothesis import strategies as st

SECRET = "a secret of this test"


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (Seen(0, 0, 0), False),
        (Seen(MOST_OF_ONE - 1, MOST_OF_ONE - 1, MOST_OF_ALL - 1), False),
        (Seen(MOST_OF_ONE, MOST_OF_ONE, 5), True),
        (Seen(0, MOST_OF_ONE_A_DAY, 0), True),
        (Seen(0, 0, MOST_OF_ALL), True),
    ],
)
def test_one_sender_and_everybody_together_have_a_limit(seen: Seen, expected: bool) -> None:
    assert is_too_much(seen) is expected


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.integers(0, 9))
def test_more_reports_are_never_less_than_too_much(one: int, day: int, everybody: int, more: int) -> None:
    if is_too_much(Seen(one, day, everybody)):
        assert is_too_much(Seen(one + more, day + more, everybody + more))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.7", "::ffff:192.0.2.7", False),
        ("", "", True),
    ],
)
def test_a_sender_is_a_line_not_a_device(one: str, other: str, same: bool) -> None:
    assert (sender_key(one, SECRET) == sender_key(other, SECRET)) is same


def test_a_key_tells_nothing_without_the_secret() -> None:
    key = sender_key("192.0.2.7", SECRET)
    assert re.fullmatch("[0-9a-f]{64}", key)
    assert "192" not in key or sender_key("192.0.2.7", "another") != key
    assert sender_key("192.0.2.7", "another secret") != key


@given(st.integers(0, 10**RECEIPT_DIGITS - 1))
def test_a_receipt_has_always_the_same_shape(number: int) -> None:
    assert re.fullmatch(r"\d{4}-\d{4}", receipt_from(number))


def test_stored_signs_come_back_in_the_order_of_the_list_and_unknown_ones_not_at_all() -> None:
    assert signs_of(["DESPAIR", "뷁", "UNSEEN"]) == (Sign.UNSEEN, Sign.DESPAIR)


def test_what_speaks_of_a_crisis_weighs_as_its_code_and_keeps_its_own_words() -> None:
    codes = codes_of(tuple(Sign))
    assert len(codes) == len(Sign), "no two signs weigh as one"
    assert codes["CI_SELF_HARM"] == "이웃이 봄: 죽고 싶다고 해요"
    assert codes["SEEN_MAIL"] == "이웃이 봄: 우편물이 쌓여 있어요"
    assert {LIKE_CODES[sign] for sign in LIKE_CODES} <= codes.keys()


def test_a_summary_is_what_was_ticked() -> None:
    assert summary_of((Sign.MAIL, Sign.SMELL)) == "우편물이 쌓여 있어요 · 이상한 냄새가 나요"
    assert summary_of(()) == "그 밖의 일"


@pytest.mark.parametrize(
    ("holder", "acting", "supervisor", "expected"),
    [
        (7, {7}, False, True),
        (7, {8, 7}, False, True),
        (7, {8}, False, False),
        (None, {8}, False, False),
        (None, {8}, True, True),
    ],
)
def test_the_holder_and_the_supervisor_read_who_reported(
    holder: int | None, acting: set[int], supervisor: bool, expected: bool
) -> None:
    assert may_see_reporter(holder_id=holder, acting_for=acting, is_supervisor=supervisor) is expected
