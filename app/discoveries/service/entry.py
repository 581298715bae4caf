"""Enter somebody who came to be known by another way than a list: who came, who called, whom the 통장 named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.discoveries.models import DiscoveryItem
from app.discoveries.rules import ItemState, Route
from app.discoveries.rules.entering import LONGEST_AGO, TYPED
from app.discoveries.service.triage import rescore
from app.households.models import Household


@dataclass(frozen=True, slots=True)
class EntryDetails:
    """What somebody was told, and by which way."""

    centre_id: int
    source: Route
    received_on: date
    summary: str
    household: Household | None = None


def enter_item(session: Session, details: EntryDetails, *, actor: Identity, now: datetime) -> DiscoveryItem:
    """Put somebody into the queue who stands on no list, known or not yet.

    Raises:
        RuleBroken: a way by which lists come, no words, a day to come or long ago, or another centre's household.
    """
    _refuse(details, actor, korean_date(now))
    house = details.household
    item = DiscoveryItem(
        centre_id=house.centre_id if house else details.centre_id, household_id=house.id if house else None,
        source=details.source, received_on=details.received_on, summary=details.summary.strip(), score=0,
        score_lines=[], state=ItemState.OPEN, version=1,
    )  # fmt: skip
    session.add(item)
    session.flush()
    rescore(session, [item])
    audit.record(
        session, Action.CREATE, subject=f"item:{item.id}", household_id=item.household_id,
        detail=details.source.label, actor=actor, now=now,
    )  # fmt: skip
    return item


def _refuse(details: EntryDetails, actor: Identity, today: date) -> None:
    if details.source not in TYPED:
        raise RuleBroken("OF_LIST", "이 경로는 명단으로 담습니다.", field="source")
    if not details.summary.strip():
        raise RuleBroken("NO_WORDS", "무엇을 보거나 들었는지 적어 주세요.", field="summary")
    if not today - LONGEST_AGO <= details.received_on <= today:
        raise RuleBroken("WRONG_DAY", "알게 된 날은 한 해 전부터 오늘까지입니다.", field="received_on")
    centre_id = details.household.centre_id if details.household else details.centre_id
    if centre_id not in actor.centre_ids:
        raise RuleBroken("OTHER_CENTRE", "다른 센터의 가구입니다.", field="number")
