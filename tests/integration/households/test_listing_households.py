"""The list of households: narrowed, paged, counted, and never more than one's scope."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from app.households import queries, service
from app.households.models import Household
from app.households.queries import HouseholdFilter
from app.households.rules import ClosureReason, HouseholdStatus, HouseholdType, MemberDetails, Risk
from sqlalchemy.orm import Session
from tests.factories.households import add_flag, add_household
from tests.factories.town import Town
from tests.moments import day


@pytest.fixture
def village(session: Session, town: Town, now: datetime) -> dict[str, Household]:
    """One household of each sort in 가람동, and one in 나래동."""
    actor = town.who(town.worker)
    names = ("plain", "risky", "couple", "flagged", "closed", "mine", "unseen")
    made = {name: add_household(session, actor, MemberDetails(name)) for name in names}
    made["elsewhere"] = add_household(session, town.who(town.narae_worker), MemberDetails("elsewhere"))
    made["couple"].household_type = HouseholdType.COUPLE
    made["mine"].nurse_id, made["mine"].worker_id = town.nurse.id, town.worker.id
    made["risky"].worker_id = town.other_worker.id
    service.judge_risk(session, made["risky"], Risk.HIGH, reason="넘어짐", actor=actor, now=now)
    flag = add_flag(session, made["plain"], actor)
    service.end_flag(session, flag, because="끝남", actor=actor, now=now)
    add_flag(session, made["flagged"], actor)
    service.close_household(session, made["closed"], ClosureReason.MOVED, note="", actor=actor, now=now)
    for name in names[:-1]:
        made[name].last_seen_on = day(-10)
    session.flush()
    return made


def listed(session: Session, town: Town, login: str = "supervisor", **narrowed: Any) -> list[str]:
    who, wanted = town.who(town.accounts[login]), HouseholdFilter(**narrowed)
    households = queries.list_households(session, who, wanted)
    assert queries.count_households(session, who, wanted) == len(households)
    return [household.title for household in households]


ACTIVE = ["plain", "risky", "couple", "flagged", "mine", "unseen"]


@pytest.mark.parametrize(
    ("narrowed", "titles"),
    [
        ({}, ACTIVE),
        ({"status": None}, ["plain", "risky", "couple", "flagged", "closed", "mine", "unseen"]),
        ({"status": HouseholdStatus.CLOSED}, ["closed"]),
        ({"risk": Risk.HIGH}, ["risky"]),
        ({"household_type": HouseholdType.COUPLE}, ["couple"]),
        ({"flagged": True}, ["flagged"]),
        ({"without_nurse": True}, [name for name in ACTIVE if name != "mine"]),
        ({"without_worker": True}, [name for name in ACTIVE if name not in ("mine", "risky")]),
        ({"not_seen_since": day(-10)}, ["unseen"]),
        ({"not_seen_since": day(-9)}, ACTIVE),
        ({"risk": Risk.HIGH, "flagged": True}, []),
    ],
    ids=str,
)
def test_the_list_is_narrowed(
    session: Session, town: Town, village: dict[str, Household], narrowed: dict[str, Any], titles: list[str]
) -> None:
    assert listed(session, town, **narrowed) == titles


@pytest.mark.parametrize(
    ("login", "titles"),
    [
        ("nurse", ACTIVE),
        ("narae_nurse", ["elsewhere"]),
        ("district_officer", [*ACTIVE, "elsewhere"]),
        ("administrator", []),
        ("far_supervisor", []),
    ],
)
def test_the_list_holds_ones_own_scope(
    session: Session, town: Town, village: dict[str, Household], login: str, titles: list[str]
) -> None:
    assert listed(session, town, login) == titles


@pytest.mark.parametrize(
    ("login", "titles"), [("nurse", ["mine"]), ("worker", ["mine"]), ("other_nurse", []), ("narae_nurse", [])]
)
def test_mine_is_what_i_am_responsible_for(
    session: Session, town: Town, village: dict[str, Household], login: str, titles: list[str]
) -> None:
    assert listed(session, town, login, mine=True) == titles


def test_asking_for_another_centre_widens_nothing(session: Session, town: Town, village: dict[str, Household]) -> None:
    assert listed(session, town, "nurse", centre_id=town.narae.id) == []
    assert listed(session, town, "district_officer", centre_id=town.narae.id) == ["elsewhere"]
    assert listed(session, town, "nurse", assignee_id=town.nurse.id) == ["mine"]


def test_pages_follow_each_other_without_gap_or_repetition(
    session: Session, town: Town, village: dict[str, Household]
) -> None:
    who, seen, after = town.who(town.supervisor), [], None
    while True:
        page: Sequence[Household] = queries.list_households(session, who, HouseholdFilter(), after=after, limit=2)
        seen += [household.title for household in page[:2]]
        if len(page) <= 2:
            break
        after = page[1].id
    assert seen == ACTIVE


def test_a_page_costs_the_same_number_of_statements_however_long_it_is(
    session: Session, town: Town, village: dict[str, Household], counted_statements: Any
) -> None:
    who = town.who(town.supervisor)
    costs = []
    for limit in (1, 6):
        session.expire_all()
        with counted_statements() as statements:
            for household in queries.list_households(session, who, HouseholdFilter(), limit=limit):
                assert household.centre.dong
                assert household.members
                assert household.flags is not None
        costs.append(len(statements))
    assert costs[0] == costs[1]
