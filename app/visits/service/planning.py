"""Put a visit into the calendar, move it, cancel it, take the last change back. Nothing two people do at once is lost."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.core.privacy import mask_resident_numbers
from app.follow_ups import service as follow_ups
from app.households.models import Household
from app.visits.models import PlannedVisit, PlannedVisitMove
from app.visits.rules import (
    MOVED_BACK,
    TAKEN_BACK,
    PlanChange,
    PlanDetails,
    PlannedState,
    Slot,
    when_words,
)
from app.visits.service.plan_checks import (
    given_reason,
    hold_planned,
    record_plan,
    refuse_problems,
    refuse_unfit,
    tell_others,
)

HOUSEHOLD_CLOSED = "가구 종료"


def plan_visit(
    session: Session, household: Household, details: PlanDetails, *, confirmed: Collection[str] = (), actor: Identity,
    now: datetime,
) -> PlannedVisit:  # fmt: skip
    """Put a visit into somebody's calendar; the same id again answers with what the first made.

    Args:
        confirmed: keys of the warnings that the person overruled.

    Raises:
        ProblemsFound: a day gone by, a closed household, or a warning that nobody confirmed; nothing was stored.
        RuleBroken: somebody else's day, somebody of another centre, or an id that belongs to another plan.
    """
    follow_ups.hold(session, household)
    known = session.get(PlannedVisit, details.planned_id)
    if known is not None:
        return _same(known, household, actor)
    slot = details.slot
    refuse_unfit(session, household, slot, kept_id=None, actor=actor)
    refuse_problems(session, household, slot, planned_id=None, confirmed=confirmed, now=now)
    planned = PlannedVisit(
        id=details.planned_id, household=household, purpose=details.purpose, note=_clean(details.note),
        state=PlannedState.PLANNED, set_by_id=actor.account_id, set_at=now, version=1,
    )  # fmt: skip
    _place(planned, slot)
    session.add(planned)
    record_plan(session, planned, "잡음", actor=actor, now=now)
    said = f"방문이 잡혔습니다: {when_words(slot.on, slot.at)}"
    tell_others(session, planned, said, concerned=slot.people, actor=actor, now=now)
    return planned


def move_visit(
    session: Session, planned: PlannedVisit, to: Slot, *, change: PlanChange | None = None, note: str = "", version: int,
    confirmed: Collection[str] = (), actor: Identity, now: datetime,
) -> PlannedVisit:  # fmt: skip
    """Give a planned visit another day, hour or person, with the reason; who goes along may change without one.

    Raises:
        ProblemsFound: no reason, a day gone by, or a warning that nobody confirmed.
        StaleRecord: somebody changed it since the page with `version` was drawn.
        RuleBroken: it does not stand any more, nothing would change, or it is somebody else's day.
    """
    hold_planned(session, planned, version=version)
    _refuse_settled(planned)
    before = slot_of(planned)
    if before == to:
        raise RuleBroken("NOTHING_CHANGED", "지금 잡힌 시간과 같습니다.")
    household, is_moved = planned.household, before.key != to.key
    refuse_unfit(session, household, to, kept_id=before.assignee_id, actor=actor)
    refuse_problems(
        session, household, to, planned_id=planned.id, confirmed=confirmed,
        change=(change, note) if is_moved else None, now=now,
    )  # fmt: skip
    why = given_reason(change, _clean(note)) if is_moved else ""
    _move(session, planned, to, why, actor=actor, now=now)
    return planned


def cancel_visit(
    session: Session, planned: PlannedVisit, *, change: PlanChange | None, note: str = "", version: int, actor: Identity,
    now: datetime,
) -> PlannedVisit:  # fmt: skip
    """Take a visit out of the calendar, with the reason; it stays readable.

    Raises:
        ProblemsFound: no reason.
        StaleRecord, RuleBroken: as `move_visit`.
    """
    hold_planned(session, planned, version=version)
    _refuse_settled(planned)
    _cancel(session, planned, given_reason(change, _clean(note)), actor=actor, now=now)
    return planned


def undo_change(
    session: Session, planned: PlannedVisit, *, version: int, actor: Identity, now: datetime
) -> PlannedVisit:
    """Take the last change back: a cancellation, a move, or the plan itself.

    Raises:
        StaleRecord: it was changed again since.
        RuleBroken: a record of the visit has been written, or there is nothing to take back.
    """
    hold_planned(session, planned, version=version)
    if planned.state is PlannedState.KEPT:
        _refuse_settled(planned)
    if planned.state is PlannedState.CANCELLED:
        _restore(session, planned, actor=actor, now=now)
    elif planned.moves:
        last = planned.moves[-1]
        back = replace(slot_of(planned), on=last.from_on, at=last.from_at, assignee_id=last.from_assignee_id)
        _move(session, planned, back, MOVED_BACK, actor=actor, now=now)
    elif planned.version == 1:
        _cancel(session, planned, TAKEN_BACK, actor=actor, now=now)
    else:
        raise RuleBroken("NOTHING_TO_UNDO", "되돌릴 것이 없습니다.")
    return planned


def cancel_plans_of(session: Session, household: Household, *, actor: Identity, now: datetime) -> int:
    """Cancel every visit that still stands, because the household is closed. Returns how many."""
    statement = select(PlannedVisit).where(
        PlannedVisit.household_id == household.id,
        PlannedVisit.state == PlannedState.PLANNED,
        PlannedVisit.planned_on >= korean_date(now),
    )
    standing = session.scalars(statement).all()
    for planned in standing:
        _cancel(session, planned, HOUSEHOLD_CLOSED, actor=actor, now=now)
    return len(standing)


def slot_of(planned: PlannedVisit) -> Slot:
    """When and by whom a visit is planned."""
    return Slot(
        planned.planned_on, planned.planned_at, planned.assignee_id, planned.companion_id, planned.minutes,
        planned.companion_name,
    )  # fmt: skip


def _same(known: PlannedVisit, household: Household, actor: Identity) -> PlannedVisit:
    if known.household_id != household.id or known.set_by_id != actor.account_id:
        raise RuleBroken("ID_TAKEN", "이 화면의 번호가 이미 쓰였습니다. 새 화면을 열어 다시 잡아 주세요.")
    return known


def _refuse_settled(planned: PlannedVisit) -> None:
    if planned.state is PlannedState.KEPT:
        raise RuleBroken("KEPT", "이미 방문 기록이 있는 일정입니다.")
    if planned.state is PlannedState.CANCELLED:
        raise RuleBroken("CANCELLED", "이미 취소한 일정입니다. 되돌린 뒤에 옮겨 주세요.")


def _place(planned: PlannedVisit, slot: Slot) -> None:
    planned.planned_on, planned.planned_at, planned.minutes = slot.on, slot.at, slot.minutes
    planned.assignee_id, planned.companion_id = slot.assignee_id, slot.companion_id
    planned.companion_name = _clean(slot.companion_name)


def _move(session: Session, planned: PlannedVisit, to: Slot, why: str, *, actor: Identity, now: datetime) -> None:
    before = slot_of(planned)
    if before.key != to.key:
        planned.moves.append(_told(before, to, why, actor=actor, now=now))
    _place(planned, to)
    planned.count_change(now)
    record_plan(session, planned, "옮김", actor=actor, now=now)
    said = f"방문 일정이 바뀌었습니다: {when_words(before.on, before.at)} → {when_words(to.on, to.at)}"
    said += f" ({why})" if why else ""
    tell_others(session, planned, said, concerned=before.people | to.people, actor=actor, now=now)


def _told(before: Slot, to: Slot, why: str, *, actor: Identity, now: datetime) -> PlannedVisitMove:
    return PlannedVisitMove(
        from_on=before.on, from_at=before.at, from_assignee_id=before.assignee_id, to_on=to.on, to_at=to.at,
        to_assignee_id=to.assignee_id, reason=why, by_id=actor.account_id, at=now,
    )  # fmt: skip


def _cancel(session: Session, planned: PlannedVisit, why: str, *, actor: Identity, now: datetime) -> None:
    planned.state, planned.because = PlannedState.CANCELLED, why
    planned.count_change(now)
    slot = slot_of(planned)
    record_plan(session, planned, "취소", actor=actor, now=now)
    said = f"방문이 취소되었습니다: {when_words(slot.on, slot.at)} ({why})"
    tell_others(session, planned, said, concerned=slot.people, actor=actor, now=now)


def _restore(session: Session, planned: PlannedVisit, *, actor: Identity, now: datetime) -> None:
    if not planned.household.is_active:
        raise RuleBroken("CLOSED", "종료한 가구에는 방문을 잡을 수 없습니다.")
    planned.state, planned.because = PlannedState.PLANNED, ""
    planned.count_change(now)
    slot = slot_of(planned)
    record_plan(session, planned, "취소 되돌림", actor=actor, now=now)
    said = f"취소한 방문이 되돌려졌습니다: {when_words(slot.on, slot.at)}"
    tell_others(session, planned, said, concerned=slot.people, actor=actor, now=now)


def _clean(text: str) -> str:
    return mask_resident_numbers(" ".join(text.split()))
