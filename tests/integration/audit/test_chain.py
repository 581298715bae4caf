"""접속기록: every row is chained to the one before it, and whoever meddles with it is found out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone

import pytest
from app.audit.models import AccessChain, AccessLog
from app.audit.queries import find_broken_rows
from app.audit.rules import Action, entry_hash
from app.audit.service import record, record_list
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session
from tests.factories.access_log import list_entries
from tests.factories.town import Town

ROWS = 6


def breaks(session: Session) -> list[tuple[str, int]]:
    return [(found.chain, found.position) for found in find_broken_rows(session)]


@pytest.fixture
def written(session: Session, town: Town, now: datetime) -> str:
    """The name of a chain with six more rows than the town's own."""
    actor = town.who(town.nurse)
    for number in range(ROWS):
        record(
            session,
            Action.VIEW,
            subject=f"household:{number}",
            household_id=number,
            purpose="안부 확인",
            actor=actor,
            now=now,
        )
    return f"centre-{town.garam.id}"


def row_at(session: Session, chain: str, position: int) -> AccessLog:
    wanted = select(AccessLog).where(AccessLog.chain == chain, AccessLog.position == position)
    return session.scalars(wanted).one()


@contextmanager
def meddling(session: Session) -> Iterator[None]:
    """Rows go behind the session's back, as somebody with the database open would do it."""
    session.flush()
    yield
    session.expire_all()


def test_a_log_nobody_touched_is_whole(session: Session, written: str) -> None:
    assert breaks(session) == []


def test_a_row_says_who_when_where_whose_what_and_why(
    session: Session, written: str, town: Town, now: datetime
) -> None:
    row = row_at(session, written, ROWS)
    assert (row.actor_id, row.address, row.device) == (town.nurse.id, "10.20.0.7", "tablet")
    assert (row.at, row.action, row.subject, row.household_id) == (now, Action.VIEW, "household:5", 5)
    assert (row.row_count, row.purpose, row.request_id) == (1, "안부 확인", "request-of-a-test")


def test_a_row_holds_whatever_zone_its_moment_was_told_in(session: Session, town: Town, now: datetime) -> None:
    in_seoul = now.astimezone(timezone(timedelta(hours=9))).replace(microsecond=123_456)
    record(session, Action.VIEW, actor=town.who(town.nurse), now=in_seoul)
    session.expire_all()
    assert breaks(session) == []


def test_a_list_names_every_household_it_showed(session: Session, town: Town, now: datetime) -> None:
    record_list(session, Action.LIST, iter([7, 3, 12]), subject="today", actor=town.who(town.nurse), now=now)
    row = list_entries(session)[0]
    assert (row.detail, row.row_count, row.household_id) == ("7,3,12", 3, None)


CHANGES = {
    "at": datetime(2020, 1, 1, tzinfo=UTC),
    "actor_id": 999,
    "address": "10.0.0.1",
    "device": "another",
    "request_id": "another",
    "action": Action.PRINT,
    "subject": "household:77",
    "household_id": 77,
    "row_count": 2,
    "detail": "nothing happened",
    "purpose": "another purpose",
}


@pytest.mark.parametrize("field", CHANGES)
def test_a_changed_field_is_named_by_its_row(session: Session, written: str, field: str) -> None:
    changed = row_at(session, written, 3).id
    with meddling(session):
        session.execute(update(AccessLog).where(AccessLog.id == changed).values({field: CHANGES[field]}))
    assert breaks(session) == [(written, 3)]


@pytest.mark.parametrize("position", [1, ROWS])
def test_the_first_row_and_the_last_are_named_as_well(session: Session, written: str, position: int) -> None:
    changed = row_at(session, written, position).id
    with meddling(session):
        session.execute(update(AccessLog).where(AccessLog.id == changed).values(purpose="다른 목적"))
    assert breaks(session) == [(written, position)]


