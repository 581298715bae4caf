"""A list leaves the same rows behind on both databases, whatever way they are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from app.discoveries import service
from app.discoveries.models import DiscoveryItem, ListRow, RowCandidate
from app.households.models import Household, Member, SearchGram
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.conftest import fill
from tests.databases import TEMPLATES
from tests.factories.households import add_household
from tests.factories.town import find_town
from tests.integration.discoveries.files import person, sample, take
from tests.moments import NOW

WRITTEN = (Household, Member, SearchGram, ListRow, RowCandidate, DiscoveryItem)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[Any]]]:
    """What the round of the samples left behind in each table, on each database."""
    return {kind: _written(kind, tmp_path_factory.mktemp(kind)) for kind in TEMPLATES}


def _written(kind: str, folder: Path) -> dict[str, list[Any]]:
    templates = TEMPLATES[kind](folder, fill)
    database = templates.copy()
    with Session(database.engine) as session:
        town = find_town(session)
        add_household(session, town.who(town.worker))
        service.import_list(session, sample("csv"), actor=town.who(town.district_officer), now=NOW)
        take(session, town.who(town.worker), person(phone="", road="한빛구 햇살로 9", unit=""))
        found = {model.__tablename__: _rows(session, model) for model in WRITTEN}
    templates.drop(database)
    return found


def _rows(session: Session, model: Any) -> list[Any]:
    """Every row but for its keys: they are each database's own."""
    columns = [
        column
        for column in model.__table__.columns
        if not column.foreign_keys and column.name not in ("id", "household_id")
    ]
    return sorted(repr(tuple(row)) for row in session.execute(select(*columns)))


@pytest.mark.parametrize("table", [model.__tablename__ for model in WRITTEN])
def test_a_list_leaves_the_same_rows_on_both_databases(written: dict[str, dict[str, list[Any]]], table: str) -> None:
    one, other = (each[table] for each in written.values())
    assert one
    assert one == other
