"""Two officers at the same moment."""

from __future__ import annotations

from datetime import date

from app.access.identity import Identity
from app.core.database import unit_of_work
from app.core.errors import RuleBroken
from app.follow_ups.models import HolidayOverride
from app.follow_ups.rules import HolidayKind
from app.follow_ups.rules.holiday_changes import DayChange, DayVerb
from app.follow_ups.service.holidays import add_days, change_day
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.crowd import CROWD, all_at_once
from tests.databases import Database
from tests.factories.town import find_town
from tests.moments import NOW

ON = date(2026, 12, 23)


def officer_of(database: Database) -> Identity:
    with Session(database.engine) as session:
        town = find_town(session)
        return town.who(town.district_officer)


def days_kept(database: Database) -> int:
    with Session(database.engine) as session:
        return session.scalar(select(func.count()).select_from(HolidayOverride)) or 0


def test_one_day_added_by_many_at_once_is_one_row_and_the_others_are_told(fresh_database: Database) -> None:
    officer = officer_of(fresh_database)

    def add(number: int) -> str:
        change = DayChange(DayVerb.ADD, ON, f"임시공휴일 {number}", HolidayKind.TEMPORARY)
        try:
            with Session(fresh_database.engine) as session, unit_of_work(session):
                change_day(session, change, actor=officer, now=NOW)
        except RuleBroken as broken:
            return broken.text
        return "added"

    answers = all_at_once(add)
    assert answers.count("added") == 1
    others = [answer for answer in answers if answer != "added"]
    assert all("이미 «임시공휴일" in answer and answer.endswith("(봉다온).") for answer in others)
    assert days_kept(fresh_database) == 1


def test_one_file_applied_by_many_at_once_adds_each_day_once(fresh_database: Database) -> None:
    officer = officer_of(fresh_database)
    days = [DayChange(DayVerb.ADD, date(2027, 3, day), "행사", HolidayKind.AGENCY) for day in range(2, 7)]

    def apply(_number: int) -> int:
        try:
            with Session(fresh_database.engine) as session, unit_of_work(session):
                return len(add_days(session, days, actor=officer, now=NOW).made)
        except RuleBroken:
            return 0

    assert sorted(all_at_once(apply)) == [0] * (CROWD - 1) + [5]
    assert days_kept(fresh_database) == 5


def test_added_and_undone_at_once_leaves_the_day_added_or_not_but_never_twice(fresh_database: Database) -> None:
    officer = officer_of(fresh_database)

    def turn(number: int) -> str:
        verb = DayVerb.UNDO if number % 2 else DayVerb.ADD
        change = DayChange(verb, ON, "임시공휴일", HolidayKind.TEMPORARY)
        try:
            with Session(fresh_database.engine) as session, unit_of_work(session):
                change_day(session, change, actor=officer, now=NOW)
        except RuleBroken as broken:
            return broken.code
        return verb.value

    answers = all_at_once(turn)
    assert set(answers) <= {"ADD", "UNDO", "ALREADY_ADDED", "NOTHING_TO_UNDO"}
    assert days_kept(fresh_database) == answers.count("ADD") - answers.count("UNDO")
