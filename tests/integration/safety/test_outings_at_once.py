"""Several processes at the same moment: one outing, one alarm, and nobody is looked for who is out of the door."""

from __future__ import annotations

from datetime import timedelta

from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.core.database import unit_of_work
from app.households.models import Household
from app.safety import service
from app.safety.jobs import watch_outings
from app.safety.models import Outing, OutingAlarm
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.crowd import all_at_once
from tests.databases import Database
from tests.factories.households import add_household
from tests.factories.outings import check_in_of
from tests.factories.town import find_town
from tests.moments import NOW

LATE = NOW + timedelta(minutes=100)


def test_the_same_stamp_from_all_sides_is_one_outing_and_its_alarm_one_alarm(fresh_database: Database) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        town = find_town(session)
        actor = town.who(town.nurse)
        household_id, details = add_household(session, actor).id, check_in_of()

    def send(_number: int) -> object:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            household = session.get_one(Household, household_id)
            return service.check_in(session, household, details, actor=actor, now=NOW).id

    def tick(_number: int) -> int:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            return watch_outings(session, LATE)

    assert set(all_at_once(send)) == {details.outing_id}
    assert sum(all_at_once(tick)) == 1
    with Session(fresh_database.engine) as session:
        assert session.scalar(select(func.count()).select_from(OutingAlarm)) == 1
        told = session.scalars(select(Alert.recipient_id).where(Alert.kind == AlertKind.OVERSTAY)).all()
        assert len(told) == len(set(told)) == 2


def test_coming_out_at_the_moment_of_the_alarm_leaves_none_open(fresh_database: Database) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        town = find_town(session)
        actor = town.who(town.nurse)
        households = [add_household(session, actor) for _ in range(4)]
        accounts = [town.nurse, town.worker, town.other_nurse, town.other_worker]
        whose = [town.who(account) for account in accounts]
        ids = [
            service.check_in(session, household, check_in_of(), actor=who, now=NOW).id
            for household, who in zip(households, whose, strict=True)
        ]

    def act(number: int) -> None:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            if number % 2:
                watch_outings(session, LATE)
            else:
                outing = session.get_one(Outing, ids[number // 2])
                service.end_outing(session, outing, at=LATE, actor=whose[number // 2], now=LATE)

    all_at_once(act)
    with Session(fresh_database.engine) as session:
        assert session.scalars(select(OutingAlarm).where(OutingAlarm.answered_at.is_(None))).all() == []
        assert session.scalars(select(Outing.id).where(Outing.ended_at.is_(None))).all() == []
