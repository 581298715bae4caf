"""Household numbers: two workers who save at once get two numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.core.database import unit_of_work
from app.core.errors import StaleRecord
from app.households import service
from app.households.queries import get_household
from sqlalchemy.orm import Session
from tests.crowd import CROWD, all_at_once
from tests.databases import Database
from tests.factories.households import add_household
from tests.factories.town import find_town


def test_numbers_are_unique_and_without_gaps_when_many_save_at_once(fresh_database: Database) -> None:
    with Session(fresh_database.engine) as session:
        town = find_town(session)
        actor = town.who(town.worker)

    def create(_number: int) -> str:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            return add_household(session, actor).number

    assert sorted(all_at_once(create)) == [f"가람-{number:04d}" for number in range(1, CROWD + 1)]


def test_of_two_who_edit_the_same_version_one_is_told(fresh_database: Database, now: datetime) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        town = find_town(session)
        actor = town.who(town.worker)
        household_id = add_household(session, actor).id

    def edit(number: int) -> bool:
        try:
            with Session(fresh_database.engine) as session, unit_of_work(session):
                household = get_household(session, actor, household_id)
                details = replace(service.as_details(household), note=f"메모 {number}")
                service.edit_household(session, household, details, version=1, actor=actor, now=now)
        except StaleRecord:
            return False
        return True

    assert sorted(all_at_once(edit)) == [False] * (CROWD - 1) + [True]
