"""Whatever was decided and taken back has left no trace: rows, candidates, items, households, members, dues, memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from app.access.identity import Identity
from app.core.errors import RuleBroken
from app.discoveries import queries, service
from app.discoveries.models import DecidedLink, DiscoveryItem, ListRow, RowCandidate
from app.discoveries.rules import RowOutcome
from app.follow_ups import queries as follow_ups
from app.households.models import Household, Member
from app.households.rules import DwellingDetails, HouseholdStatus, MemberDetails
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.households import HEAD, SPOUSE, add_household, set_rule
from tests.factories.town import Town
from tests.integration.discoveries.files import person, row_of, take
from tests.moments import NOW, TODAY

Decide = Callable[[Session, ListRow, Identity, Random, datetime], object]
FORGOTTEN = {
    ListRow: ("made_id",),
    RowCandidate: ("id",),
    DiscoveryItem: ("id", "version"),
    Household: ("version",),
    Member: (),
    DecidedLink: ("id",),
}
"""Columns that may differ: what was made once stays known to its row, and an edit taken back counts as two edits. Nobody
is ever deleted: whoever was added by mistake has left the household and stays in its history."""


def _link(session: Session, row: ListRow, who: Identity, chance: Random, now: datetime = NOW) -> None:
    service.link(session, row, chance.choice(row.candidates).household_id, actor=who, now=now)


def _add(session: Session, row: ListRow, who: Identity, chance: Random, now: datetime = NOW) -> None:
    """Where the household has this very person that is refused; then they are linked."""
    household_id = chance.choice(row.candidates).household_id
    try:
        service.link_as_member(session, row, household_id, actor=who, now=now)
    except RuleBroken:
        service.link(session, row, household_id, actor=who, now=now)


def _make(session: Session, row: ListRow, who: Identity, _chance: Random, now: datetime = NOW) -> None:
    service.as_new(session, row, actor=who, now=now)


def everything(session: Session, who: Identity) -> dict[str, Any]:
    """All that stands, as people see it: households in care, members who live there, what is due, what is remembered."""
    session.flush()
    session.expire_all()
    active = session.scalars(select(Household).where(Household.status == HouseholdStatus.ACTIVE)).all()
    ids = {household.id for household in active}
    members = session.scalars(select(Member).where(Member.household_id.in_(ids), Member.left_on.is_(None))).all()
    dues = follow_ups.read_dues(session, ids, district_id=who.district_id, today=TODAY)
    kept = {table.__tablename__: _rows(session.scalars(select(table)).all()) for table in
            (ListRow, RowCandidate, DiscoveryItem, DecidedLink)}  # fmt: skip
    return {
        **kept, "household": _rows(active), "member": _rows(members),
        "dues": {key: [asdict(due) for due in found] for key, found in dues.items()},
    }  # fmt: skip


def _rows(found: Any) -> list[dict[str, Any]]:
    rows = [
        {
            column.key: getattr(row, column.key)
            for column in row.__table__.columns
            if column.key not in FORGOTTEN[type(row)]
        }
        for row in found
    ]
    return sorted(rows, key=repr)


@pytest.fixture
def rows(session: Session, worker: Identity) -> list[ListRow]:
    """A couple on record, a namesake of hers elsewhere, and rows of three lists that may mean them or one another."""
    couple = add_household(session, worker, HEAD, SPOUSE)
    set_rule(session, couple, "ISOLATION_HIGH", worker)
    add_household(
        session, worker, MemberDetails("김순자", birth_year=1942), phone="", dwelling=DwellingDetails("한빛구 가람로 9")
    )
    first = take(
        session, worker, person(phone="010-0200-0001", road="한빛구 햇살로 77"),
        person(phone="010-0200-0002", road="한빛구 햇살로 1"), person("박영수", born="1939-08-02", sex="남", phone=""),
        person("박영수", born="1939-08-02", sex="남", phone="", crises="단수"),
    )  # fmt: skip
    second = take(session, worker, person("김숙자", phone="", road="한빛구 언덕길 2"), title="둘째")
    third = take(session, worker, person(phone="010-0200-0001", road="한빛구 우물길 2"), title="셋째")
    return [row_of(session, each, number) for each, numbers in ((first, (2, 3, 4)), (second, (2,)), (third, (2,)))
            for number in numbers]  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_decisions_taken_back_in_turn_give_back_every_state_between(
    session: Session, worker: Identity, rows: list[ListRow], seed: int
) -> None:
    chance, taken = Random(seed), []
    for hour, row in enumerate(chance.sample(rows, len(rows))):
        before = everything(session, worker)
        if row.outcome is RowOutcome.HELD:
            chance.choice((_link, _add, _make))(session, row, worker, chance, NOW + timedelta(hours=hour))
            taken.append((row, before))
    assert taken
    for row, before in reversed(taken):
        service.unlink(session, row, actor=worker, now=NOW)
        assert everything(session, worker) == before


@pytest.mark.parametrize("decide", [_link, _add, _make])
def test_what_was_put_aside_is_put_aside_again_by_whom_and_when_it_was(
    session: Session, town: Town, worker: Identity, rows: list[ListRow], decide: Decide
) -> None:
    supervisor, later = town.who(town.supervisor), NOW + timedelta(days=1)
    service.hold(session, rows[0], actor=supervisor, now=NOW)
    before, names = everything(session, worker), rows[0].person
    for _again in range(2):
        decide(session, rows[0], worker, Random(1), later)
        assert (rows[0].decided_by_id, rows[0].decided_at) == (worker.account_id, later)
        assert rows[0].person == names
        service.unlink(session, rows[0], actor=worker, now=later)
        assert everything(session, worker) == before
    assert (rows[0].decided_by_id, rows[0].decided_at) == (supervisor.account_id, NOW)
    assert [row.id for row in queries.list_held(session, worker)][-1] == rows[0].id


@pytest.mark.parametrize("decide", [_link, _add, _make])
def test_taking_back_twice_changes_nothing_more(
    session: Session, worker: Identity, rows: list[ListRow], decide: Decide
) -> None:
    before = everything(session, worker)
    decide(session, rows[0], worker, Random(1))
    for _twice in range(2):
        service.unlink(session, rows[0], actor=worker, now=NOW)
        assert everything(session, worker) == before


def test_what_an_earlier_list_had_said_holds_again(session: Session, worker: Identity, rows: list[ListRow]) -> None:
    known = rows[0].candidates[0].household_id
    service.as_new(session, rows[0], actor=worker, now=NOW)
    service.link(session, rows[4], known, actor=worker, now=NOW)
    assert _said(session, known) == [(True, rows[4].id)]
    service.unlink(session, rows[4], actor=worker, now=NOW)
    assert _said(session, known) == [(False, rows[0].id)]


def test_a_household_that_is_looked_after_meanwhile_refuses_and_nothing_changes(
    session: Session, worker: Identity, rows: list[ListRow]
) -> None:
    made = service.as_new(session, rows[0], actor=worker, now=NOW)
    made.worker_id = worker.account_id
    before = everything(session, worker)
    with pytest.raises(RuleBroken):
        service.unlink(session, rows[0], actor=worker, now=NOW)
    assert everything(session, worker) == before


def _said(session: Session, household_id: int) -> list[tuple[bool, int]]:
    found = session.scalars(select(DecidedLink).where(DecidedLink.household_id == household_id))
    return [(said.is_same, said.list_row_id) for said in found]
