"""Read accounts and sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload, lazyload

from app.access.identity import Identity, Origin, scope_of
from app.access.permissions import Role
from app.accounts.models import Account, Centre, Cover, District, SignInFailure, UserSession
from app.accounts.rules import LOCK_WINDOW, Failures
from app.core.database import fetch
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY

WITH_CENTRE = (lazyload(Account.district), joinedload(Account.centre).options(lazyload(Centre.district)))
"""An account with its centre's name, without two tables that hardly any page needs."""
_OF_TODAY = (Cover.ended_at.is_(None), Cover.from_on <= bindparam("today"), Cover.until_on >= bindparam("today"))
_COVERED = select(Cover.absent_id).where(Cover.covered_by_id == bindparam("account_id"), *_OF_TODAY)
_SESSION = (
    select(
        UserSession.id, UserSession.account_id, UserSession.created_at, UserSession.seen_at, UserSession.revoked_at, Account.name,
        Account.role, Account.centre_id, Account.district_id, Account.disabled_at, Account.theme, Account.must_change_password,
        func.coalesce(Centre.name, District.name).label("place"), Cover.absent_id,
    )
    .join(Account, Account.id == UserSession.account_id)
    .join(District, District.id == Account.district_id)
    .outerjoin(Centre, Centre.id == Account.centre_id)
    .outerjoin(Cover, and_(Cover.covered_by_id == Account.id, *_OF_TODAY))
    .where(UserSession.token_hash == bindparam("token_hash"))
)  # fmt: skip
"""Runs on every page: built once, of columns alone, a row for each person covered today."""


@dataclass(frozen=True, slots=True)
class FoundSession:
    """A session row, revoked or not, with what a page asks of its account."""

    id: int
    created_at: datetime
    seen_at: datetime
    is_barred: bool
    """The session was revoked, or its account is disabled."""
    theme: str
    must_change_password: bool
    identity: Identity
    """Whose session it is, with the scope of this moment; it comes from nowhere yet."""


def find_session(session: Session, token_hash: str, *, today: date) -> FoundSession | None:
    """The session of a cookie, revoked or not."""
    rows = fetch(session, _SESSION, {"token_hash": token_hash, "today": today})
    if not rows:
        return None
    row, covered = rows[0], frozenset(row.absent_id for row in rows if row.absent_id is not None)
    who = Identity(
        row.account_id, row.name, row.role, row.centre_id, row.place, row.district_id, _scope(session, row),
        covered_ids=covered,
    )  # fmt: skip
    is_barred = row.revoked_at is not None or row.disabled_at is not None
    return FoundSession(row.id, row.created_at, row.seen_at, is_barred, row.theme, row.must_change_password, who)


def find_account_by_login(session: Session, login: str, *, lock: bool = False) -> Account | None:
    """The account with exactly this login, disabled ones included; `lock` holds it until the commit."""
    statement = select(Account).where(Account.login == login)
    if lock:
        statement = statement.with_for_update(of=Account, key_share=True)
    return session.scalars(statement).one_or_none()


def get_account(session: Session, account_id: int) -> Account:
    """One account, or NotFound."""
    account = session.get(Account, account_id) if account_id <= LARGEST_KEY else None
    if account is None:
        raise NotFound
    return account


def recent_failures(session: Session, login_hash: str, *, address: str, now: datetime) -> Failures:
    """Wrong passwords for this login within the lock window: from this address, and from all addresses."""
    counts = select(SignInFailure.address, func.count()).where(
        SignInFailure.login_hash == login_hash, SignInFailure.at > now - LOCK_WINDOW
    )
    by_address = {row[0]: int(row[1]) for row in session.execute(counts.group_by(SignInFailure.address))}
    return Failures(from_this_address=by_address.get(address, 0), from_anywhere=sum(by_address.values()))


