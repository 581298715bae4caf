"""Signing in: one generic answer, a lock the database counts, and a trace of every try."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from app.access.identity import Origin
from app.accounts import service
from app.accounts.models import SignInFailure, UserSession
from app.accounts.rules import FAILURES_PER_ACCOUNT, FAILURES_PER_ACCOUNT_AND_ADDRESS, LOCK_WINDOW
from app.accounts.service import REFUSED, Refusal
from app.audit.rules import Action
from app.core.database import unit_of_work
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.databases import Database
from tests.factories.access_log import list_entries
from tests.factories.town import PASSWORD, TABLET, Town

WRONG = "봄비가 조용히 내리는 저녁 골목길!"
ELSEWHERE = Origin(address="10.99.0.1", device="elsewhere")


def sign_in(session: Session, login: str, password: str, *, now: datetime, origin: Origin = TABLET) -> str | Refusal:
    return service.sign_in(session, login, password, origin=origin, now=now)


def fail(session: Session, times: int, *, now: datetime, login: str = "nurse", origin: Origin = TABLET) -> None:
    for _ in range(times):
        assert sign_in(session, login, WRONG, now=now, origin=origin) == Refusal()


def test_the_right_password_opens_a_session_and_only_its_hash_is_kept(
    session: Session, town: Town, now: datetime
) -> None:
    token = sign_in(session, "nurse", PASSWORD, now=now)
    assert isinstance(token, str)
    opened = session.scalars(select(UserSession)).one()
    assert opened.account_id == town.nurse.id
    assert token not in (opened.token_hash, str(opened.id))
    assert opened.token_hash == service.hash_of(token)
    assert (opened.address, opened.device, opened.created_at) == ("10.20.0.7", "tablet", now)


def test_every_token_is_another_one(session: Session, town: Town, now: datetime) -> None:
    tokens = {sign_in(session, "nurse", PASSWORD, now=now) for _ in range(3)}
    assert len(tokens) == 3


@pytest.mark.parametrize(
    ("login", "password"),
    [("nurse", WRONG), ("nobody", PASSWORD), ("", ""), ("NURSE", PASSWORD), ("nurse ", PASSWORD), ("nurse", "")],
    ids=["wrong password", "no such login", "nothing", "capitals", "a space more", "no password"],
)
def test_whatever_is_wrong_the_answer_is_the_same(
    session: Session, town: Town, now: datetime, login: str, password: str
) -> None:
    assert sign_in(session, login, password, now=now) == Refusal(REFUSED)
    assert session.scalar(select(func.count()).select_from(UserSession)) == 0


def test_a_disabled_account_is_refused_like_a_wrong_password(session: Session, town: Town, now: datetime) -> None:
    service.disable(session, town.nurse, actor=town.who(town.administrator), now=now)
    assert sign_in(session, "nurse", PASSWORD, now=now) == Refusal()


def test_a_hash_nobody_can_read_lets_nobody_in(session: Session, town: Town, now: datetime) -> None:
    town.nurse.password_hash = "!"
    assert sign_in(session, "nurse", PASSWORD, now=now) == Refusal()


def test_five_wrong_passwords_lock_the_account_for_this_address_only(
    session: Session, town: Town, now: datetime
) -> None:
    fail(session, FAILURES_PER_ACCOUNT_AND_ADDRESS - 1, now=now)
    assert isinstance(sign_in(session, "nurse", PASSWORD, now=now), str)
    fail(session, FAILURES_PER_ACCOUNT_AND_ADDRESS, now=now)
    assert sign_in(session, "nurse", PASSWORD, now=now) == Refusal()
    assert isinstance(sign_in(session, "nurse", PASSWORD, now=now, origin=ELSEWHERE), str)
    assert isinstance(sign_in(session, "worker", PASSWORD, now=now), str)


def test_fifteen_wrong_passwords_from_anywhere_lock_the_account_everywhere(
    session: Session, town: Town, now: datetime
) -> None:
    for number in range(FAILURES_PER_ACCOUNT):
        fail(session, 1, now=now, origin=Origin(address=f"10.99.1.{number}"))
    assert sign_in(session, "nurse", PASSWORD, now=now) == Refusal()


def test_a_login_that_does_not_exist_is_counted_like_one_that_does(session: Session, town: Town, now: datetime) -> None:
    """Otherwise the lock would tell which logins exist."""
    fail(session, FAILURES_PER_ACCOUNT_AND_ADDRESS, now=now, login="nobody")
    counted = session.scalar(select(func.count()).where(SignInFailure.login_hash == service.hash_of("nobody")))
    assert counted == FAILURES_PER_ACCOUNT_AND_ADDRESS


def test_the_typed_login_is_not_kept(session: Session, town: Town, now: datetime) -> None:
    fail(session, 1, now=now, login="비밀번호를 아이디 칸에")
    kept = session.scalars(select(SignInFailure)).one()
    assert "비밀번호" not in f"{kept.login_hash} {kept.address}"


def test_the_lock_opens_when_its_time_is_over(session: Session, town: Town, now: datetime) -> None:
    fail(session, FAILURES_PER_ACCOUNT_AND_ADDRESS, now=now)
    assert sign_in(session, "nurse", PASSWORD, now=now + LOCK_WINDOW - timedelta(seconds=1)) == Refusal()
    later = now + 2 * LOCK_WINDOW
    assert isinstance(sign_in(session, "nurse", PASSWORD, now=later), str)


def test_a_success_forgets_the_failures_of_its_own_address_only(session: Session, town: Town, now: datetime) -> None:
    fail(session, 4, now=now)
    fail(session, 3, now=now, origin=ELSEWHERE)
    sign_in(session, "nurse", PASSWORD, now=now)
    assert session.scalars(select(SignInFailure.address)).all() == [ELSEWHERE.address] * 3


def test_old_failures_are_dropped_and_young_ones_kept(session: Session, town: Town, now: datetime) -> None:
    fail(session, 2, now=now - LOCK_WINDOW - timedelta(seconds=1))
    fail(session, 1, now=now)
    assert service.forget_old_failures(session, now=now) == 2
    assert session.scalars(select(SignInFailure.at)).all() == [now]


def test_entering_and_being_refused_are_both_in_the_access_log(session: Session, town: Town, now: datetime) -> None:
    fail(session, 1, now=now)
    sign_in(session, "nurse", PASSWORD, now=now)
    rows = list_entries(session, actor_ids=frozenset({town.nurse.id}))
    assert [row.action for row in rows] == [Action.SIGN_IN, Action.SIGN_IN_REFUSED]
    assert {row.address for row in rows} == {"10.20.0.7"}


def test_the_lock_is_counted_across_connections(fresh_database: Database, now: datetime) -> None:
    """Every web worker has its own connection; none of them may start counting from zero."""
    for _ in range(FAILURES_PER_ACCOUNT_AND_ADDRESS):
        with Session(fresh_database.engine) as session, unit_of_work(session):
            sign_in(session, "nurse", WRONG, now=now)
    with Session(fresh_database.engine) as session, unit_of_work(session):
        assert sign_in(session, "nurse", PASSWORD, now=now) == Refusal()


def test_a_guess_waits_for_the_one_before_it_to_be_counted(fresh_database: Database, now: datetime) -> None:
    """Otherwise as many parallel guesses as there are workers would all be judged before any of them counts."""
    with Session(fresh_database.engine) as session, unit_of_work(session):
        fail(session, FAILURES_PER_ACCOUNT_AND_ADDRESS - 1, now=now)

    def guess_right() -> str | Refusal:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            return sign_in(session, "nurse", PASSWORD, now=now)

    with ThreadPoolExecutor(1) as pool:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            fail(session, 1, now=now)
            right = pool.submit(guess_right)
            with suppress(TimeoutError):
                right.result(timeout=0.3)
        assert right.result(timeout=10) == Refusal()
