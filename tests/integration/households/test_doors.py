"""The key of a household's door follows its address, however that is written; households of before get one too."""

from __future__ import annotations

from dataclasses import replace

import pytest
from app.access.identity import Identity
from app.core.migrations import downgrade, upgrade
from app.core.text import stored_doors
from app.households import service
from app.households.models import Household
from app.households.rules import DwellingDetails
from app.households.service.bulk import create_households
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session
from tests.databases import Database
from tests.factories.households import add_household, details_of
from tests.factories.town import Town, find_town
from tests.moments import NOW

BEFORE = "0004"
ADDRESSES = (
    ("서울특별시 한빛구 가람로 12", "", "101호"),
    ("서울시 한빛구 다솜로 12번길25 (가람동)", "가람동 31-2", "102동 842호"),
    ("다솜로12번길 25", "", "제102동 8층 0842호"),
    ("", "가람동 산 12-3번지", ""),
    ("가람동 31-2", "", "한빛아파트 102-842"),
    ("", "한빛구 가람대로 지하 7", "지하 1호"),
    ("가람로 (지하) 12-3", "", "지층 1호"),
    ("나래길 ５", "나래동 ７－１", "１０１호"),
    ("종로3가 12", "", "옥탑방"),
    ("가람로 12 3층", "", "2층 201호"),
    ("햇살로 9", "", "에이동 101호"),
    ("햇살로 9", "", "B01호"),
    ("햇살로 9", "", "가동 2호"),
    ("햇살로 9", "", "안채"),
    ("버스 종점 옆", "", "101호"),
    ("", "", ""),
)


def doors_of(household: Household) -> dict[str, str]:
    return {"road_door": household.road_door, "lot_door": household.lot_door}


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_a_new_household_has_the_key_of_its_door(
    session: Session, worker: Identity, address: tuple[str, str, str]
) -> None:
    household = add_household(session, worker, dwelling=DwellingDetails(*address))
    assert doors_of(household) == stored_doors(*address)


def test_whoever_moves_has_the_key_of_the_new_door(session: Session, worker: Identity) -> None:
    household = add_household(session, worker, dwelling=DwellingDetails("가람로 12", "가람동 31-2", "101호"))
    moved = replace(service.as_details(household), dwelling=DwellingDetails("나래길 5", "", "2층"))
    service.edit_household(session, household, moved, version=household.version, actor=worker, now=NOW)
    assert doors_of(household) == {"road_door": "나래길 5|2층", "lot_door": ""}


def test_whoever_comes_by_a_list_has_the_key_of_the_door(session: Session, worker: Identity, town: Town) -> None:
    at_once = [details_of(town.garam.id, dwelling=DwellingDetails(*address)) for address in ADDRESSES]
    created = create_households(session, at_once, actor=worker, now=NOW)
    stored = [doors_of(session.get_one(Household, each.household_id)) for each in created]
    assert stored == [stored_doors(*address) for address in ADDRESSES]


def test_households_of_before_get_the_key_that_they_would_get_today(fresh_database: Database) -> None:
    """The migration has its own copy of the rules: when they change, stored keys need another migration."""
    with Session(fresh_database.engine) as session:
        worker = find_town(session).who(find_town(session).worker)
        for address in ADDRESSES:
            add_household(session, worker, dwelling=DwellingDetails(*address))
        session.commit()
    before = keys(fresh_database.engine)
    assert len(before) >= len(ADDRESSES)
    downgrade(fresh_database.engine, BEFORE)
    upgrade(fresh_database.engine)
    assert keys(fresh_database.engine) == before


def keys(engine: Engine) -> list[tuple[str, ...]]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT id, road_door, lot_door FROM household ORDER BY id"))
        return [tuple(row) for row in rows]
