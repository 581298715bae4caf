"""Two people send the same list, or decide the same row, at the same moment."""

from __future__ import annotations

from app.access.identity import Identity
from app.core.database import unit_of_work
from app.core.errors import RuleBroken
from app.discoveries import queries, service
from app.discoveries.models import ImportedList, ListRow
from app.discoveries.service import add_crisis_codes
from app.households.models import Household
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.crowd import CROWD, all_at_once
from tests.databases import Database
from tests.factories.households import HEAD, add_household
from tests.factories.reference import read_shipped
from tests.factories.town import find_town
from tests.integration.discoveries.files import a_list, person, take
from tests.moments import NOW


def prepared(database: Database) -> Identity:
    """Crisis codes are there; the worker of 가람동 asks."""
    with Session(database.engine) as session, unit_of_work(session):
        add_crisis_codes(session, read_shipped("crisis_codes"))
        town = find_town(session)
        return town.who(town.worker)


def number_of(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_one_list_sent_by_many_at_once_is_one_list(fresh_database: Database) -> None:
    worker = prepared(fresh_database)
    content = a_list(
        *(person(f"이{at}가", born=f"{1950 + at}-01-01", phone="", road=f"한빛구 가람로 {at}") for at in range(30))
    )

    def send(_number: int) -> bool:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            return service.import_list(session, content, actor=worker, now=NOW).is_repeated

    assert sorted(all_at_once(send)) == [False] + [True] * (CROWD - 1)
    with Session(fresh_database.engine) as session:
        assert [number_of(session, table) for table in (ImportedList, ListRow, Household)] == [1, 30, 30]


def test_different_lists_at_once_do_not_make_one_person_twice(fresh_database: Database) -> None:
    worker = prepared(fresh_database)

    def send(number: int) -> None:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            take(session, worker, person(months=str(number)))

    all_at_once(send)
    with Session(fresh_database.engine) as session:
        assert [number_of(session, table) for table in (ImportedList, Household)] == [CROWD, 1]


def test_a_row_decided_by_many_at_once_is_decided_once(fresh_database: Database) -> None:
    worker = prepared(fresh_database)
    with Session(fresh_database.engine) as session, unit_of_work(session):
        known = add_household(session, worker, HEAD).id
        take(session, worker, person(phone="", road="한빛구 햇살로 1"))

    def decide(number: int) -> str:
        with Session(fresh_database.engine) as session:
            [row] = queries.list_held(session, worker) or [None]
            if row is None:
                return "too late"
            try:
                with unit_of_work(session):
                    if number % 2:
                        service.link(session, row, known, actor=worker, now=NOW)
                    else:
                        service.as_new(session, row, actor=worker, now=NOW)
            except RuleBroken as broken:
                return broken.code
            return "linked" if number % 2 else "new"

    answers = set(all_at_once(decide)) - {"too late", "DECIDED_ALREADY"}
    assert len(answers) == 1
    with Session(fresh_database.engine) as session:
        assert number_of(session, Household) == (1 if answers == {"linked"} else 2)
