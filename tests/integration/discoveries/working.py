"""Items as people work them, in a few words."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from app.access.identity import Identity
from app.core.clock import korean_date
from app.discoveries import service
from app.discoveries.models import DiscoveryItem
from app.discoveries.rules import ItemOutcome
from app.discoveries.service import Closing, TryDetails
from app.follow_ups.rules import ContactMode
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.integration.discoveries.files import person, take
from tests.moments import NOW


def items_of(session: Session) -> list[DiscoveryItem]:
    return list(session.scalars(select(DiscoveryItem).order_by(DiscoveryItem.id)))


def one_item(session: Session, worker: Identity, **cells: str) -> DiscoveryItem:
    take(session, worker, person(**cells))
    return items_of(session)[-1]


def try_it(
    session: Session, item: DiscoveryItem, *modes: ContactMode, actor: Identity, now: datetime = NOW
) -> None:  # fmt: skip
    for mode in modes:
        service.record_try(session, item, TryDetails(uuid4(), mode, now), actor=actor, now=now)


def closed(
    session: Session, item: DiscoveryItem, outcome: ItemOutcome, actor: Identity, *, now: datetime = NOW
) -> None:
    """Claimed, tried well enough and finished."""
    service.claim(session, item, actor=actor, now=now)
    modes = (ContactMode.ABSENT, ContactMode.NO_ANSWER, ContactMode.NO_ANSWER, ContactMode.CALL)
    try_it(session, item, *modes, actor=actor, now=now)
    recheck_on = korean_date(now) + timedelta(days=30)
    service.close_item(session, item, Closing(outcome, "까닭", recheck_on), actor=actor, now=now)
