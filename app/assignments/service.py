"""Give households to people. The household carries who stands; the rows here carry the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Account
from app.alerts.rules import AlertKind
from app.alerts.service import raise_alert
from app.assignments.models import Assignment
from app.assignments.rules import Duty, may_hold
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.households.models import Household


def assign(
    session: Session, household: Household, duty: Duty, account: Account, *, reason: str = "", from_on: date | None = None,
    actor: Identity, now: datetime,
) -> Assignment | None:  # fmt: skip
    """Make `account` responsible from a day on (today unless given); the one before ends the day before.

    Returns None when nothing changes.

    Raises:
        RuleBroken: the role does not fit the duty, another centre's person, a disabled account, or a day before
            the standing assignment began.
    """
    starts_on = from_on or korean_date(now)
    _refuse_unfit(household, duty, account)
    standing = _standing(session, household, duty)
    if standing is not None and standing.account_id == account.id:
        return None
    if standing is not None:
        _end(standing, starts_on)
    assignment = Assignment(
        household_id=household.id, duty=duty, account_id=account.id, from_on=starts_on, reason=reason,
        set_by_id=actor.account_id, set_at=now,
    )  # fmt: skip
    session.add(assignment)
    _carry(household, duty, account.id)
    session.flush()
    _record(session, household, f"{duty.value} → {account.id}", actor=actor, now=now)
    return assignment


def reassign(
    session: Session,
    households: Iterable[Household],
    duty: Duty,
    account: Account,
    *,
    reason: str,
    actor: Identity,
    now: datetime,
) -> int:
    """Give many households to one person at once, and tell that person once. Returns how many changed hands.

    Raises:
        RuleBroken: no reason, or as `assign`.
    """
    if not reason.strip():
        raise RuleBroken("REASON_NEEDED", "담당을 바꾸는 까닭을 적어 주세요.", field="reason")
    changed = [
        household
        for household in _hold_all(session, households)
        if assign(session, household, duty, account, reason=reason, actor=actor, now=now) is not None
    ]
    if changed and account.id != actor.account_id:
        text = f"{len(changed)}가구를 맡게 되었습니다({duty.label}). 까닭: {reason}"
        subject = f"reassign:{now.isoformat()}"
        raise_alert(session, AlertKind.ASSIGNED, subject=subject, recipient_ids=[account.id], text=text, now=now)
    return len(changed)


def give_back(
    session: Session,
    handed: Iterable[Assignment],
    account: Account | None,
    *,
    reason: str,
    actor: Identity,
    now: datetime,
) -> int:
    """Undo a reassignment: households go back to `account`, or to nobody; those that changed hands since stay.

    Returns how many went back.

    Raises:
        RuleBroken: as `assign`.
    """
    duties = {assignment.household_id: assignment.duty for assignment in handed if assignment.until_on is None}
    households = [session.get_one(Household, household_id) for household_id in duties]
    for household in _hold_all(session, households):
        if account is None:
            release(session, household, duties[household.id], reason=reason, actor=actor, now=now)
        else:
            assign(session, household, duties[household.id], account, reason=reason, actor=actor, now=now)
    return len(households)


def settle_household(
    session: Session, household: Household, wanted: Mapping[Duty, Account | None], *, reason: str, from_on: date,
    actor: Identity, now: datetime,
) -> bool:  # fmt: skip
    """Set both duties of one household at once. Returns whether anything changed.

    Raises:
        RuleBroken: somebody is replaced or taken off without a reason, a day ahead, or as `assign`.
    """
    if from_on > korean_date(now):
        raise RuleBroken("AHEAD", "오늘까지의 날짜로 정해 주세요. 앞으로의 변경은 그날 합니다.", field="from_on")
    holders = {Duty.WORKER: household.worker_id, Duty.NURSE: household.nurse_id}
    changed = [duty for duty, account in wanted.items() if holders[duty] != (account.id if account else None)]
    if any(holders[duty] is not None for duty in changed) and not reason.strip():
        raise RuleBroken("REASON_NEEDED", "담당을 바꾸는 까닭을 적어 주세요.", field="reason")
    for duty in changed:
        account = wanted[duty]
        if account is None:
            release(session, household, duty, reason=reason, actor=actor, now=now)
        else:
            assign(session, household, duty, account, reason=reason, from_on=from_on, actor=actor, now=now)
    return bool(changed)


def release(session: Session, household: Household, duty: Duty, *, reason: str, actor: Identity, now: datetime) -> None:
    """Leave a duty without anybody, for instance when somebody resigns before a successor is named.

    The reason is added to that of the stretch that ends.
    """
    standing = _standing(session, household, duty)
    if standing is None:
        return
    _end(standing, korean_date(now))
    standing.reason = " · ".join(part for part in (standing.reason, f"끝: {reason}" if reason.strip() else "") if part)
    _carry(household, duty, None)
    _record(session, household, f"{duty.value} → 없음", actor=actor, now=now)


def _hold_all(session: Session, households: Iterable[Household]) -> list[Household]:
    """All of them held until the commit, in one order, before the first row of the access log is written.

    Held one after the other, somebody who saves a visit to the last one would wait for the log and we for them.
    """
    wanted = list(households)
    ids = [household.id for household in wanted]
    held = select(Household.id).where(Household.id.in_(ids)).order_by(Household.id)
    session.execute(held.with_for_update(key_share=True))
    return wanted


def _standing(session: Session, household: Household, duty: Duty) -> Assignment | None:
    statement = select(Assignment).where(
        Assignment.household_id == household.id, Assignment.duty == duty, Assignment.until_on.is_(None)
    )
    return session.scalars(statement).one_or_none()


def _end(standing: Assignment, successor_from: date) -> None:
    if successor_from < standing.from_on:
        raise RuleBroken("BEFORE_STANDING", "지금 담당이 시작한 날보다 앞선 날입니다.", field="from_on")
    standing.until_on = max(standing.from_on, successor_from - timedelta(days=1))


def _carry(household: Household, duty: Duty, account_id: int | None) -> None:
    if duty is Duty.NURSE:
        household.nurse_id = account_id
    else:
        household.worker_id = account_id


def _refuse_unfit(household: Household, duty: Duty, account: Account) -> None:
    if not may_hold(duty, account.role):
        raise RuleBroken("ROLE_UNFIT", f"{account.title}: 이 일을 맡을 수 없는 역할입니다.", field="account_id")
    if account.centre_id != household.centre_id:
        raise RuleBroken("OTHER_CENTRE", "다른 센터 직원에게는 맡길 수 없습니다.", field="account_id")
    if account.disabled_at is not None:
        raise RuleBroken("DISABLED", "사용 중지된 계정입니다.", field="account_id")


def _record(session: Session, household: Household, what: str, *, actor: Identity, now: datetime) -> None:
    session.flush()
    subject = f"household:{household.id}"
    audit.record(session, Action.ASSIGN, subject=subject, household_id=household.id, detail=what, actor=actor, now=now)
