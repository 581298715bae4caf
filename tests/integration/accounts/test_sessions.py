"""Sessions are rows: they end when time, an administrator or the person says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from app.access.identity import Origin
from app.access.permissions import Role
from app.accounts import service
from app.accounts.models import Account, UserSession
from app.accounts.queries import list_open_sessions
from app.accounts.rules import IDLE_IN_THE_FIELD, IDLE_IN_THE_OFFICE, LONGEST_SESSION, idle_limit
from app.core.errors import RuleBroken
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.town import PASSWORD, TABLET, Town

SECOND = timedelta(seconds=1)
NEW_PASSWORD = "겨울 들판을 건너는 기차 소리"


def enter(session: Session, account: Account, now: datetime) -> str:
    token = service.sign_in(session, account.login, PASSWORD, origin=TABLET, now=now)
    assert isinstance(token, str)
    return token


def is_open(session: Session, token: str, now: datetime) -> bool:
    return service.resume_session(session, token, now=now) is not None


@pytest.mark.parametrize("token", ["", "unknown", "0" * 43, "' OR 1=1 --", "토큰"])
def test_a_token_nobody_gave_out_opens_nothing(session: Session, town: Town, now: datetime, token: str) -> None:
    assert service.resume_session(session, token, now=now) is None


@pytest.mark.parametrize(
    ("login", "limit"),
    [
        ("nurse", IDLE_IN_THE_FIELD),
        ("worker", IDLE_IN_THE_FIELD),
        ("supervisor", IDLE_IN_THE_OFFICE),
        ("district_officer", IDLE_IN_THE_OFFICE),
        ("administrator", IDLE_IN_THE_OFFICE),
    ],
)
def test_a_session_left_alone_ends_at_its_idle_limit(
    session: Session, town: Town, now: datetime, login: str, limit: timedelta
) -> None:
    token = enter(session, town.accounts[login], now)
    assert is_open(session, token, now + limit - SECOND)
    other = enter(session, town.accounts[login], now)
    assert not is_open(session, other, now + limit)


def test_being_used_keeps_a_session_but_not_beyond_eight_hours(session: Session, town: Town, now: datetime) -> None:
    token, moment = enter(session, town.nurse, now), now
    step = idle_limit(Role.NURSE) - SECOND
    while moment + step < now + LONGEST_SESSION:
        moment += step
        assert is_open(session, token, moment), moment
    assert not is_open(session, token, now + LONGEST_SESSION)


def test_an_expired_session_stays_ended_even_if_the_clock_goes_back(
    session: Session, town: Town, now: datetime
) -> None:
    token = enter(session, town.nurse, now)
    assert not is_open(session, token, now + IDLE_IN_THE_FIELD)
    assert not is_open(session, token, now)
    assert session.scalars(select(UserSession.revoked_because)).one() == "시간 초과"


def test_a_busy_session_is_touched_at_most_every_twenty_seconds(session: Session, town: Town, now: datetime) -> None:
    token = enter(session, town.nurse, now)
    for seconds, seen in ((5, 0), (19, 0), (20, 20), (39, 20), (40, 40)):
        opened = service.resume_session(session, token, now=now + timedelta(seconds=seconds))
        assert opened is not None
        assert opened.seen_at == now + timedelta(seconds=seen)


Ending = Callable[[Session, Town, datetime], object]
ENDINGS: dict[str, Ending] = {
    "the account is disabled": lambda session, town, now: service.disable(
        session, town.nurse, actor=town.who(town.administrator), now=now
    ),
    "the role changes": lambda session, town, now: service.change_role(
        session, town.nurse, Role.WORKER, centre_id=town.garam.id, actor=town.who(town.administrator), now=now
    ),
    "the centre changes": lambda session, town, now: service.change_role(
        session, town.nurse, Role.NURSE, centre_id=town.narae.id, actor=town.who(town.administrator), now=now
    ),
    "the password is reset": lambda session, town, now: service.reset_password(
        session, town.nurse, actor=town.who(town.administrator), now=now
    ),
    "the own password changes": lambda session, town, now: service.change_own_password(
        session, current=PASSWORD, new=NEW_PASSWORD, actor=town.who(town.nurse), now=now
    ),
    "everything is ended": lambda session, town, now: service.revoke_all(
        session, town.nurse.id, because="다른 기기 로그아웃", now=now
    ),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_open_session_ends_at_once_when(session: Session, town: Town, now: datetime, ending: str) -> None:
    tokens = [enter(session, town.nurse, now) for _ in range(2)]
    somebody_else = enter(session, town.worker, now)
    ENDINGS[ending](session, town, now)
    assert [is_open(session, token, now + SECOND) for token in tokens] == [False, False]
    assert is_open(session, somebody_else, now + SECOND)
    assert list_open_sessions(session, town.nurse.id) == []


def test_signing_out_ends_one_session_only(session: Session, town: Town, now: datetime) -> None:
    lost, kept = enter(session, town.nurse, now), enter(session, town.nurse, now)
    opened = service.resume_session(session, lost, now=now)
    assert opened is not None
    service.revoke(session, opened.id, because="로그아웃", now=now)
    assert (is_open(session, lost, now), is_open(session, kept, now)) == (False, True)


def test_changing_the_own_password_keeps_the_session_that_asks(session: Session, town: Town, now: datetime) -> None:
    other, own = enter(session, town.nurse, now), enter(session, town.nurse, now)
    opened = service.resume_session(session, own, now=now)
    assert opened is not None
    actor = town.who(town.nurse, origin=Origin(session_id=opened.id))
    service.change_own_password(session, current=PASSWORD, new=NEW_PASSWORD, actor=actor, now=now)
    assert (is_open(session, own, now), is_open(session, other, now)) == (True, False)
    assert isinstance(service.sign_in(session, "nurse", NEW_PASSWORD, origin=TABLET, now=now), str)
    assert not isinstance(service.sign_in(session, "nurse", PASSWORD, origin=TABLET, now=now), str)


@pytest.mark.parametrize(
    ("current", "new", "code", "field"),
    [
        ("틀린 비밀번호입니다", NEW_PASSWORD, "WRONG_PASSWORD", "current"),
        (PASSWORD, "짧음", "WEAK_PASSWORD", "new"),
        (PASSWORD, "nurse는 나의 아이디입니다만", "WEAK_PASSWORD", "new"),
    ],
)
def test_a_password_change_that_is_refused_changes_nothing(
    session: Session, town: Town, now: datetime, current: str, new: str, code: str, field: str
) -> None:
    token = enter(session, town.nurse, now)
    with pytest.raises(RuleBroken) as refused:
        service.change_own_password(session, current=current, new=new, actor=town.who(town.nurse), now=now)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert is_open(session, token, now)


def test_a_reset_password_must_be_changed_and_is_stored_nowhere(session: Session, town: Town, now: datetime) -> None:
    password = service.reset_password(session, town.nurse, actor=town.who(town.administrator), now=now)
    assert town.nurse.must_change_password
    assert password not in town.nurse.password_hash
    assert isinstance(service.sign_in(session, "nurse", password, origin=TABLET, now=now), str)


def test_an_account_let_in_again_does_not_get_its_old_sessions_back(
    session: Session, town: Town, now: datetime
) -> None:
    token = enter(session, town.nurse, now)
    service.disable(session, town.nurse, actor=town.who(town.administrator), now=now)
    service.enable(session, town.nurse, actor=town.who(town.administrator), now=now)
    assert not is_open(session, token, now)
    assert isinstance(service.sign_in(session, "nurse", PASSWORD, origin=TABLET, now=now), str)
