"""Every person a list names for sure becomes one item, and one person at a time works it until it has an outcome."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from app.access.identity import Identity
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.cases.models import Case
from app.core.clock import korean_date
from app.core.database import unit_of_work
from app.core.errors import NotFound, RuleBroken, StaleRecord
from app.discoveries import service
from app.discoveries.models import DiscoveryItem, ListRow
from app.discoveries.queries.items import get_item
from app.discoveries.queries.items_queue import QueueFilter, count_states, list_queue
from app.discoveries.queries.items_tries import counted_modes, list_tries
from app.discoveries.rules import ItemOutcome, ItemState, RowOutcome
from app.discoveries.service import Closing, TryDetails, add_crisis_codes, add_triage_table
from app.follow_ups.models import ContactRow
from app.follow_ups.rules import ContactMode
from app.visits import service as visits
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.crowd import CROWD, all_at_once
from tests.databases import Database
from tests.factories.households import add_household
from tests.factories.reference import read_shipped
from tests.factories.town import Town, find_town
from tests.factories.visits import visit_details
from tests.integration.discoveries.files import person, row_of, take
from tests.integration.discoveries.working import closed, items_of, one_item, try_it
from tests.moments import NOW, TODAY

EARLIER = NOW - timedelta(days=61)


@pytest.fixture(autouse=True)
def weights(session: Session, crisis_codes: None) -> None:
    add_triage_table(session, read_shipped("triage"))


@pytest.fixture
def supervisor(town: Town) -> Identity:
    return town.who(town.supervisor)


def test_each_person_becomes_one_item_and_the_same_list_again_none(session: Session, worker: Identity) -> None:
    rows = (person(), person(number="2"), person("이가온", phone="", born="1950-01-01"), person("", number="4"))
    take(session, worker, *rows)
    items = items_of(session)
    assert [item.state for item in items] == [ItemState.OPEN, ItemState.OPEN]
    take(session, worker, *rows)
    assert len(items_of(session)) == 2


def test_the_score_of_an_item_is_told_line_by_line(session: Session, worker: Identity) -> None:
    item = one_item(session, worker, crises="단전, 건강보험료 체납", months="6", previous="2")
    lines = {words: points for points, words in item.score_lines}
    assert lines["단전"] == 20
    assert lines["체납 6개월"] == 6
    assert lines["이전 발굴 2번"] == 3
    assert item.score == sum(lines.values())


def test_earlier_rounds_of_a_person_are_linked_with_their_last_outcome(session: Session, worker: Identity) -> None:
    take(session, worker, person(previous=""), now=EARLIER)
    closed(session, items_of(session)[0], ItemOutcome.NO_NEED, worker, now=EARLIER)
    take(session, worker, person(previous="", note="다시"), title="다음 차수")
    (line,) = list_queue(session, worker, QueueFilter(), today=TODAY)
    assert line.previous == f"2회 연속 발굴, 마지막 결과 지원 불필요({korean_date(EARLIER)})"
    assert [5, f"마지막 결과 지원 불필요({korean_date(EARLIER)})"] in line.item.score_lines


def test_a_held_row_gets_its_item_with_the_decision_and_loses_it_with_it(session: Session, worker: Identity) -> None:
    household = add_household(session, worker)
    imported = take(session, worker, person(phone="010-0000-1111"))
    row = row_of(session, imported, 2)
    assert row.outcome is RowOutcome.HELD
    assert items_of(session) == []
    service.link(session, row, household.id, actor=worker, now=NOW)
    assert [item.household_id for item in items_of(session)] == [household.id]
    service.unlink(session, row, actor=worker, now=NOW)
    assert items_of(session) == []
    service.as_new(session, row, actor=worker, now=NOW)
    (item,) = items_of(session)
    assert item.household_id == row.household_id


def test_an_item_somebody_worked_stays_when_its_row_is_taken_back(session: Session, worker: Identity) -> None:
    household = add_household(session, worker)
    imported = take(session, worker, person(phone="010-0000-1111"))
    row = row_of(session, imported, 2)
    service.link(session, row, household.id, actor=worker, now=NOW)
    (item,) = items_of(session)
    service.claim(session, item, actor=worker, now=NOW)
    service.unlink(session, row, actor=worker, now=NOW)
    assert [each.household_id for each in items_of(session)] == [None]


def test_the_queue_is_in_the_order_of_the_scores_and_pages_without_a_gap(session: Session, worker: Identity) -> None:
    take(session, worker, *(
        person(f"이{at}", born="1950-01-01", phone="", road=f"가람로 {at}", months=str(at % 4 * 3), previous="")
        for at in range(11)
    ))  # fmt: skip
    seen: list[tuple[int, int]] = []
    after = None
    while lines := list_queue(session, worker, QueueFilter(), today=TODAY, after=after, limit=3)[:3]:
        seen += [(line.item.score, line.item.id) for line in lines]
        after = seen[-1]
    assert len(seen) == len(set(seen)) == len(items_of(session))
    assert seen == sorted(seen, reverse=True)


def test_filters_narrow_the_queue(session: Session, worker: Identity, supervisor: Identity) -> None:
    take(
        session,
        worker,
        person("이가온", phone="", crises="단수"),
        person("박다온", phone="", crises="단전", road="가람로 9"),
    )
    gas, power = items_of(session)
    service.claim(session, gas, actor=worker, now=NOW)

    def found(wanted: QueueFilter, who: Identity = worker) -> list[int]:
        return [line.item.id for line in list_queue(session, who, wanted, today=TODAY)]

    assert found(QueueFilter()) == [power.id]
    assert found(QueueFilter(None, crisis="CI_WATER_CUT")) == [gas.id]
    assert found(QueueFilter(None, is_mine=True)) == [gas.id]
    assert found(QueueFilter(None, is_mine=True), supervisor) == []
    assert count_states(session, worker, QueueFilter())[ItemState.CLAIMED] == 1


def test_another_centre_sees_no_item(session: Session, worker: Identity, narae_worker: Identity) -> None:
    item = one_item(session, worker)
    assert list_queue(session, narae_worker, QueueFilter(None), today=TODAY) == []
    with pytest.raises(NotFound):
        get_item(session, narae_worker, item.id)


def test_two_workers_never_work_one_item(session: Session, town: Town, worker: Identity, supervisor: Identity) -> None:
    item = one_item(session, worker)
    other = town.who(town.other_worker)
    service.claim(session, item, actor=worker, now=NOW)
    service.claim(session, item, actor=worker, now=NOW)
    with pytest.raises(RuleBroken, match="TAKEN") as taken:
        service.claim(session, item, actor=other, now=NOW)
    assert taken.value.text == "민하준 님이 먼저 맡았습니다."
    with pytest.raises(RuleBroken, match="NOT_YOURS"):
        try_it(session, item, ContactMode.CALL, actor=other)
    service.take_over(session, item, actor=supervisor, now=NOW)
    with pytest.raises(RuleBroken, match="NOT_YOURS"):
        service.release(session, item, actor=worker, now=NOW)
    service.release(session, item, actor=supervisor, now=NOW)
    assert (item.state, item.claimed_by_id) == (ItemState.OPEN, None)


def test_eight_who_claim_at_once_leave_one_holder(fresh_database: Database) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        add_crisis_codes(session, read_shipped("crisis_codes"))
        town = find_town(session)
        workers = [town.who(each) for each in (town.worker, town.other_worker, town.nurse, town.other_nurse)]
        take(session, workers[0], person())

    def grab(number: int) -> int | None:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            item = session.scalars(select(DiscoveryItem)).one()
            try:
                service.claim(session, item, actor=workers[number % 4], now=NOW)
            except RuleBroken:
                return None
            return item.claimed_by_id

    winners = {holder for holder in all_at_once(grab) if holder is not None}
    assert len(winners) == 1
    assert CROWD == 8
    with Session(fresh_database.engine) as session:
        assert session.scalars(select(DiscoveryItem.claimed_by_id)).one() in winners


def test_a_try_at_a_known_household_is_a_contact_and_told_twice_one(session: Session, worker: Identity) -> None:
    item = one_item(session, worker)
    service.claim(session, item, actor=worker, now=NOW)
    details = TryDetails(uuid4(), ContactMode.CALL, NOW, "잘 지내심")
    for _ in range(2):
        service.record_try(session, item, details, actor=worker, now=NOW)
    contact = session.get_one(ContactRow, details.id)
    row = session.get_one(ListRow, item.list_row_id)
    assert (contact.household_id, contact.mode, contact.member_ids) == (
        item.household_id,
        ContactMode.CALL,
        [row.member_id],
    )
    assert [each.mode for each in list_tries(session, item)] == [ContactMode.CALL]


def test_a_visit_record_of_the_household_counts_without_typing_it_again(
    session: Session, town: Town, worker: Identity
) -> None:
    household = add_household(session, worker)
    item = one_item(session, worker)
    assert item.household_id == household.id
    visits.log_visit(session, household, visit_details(household), typed_at=NOW, actor=town.who(town.nurse), now=NOW)
    assert counted_modes(session, item) == [ContactMode.FACE]
    service.claim(session, item, actor=worker, now=NOW)
    service.close_item(session, item, Closing(ItemOutcome.PUBLIC_BASIC), actor=worker, now=NOW)
    assert item.state is ItemState.CLOSED


def test_a_letter_alone_closes_nothing_and_a_stale_page_is_told(session: Session, worker: Identity) -> None:
    item = one_item(session, worker)
    service.claim(session, item, actor=worker, now=NOW)
    drawn_from = item.version
    try_it(session, item, ContactMode.LETTER, actor=worker)
    with pytest.raises(RuleBroken, match="NO_CONTACT") as refused:
        service.close_item(session, item, Closing(ItemOutcome.NO_NEED, "괜찮음"), actor=worker, now=NOW)
    assert "안내장 1번" in refused.value.text
    with pytest.raises(StaleRecord):
        service.close_item(session, item, Closing(ItemOutcome.DIED, "확인", None, drawn_from), actor=worker, now=NOW)


@pytest.mark.parametrize(("days", "match"), [(1, "TO_COME"), (-1, "TOO_EARLY")])
def test_a_try_lies_between_the_discovery_and_now(session: Session, worker: Identity, days: int, match: str) -> None:
    item = one_item(session, worker)
    service.claim(session, item, actor=worker, now=NOW)
    with pytest.raises(RuleBroken, match=match):
        service.record_try(
            session, item, TryDetails(uuid4(), ContactMode.CALL, NOW + timedelta(days)), actor=worker, now=NOW
        )


def test_the_supervisor_sends_back_with_words_and_approves(
    session: Session, worker: Identity, supervisor: Identity
) -> None:
    item = one_item(session, worker)
    closed(session, item, ItemOutcome.UNREACHED, worker)
    assert item.state is ItemState.ASKED
    told = select(func.count(Alert.id)).where(Alert.kind == AlertKind.APPROVAL_ASKED)
    assert session.scalar(told) == 1
    with pytest.raises(RuleBroken, match="NO_WORDS"):
        service.send_back(session, item, " ", actor=supervisor, now=NOW)
    service.send_back(session, item, "저녁에 한 번 더", actor=supervisor, now=NOW)
    assert (item.state, item.sent_back_because) == (ItemState.CLAIMED, "저녁에 한 번 더")
    again = Closing(ItemOutcome.UNREACHED, "", TODAY + timedelta(days=30))
    service.close_item(session, item, again, actor=worker, now=NOW)
    for _ in range(2):
        service.approve(session, item, actor=supervisor, now=NOW)
    assert (item.state, item.approved_by_id, item.sent_back_because) == (ItemState.CLOSED, supervisor.account_id, "")
    with pytest.raises(RuleBroken, match="NOT_YOURS"):
        service.undo(session, item, actor=worker, now=NOW)


def test_an_item_comes_back_on_its_day_and_old_tries_prove_nothing_new(
    session: Session, worker: Identity, supervisor: Identity
) -> None:
    item = one_item(session, worker)
    closed(session, item, ItemOutcome.REFUSED, worker)
    service.approve(session, item, actor=supervisor, now=NOW)
    later = NOW + timedelta(days=30)
    assert service.return_due(session, today=TODAY + timedelta(days=29)) == 0
    assert service.return_due(session, today=korean_date(later)) == 1
    assert service.return_due(session, today=korean_date(later)) == 0
    assert (item.state, item.outcome, item.claimed_by_id) == (ItemState.OPEN, ItemOutcome.REFUSED, None)
    assert item.score_lines[-1] == [10, "다시 확인할 날이 됨: 거부"]
    assert counted_modes(session, item) == []
    service.claim(session, item, actor=worker, now=later)
    with pytest.raises(RuleBroken, match="NO_CONTACT"):
        service.close_item(session, item, Closing(ItemOutcome.PUBLIC_BASIC), actor=worker, now=later)


def test_a_closing_is_taken_back_on_its_day_alone(session: Session, worker: Identity, town: Town) -> None:
    item = one_item(session, worker)
    closed(session, item, ItemOutcome.NO_NEED, worker)
    with pytest.raises(RuleBroken, match="NOT_YOURS"):
        service.undo(session, item, actor=town.who(town.other_worker), now=NOW)
    with pytest.raises(RuleBroken, match="TOO_LATE"):
        service.undo(session, item, actor=worker, now=NOW + timedelta(days=1))
    service.undo(session, item, actor=worker, now=NOW)
    assert (item.state, item.outcome, item.recheck_on, item.claimed_by_id) == (
        ItemState.CLAIMED, None, None, worker.account_id,
    )  # fmt: skip


def test_the_change_to_a_case_opens_one_that_knows_its_item(session: Session, worker: Identity) -> None:
    item = one_item(session, worker)
    closed(session, item, ItemOutcome.CASE, worker)
    case = session.scalars(select(Case).where(Case.household_id == item.household_id)).one()
    assert case.item_id == item.id
    with pytest.raises(RuleBroken, match="CASE_OPEN"):
        service.undo(session, item, actor=worker, now=NOW)
