"""Before a visit stands in a calendar: whose it may be, whether it makes sense, and what speaks against it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.alerts.rules import AlertKind
from app.alerts.service import raise_alert
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import RuleBroken, StaleRecord
from app.follow_ups import service as follow_ups
from app.households.models import Household
from app.visits import queries
from app.visits.models import PlannedVisit
from app.visits.rules import (
    PlanChange,
    Slot,
    change_words,
    check_change,
    check_slot,
    find_conflicts,
    list_unanswered,
)
from app.visits.service.checking import ProblemsFound


def hold_planned(session: Session, planned: PlannedVisit, *, version: int) -> None:
    """Wait until nobody else is changing this visit or its household, and see what they left.

    Raises:
        StaleRecord: it was changed since the page with `version` was drawn.
    """
    follow_ups.hold(session, planned.household)
    session.refresh(planned)
    if planned.version != version:
        raise StaleRecord("그사이 다른 사람이 이 방문 일정을 바꾸었습니다. 바뀐 내용을 보고 다시 정해 주세요.")


def refuse_unfit(session: Session, household: Household, slot: Slot, *, kept_id: int | None, actor: Identity) -> None:
    """Only people of the household's centre go; whoever is no supervisor plans for oneself and for those one covers.

    Args:
        kept_id: who goes already; may be left as it is by anybody.

    Raises:
        RuleBroken: somebody from elsewhere, or somebody else's day.
    """
    fitting = {account.id for account in queries.list_going(session, household.centre_id)}
    unchanged = {kept_id} if kept_id else set()
    if slot.assignee_id not in fitting | unchanged or (slot.companion_id and slot.companion_id not in fitting):
        raise RuleBroken("NOT_OF_CENTRE", "이 센터에서 일하는 사람만 갈 수 있습니다.")
    if actor.role is not Role.SUPERVISOR and slot.assignee_id not in actor.acting_for | unchanged:
        raise RuleBroken("NOT_OWN_DAY", "다른 사람의 일정은 팀장이 잡습니다.")


def refuse_problems(
    session: Session, household: Household, slot: Slot, *, planned_id: UUID | None, confirmed: Collection[str],
    change: tuple[PlanChange | None, str] | None = None, now: datetime,
) -> None:  # fmt: skip
    """Hold an hour against all that surrounds it.

    Raises:
        ProblemsFound: it makes no sense, a reason is missing, or something speaks against it that nobody confirmed.
    """
    nonsense = check_slot(slot, today=korean_date(now), is_active=household.is_active)
    missing = check_change(*change) if change else ()
    if nonsense:
        raise ProblemsFound((*nonsense, *missing))
    around = queries.surroundings_of(session, household, slot.people, first_on=slot.on, last_on=slot.on, now=now)
    conflicts = find_conflicts(queries.engagement_for(household, slot, planned_id), around)
    unanswered = list_unanswered((*missing, *conflicts), confirmed)
    if unanswered:
        raise ProblemsFound(unanswered)


def given_reason(change: PlanChange | None, words: str) -> str:
    """The reason of a change as it is kept: «대상자 요청: 병원 가는 날».

    Raises:
        ProblemsFound: no reason, or «기타» without words.
    """
    missing = check_change(change, words)
    if change is None or missing:
        raise ProblemsFound(missing)
    return change_words(change, words)


def record_plan(session: Session, planned: PlannedVisit, what: str, *, actor: Identity, now: datetime) -> None:
    """Write the access-log row of a change of a planned visit, by its key alone."""
    session.flush()
    audit.record(
        session, Action.PLAN_VISIT, subject=f"plannedvisit:{planned.id}", household_id=planned.household_id,
        detail=what, actor=actor, now=now,
    )  # fmt: skip


def tell_others(
    session: Session, planned: PlannedVisit, text: str, *, concerned: Collection[int | None], actor: Identity,
    now: datetime,
) -> None:  # fmt: skip
    """Tell those who go, or went before the change, that somebody else changed their day; once for each change."""
    raise_alert(
        session,
        AlertKind.VISIT_MOVED,
        subject=f"plannedvisit:{planned.id}:{planned.version}",
        recipient_ids={one for one in concerned if one is not None and one != actor.account_id},
        text=f"{planned.household.number} {text}",
        household_id=planned.household_id,
        now=now,
    )
