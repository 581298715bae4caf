"""A person decides about a held row, and may take it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from app.access.identity import Identity
from app.assignments.rules import Duty
from app.assignments.service import assign
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.core.errors import NotFound, RuleBroken
from app.discoveries import queries, service
from app.discoveries.models import DecidedLink, ListRow
from app.discoveries.rules import RowOutcome
from app.households.models import Household
from app.households.rules import HouseholdStatus, MemberDetails
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.factories.households import HEAD, add_household
from tests.factories.town import Town
from tests.integration.discoveries.files import person, row_of, take
from tests.moments import NOW

PERHAPS = {"phone": "010-9999-8888", "road": "한빛구 햇살로 77", "unit": "3호"}
SAME_DOOR = {"name": "박영수", "born": "1939-08-02", "sex": "남", "phone": "010-1111-2222"}


@pytest.fixture
def known(session: Session, worker: Identity) -> Household:
    """김순자, on record."""
    return add_household(session, worker, HEAD)


@pytest.fixture
def held(session: Session, worker: Identity, known: Household) -> ListRow:
    """A row that may mean her."""
    return row_of(session, take(session, worker, person(**PERHAPS)), 2)


def state_of(row: ListRow) -> tuple[Any, ...]:
    candidates = [(each.household_id, each.member_id, each.compared) for each in row.candidates]
    return row.outcome, row.household_id, row.member_id, row.decided_by_id, row.decided_at, candidates


def decisions(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(DecidedLink)) or 0


def test_a_link_joins_the_row_and_changes_nothing_of_the_household(
    session: Session, worker: Identity, known: Household, held: ListRow
) -> None:
    service.link(session, held, known.id, actor=worker, now=NOW)
    assert (held.outcome, held.household_id) == (RowOutcome.JOINED, known.id)
    assert (held.member_id, held.decided_by_id, held.decided_at) == (known.members[0].id, worker.account_id, NOW)
    assert (known.version, known.members[0].phone) == (1, "01026462265")


def test_a_new_household_is_made_of_the_row_in_its_centre(
    session: Session, worker: Identity, known: Household, held: ListRow
) -> None:
    made = service.as_new(session, held, actor=worker, now=NOW)
    assert (held.outcome, held.household_id, held.made_id) == (RowOutcome.NEW, made.id, made.id)
    assert (made.title, made.centre_id, made.road_address) == ("김순자", worker.centre_id, "한빛구 햇살로 77")
    assert made.id != known.id


def test_another_person_of_the_household_becomes_a_member(session: Session, worker: Identity, known: Household) -> None:
    row = row_of(session, take(session, worker, person(**SAME_DOOR)), 2)
    assert row.candidates[0].is_perhaps_a_relative
    member = service.link_as_member(session, row, known.id, actor=worker, now=NOW)
    assert member is not None
    assert (row.outcome, row.household_id, row.member_id) == (RowOutcome.JOINED, known.id, member.id)
    assert [(each.name, str(each.birth_on), each.phone) for each in known.members[1:]] == [
        ("박영수", "1939-08-02", "01011112222")
    ]


def test_what_is_put_aside_stays_to_be_decided_and_comes_last(
    session: Session, worker: Identity, known: Household, held: ListRow
) -> None:
    other = row_of(session, take(session, worker, person(**SAME_DOOR)), 2)
    service.hold(session, held, actor=worker, now=NOW)
    assert (held.outcome, held.decided_by_id) == (RowOutcome.HELD, worker.account_id)
    assert [row.id for row in queries.list_held(session, worker)] == [other.id, held.id]
    pages = [
        queries.list_held(session, worker, after=after, limit=1) for after in (None, (False, other.id), (True, held.id))
    ]
    assert [[row.id for row in page][:1] for page in pages] == [[other.id], [held.id], []]
    service.link(session, held, known.id, actor=worker, now=NOW)
    assert held.outcome is RowOutcome.JOINED


def link_it(session: Session, row: ListRow, known: Household, who: Identity) -> None:
    service.link(session, row, known.id, actor=who, now=NOW)


def make_it(session: Session, row: ListRow, _known: Household, who: Identity) -> None:
    service.as_new(session, row, actor=who, now=NOW)


def add_it(session: Session, row: ListRow, known: Household, who: Identity) -> None:
    service.link_as_member(session, row, known.id, actor=who, now=NOW)


Decide = Callable[[Session, ListRow, Household, Identity], None]


@pytest.mark.parametrize("decide", [link_it, make_it, add_it])
def test_taking_back_brings_the_row_back_to_what_it_was(
    session: Session, worker: Identity, known: Household, decide: Decide
) -> None:
    row = row_of(session, take(session, worker, person(**SAME_DOOR)), 2)
    before = state_of(row)
    decide(session, row, known, worker)
    assert decisions(session) > 0
    service.unlink(session, row, actor=worker, now=NOW)
    assert state_of(row) == before
    assert decisions(session) == 0
    assert queries.discovered_times(session, known.id) is None


@pytest.mark.parametrize("decide", [link_it, make_it, add_it])
def test_a_decision_sent_twice_is_one_decision(
    session: Session, worker: Identity, known: Household, decide: Decide
) -> None:
    row = row_of(session, take(session, worker, person(**SAME_DOOR)), 2)
    decide(session, row, known, worker)
    count = session.scalar(select(func.count()).select_from(Household))
    after, members = state_of(row), len(known.members)
    decide(session, row, known, worker)
    assert state_of(row) == after
    assert (session.scalar(select(func.count()).select_from(Household)), len(known.members)) == (count, members)


def test_a_household_made_by_mistake_is_closed_and_comes_back_when_it_was_none(
    session: Session, worker: Identity, held: ListRow
) -> None:
    made = service.as_new(session, held, actor=worker, now=NOW)
    service.unlink(session, held, actor=worker, now=NOW)
    assert made.status is HouseholdStatus.CLOSED
    again = service.as_new(session, held, actor=worker, now=NOW)
    assert (again.id, again.status) == (made.id, HouseholdStatus.ACTIVE)


def test_a_member_added_by_mistake_is_noted_as_gone_and_comes_back(
    session: Session, worker: Identity, known: Household
) -> None:
    row = row_of(session, take(session, worker, person(**SAME_DOOR)), 2)
    service.link_as_member(session, row, known.id, actor=worker, now=NOW)
    service.unlink(session, row, actor=worker, now=NOW)
    assert [member.is_present for member in known.members] == [True, False]
    service.link_as_member(session, row, known.id, actor=worker, now=NOW)
    assert [member.is_present for member in known.members] == [True, True]


def test_a_new_household_that_is_looked_after_is_not_taken_back(
    session: Session, worker: Identity, held: ListRow, town: Town
) -> None:
    made = service.as_new(session, held, actor=worker, now=NOW)
    assign(session, made, Duty.WORKER, town.worker, actor=worker, now=NOW)
    with pytest.raises(RuleBroken) as refused:
        service.unlink(session, held, actor=worker, now=NOW)
    assert refused.value.code == "LOOKED_AFTER"
    assert (held.outcome, made.status) == (RowOutcome.NEW, HouseholdStatus.ACTIVE)


def test_what_was_joined_without_asking_is_asked_after_it_is_unlinked(
    session: Session, worker: Identity, known: Household
) -> None:
    row = row_of(session, take(session, worker, person()), 2)
    assert row.outcome is RowOutcome.JOINED
    service.unlink(session, row, actor=worker, now=NOW)
    assert (row.outcome, row.household_id) == (RowOutcome.HELD, None)
    assert [(each.household_id, each.match.reason) for each in row.candidates] == [
        (known.id, "이름·생년월일·전화·주소 일치")
    ]


def test_rows_that_follow_go_the_way_of_the_row_they_follow(
    session: Session, worker: Identity, known: Household
) -> None:
    imported = take(session, worker, person(**PERHAPS), person(**PERHAPS, number="2", crises="단수"))
    first, second = row_of(session, imported, 2), row_of(session, imported, 3)
    assert (second.follows_id, second.household_id) == (first.id, None)
    service.link(session, first, known.id, actor=worker, now=NOW)
    session.refresh(second)
    assert (second.household_id, second.outcome) == (known.id, RowOutcome.JOINED)
    service.unlink(session, first, actor=worker, now=NOW)
    session.refresh(second)
    assert second.household_id is None


def test_a_row_that_resembles_a_decided_one_is_offered_its_household(
    session: Session, worker: Identity, known: Household
) -> None:
    imported = take(session, worker, person(**PERHAPS), person(phone="010-7777-6666", road="한빛구 햇살로 1"))
    first, second = row_of(session, imported, 2), row_of(session, imported, 3)
    made = service.as_new(session, first, actor=worker, now=NOW)
    session.refresh(second)
    assert [each.household_id for each in second.candidates] == [known.id, made.id]
    service.unlink(session, first, actor=worker, now=NOW)
    session.refresh(second)
    assert [each.household_id for each in second.candidates] == [known.id]


@pytest.mark.parametrize("decide", [link_it, make_it, add_it])
def test_what_somebody_else_decided_is_not_decided_over(
    session: Session, worker: Identity, known: Household, decide: Decide
) -> None:
    other = add_household(session, worker, MemberDetails("한봄"), phone="")
    row = row_of(session, take(session, worker, person(**SAME_DOOR)), 2)
    first: Decide = link_it if decide is make_it else make_it
    first(session, row, known, worker)
    with pytest.raises(RuleBroken) as refused:
        decide(session, row, other, worker)
    assert refused.value.code == "DECIDED_ALREADY"


def test_only_households_that_were_compared_can_be_linked(session: Session, worker: Identity, held: ListRow) -> None:
    other = add_household(session, worker, MemberDetails("한봄"), phone="")
    with pytest.raises(RuleBroken) as refused:
        service.link(session, held, other.id, actor=worker, now=NOW)
    assert refused.value.code == "NO_CANDIDATE"


def test_there_is_nothing_to_take_back_of_a_row_nobody_decided(session: Session, worker: Identity) -> None:
    imported = take(session, worker, person(), person("", phone=""))
    for number in (2, 3):
        with pytest.raises(RuleBroken) as refused:
            service.unlink(session, row_of(session, imported, number), actor=worker, now=NOW)
        assert refused.value.code == "NOTHING_TO_UNDO"


def test_every_decision_is_in_the_access_log(
    session: Session, worker: Identity, known: Household, held: ListRow
) -> None:
    service.hold(session, held, actor=worker, now=NOW)
    service.link(session, held, known.id, actor=worker, now=NOW)
    service.unlink(session, held, actor=worker, now=NOW)
    made = service.as_new(session, held, actor=worker, now=NOW)
    rows = session.scalars(select(AccessLog).where(AccessLog.action == Action.DECIDE).order_by(AccessLog.id)).all()
    assert [(row.subject, row.household_id, row.detail) for row in rows] == [
        (f"list-row:{held.id}", None, "보류"),
        (f"list-row:{held.id}", known.id, "연결"),
        (f"list-row:{held.id}", None, "되돌림"),
        (f"list-row:{held.id}", made.id, "새 가구"),
    ]


def test_rows_of_another_centre_do_not_exist(
    session: Session, held: ListRow, narae_worker: Identity, officer: Identity
) -> None:
    assert queries.get_row(session, officer, held.id) is held
    for row_id in (held.id, 2**31, 10**30):
        with pytest.raises(NotFound):
            queries.get_row(session, narae_worker, row_id)
    assert queries.list_held(session, narae_worker) == []
    assert queries.count_held(session, officer) == 1