def test_a_row_whose_hash_was_made_to_fit_breaks_the_next(session: Session, written: str) -> None:
    changed = row_at(session, written, 3)
    with meddling(session):
        changed.purpose = "다른 목적"
        changed.hash = entry_hash(changed.entry(), changed.hash_before)
        session.flush()
    assert breaks(session) == [(written, 4)]


@pytest.mark.parametrize("position", range(1, ROWS + 1))
def test_a_row_taken_out_is_missed(session: Session, written: str, position: int) -> None:
    gone = row_at(session, written, position).id
    with meddling(session):
        session.execute(delete(AccessLog).where(AccessLog.id == gone))
    assert breaks(session) == [(written, position)]


@pytest.mark.parametrize("kept", range(ROWS))
def test_a_cut_tail_is_missed(session: Session, written: str, kept: int) -> None:
    with meddling(session):
        session.execute(delete(AccessLog).where(AccessLog.chain == written, AccessLog.position > kept))
    assert breaks(session) == [(written, kept + 1)]


def test_rows_that_changed_places_are_named(session: Session, written: str) -> None:
    second, third = row_at(session, written, 2).id, row_at(session, written, 3).id
    with meddling(session):
        for row_id, position in ((second, 99), (third, 2), (second, 3)):
            session.execute(update(AccessLog).where(AccessLog.id == row_id).values(position=position))
    assert {place for _chain, place in breaks(session)} == {2, 3, 4}


def test_a_row_put_in_is_named(session: Session, written: str) -> None:
    with meddling(session):
        session.execute(update(AccessChain).where(AccessChain.chain == written).values(position=ROWS - 1))
    assert breaks(session) == [(written, ROWS + 1)]


def test_a_chain_whose_head_was_taken_away_is_named(session: Session, written: str) -> None:
    with meddling(session):
        session.execute(delete(AccessChain).where(AccessChain.chain == written))
    assert breaks(session) == [(written, ROWS + 1)]


def test_the_sentence_of_a_break_says_what_is_wrong(session: Session, written: str) -> None:
    gone = row_at(session, written, 4).id
    with meddling(session):
        session.execute(delete(AccessLog).where(AccessLog.id == gone))
    assert [found.text for found in find_broken_rows(session)] == ["4번 기록이 없습니다 (다음 기록: 5번)"]


def test_two_chains_know_nothing_of_each_other(session: Session, written: str, town: Town, now: datetime) -> None:
    for account in (town.narae_nurse, town.privacy_officer):
        record(session, Action.VIEW, actor=town.who(account), now=now)
    gone = row_at(session, written, 2).id
    with meddling(session):
        session.execute(delete(AccessLog).where(AccessLog.id == gone))
    chains = set(session.scalars(select(AccessChain.chain)))
    assert {f"centre-{town.narae.id}", f"district-{town.garam.district_id}", written} <= chains
    assert breaks(session) == [(written, 2)]


def test_what_is_rolled_back_leaves_no_row_and_no_gap(
    session: Session, written: str, town: Town, now: datetime
) -> None:
    savepoint = session.begin_nested()
    record(session, Action.PRINT, subject="never", actor=town.who(town.nurse), now=now)
    savepoint.rollback()
    record(session, Action.VIEW, subject="afterwards", actor=town.who(town.nurse), now=now)
    session.expire_all()
    assert row_at(session, written, ROWS + 1).subject == "afterwards"
    assert breaks(session) == []


def test_where_no_row_can_be_written_nothing_else_is(session: Session, town: Town, now: datetime) -> None:
    """The log shares the transaction: with the table gone, `record` raises and the caller's work goes with it."""
    before = session.scalar(select(func.count()).select_from(AccessChain))
    savepoint = session.begin_nested()
    session.execute(text("ALTER TABLE access_log RENAME TO put_away"))
    with pytest.raises(Exception, match="access_log"):
        record(session, Action.VIEW, actor=town.who(town.worker), now=now)
    savepoint.rollback()
    assert session.scalar(select(func.count()).select_from(AccessChain)) == before
