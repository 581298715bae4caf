"""The alarm of an outing: each step told once, answered in words, closed when somebody is out of the door."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.alerts.queries import list_told
from app.alerts.rules import AlertKind
from app.alerts.service import raise_alert, settle
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date, korean_time
from app.core.errors import RuleBroken
from app.core.privacy import mask_resident_numbers
from app.safety import queries
from app.safety.models import Outing, OutingAlarm
from app.safety.rules import AlarmStep, Finding, due_step, finding_words, minutes_between


def raise_due_alarms(session: Session, *, now: datetime) -> int:
    """Raise the step that is due of every outing that is overdue. Returns how many were raised.

    The rows of overdue outings stay locked until the commit: a check-out at the same moment comes wholly before, and
    is no alarm, or wholly after, and closes it.
    """
    return sum(_raise_due(session, outing, now) for outing in queries.list_overdue(session, now=now))


def _raise_due(session: Session, outing: Outing, now: datetime) -> bool:
    raised = {alarm.step for alarm in outing.alarms}
    step = due_step(outing.planned_end_at, raised=raised, now=now)
    if step is None:
        return False
    outing.alarms.append(OutingAlarm(step=step, raised_at=now))
    session.flush()
    raise_alert(
        session, AlertKind.OVERSTAY, subject=_subject(outing, step),
        recipient_ids=_whom(session, outing, step, now=now), text=_words(outing, step, now=now),
        household_id=outing.household_id, now=now,
    )  # fmt: skip
    return True


def _subject(outing: Outing, step: AlarmStep) -> str:
    return f"outing:{outing.id}:{step.value}"


def _whom(session: Session, outing: Outing, step: AlarmStep, *, now: datetime) -> set[int]:
    """Whom a step tells: those of the steps before it as well, for one that was slept through is not told alone."""
    centre_id, whom = outing.centre_id, {outing.account_id}
    if step is AlarmStep.WORKER:
        return whom
    whom |= {outing.companion_id} if outing.companion_id else set()
    whom |= queries.deciding_ids(session, centre_id, today=korean_date(now), but=whom)
    if step is AlarmStep.DUTY_LIST:
        whom |= queries.duty_ids(session, centre_id) or queries.colleague_ids(session, centre_id)
    return whom


def _words(outing: Outing, step: AlarmStep, *, now: datetime) -> str:
    end, late = f"{korean_time(outing.planned_end_at):%H:%M}", minutes_between(outing.planned_end_at, now)
    said = f"{outing.account.title}: {outing.household.number} 방문 예정 {end}에서 {late}분이 지났습니다. "
    return said + _ASKS[step]


_ASKS = {
    AlarmStep.WORKER: "나왔으면 «나왔습니다»를, 더 있으면 «조금 더»를 눌러 주세요.",
    AlarmStep.PARTNER_AND_SUPERVISOR: "지금 전화해 확인해 주세요.",
    AlarmStep.DUTY_LIST: "비상 연락망 순서대로 전화해 주세요. 닿지 않으면 112에 신고합니다.",
}


def answer_alarm(
    session: Session, outing: Outing, finding: Finding, note: str = "", *, actor: Identity, now: datetime
) -> None:
    """Say what was found out; the alarm is closed by it, and later steps still come while nobody has checked out.

    Raises RuleBroken: there is no open alarm (somebody answered it), or «기타» without words.
    """
    session.refresh(outing, with_for_update={"of": Outing})
    said = finding_words(finding, mask_resident_numbers(note))
    if not said:
        raise RuleBroken("WORDS_NEEDED", "무엇을 알아냈는지 적어 주세요.", field="note")
    if not open_alarms(outing):
        raise RuleBroken("ANSWERED", "이미 답했거나 끝난 알림입니다.")
    close_alarms(session, outing, said, actor=actor, now=now)
    audit.record(
        session, Action.OUTING, subject=f"outing:{outing.id}", household_id=outing.household_id, detail="알림 답변",
        actor=actor, now=now,
    )  # fmt: skip


def open_alarms(outing: Outing) -> list[OutingAlarm]:
    """The steps that were raised and nobody has answered."""
    return [alarm for alarm in outing.alarms if alarm.answered_at is None]


def close_alarms(session: Session, outing: Outing, answer: str, *, actor: Identity, now: datetime) -> None:
    """Answer every open step with these words, and tell those who were told; nothing where no step is open."""
    waiting = open_alarms(outing)
    for alarm in waiting:
        alarm.answered_at, alarm.answered_by_id, alarm.answer = now, actor.account_id, answer
    session.flush()
    if waiting:
        _tell_end(session, outing, answer, actor=actor, now=now)


def _tell_end(session: Session, outing: Outing, answer: str, *, actor: Identity, now: datetime) -> None:
    subjects = {_subject(outing, alarm.step) for alarm in outing.alarms}
    told = {recipient for _, recipient in list_told(session, AlertKind.OVERSTAY, subjects)}
    settle(session, AlertKind.OVERSTAY, subjects, now=now)
    raise_alert(
        session, AlertKind.BACK, subject=f"outing:{outing.id}:{now.isoformat()}",
        recipient_ids=told - {actor.account_id or 0}, household_id=outing.household_id,
        text=f"{outing.account.title} {outing.household.number}: {answer}", now=now,
    )  # fmt: skip
