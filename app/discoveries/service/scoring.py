"""Make items of listed people by the thousand: scored, with earlier rounds linked, in one statement."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, cast

from sqlalchemy import Table
from sqlalchemy.orm import Session

from app.core.database import bulk_insert
from app.discoveries.models import CrisisCodeVersion, DiscoveryItem, ImportedList, Round
from app.discoveries.queries import person_key
from app.discoveries.queries.triage import (
    EarlierItem,
    HouseholdFacts,
    TriageInForce,
    earlier_items,
    household_facts,
    triage_in_force,
)
from app.discoveries.rules import ItemState, ListedPerson, Route
from app.discoveries.rules.scores import Score, ScoredFacts, count_in_a_row, judge_score
from app.households.rules import Risk, age_on

NOT_ON_RECORD = HouseholdFacts(is_alone=False, risk=Risk.NONE, flags=frozenset())
"""What is known of nobody's household, and of one that a list has just made."""
ITEMS = cast(Table, DiscoveryItem.__table__)
COLUMNS = (
    "centre_id", "round_id", "list_row_id", "source", "household_id", "person_key", "received_on", "summary", "score",
    "score_lines", "triage_id", "state", "outcome_note", "sent_back_because", "version",
)  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """What all rows of a list are judged by."""

    district_id: int
    round_id: int | None
    source: Route
    triage: TriageInForce | None
    labels: Mapping[str, str]


class Listed(NamedTuple):
    """What of a row counts for its item."""

    id: int
    centre_id: int | None
    household_id: int | None
    name: str
    birth_on: date
    crisis_codes: Sequence[str]
    months_in_arrears: int | None
    previous_discoveries: int | None
    discovered_on: date


def ground_of_list(session: Session, imported: ImportedList, on: date) -> Ground:
    """What the rows of a list discovered on a day are judged by."""
    of_round = session.get(Round, imported.round_id) if imported.round_id else None
    codes = session.get_one(CrisisCodeVersion, imported.crisis_codes_id)
    triage = triage_in_force(session, imported.district_id, on)
    source = of_round.source if of_round else Route.SYS_CENTRAL
    return Ground(imported.district_id, imported.round_id, source, triage, labels_of(codes))


def labels_of(codes: CrisisCodeVersion) -> dict[str, str]:
    """The Korean words of the crisis codes."""
    return {row["code"]: row["label"] for row in codes.document["codes"]}


def add_items(session: Session, rows: Sequence[Listed], ground: Ground, *, made: Collection[int] = frozenset()) -> None:
    """One item of each of these rows, which have none.

    Args:
        made: households that came with these rows: nothing is known of them but what the rows say.
    """
    keys = [person_key(ListedPerson(0, row.name, row.birth_on)) for row in rows]
    earlier = earlier_items(session, ground.district_id, keys)
    asked = {row.household_id for row in rows if row.household_id and row.household_id not in made}
    houses = household_facts(session, asked)
    items = []
    for row, key in zip(rows, keys, strict=True):
        house = houses.get(row.household_id or 0, NOT_ON_RECORD)
        items.append(
            _item(row, key, facts_of(row, house, earlier.get(key, ()), row.discovered_on, ground.round_id), ground)
        )
    bulk_insert(session, ITEMS, COLUMNS, items)


def _item(row: Listed, key: str, facts: ScoredFacts, ground: Ground) -> tuple[Any, ...]:
    """Values in the order of `COLUMNS`."""
    score = score_of(facts, ground)
    return (
        row.centre_id, ground.round_id, row.id, ground.source, row.household_id, key, row.discovered_on, "", score.points,
        as_lines(score), ground.triage.id if ground.triage else None, ItemState.OPEN, "", "", 1,
    )  # fmt: skip


def facts_of(
    row: Listed | None, house: HouseholdFacts, earlier: Sequence[EarlierItem], on: date, round_id: int | None
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
        is_alone=house.is_alone, age=age_on(on, birth_on=row.birth_on) if row else None, risk=house.risk, flags=house.flags,
    )  # fmt: skip


def score_of(facts: ScoredFacts, ground: Ground) -> Score:
    """Without any weights there is nothing to say: no points, no lines."""
    return judge_score(facts, ground.triage.weights, ground.labels) if ground.triage else Score(())


def as_lines(score: Score) -> list[list[Any]]:
    """What `DiscoveryItem.score_lines` keeps."""
    return [[line.points, line.words] for line in score.lines]
