"""A day off is declared while a visit is being stored: no answer rests on the old days unnoticed."""

from __future__ import annotations

from datetime import date
from threading import Event, Thread
from typing import Any

import pytest
from app.core.database import unit_of_work
from app.follow_ups import queries, service
from app.follow_ups.rules import HolidayKind, Purpose
from app.follow_ups.rules.holiday_changes import DayChange, DayVerb
from app.follow_ups.service.holidays import change_day
from app.households.models import Household
from sqlalchemy.orm import Session
from tests.databases import Database
from tests.factories.households import add_contact, add_household, set_rule
from tests.factories.town import find_town
from tests.moments import NOW, TODAY

DECLARED = date(2026, 12, 23)


def test_a_visit_that_was_judged_by_the_old_days_is_judged_again(
    fresh_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        town = find_town(session)
        officer, worker = town.who(town.district_officer), town.who(town.worker)
        key = add_household(session, worker).id
        set_rule(session, session.get_one(Household, key), "CASE_CHECK_GENERAL", worker)
        add_contact(session, session.get_one(Household, key), date(2026, 11, 20), purpose=Purpose.WELFARE)
    judged, go_on = Event(), Event()
    plain = queries.judge_places

    def slow(*args: Any, **more: Any) -> Any:
        found = list(plain(*args, **more))
        judged.set()
        go_on.wait(2)
        return iter(found)

    def visit() -> None:
        """Moves the due to the very day that is declared meanwhile."""
        with Session(fresh_database.engine) as session, unit_of_work(session):
            add_contact(session, session.get_one(Household, key), TODAY, purpose=Purpose.WELFARE)

    def declare() -> None:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            change = DayChange(DayVerb.ADD, DECLARED, "임시공휴일", HolidayKind.TEMPORARY)
            change_day(session, change, actor=officer, now=NOW)
        go_on.set()

    monkeypatch.setattr(queries, "judge_places", slow)
    visiting, declaring = Thread(target=visit), Thread(target=declare)
    visiting.start()
    assert judged.wait(10)
    declaring.start()
    for each in (visiting, declaring):
        each.join(20)
        assert not each.is_alive()
    monkeypatch.undo()
    with Session(fresh_database.engine) as session:
        assert service.find_untrue(session, [key], today=TODAY) == {}
        (due,) = queries.list_dues(session, session.get_one(Household, key), today=TODAY)
        assert due.due_on == date(2026, 12, 22)
