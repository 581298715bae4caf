"""Open and keep restricted tasks: suspicion of abuse, risk of suicide. Dealt with at once, seen by few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Permission
from app.access.policy import can
from app.accounts.queries import supervisor_ids
from app.alerts.rules import AlertKind
from app.alerts.service import raise_alert
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_time
from app.core.errors import RuleBroken
from app.households.models import Household
from app.safety.models import HotlineVersion, ProtectionTask
from app.safety.rules import ProtectionKind

AT_ONCE = timedelta(hours=1)
"""«즉시»: the law names no hour, so this is our own."""


@dataclass(frozen=True, slots=True)
class ProtectionDetails:
    """Why a restricted task is opened, and about whom."""

    kind: ProtectionKind
    because: str
    member_id: int | None = None
    visit_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReportDetails:
    """What was done: reported to whom, when, under which number; who reported it in the first place."""

    reported_to: str
    reported_at: datetime | None
    receipt_number: str
    reporter: str
    outcome: str


def open_protection(
    session: Session, household: Household, details: ProtectionDetails, *, actor: Identity, now: datetime
) -> ProtectionTask:
    """Open a task, or add to the one that is open about the same person and thing; the supervisors hear at once.

    A task that does not name the actor stays unknown to them: what they saw opens another one.

    Raises RuleBroken: nothing is said about why, or somebody who is not of the household.
    """
    if not details.because.strip():
        raise RuleBroken("REASON_NEEDED", "무엇을 보거나 들었는지 적어 주세요.", field="because")
    if details.member_id is not None and details.member_id not in {member.id for member in household.members}:
        raise RuleBroken("NOT_A_MEMBER", "이 가구의 가구원이 아닙니다.", field="member_id")
    task = _added_to(session, household, details, actor, now) or _new_task(session, household, details, actor, now)
    raise_alert(
        session, AlertKind.PROTECTION, subject=f"protection:{task.id}",
        recipient_ids=[*supervisor_ids(session, household.centre_id), *task.staff_ids],
        text=f"{household.number} 보호 조치를 바로 확인해 주세요.", household_id=household.id, now=now,
    )  # fmt: skip
    return task


def _added_to(
    session: Session, household: Household, details: ProtectionDetails, actor: Identity, now: datetime
) -> ProtectionTask | None:
    """The open task about the same, with what was seen now below what was seen before."""
    found = session.scalars(
        select(ProtectionTask)
        .where(
            ProtectionTask.household_id == household.id, ProtectionTask.kind == details.kind,
            ProtectionTask.member_id.is_not_distinct_from(details.member_id), ProtectionTask.closed_at.is_(None),
        )
        .with_for_update(of=ProtectionTask)
    )  # fmt: skip
    task = next((each for each in found if can(actor, Permission.SEE_PROTECTION, each)), None)
    if task is not None and details.because.strip() not in task.because:
        task.because += f"\n\n{korean_time(now):%Y-%m-%d %H:%M} {actor.name}: {details.because}"
        session.flush()
        _record(session, task, "더 적음", actor=actor, now=now)
    return task


def _new_task(
    session: Session, household: Household, details: ProtectionDetails, actor: Identity, now: datetime
) -> ProtectionTask:
    staff = {actor.account_id, household.worker_id, household.nurse_id} - {None}
    task = ProtectionTask(
        household_id=household.id, member_id=details.member_id, visit_id=details.visit_id, kind=details.kind,
        because=details.because, opened_at=now, opened_by_id=actor.account_id, due_at=now + AT_ONCE,
        staff_ids=sorted(key for key in staff if key is not None), version=1,
    )  # fmt: skip
    session.add(task)
    session.flush()
    _record(session, task, "열기", actor=actor, now=now)
    return task


def keep_report(
    session: Session, task: ProtectionTask, details: ReportDetails, *, version: int, actor: Identity, now: datetime
) -> None:
    """Write down what was done about a task.

    Raises RuleBroken: closed already, changed by somebody else meanwhile, a moment that has not come.
    """
    _refuse_closed(session, task, version)
    if details.reported_at is not None and details.reported_at > now + timedelta(minutes=5):
        raise RuleBroken("FUTURE_TIME", "아직 오지 않은 시각입니다.", field="reported_on")
    task.reported_to, task.reported_at = details.reported_to, details.reported_at
    task.receipt_number, task.reporter, task.outcome = details.receipt_number, details.reporter, details.outcome
    task.version += 1
    session.flush()
    _record(session, task, "신고 기록", actor=actor, now=now)


def close_protection(session: Session, task: ProtectionTask, *, version: int, actor: Identity, now: datetime) -> None:
    """Close a task. Suspicion of abuse is never closed by having talked: it must have been reported.

    Raises RuleBroken: not reported, nothing said about the outcome, changed meanwhile.
    """
    _refuse_closed(session, task, version)
    if task.kind is not ProtectionKind.SUICIDE_RISK and not (task.reported_to and task.reported_at):
        raise RuleBroken(
            "NOT_REPORTED", "학대 의심은 신고한 곳과 시각을 적어야 마칠 수 있습니다. 상담만으로는 마치지 않습니다."
        )
    if not task.outcome.strip():
        raise RuleBroken("OUTCOME_NEEDED", "어떻게 되었는지 적고 저장한 뒤 마쳐 주세요.", field="outcome")
    task.closed_at, task.closed_by_id, task.version = now, actor.account_id, task.version + 1
    session.flush()
    _record(session, task, "마침", actor=actor, now=now)


def _refuse_closed(session: Session, task: ProtectionTask, version: int) -> None:
    """Hold the task until the commit, so that of two who save at once the second sees what the first wrote."""
    session.flush()
    session.refresh(task, with_for_update={"of": ProtectionTask})
    if task.closed_at is not None:
        raise RuleBroken("CLOSED", "이미 마친 보호 조치입니다.")
    if task.version != version:
        raise RuleBroken(
            "CHANGED", "그사이 다른 사람이 고쳤습니다. 아래에 지금 내용이 있으니 견주어 다시 저장해 주세요."
        )


def add_hotlines(session: Session, document: dict[str, Any]) -> int:
    """Add the version of the public numbers when it is not there yet. Returns how many were new."""
    if session.scalar(select(HotlineVersion.id).where(HotlineVersion.version == document["version"])):
        return 0
    effective_from = date.fromisoformat(document["effective_from"])
    session.add(HotlineVersion(version=document["version"], effective_from=effective_from, document=document))
    session.flush()
    return 1


def _record(session: Session, task: ProtectionTask, what: str, *, actor: Identity, now: datetime) -> None:
    audit.record(
        session, Action.PROTECTION, subject=f"protection:{task.id}", household_id=task.household_id, detail=what,
        actor=actor, now=now,
    )  # fmt: skip
