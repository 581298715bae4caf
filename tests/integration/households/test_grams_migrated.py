"""Grams of households that were there before the beginnings of grams were left away, and on the way back."""

from __future__ import annotations

from app.core.migrations import downgrade, upgrade
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session
from tests.databases import Database
from tests.factories.households import SPOUSE, add_household
from tests.factories.town import find_town

BEFORE = "0004"


def grams(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(text("SELECT gram FROM search_gram")))


def test_down_each_part_is_a_gram_and_up_again_only_the_longest(fresh_database: Database) -> None:
    with Session(fresh_database.engine) as session:
        town = find_town(session)
        household = add_household(session, town.who(town.worker))
        add_household(session, town.who(town.worker), SPOUSE)
        household_id = household.id
        session.commit()
    shortest = grams(fresh_database.engine)
    downgrade(fresh_database.engine, BEFORE)
    longer = grams(fresh_database.engine)
    assert {"t김", "t순", "t자", "t김순", "t순자", "cㄱ", "cㄱㅅ", "cㄱㅅㅈ", "cㅅ", "cㅈ"} <= longer
    parts = {gram[:length] for gram in shortest if gram[0] in "tc" for length in range(2, len(gram) + 1)}
    assert longer == shortest | parts
    upgrade(fresh_database.engine)
    assert grams(fresh_database.engine) == shortest
    with fresh_database.engine.connect() as connection:
        found = connection.scalars(text("SELECT DISTINCT household_id FROM search_gram WHERE gram = 't김순'"))
        assert list(found) == [household_id]
