"""Change accounts and sessions: sign in and out, create, disable, change a role or a password."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.access.identity import Identity, Origin
from app.access.permissions import Role
from app.accounts import queries
from app.accounts.models import Account, Centre, Cover, District, SignInFailure, UserSession
from app.accounts.queries import FoundSession
from app.accounts.rules import LOCK_WINDOW, SESSIONS_KEPT, AccountDetails, ends_at, is_locked, password_problem
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import RuleBroken

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""argon2id at the OWASP setting: 27 ms where the library's default takes 130 (65 sign-ins a second against 9)."""
_NOBODY = _hasher.hash(secrets.token_urlsafe(24))
"""Checked when there is no such login, so that the answer takes as long as for a real one."""
SEEN_GRANULARITY = timedelta(seconds=20)
REFUSED = "아이디 또는 비밀번호가 맞지 않습니다. 여러 번 틀리면 10분 동안 잠깁니다."


@dataclass(frozen=True, slots=True)
class Refusal:
    """A sign-in that did not succeed. The text is the same whatever the reason."""

    text: str = REFUSED


def hash_of(secret: str) -> str:
    """SHA-256 in hex: what is stored of a session token or a typed login."""
    return hashlib.sha256(secret.encode()).hexdigest()


def sign_in(session: Session, login: str, password: str, *, origin: Origin, now: datetime) -> str | Refusal:
    """Open a session and return its token, or refuse with the one generic answer.

    Wrong login, wrong password, disabled and locked accounts answer alike and take alike. Tries at one account wait
    for each other, so that parallel guesses are counted before the next is judged.
    """
    account = queries.find_account_by_login(session, login, lock=True)
    typed = hash_of(login.casefold())
    locked = is_locked(queries.recent_failures(session, typed, address=origin.address, now=now))
    right = _matches(account.password_hash if account else _NOBODY, password)
    if account is None or account.disabled_at or locked or not right:
        return _refuse(session, account, typed, origin=origin, now=now)
    session.execute(
        delete(SignInFailure).where(SignInFailure.login_hash == typed, SignInFailure.address == origin.address)
    )
    return _open_session(session, account, password, origin=origin, now=now)


def _refuse(session: Session, account: Account | None, typed: str, *, origin: Origin, now: datetime) -> Refusal:
    session.add(SignInFailure(login_hash=typed, address=origin.address, at=now))
    session.flush()
    if account is not None:
        actor = queries.identity_of(session, account, origin=origin, today=korean_date(now))
        audit.record(
            session,
            Action.SIGN_IN_REFUSED,
            subject=f"account:{account.id}",
            row_count=0,
            actor=actor,
            now=now,
        )
    return Refusal()


def _open_session(session: Session, account: Account, password: str, *, origin: Origin, now: datetime) -> str:
    if _hasher.check_needs_rehash(account.password_hash):
        account.password_hash = _hasher.hash(password)
    token = secrets.token_urlsafe(32)
    opened = UserSession(
        token_hash=hash_of(token), account_id=account.id, created_at=now, seen_at=now,
        address=origin.address, device=origin.device,
    )  # fmt: skip
    session.add(opened)
    session.flush()
    actor = queries.identity_of(session, account, origin=origin, today=korean_date(now))
    audit.record(session, Action.SIGN_IN, subject=f"session:{opened.id}", row_count=0, actor=actor, now=now)
    return token


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def resume_session(session: Session, token: str, *, now: datetime) -> FoundSession | None:
    """The live session of a token, touched; None when it is unknown, revoked, expired or its account disabled."""
    found = queries.find_session(session, hash_of(token), today=korean_date(now))
    if found is None or found.is_barred:
        return None
    if now >= ends_at(found.identity.role, created_at=found.created_at, seen_at=found.seen_at):
        revoke(session, found.id, because="시간 초과", now=now)
        return None
    if now - found.seen_at < SEEN_GRANULARITY:
        return found
    session.execute(update(UserSession).where(UserSession.id == found.id).values(seen_at=now))
    return replace(found, seen_at=now)


def revoke(session: Session, session_id: int, *, because: str, now: datetime) -> None:
    """End one session at once; one that has ended stays as it ended."""
    still_open = update(UserSession).where(UserSession.id == session_id, UserSession.revoked_at.is_(None))
    session.execute(still_open.values(revoked_at=now, revoked_because=because))


