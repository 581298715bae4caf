"""Who a restricted task names, and telling its supervisors when nothing has been reported in time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.queries import list_colleagues, supervisor_ids
from app.alerts.rules import AlertKind
from app.alerts.service import raise_alert
from app.audit import service as audit
from app.audit.rules import Action
from app.core.errors import RuleBroken
from app.safety.models import ProtectionTask
from app.safety.queries import list_late_protection


def name_staff(
    session: Session, task: ProtectionTask, staff_ids: Collection[int], *, version: int, actor: Identity, now: datetime
) -> None:
    """Let exactly these people see the task, besides the supervisors of its centre; who is new hears of it.

    Raises:
        RuleBroken: changed meanwhile, closed, or somebody who does not work at the household's centre.
    """
    session.refresh(task, with_for_update={"of": ProtectionTask})
    if task.closed_at is not None:
        raise RuleBroken("CLOSED", "이미 마친 보호 조치입니다.")
    if task.version != version:
        raise RuleBroken("CHANGED", "그사이 다른 사람이 고쳤습니다. 지금 이름이 적힌 사람을 보고 다시 골라 주세요.")
    wanted, before = frozenset(staff_ids), frozenset(task.staff_ids)
    working = {person.id for person in list_colleagues(session, frozenset({task.centre_id}))}
    if wanted - before - working:
        raise RuleBroken("NOT_A_COLLEAGUE", "이 센터에서 일하는 사람만 볼 수 있게 할 수 있습니다.", field="staff_ids")
    task.staff_ids, task.version = sorted(wanted), task.version + 1
    session.flush()
    _tell(session, task, sorted(wanted - before), now)
    detail = f"볼 사람 +{len(wanted - before)} -{len(before - wanted)}"
    audit.record(
        session, Action.PROTECTION, subject=f"protection:{task.id}", household_id=task.household_id, detail=detail,
        actor=actor, now=now,
    )  # fmt: skip


def _tell(session: Session, task: ProtectionTask, recipient_ids: list[int], now: datetime) -> None:
    raise_alert(
        session, AlertKind.PROTECTION, subject=f"protection:{task.id}", recipient_ids=recipient_ids,
        text=f"{task.household.number} 보호 조치를 바로 확인해 주세요.", household_id=task.household_id, now=now,
    )  # fmt: skip


def tell_late(session: Session, *, now: datetime) -> int:
    """Tell the supervisors, once for each task, that nothing has been reported by the hour it was due.

    Returns how many alerts were new.
    """
    return sum(
        raise_alert(
            session, AlertKind.PROTECTION, subject=f"protection-late:{task.id}",
            recipient_ids=supervisor_ids(session, task.centre_id),
            text=f"{task.household.number} 보호 조치가 아직 신고·의뢰되지 않았습니다. 지금 확인해 주세요.",
            household_id=task.household_id, now=now,
        )
        for task in list_late_protection(session, now=now)
    )  # fmt: skip
