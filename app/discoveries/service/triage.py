"""Make items of listed people: scored, with earlier rounds linked, some hundred at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.orm import Session

from app.accounts.models import Centre
from app.discoveries.models import (
    CrisisCodeVersion,
    DiscoveryItem,
    ImportedList,
    ItemAttempt,
    ListRow,
    Round,
    TriageTable,
)
from app.discoveries.queries import codes_in_force, person_key
from app.discoveries.queries.neighbours import signs_by_item
from app.discoveries.queries.triage import (
    EarlierItem,
    HouseholdFacts,
    TriageInForce,
    earlier_items,
    household_facts,
    triage_in_force,
)
from app.discoveries.rules import ItemState, ListedPerson, Route, RowOutcome
from app.discoveries.rules.neighbours import codes_of
from app.discoveries.rules.scores import Score, ScoredFacts, count_in_a_row, judge_score
from app.discoveries.rules.triage import triage_from
from app.households.rules import Risk, age_on

AT_ONCE = 1_000
NOT_ON_RECORD = HouseholdFacts(is_alone=False, risk=Risk.NONE, flags=frozenset())
_COLUMNS = (
    ListRow.id, ListRow.centre_id, ListRow.household_id, ListRow.read_as, ListRow.crisis_codes,
    ListRow.months_in_arrears, ListRow.previous_discoveries, ListRow.discovered_on,
)  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """What all rows of a list are judged by."""

    district_id: int
    round_id: int | None
    source: Route
    triage: TriageInForce | None
    labels: Mapping[str, str]


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


def take_items(session: Session, imported: ImportedList) -> int:
    """Make one item of every person a list names for sure: new ones and those joined to a household.

    Rows that repeat another one (in this file, or in another of the same round) share its item; held rows get theirs
    when somebody decides them: `keep_item_true`. Taking a list again makes only what is missing. Returns how many.
    """
    session.flush()
    ground, taken, after = _ground(session, imported), 0, 0
    while rows := _rows_without_item(session, imported.id, after):
        taken += _take(session, rows, ground)
        after = rows[-1].id
    return taken


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
        _take(session, _rows_without_item(session, imported.id, row.id - 1, last=row.id), _ground(session, imported))
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
        row.id: row
        for row in session.execute(
            select(*_COLUMNS).where(ListRow.id.in_([item.list_row_id for item in waiting if item.list_row_id]))
        )
    }
    reported = signs_by_item(session, waiting)
    for item in waiting:
        ground, codes = _ground_of(session, item), codes_of(reported.get(item.id, ()))
        earlier = earlier_items(session, ground.district_id, {item.person_key}, besides={item.id})
        houses = household_facts(session, {item.household_id} if item.household_id else set())
        facts = _facts(
            rows.get(item.list_row_id), houses.get(item.household_id or 0, NOT_ON_RECORD),
            [each for each in earlier[item.person_key] if each.received_on < item.received_on], item.received_on, item.round_id,
        )  # fmt: skip
        told = replace(facts, crisis_codes=(*facts.crisis_codes, *codes))
        score = _score(told, replace(ground, labels={**ground.labels, **codes}))
        item.score, item.score_lines = score.points, _as_lines(score)
        item.triage_id = ground.triage.id if ground.triage else None
    session.flush()


def _ground(session: Session, imported: ImportedList) -> Ground:
    of_round = session.get(Round, imported.round_id) if imported.round_id else None
    codes = session.get_one(CrisisCodeVersion, imported.crisis_codes_id)
    on = session.scalar(select(ListRow.discovered_on).where(ListRow.imported_list_id == imported.id).limit(1))
    triage = triage_in_force(session, imported.district_id, on) if on else None
    source = of_round.source if of_round else Route.SYS_CENTRAL
    return Ground(imported.district_id, imported.round_id, source, triage, _labels(codes))


def _ground_of(session: Session, item: DiscoveryItem) -> Ground:
    district_id = session.get_one(Centre, item.centre_id).district_id
    triage = triage_in_force(session, district_id, item.received_on)
    labels = _labels(codes_in_force(session, item.received_on)) if item.list_row_id else {}
    return Ground(district_id, item.round_id, item.source, triage, labels)


def _labels(codes: CrisisCodeVersion) -> dict[str, str]:
    return {row["code"]: row["label"] for row in codes.document["codes"]}


def _rows_without_item(session: Session, list_id: int, after: int, *, last: int | None = None) -> Sequence[Any]:
    statement = select(*_COLUMNS).where(
        ListRow.imported_list_id == list_id, ListRow.id > after, ListRow.follows_id.is_(None),
        ListRow.outcome.in_((RowOutcome.NEW, RowOutcome.JOINED)),
        ~exists().where(DiscoveryItem.list_row_id == ListRow.id),
    )  # fmt: skip
    until = statement if last is None else statement.where(ListRow.id <= last)
    return session.execute(until.order_by(ListRow.id).limit(AT_ONCE)).all()


def _take(session: Session, rows: Sequence[Any], ground: Ground) -> int:
    keys = {row.id: _key_of(row) for row in rows}
    earlier = earlier_items(session, ground.district_id, keys.values())
    houses = household_facts(session, {row.household_id for row in rows if row.household_id})
    made = [
        _columns(row, keys[row.id], earlier[keys[row.id]], houses.get(row.household_id, NOT_ON_RECORD), ground) for row in rows
    ]  # fmt: skip
    if made:
        session.execute(insert(DiscoveryItem), made)
    return len(made)


def _columns(
    row: Any, key: str, earlier: Sequence[EarlierItem], house: HouseholdFacts, ground: Ground
) -> dict[str, Any]:  # fmt: skip
    facts = _facts(row, house, earlier, row.discovered_on, ground.round_id)
    score = _score(facts, ground)
    return {
        "centre_id": row.centre_id, "round_id": ground.round_id, "list_row_id": row.id, "source": ground.source,
        "household_id": row.household_id, "person_key": key, "received_on": row.discovered_on, "summary": "",
        "score": score.points, "score_lines": _as_lines(score), "triage_id": ground.triage.id if ground.triage else None,
        "state": ItemState.OPEN, "outcome_note": "", "sent_back_because": "", "version": 1,
    }  # fmt: skip


def _facts(
    row: Any, house: HouseholdFacts, earlier: Sequence[EarlierItem], on: date, round_id: int | None
) -> ScoredFacts:  # fmt: skip
    """Facts of one person. Items of the same round are the same discovery, not an earlier one."""
    others = [each for each in earlier if round_id is None or each.round_id != round_id]
    past = [each for each in others if each.received_on < on]
    last = next((each for each in past if each.outcome), None)
    told = (row.previous_discoveries or 0) if row else 0
    return ScoredFacts(
        crisis_codes=tuple(row.crisis_codes) if row else (),
        months_in_arrears=row.months_in_arrears if row else None,
        previous_times=max(told, len({each.received_on for each in past})),
        in_a_row=count_in_a_row([each.received_on for each in past], on),
        last_outcome=last.outcome if last else None, last_on=last.outcome_on if last else None,
        is_alone=house.is_alone, age=_age(row, on), risk=house.risk, flags=house.flags,
    )  # fmt: skip


def _age(row: Any, on: date) -> int | None:
    return age_on(on, birth_on=date.fromisoformat(row.read_as["birth_on"])) if row and row.read_as else None


def _score(facts: ScoredFacts, ground: Ground) -> Score:
    """Without any weights there is nothing to say: no points, no lines."""
    return judge_score(facts, ground.triage.weights, ground.labels) if ground.triage else Score(())


def _as_lines(score: Score) -> list[list[Any]]:
    return [[line.points, line.words] for line in score.lines]


def _key_of(row: Any) -> str:
    read = row.read_as
    return person_key(ListedPerson(0, read["name"], date.fromisoformat(read["birth_on"])))


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