def revoke_all(session: Session, account_id: int, *, because: str, now: datetime, keep_id: int | None = None) -> None:
    """End every session of an account at once, save perhaps the one that asks."""
    statement = update(UserSession).where(UserSession.account_id == account_id, UserSession.revoked_at.is_(None))
    if keep_id is not None:
        statement = statement.where(UserSession.id != keep_id)
    session.execute(statement.values(revoked_at=now, revoked_because=because))


def create_district(session: Session, name: str) -> District:
    """Add a 시군구."""
    district = District(name=name)
    session.add(district)
    session.flush()
    return district


def create_centre(session: Session, district: District, *, dong: str, name: str, code: str, phone: str = "") -> Centre:
    """Add a centre to a 시군구."""
    centre = Centre(district_id=district.id, dong=dong, name=name, code=code, phone=phone)
    session.add(centre)
    session.flush()
    return centre


def create_account(
    session: Session,
    details: AccountDetails,
    *,
    district_id: int,
    password: str | None = None,
    actor: Identity,
    now: datetime,
) -> tuple[Account, str]:
    """Add an account; returns it with its first password (generated unless given), which is stored nowhere.

    Raises:
        RuleBroken: the login is taken, the password is weak, or a centre role has no centre.
    """
    if queries.find_account_by_login(session, details.login):
        raise RuleBroken("LOGIN_TAKEN", "이미 쓰는 아이디입니다. 다른 아이디를 정해 주세요.", field="login")
    if details.role.belongs_to_centre and details.centre_id is None:
        raise RuleBroken("CENTRE_NEEDED", "이 역할은 소속 센터를 골라야 합니다.", field="centre_id")
    generated = secrets.token_urlsafe(15)
    chosen = _checked(password, login=details.login) if password is not None else generated
    account = Account(
        login=details.login, name=details.name, role=details.role, phone=details.phone, email=details.email,
        district_id=district_id, centre_id=details.centre_id if details.role.belongs_to_centre else None,
        password_hash=_hasher.hash(chosen), must_change_password=password is None, created_at=now,
    )  # fmt: skip
    session.add(account)
    session.flush()
    _record_grant(session, account, f"만듦 {details.role.value}", actor=actor, now=now)
    return account, chosen


def disable(session: Session, account: Account, *, actor: Identity, now: datetime) -> None:
    """Bar an account and end its sessions at once.

    Raises:
        RuleBroken: the administrator would shut himself out.
    """
    if account.id == actor.account_id:
        raise RuleBroken("SELF_DISABLE", "자기 계정은 사용 중지할 수 없습니다. 다른 관리자에게 부탁해 주세요.")
    account.disabled_at = now
    revoke_all(session, account.id, because="계정 사용 중지", now=now)
    _record_grant(session, account, "사용 중지", actor=actor, now=now)


def enable(session: Session, account: Account, *, actor: Identity, now: datetime) -> None:
    """Let an account sign in again."""
    account.disabled_at = None
    _record_grant(session, account, "사용 재개", actor=actor, now=now)


def change_role(
    session: Session, account: Account, role: Role, *, centre_id: int | None, actor: Identity, now: datetime
) -> None:
    """Change role or centre; open sessions end at once, because their scope is no longer right.

    Raises:
        RuleBroken: a centre role without a centre, or one's own role.
    """
    if account.id == actor.account_id:
        raise RuleBroken("SELF_ROLE", "자기 역할은 바꿀 수 없습니다. 다른 관리자에게 부탁해 주세요.", field="role")
    if role.belongs_to_centre and centre_id is None:
        raise RuleBroken("CENTRE_NEEDED", "이 역할은 소속 센터를 골라야 합니다.", field="centre_id")
    before = account.role
    account.role, account.centre_id = role, centre_id if role.belongs_to_centre else None
    revoke_all(session, account.id, because="역할 변경", now=now)
    _record_grant(session, account, f"{before.value} → {role.value}", actor=actor, now=now)


def reset_password(session: Session, account: Account, *, actor: Identity, now: datetime) -> str:
    """Give an account a new first password, returned once; its sessions end at once."""
    password = secrets.token_urlsafe(15)
    account.password_hash, account.must_change_password = _hasher.hash(password), True
    revoke_all(session, account.id, because="비밀번호 재설정", now=now)
    _record_grant(session, account, "비밀번호 재설정", actor=actor, now=now)
    return password


