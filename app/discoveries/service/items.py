"""Work an item: claim it, try to reach whom it is about, hand it on. One person at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Account
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import KOREA, korean_date
from app.core.errors import RuleBroken
from app.discoveries.models import DiscoveryItem, ItemAttempt, ListRow
from app.discoveries.rules import ItemState
from app.discoveries.rules.items import ItemAct, refuse_others, state_after
from app.discoveries.rules.outcomes import SPOKEN
from app.discoveries.service.triage import rescore
from app.follow_ups import service as follow_ups
from app.follow_ups.models import ContactRow
from app.follow_ups.rules import ContactMode, Purpose
from app.follow_ups.service import ContactDetails
from app.households.models import Household

CLOCKS_APART = timedelta(minutes=2)
"""A tablet's clock may be ahead of ours by so much."""


@dataclass(frozen=True, slots=True)
class TryDetails:
    """One try to reach somebody. The tablet makes the id, so that sending it twice is harmless."""

    id: UUID
    mode: ContactMode
    at: datetime
    note: str = ""


def claim(session: Session, item: DiscoveryItem, *, actor: Identity, now: datetime) -> None:
    """«맡기»: the item is this person's from now on. Claiming one's own again changes nothing.

    Raises:
        RuleBroken: somebody else was first, or the item is finished.
    """
    hold(session, item)
    if item.state is ItemState.CLAIMED:
        if item.claimed_by_id == actor.account_id:
            return
        raise RuleBroken("TAKEN", f"{_name_of(session, item.claimed_by_id)} 님이 먼저 맡았습니다.")
    item.state = state_after(item.state, ItemAct.CLAIM)
    item.claimed_by_id, item.claimed_at = actor.account_id, now
    record(session, item, ItemAct.CLAIM, actor=actor, now=now)


def release(session: Session, item: DiscoveryItem, *, actor: Identity, now: datetime) -> None:
    """«내려놓기»: back into the queue, with everything that was tried. Released already, it changes nothing.

    Raises:
        RuleBroken: another person's, or finished.
    """
    hold(session, item)
    if item.state is ItemState.OPEN:
        return
    after = state_after(item.state, ItemAct.RELEASE)
    refuse_others(ItemAct.RELEASE, holder_id=item.claimed_by_id, actor_id=actor.account_id)
    item.state, item.claimed_by_id, item.claimed_at = after, None, None
    record(session, item, ItemAct.RELEASE, actor=actor, now=now)


def take_over(session: Session, item: DiscoveryItem, *, actor: Identity, now: datetime) -> None:
    """«넘겨받기»: a supervisor takes an item from whoever holds it; only those who may approve come here.

    Raises:
        RuleBroken: nobody holds it.
    """
    hold(session, item)
    item.state = state_after(item.state, ItemAct.TAKE_OVER)
    if item.claimed_by_id == actor.account_id:
        return
    item.claimed_by_id, item.claimed_at = actor.account_id, now
    record(session, item, ItemAct.TAKE_OVER, actor=actor, now=now)


def record_try(
    session: Session, item: DiscoveryItem, details: TryDetails, *, actor: Identity, now: datetime
) -> ItemAttempt:  # fmt: skip
    """Write one try. At a known household it is a contact as well: last contact and dues follow from it.

    Raises:
        RuleBroken: not this person's item, or a moment to come or before the item came in.
    """
    hold(session, item)
    known = session.get(ItemAttempt, details.id)
    if known is not None and known.item_id == item.id:
        return known
    state_after(item.state, ItemAct.TRY)
    refuse_others(ItemAct.TRY, holder_id=item.claimed_by_id, actor_id=actor.account_id)
    _refuse_moment(item, details, now)
    attempt = ItemAttempt(
        id=details.id, item_id=item.id, mode=details.mode, at=details.at, note=details.note,
        by_id=actor.account_id, recorded_at=now,
    )  # fmt: skip
    session.add(attempt)
    session.flush()
    tell_contact(session, item, attempt, now=now)
    record(session, item, ItemAct.TRY, actor=actor, now=now)
    return attempt


def link_item(
    session: Session, item: DiscoveryItem, household: Household, *, actor: Identity, now: datetime
) -> None:  # fmt: skip
    """Say which household an item of unknown people is about; what was tried becomes contacts of that household.

    Raises:
        RuleBroken: it has a household, it comes from a list (whose row says whom it means), or another centre's.
    """
    hold(session, item)
    if item.household_id == household.id:
        return
    if item.household_id is not None or item.list_row_id is not None:
        raise RuleBroken("LINKED", "명단에서 온 건은 «확인할 사람»에서 연결합니다.", field="number")
    if household.centre_id != item.centre_id:
        raise RuleBroken("OTHER_CENTRE", "다른 센터의 가구입니다.", field="number")
    item.household_id = household.id
    session.flush()
    for attempt in session.scalars(select(ItemAttempt).where(ItemAttempt.item_id == item.id).order_by(ItemAttempt.at)):
        tell_contact(session, item, attempt, now=now)
    rescore(session, [item])
    record(session, item, None, actor=actor, now=now)


def hold(session: Session, item: DiscoveryItem) -> None:
    """Lock an item and read it anew: two people must not move one at once."""
    session.flush()
    session.refresh(item, with_for_update=True)


def tell_contact(session: Session, item: DiscoveryItem, attempt: ItemAttempt, *, now: datetime) -> None:
    """Let a try at a known household count there, under the same id; told twice it counts once."""
    if item.household_id is None:
        return
    household = session.get_one(Household, item.household_id)
    reached = _reached(session, item) if attempt.mode in SPOKEN else frozenset()
    details = ContactDetails(
        _contact_id(session, item, attempt), korean_date(attempt.at), attempt.mode, Purpose.WELFARE, reached,
        happened_at=attempt.at,
    )  # fmt: skip
    follow_ups.record_contact(session, household, details, record_id=attempt.id, by_id=attempt.by_id, now=now)
    follow_ups.alert_absences(session, household, now=now)


def record(
    session: Session, item: DiscoveryItem, act: ItemAct | None, *, words: str = "가구 연결", actor: Identity, now: datetime
) -> None:  # fmt: skip
    """Count the change and write it into the access log; `words` say what was done where no act does."""
    item.version += 1
    session.flush()
    audit.record(
        session, Action.TRIAGE, subject=f"item:{item.id}", household_id=item.household_id,
        detail=act.label if act else words, actor=actor, now=now,
    )  # fmt: skip


def _contact_id(session: Session, item: DiscoveryItem, attempt: ItemAttempt) -> UUID:
    """The try's own id; after its link was taken back one of its own for each link, for the voided contact stays."""
    told = session.get(ContactRow, attempt.id)
    is_voided = told is not None and told.voided_at is not None
    return uuid5(attempt.id, f"link-{item.version}") if is_voided else attempt.id


def _reached(session: Session, item: DiscoveryItem) -> frozenset[int]:
    row = session.get(ListRow, item.list_row_id) if item.list_row_id else None
    return frozenset({row.member_id}) if row and row.member_id else frozenset()


def _refuse_moment(item: DiscoveryItem, details: TryDetails, now: datetime) -> None:
    first = datetime.combine(item.received_on, time(), KOREA)
    if details.at > now + CLOCKS_APART:
        raise RuleBroken("TO_COME", "아직 오지 않은 때입니다.", field="on")
    if details.at < first:
        raise RuleBroken("TOO_EARLY", f"발굴된 날({item.received_on})보다 앞선 때입니다.", field="on")


def _name_of(session: Session, account_id: int | None) -> str:
    account = session.get(Account, account_id) if account_id else None
    return account.name if account else "다른 사람"