def identity_of(session: Session, account: Account, *, origin: Origin, today: date) -> Identity:
    """The frozen identity of an account, with its scope and those it covers today."""
    return Identity(
        account_id=account.id,
        name=account.name,
        role=account.role,
        centre_id=account.centre_id,
        centre_name=account.centre.name if account.centre else account.district.name,
        district_id=account.district_id,
        centre_ids=_scope(session, account),
        origin=origin,
        covered_ids=covered_by(session, account.id, today=today),
        today=today,
    )


def _scope(session: Session, account: Any) -> frozenset[int]:
    """The centres whose client data an account, or a row of its columns, may see."""
    of_district: frozenset[int] = frozenset()
    if not account.role.belongs_to_centre:
        of_district = frozenset(session.scalars(select(Centre.id).where(Centre.district_id == account.district_id)))
    return scope_of(account.role, account.centre_id, of_district)


def covered_by(session: Session, account_id: int, *, today: date) -> frozenset[int]:
    """Whose households this account looks after today besides its own."""
    found = fetch(session, _COVERED, {"account_id": account_id, "today": today})
    return frozenset(row.absent_id for row in found)


def list_centres(session: Session, who: Identity) -> Sequence[Centre]:
    """The centres in somebody's scope, by name."""
    return session.scalars(select(Centre).where(Centre.id.in_(who.centre_ids)).order_by(Centre.name)).all()


def list_centres_of_district(session: Session, district_id: int) -> Sequence[Centre]:
    """All centres of a 시군구, by name."""
    return session.scalars(select(Centre).where(Centre.district_id == district_id).order_by(Centre.name)).all()


def list_colleagues(session: Session, centre_ids: frozenset[int], *roles: Role) -> Sequence[Account]:
    """Working (not disabled) people of these centres, of these roles where given, by role and name."""
    statement = select(Account).where(Account.centre_id.in_(centre_ids), Account.disabled_at.is_(None))
    if roles:
        statement = statement.where(Account.role.in_(roles))
    named = statement.options(*WITH_CENTRE).order_by(Account.role.desc(), Account.name)
    return session.scalars(named).all()


def supervisor_ids(session: Session, centre_id: int) -> list[int]:
    """Who must be told when something of this centre cannot wait."""
    statement = select(Account.id).where(
        Account.centre_id == centre_id, Account.role == Role.SUPERVISOR, Account.disabled_at.is_(None)
    )
    return list(session.scalars(statement))


def list_accounts(session: Session, district_id: int) -> Sequence[Account]:
    """Everybody of a 시군구, working first, for the administrator."""
    statement = select(Account).where(Account.district_id == district_id)
    return session.scalars(statement.order_by(Account.disabled_at.is_not(None), Account.centre_id, Account.name)).all()


def list_open_sessions(session: Session, account_id: int) -> Sequence[UserSession]:
    """Where somebody is signed in now, newest first; expired rows may still stand here until they are used."""
    statement = select(UserSession).where(UserSession.account_id == account_id, UserSession.revoked_at.is_(None))
    return session.scalars(statement.order_by(UserSession.seen_at.desc())).all()


def list_covers(session: Session, centre_ids: frozenset[int], *, today: date) -> Sequence[Cover]:
    """Covers of these centres that stand today or are to come."""
    absent = select(Account.id).where(Account.centre_id.in_(centre_ids))
    statement = select(Cover).where(Cover.absent_id.in_(absent), Cover.ended_at.is_(None), Cover.until_on >= today)
    return session.scalars(statement.order_by(Cover.from_on, Cover.id)).all()


def first_district(session: Session) -> District | None:
    """The 시군구 of this installation, once there is one."""
    return session.scalars(select(District).order_by(District.id)).first()


def find_centre(session: Session, name: str) -> Centre | None:
    """A centre by 행정동, full name, code or id, as people type it on a command line."""
    by_id = Centre.id == int(name) if name.isdecimal() else Centre.dong == name
    return session.scalars(
        select(Centre).where(or_(by_id, Centre.dong == name, Centre.name == name, Centre.code == name))
    ).first()
