"""Take a link between an item and a household back, and hand an item on to the centre it belongs to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Centre
from app.accounts.queries import list_colleagues
from app.alerts.rules import AlertKind
from app.alerts.service import raise_alert
from app.audit import service as audit
from app.audit.rules import Action
from app.core.errors import RuleBroken
from app.discoveries.models import DiscoveryItem, ItemAttempt
from app.discoveries.rules import ItemState
from app.discoveries.rules.items import ItemAct, refuse_others, state_after
from app.discoveries.service.items import hold, record
from app.discoveries.service.triage import rescore
from app.follow_ups import service as follow_ups
from app.households.models import Household


def unlink_item(session: Session, item: DiscoveryItem, *, actor: Identity, now: datetime) -> None:
    """Say that an item is not about the household it was linked to; what was tried counts there no more.

    Unlinked already, it changes nothing.

    Raises:
        RuleBroken: somebody else's, finished, or from a list, whose row says whom it means.
    """
    hold(session, item)
    if item.household_id is None:
        return
    if item.list_row_id is not None:
        raise RuleBroken("OF_LIST", "명단에서 온 건은 명단의 «판단 되돌리기»로 되돌립니다.")
    state_after(item.state, ItemAct.TRY)
    refuse_others(ItemAct.TRY, holder_id=item.claimed_by_id, actor_id=actor.account_id)
    household = session.get_one(Household, item.household_id)
    for attempt_id in session.scalars(select(ItemAttempt.id).where(ItemAttempt.item_id == item.id)):
        follow_ups.void_contacts_of(session, household, attempt_id, now=now)
    item.household_id = None
    session.flush()
    rescore(session, [item])
    item.version += 1
    session.flush()
    audit.record(
        session, Action.TRIAGE, subject=f"item:{item.id}", household_id=household.id, detail="가구 연결 되돌림",
        actor=actor, now=now,
    )  # fmt: skip


def hand_over(session: Session, item: DiscoveryItem, centre: Centre, *, actor: Identity, now: datetime) -> None:
    """Give an item nobody has linked to another centre of the same 시군구: it waits there, and they are told.

    Raises:
        RuleBroken: it is linked or of a list, finished, another person's, or the centre is of another 시군구.
    """
    hold(session, item)
    if item.centre_id == centre.id:
        return
    if item.household_id is not None or item.list_row_id is not None:
        raise RuleBroken("LINKED", "가구와 연결된 건이나 명단의 건은 넘길 수 없습니다.", field="centre_id")
    if centre.district_id != actor.district_id:
        raise RuleBroken("FAR_CENTRE", "우리 시군구의 센터를 골라 주세요.", field="centre_id")
    if item.state is not ItemState.OPEN:
        item.state = state_after(item.state, ItemAct.RELEASE)
        refuse_others(ItemAct.RELEASE, holder_id=item.claimed_by_id, actor_id=actor.account_id)
    item.centre_id, item.claimed_by_id, item.claimed_at = centre.id, None, None
    record(session, item, None, words=f"센터로 넘김: {centre.dong}", actor=actor, now=now)
    told = [each.id for each in list_colleagues(session, frozenset({centre.id}), Role.WORKER, Role.SUPERVISOR)]
    raise_alert(
        session, AlertKind.NEIGHBOUR, subject=f"item:{item.id}:{item.version}", recipient_ids=told,
        text=f"다른 센터에서 발굴 {item.id}번을 넘겼습니다: {item.source.label}", now=now,
    )  # fmt: skip
