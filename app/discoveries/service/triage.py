"""Keep the items of listed people true: none is missing, each follows its row, and is judged by what is known now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts.models import Centre
from app.discoveries.models import DiscoveryItem, ImportedList, ItemAttempt, ListRow, TriageTable
from app.discoveries.queries import codes_in_force
from app.discoveries.queries.neighbours import signs_by_item
from app.discoveries.queries.triage import earlier_items, household_facts, triage_in_force
from app.discoveries.rules import ItemState, RowOutcome
from app.discoveries.rules.neighbours import codes_of
from app.discoveries.rules.triage import triage_from
from app.discoveries.service.scoring import (
    NOT_ON_RECORD,
    Ground,
    Listed,
    add_items,
    as_lines,
    facts_of,
    ground_of_list,
    labels_of,
    score_of,
)

AT_ONCE = 1_000
_COLUMNS = (
    ListRow.id, ListRow.centre_id, ListRow.household_id, ListRow.read_as, ListRow.crisis_codes,
    ListRow.months_in_arrears, ListRow.previous_discoveries, ListRow.discovered_on,
)  # fmt: skip


def add_triage_table(session: Session, document: Mapping[str, Any], *, district_id: int | None = None) -> int:
    """Add a version of the weights unless it is there already. Returns how many were new: 0 or 1.

    Raises:
        TriageError: the weights could lower a score.
    """
    version = str(document["version"])
    known = select(TriageTable.id).where(TriageTable.version == version)
    if session.scalar(
        known.where(
            TriageTable.district_id.is_(district_id) if district_id is None else TriageTable.district_id == district_id
        )
    ):
        return 0
    kept = dict(document)
    triage_from(kept)  # what cannot be read must not become a version
    begins = date.fromisoformat(document["effective_from"])
    session.add(TriageTable(district_id=district_id, version=version, effective_from=begins, document=kept))
    session.flush()
    return 1


def keep_item_true(session: Session, row: ListRow) -> DiscoveryItem | None:
    """After a row was decided, or its decision taken back: its item is made, follows the household, or goes.

    An item nobody has touched goes with the decision; one that was worked stays, with nobody's household.
    """
    session.flush()
    item = session.scalars(select(DiscoveryItem).where(DiscoveryItem.list_row_id == row.id)).one_or_none()
    if row.follows_id is not None:
        return item
    if row.outcome not in (RowOutcome.NEW, RowOutcome.JOINED):
        return _undecided(session, item)
    if item is None:
        imported = session.get_one(ImportedList, row.imported_list_id)
        listed = _listed(session.execute(select(*_COLUMNS).where(ListRow.id == row.id)).one())
        add_items(session, [listed], ground_of_list(session, imported, row.discovered_on))
        return session.scalars(select(DiscoveryItem).where(DiscoveryItem.list_row_id == row.id)).one_or_none()
    item.household_id, item.centre_id = row.household_id, row.centre_id or item.centre_id
    item.version += 1
    session.flush()
    rescore(session, [item])
    return item


def rescore(session: Session, items: Sequence[DiscoveryItem]) -> None:
    """Judge waiting items anew by what is known of them now; those that were finished keep the score they had."""
    waiting = [item for item in items if item.state is not ItemState.CLOSED]
    if not waiting:
        return
    rows = {
        row.id: _listed(row)
        for row in session.execute(
            select(*_COLUMNS).where(ListRow.id.in_([item.list_row_id for item in waiting if item.list_row_id]))
        )
    }
    reported = signs_by_item(session, waiting)
    for item in waiting:
        ground, codes = _ground_of(session, item), codes_of(reported.get(item.id, ()))
        earlier = earlier_items(session, ground.district_id, {item.person_key}, besides={item.id})
        houses = household_facts(session, {item.household_id} if item.household_id else set())
        facts = facts_of(
            rows.get(item.list_row_id), houses.get(item.household_id or 0, NOT_ON_RECORD),
            [each for each in earlier[item.person_key] if each.received_on < item.received_on], item.received_on, item.round_id,
        )  # fmt: skip
        told = replace(facts, crisis_codes=(*facts.crisis_codes, *codes))
        score = score_of(told, replace(ground, labels={**ground.labels, **codes}))
        item.score, item.score_lines = score.points, as_lines(score)
        item.triage_id = ground.triage.id if ground.triage else None
    session.flush()


def _ground_of(session: Session, item: DiscoveryItem) -> Ground:
    district_id = session.get_one(Centre, item.centre_id).district_id
    triage = triage_in_force(session, district_id, item.received_on)
    labels = labels_of(codes_in_force(session, item.received_on, district_id=district_id)) if item.list_row_id else {}
    return Ground(district_id, item.round_id, item.source, triage, labels)


def _listed(row: Any) -> Listed:
    read = row.read_as
    return Listed(
        row.id, row.centre_id, row.household_id, read["name"], date.fromisoformat(read["birth_on"]), row.crisis_codes,
        row.months_in_arrears, row.previous_discoveries, row.discovered_on,
    )  # fmt: skip


def _undecided(session: Session, item: DiscoveryItem | None) -> DiscoveryItem | None:
    if item is None:
        return None
    is_tried = session.scalar(select(ItemAttempt.id).where(ItemAttempt.item_id == item.id).limit(1)) is not None
    if item.state is ItemState.OPEN and item.outcome is None and not is_tried:
        session.execute(delete(DiscoveryItem).where(DiscoveryItem.id == item.id))
        session.expunge(item)
        return None
    item.household_id, item.version = None, item.version + 1
    session.flush()
    return item
