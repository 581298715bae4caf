"""Passwords, locks and time-outs, as the security design decided them."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from app.access.permissions import Role
from app.accounts import service
from app.accounts.rules import (
    FAILURES_PER_ACCOUNT,
    FAILURES_PER_ACCOUNT_AND_ADDRESS,
    LOCK_WINDOW,
    LONGEST_SESSION,
    Failures,
    ends_at,
    idle_limit,
    is_locked,
    password_problem,
)
from argon2 import extract_parameters
from argon2.low_level import Type

START = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
GOOD = "봄비가 조용히 내리는 저녁 길"


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "x9!kf Lq2@ m4zT",
        "가나다라마바사아자차카타파하거",
        "correct horse battery staple",
        "nurs e 로 시작하지 않는 문장",
        "abcdef" + "g" * 122,
    ],
)
def test_a_password_is_good(password: str) -> None:
    assert password_problem(password, login="nurse") is None


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "15자 이상"),
        ("가나다라마바사아자차카타파하", "15자 이상"),
        ("x9!kf Lq2@ m4z", "15자 이상"),
        ("가나다라마바사" * 19, "128자 이하"),
        ("나의 아이디는 Nurse 입니다만 괜찮나", "아이디"),
        ("aaaaaaaaaaaaaaaa", "쉽게 짐작"),
        ("abcabcabcabcabcabc", "쉽게 짐작"),
        ("my PASSWORD is quite long", "쉽게 짐작"),
        ("우리동네 행정복지센터 최고다", "쉽게 짐작"),
        ("qwertyuiopasdfghjkl", "쉽게 짐작"),
    ],
)
def test_a_password_is_refused_and_told_why(password: str, said: str) -> None:
    problem = password_problem(password, login="nurse")
    assert problem is not None
    assert said in problem


@pytest.mark.parametrize("password", ["가나다라마바사아자차카타파하", "우리동네 행정복지센터 최고다", GOOD])
def test_letters_composed_on_a_mac_are_judged_as_those_composed_on_a_pc(password: str) -> None:
    apart = unicodedata.normalize("NFD", password)
    assert password_problem(apart, login="nurse") == password_problem(password, login="nurse")


@pytest.mark.parametrize(
    ("here", "anywhere", "locked"),
    [
        (0, 0, False),
        (FAILURES_PER_ACCOUNT_AND_ADDRESS - 1, FAILURES_PER_ACCOUNT - 1, False),
        (FAILURES_PER_ACCOUNT_AND_ADDRESS, FAILURES_PER_ACCOUNT_AND_ADDRESS, True),
        (0, FAILURES_PER_ACCOUNT - 1, False),
        (0, FAILURES_PER_ACCOUNT, True),
    ],
)
def test_the_lock_counts_here_and_everywhere(here: int, anywhere: int, locked: bool) -> None:
    assert is_locked(Failures(here, anywhere)) is locked


def test_the_limits_are_those_of_the_security_design() -> None:
    assert (5, 15, timedelta(minutes=10)) == (FAILURES_PER_ACCOUNT_AND_ADDRESS, FAILURES_PER_ACCOUNT, LOCK_WINDOW)
    assert timedelta(hours=8) == LONGEST_SESSION


@pytest.mark.parametrize("role", Role)
def test_fifteen_minutes_in_the_field_ten_at_a_desk(role: Role) -> None:
    minutes = 15 if role in (Role.WORKER, Role.NURSE) else 10
    assert idle_limit(role) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("seen_minutes", "ends_minutes"), [(0, 15), (60, 75), (464, 479), (465, 480), (470, 480), (479, 480)]
)
def test_a_session_ends_at_its_idle_limit_or_after_eight_hours(seen_minutes: int, ends_minutes: int) -> None:
    ends = ends_at(Role.NURSE, created_at=START, seen_at=START + timedelta(minutes=seen_minutes))
    assert ends == START + timedelta(minutes=ends_minutes)


def test_passwords_are_hashed_as_owasp_asks_and_a_missing_login_costs_the_same() -> None:
    parameters = extract_parameters(service._NOBODY)
    assert parameters.type is Type.ID
    assert (parameters.time_cost, parameters.memory_cost, parameters.parallelism) == (2, 19 * 1024, 1)
