"""A 시군구's own weights: tried on the queue as it stands, then in force from a day on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.discoveries.models import DiscoveryItem, ListRow, TriageTable
from app.discoveries.queries.items import visible_items
from app.discoveries.queries.neighbours import signs_by_item
from app.discoveries.queries.triage import EarlierItem, earlier_items, household_facts
from app.discoveries.queries.weights import last_weights, list_weight_versions
from app.discoveries.rules import ItemState
from app.discoveries.rules.neighbours import codes_of
from app.discoveries.rules.scores import ScoredFacts, judge_score
from app.discoveries.rules.triage import TriageError, TriageWeights, triage_from
from app.discoveries.rules.weights import WeightsChange, changed_weights
from app.discoveries.service.scoring import NOT_ON_RECORD, Listed, facts_of
from app.discoveries.service.standards import held_district, refuse_conflict, refuse_past

TRIED = 200
"""So many of the most urgent are judged anew for a preview."""
SHOWN = 15


@dataclass(frozen=True, slots=True)
class Moved:
    """One item of the queue as other weights would place it; places count from 1."""

    item: DiscoveryItem
    place_before: int
    place_after: int
    points_after: int


def change_weights(
    session: Session, change: WeightsChange, *, drawn_from: str, actor: Identity, now: datetime
) -> TriageTable:
    """Put whoever is discovered from a day on in order by other weights; scores that were given stay.

    Raises:
        RuleBroken: a day that has passed, no reason why, points that do not fit, or a version that came between.
    """
    refuse_past(change.effective_from, change.why, today=korean_date(now))
    held_district(session, actor.district_id)
    versions = list_weight_versions(session, actor.district_id)
    last = last_weights(session, actor.district_id)
    refuse_conflict(drawn_from, last.version)
    if change.effective_from < last.effective_from:
        words = f"{last.effective_from}부터 쓰는 판이 있습니다. 그날이나 뒷날로 정해 주세요."
        raise RuleBroken("BEFORE_LAST", words, field="effective_from")
    number = 1 + sum(1 for each in versions if each.district_id is not None)
    version = f"{change.effective_from.year}-{actor.district_id}-{number}"
    row = TriageTable(
        district_id=actor.district_id, version=version, effective_from=change.effective_from,
        document=_changed(last, change, version), set_by_id=actor.account_id, set_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(session, Action.CHANGE_RULE, subject="triage-weights", detail=version, actor=actor, now=now)
    return row


def try_weights(
    session: Session, who: Identity, change: WeightsChange, labels: Mapping[str, str]
) -> list[Moved]:  # fmt: skip
    """The top of the queue as other weights would order it, among the most urgent of today; nothing is stored.

    Raises:
        RuleBroken: points that do not fit.
    """
    weights = triage_from(_changed(last_weights(session, who.district_id), change, "try"))
    most_urgent = (DiscoveryItem.score.desc(), DiscoveryItem.id)
    statement = select(DiscoveryItem).where(visible_items(who), DiscoveryItem.state == ItemState.OPEN)
    items = session.scalars(statement.order_by(*most_urgent).limit(TRIED)).all()
    points = _points(session, items, weights, labels, who.district_id)
    before = {item.id: place for place, item in enumerate(items, start=1)}
    after = sorted(items, key=lambda item: (-points[item.id], item.id))
    return [
        Moved(item, before[item.id], place, points[item.id])
        for place, item in enumerate(after[:SHOWN], start=1)
    ]  # fmt: skip


def _changed(last: TriageTable, change: WeightsChange, version: str) -> dict[str, Any]:
    try:
        return changed_weights(last.document, change, version=version)
    except TriageError as error:
        raise RuleBroken("WEIGHTS_UNFIT", error.problem) from None


def _points(
    session: Session, items: Sequence[DiscoveryItem], weights: TriageWeights, labels: Mapping[str, str], district_id: int
) -> dict[int, int]:  # fmt: skip
    """What each would score, in a handful of statements."""
    keys = [item.list_row_id for item in items if item.list_row_id]
    rows = {row.id: row for row in session.scalars(select(ListRow).where(ListRow.id.in_(keys)))}
    earlier = earlier_items(session, district_id, {item.person_key for item in items})
    houses = household_facts(session, {item.household_id for item in items if item.household_id})
    reported = signs_by_item(session, items)
    points = {}
    for item in items:
        past = [each for each in earlier.get(item.person_key, ()) if _is_past(each, item.received_on)]
        listed = _listed(rows[item.list_row_id]) if item.list_row_id in rows else None
        house = houses.get(item.household_id or 0, NOT_ON_RECORD)
        facts = facts_of(listed, house, past, item.received_on, item.round_id)
        points[item.id] = _judged(facts, codes_of(reported.get(item.id, ())), weights, labels)
    return points


def _is_past(each: EarlierItem, on: date) -> bool:
    return each.received_on < on


def _judged(
    facts: ScoredFacts, signs: Mapping[str, str], weights: TriageWeights, labels: Mapping[str, str]
) -> int:  # fmt: skip
    told = replace(facts, crisis_codes=(*facts.crisis_codes, *signs))
    return judge_score(told, weights, {**labels, **signs}).points


def _listed(row: ListRow) -> Listed:
    person = row.person
    return Listed(
        row.id, row.centre_id, row.household_id, person.name, person.birth_on, person.crisis_codes,
        person.months_in_arrears, person.previous_discoveries, row.discovered_on,
    )  # fmt: skip
