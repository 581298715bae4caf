"""«지금 실행», pressed twice in the same moment."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.jobs.queries import list_open
from app.operations.service import run_job
from sqlalchemy.orm import Session
from tests.crowd import all_at_once
from tests.databases import Database
from tests.factories.town import find_town


def test_many_clicks_across_a_second_are_one_run(fresh_database: Database, now: datetime) -> None:
    edge = now.replace(microsecond=999_000)

    def click(number: int) -> int:
        with Session(fresh_database.engine) as session, session.begin():
            town = find_town(session)
            moment = edge + timedelta(milliseconds=number)
            return run_job(session, "tidy", actor=town.who(town.administrator), now=moment).id

    assert len(set(all_at_once(click))) == 1
    with Session(fresh_database.engine) as session:
        assert len(list_open(session)) == 1