def change_own_password(session: Session, *, current: str, new: str, actor: Identity, now: datetime) -> None:
    """Change one's own password; other sessions of the account end at once.

    Raises:
        RuleBroken: the current password is wrong, or the new one is weak.
    """
    account = queries.get_account(session, actor.account_id or 0)
    if not _matches(account.password_hash, current):
        raise RuleBroken("WRONG_PASSWORD", "지금 비밀번호가 맞지 않습니다.", field="current")
    account.password_hash = _hasher.hash(_checked(new, login=account.login, field="new"))
    account.must_change_password = False
    revoke_all(session, account.id, because="비밀번호 변경", now=now, keep_id=actor.origin.session_id)
    _record_grant(session, account, "비밀번호 변경", actor=actor, now=now)


def choose_theme(session: Session, theme: str, *, actor: Identity) -> None:
    """Remember the light or the high-contrast look for a person."""
    account = queries.get_account(session, actor.account_id or 0)
    account.theme = "contrast" if theme == "contrast" else "light"
    session.flush()


def keep_mail(
    session: Session, account: Account, *, email: str, wants_mail: bool | None = None, actor: Identity, now: datetime
) -> None:
    """Remember where somebody's mails go (nowhere: "") and, where it is said, whether they want them.

    The access log says that it changed, not to what: an address may hold a name.
    """
    wanted = account.wants_mail if wants_mail is None else wants_mail
    if (account.email, account.wants_mail) == (email, wanted):
        return
    account.email, account.wants_mail = email, wanted
    _record_grant(session, account, "메일 받는 곳", actor=actor, now=now)


def arrange_cover(
    session: Session, absent: Account, covered_by: Account, *, from_on: date, until_on: date, reason: str,
    actor: Identity, now: datetime,
) -> Cover:  # fmt: skip
    """대직: let a colleague see and do `absent`'s households as their own, from a day to a day, both included.

    Raises:
        RuleBroken: the same person, another centre, another profession, or an end before the beginning.
    """
    if absent.id == covered_by.id:
        raise RuleBroken("COVER_SELF", "쉬는 사람과 대직하는 사람이 같습니다.", field="covered_by_id")
    if absent.centre_id != covered_by.centre_id or (absent.role is Role.NURSE) != (covered_by.role is Role.NURSE):
        raise RuleBroken("COVER_UNFIT", "같은 센터의 같은 직종만 대직할 수 있습니다.", field="covered_by_id")
    if until_on < from_on:
        raise RuleBroken("COVER_DATES", "끝나는 날이 시작하는 날보다 앞섭니다.", field="until_on")
    cover = Cover(
        absent_id=absent.id, covered_by_id=covered_by.id, from_on=from_on, until_on=until_on, reason=reason,
        arranged_by_id=actor.account_id, arranged_at=now,
    )  # fmt: skip
    session.add(cover)
    session.flush()
    audit.record(session, Action.ASSIGN, subject=f"cover:{cover.id}", row_count=0, actor=actor, now=now)
    return cover


def end_cover(session: Session, cover: Cover, *, actor: Identity, now: datetime) -> None:
    """End a cover before its time."""
    cover.ended_at = now
    audit.record(session, Action.ASSIGN, subject=f"cover:{cover.id}", row_count=0, detail="끝냄", actor=actor, now=now)


def forget_old_sessions(session: Session, *, now: datetime) -> int:
    """Drop sessions that were last used longer ago than they are kept. Returns how many."""
    old = delete(UserSession).where(UserSession.seen_at < now - SESSIONS_KEPT)
    return int(session.execute(old).rowcount)  # type: ignore[attr-defined]


def forget_old_failures(session: Session, *, now: datetime) -> int:
    """Drop wrong passwords that no longer count. Returns how many."""
    stale = delete(SignInFailure).where(SignInFailure.at < now - LOCK_WINDOW)
    return int(session.execute(stale).rowcount)  # type: ignore[attr-defined]


def _checked(password: str, *, login: str, field: str = "password") -> str:
    problem = password_problem(password, login=login)
    if problem:
        raise RuleBroken("WEAK_PASSWORD", problem, field=field)
    return password


def _record_grant(session: Session, account: Account, what: str, *, actor: Identity, now: datetime) -> None:
    session.flush()
    audit.record(
        session,
        Action.ACCOUNT,
        subject=f"account:{account.id}",
        row_count=0,
        detail=what,
        actor=actor,
        now=now,
    )
