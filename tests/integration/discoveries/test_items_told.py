"""What is told of items: a round in numbers, a household's banner and its line of time."""

from __future__ import annotations

from datetime import date

import pytest
from app.access.identity import Identity
from app.discoveries import service
from app.discoveries.models import DiscoveryItem, Round
from app.discoveries.queries import discovered_times
from app.discoveries.queries.items_events import list_item_events
from app.discoveries.queries.items_figures import burn_down, count_figures, count_workers, rows_test
from app.discoveries.rules import ItemOutcome, ItemState, Route
from app.discoveries.service import add_triage_table
from app.follow_ups.models import ContactRow
from app.follow_ups.rules import ContactMode
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.factories.households import add_household
from tests.factories.reference import read_shipped
from tests.factories.town import Town
from tests.integration.discoveries.files import person, take
from tests.integration.discoveries.working import closed, items_of, one_item, try_it
from tests.moments import NOW, TODAY

OUTCOME_ROUND = (date(2026, 11, 16), date(2027, 1, 8))


@pytest.fixture(autouse=True)
def weights(session: Session, crisis_codes: None) -> None:
    add_triage_table(session, read_shipped("triage"))


@pytest.fixture
def supervisor(town: Town) -> Identity:
    return town.who(town.supervisor)


def test_every_number_of_a_round_is_the_number_of_its_rows(
    session: Session, town: Town, worker: Identity, supervisor: Identity
) -> None:
    of_round = Round(
        district_id=worker.district_id, source=Route.SYS_CENTRAL, title="6차", opens_on=OUTCOME_ROUND[0],
        closes_on=OUTCOME_ROUND[1], at=NOW,
    )  # fmt: skip
    session.add(of_round)
    take(session, worker, *(person(f"이{at}", born=f"195{at}-01-01", phone="", road=f"가람로 {at}") for at in range(5)))
    items = items_of(session)
    for item in items:
        item.round_id = of_round.id
    for item, outcome in zip(
        items, (ItemOutcome.PUBLIC_BASIC, ItemOutcome.NO_NEED, ItemOutcome.UNREACHED), strict=False
    ):
        closed(session, item, outcome, worker)
    (line,) = count_figures(session, supervisor, of_round)
    assert {figure.name: number for figure, number in line.numbers.items() if number} == {
        "ASSIGNED": 5, "COUNSELLED": 3, "PUBLIC": 1, "NOT_SUPPORTED": 1, "SEARCHING": 1, "UNDONE": 3, "DONE": 2,
    }  # fmt: skip
    assert line.rate == "40.0 %"
    for figure, number in line.numbers.items():
        rows = select(func.count(DiscoveryItem.id)).where(rows_test(of_round, figure, centre_id=town.garam.id))
        assert session.scalar(rows) == number
    people = {each.account_id: each.total for each in count_workers(session, supervisor, of_round)}
    assert people == {None: 2, worker.account_id: 3}
    assert burn_down(session, supervisor, of_round, today=TODAY)[-1].left == 3


def test_the_banner_of_a_household_tells_the_last_outcome(
    session: Session, worker: Identity, supervisor: Identity
) -> None:
    item = one_item(session, worker, previous="")
    assert item.household_id is not None
    first = discovered_times(session, item.household_id)
    assert first is not None
    assert (first.times, first.last_outcome) == (1, "")
    closed(session, item, ItemOutcome.UNREACHED, worker)
    asked = discovered_times(session, item.household_id)
    assert asked is not None
    assert asked.last_outcome == ""
    service.approve(session, item, actor=supervisor, now=NOW)
    told = discovered_times(session, item.household_id)
    assert told is not None
    assert told.last_outcome == f"연락두절({TODAY})"
    titles = [event.title for event in list_item_events(session, item.household_id)]
    assert titles.count("발굴 확인: 전화-무응답") == 2
    assert "발굴 결과: 연락두절" in titles


def test_a_report_without_a_list_counts_once_its_household_is_known(session: Session, worker: Identity) -> None:
    household = add_household(session, worker)
    report = DiscoveryItem(
        centre_id=household.centre_id, source=Route.NEIGHBOUR, received_on=TODAY, summary="우편물이 쌓임", score=0,
        state=ItemState.OPEN,
    )  # fmt: skip
    session.add(report)
    session.flush()
    service.claim(session, report, actor=worker, now=NOW)
    try_it(session, report, ContactMode.NEIGHBOUR, actor=worker)
    assert session.scalar(select(func.count(ContactRow.id))) == 0
    service.link_item(session, report, household, actor=worker, now=NOW)
    assert session.scalars(select(ContactRow.mode)).all() == [ContactMode.NEIGHBOUR]
    told = discovered_times(session, household.id)
    assert told is not None
    assert (told.times, told.last_text) == (1, f"{TODAY} 이웃신고")
