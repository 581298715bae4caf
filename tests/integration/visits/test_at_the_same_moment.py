"""Two tablets, one moment: nothing twice, nothing lost."""

from __future__ import annotations

from datetime import datetime

from app.core.database import unit_of_work
from app.follow_ups.models import ContactRow
from app.follow_ups.queries import compute_dues, list_dues
from app.households.models import Household
from app.visits import service
from app.visits.models import Visit
from sqlalchemy.orm import Session
from tests.crowd import CROWD, all_at_once
from tests.databases import Database
from tests.factories.households import add_household, set_rule
from tests.factories.town import find_town
from tests.factories.visits import visit_details
from tests.integration.visits.doing import count
from tests.moments import TODAY, day


def test_the_same_visit_sent_from_all_sides_at_once_is_one_record(fresh_database: Database, now: datetime) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        town = find_town(session)
        actor = town.who(town.nurse)
        household = add_household(session, actor)
        household_id, details = household.id, visit_details(household)

    def send(_number: int) -> object:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            subject = session.get_one(Household, household_id)
            return service.log_visit(session, subject, details, typed_at=now, actor=actor, now=now).id

    assert set(all_at_once(send)) == {details.visit_id}
    with Session(fresh_database.engine) as session:
        assert (count(session, Visit), count(session, ContactRow)) == (1, 1)


def test_two_visits_stored_at_the_same_moment_both_count(fresh_database: Database, now: datetime) -> None:
    """Each is refreshed with the other in sight, whatever the server does at once."""
    with Session(fresh_database.engine) as session, unit_of_work(session):
        town = find_town(session)
        actor = town.who(town.nurse)
        household = add_household(session, actor)
        set_rule(session, household, "NURSE_INTENSIVE", actor, starts_on=day(-60), member_id=household.members[0].id)
        household_id, district_id = household.id, town.garam.district_id
        visits = [visit_details(household, day(-offset)) for offset in range(1, CROWD + 1)]

    def send(number: int) -> None:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            subject = session.get_one(Household, household_id)
            service.log_visit(session, subject, visits[number], typed_at=now, actor=actor, now=now)

    all_at_once(send)
    with Session(fresh_database.engine) as session:
        household = session.get_one(Household, household_id)
        stored = list_dues(session, household, today=TODAY)
        scratch = compute_dues(session, [household_id], district_id=district_id, today=TODAY)
        assert stored == scratch.get(household_id, [])
        assert household.last_seen_on == day(-1)
