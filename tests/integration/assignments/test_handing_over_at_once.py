"""Handing over many households while a nurse saves a visit to one of them: one waits for the other, neither fails."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime

from app.assignments import service
from app.assignments.rules import Duty
from app.core.database import unit_of_work
from app.households.models import Household
from app.visits.service import log_visit
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.databases import Database
from tests.factories.households import add_household
from tests.factories.town import find_town
from tests.factories.visits import visit_details


def test_a_visit_saved_meanwhile_and_the_handing_over_do_not_wait_for_each_other(
    fresh_database: Database, now: datetime
) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        town = find_town(session)
        nurse, supervisor = town.who(town.nurse), town.who(town.supervisor)
        first, second = add_household(session, nurse), add_household(session, nurse)
        ids, details = (first.id, second.id), visit_details(second)

    def save() -> None:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            log_visit(session, session.get_one(Household, ids[1]), details, typed_at=now, actor=nurse, now=now)

    saving: list[Future[None]] = []

    def one_after_the_other(session: Session, pool: ThreadPoolExecutor) -> Iterator[Household]:
        yield session.get_one(Household, ids[0])
        saving.append(pool.submit(save))
        with suppress(TimeoutError):
            saving[0].result(timeout=0.5)
        yield session.get_one(Household, ids[1])

    with ThreadPoolExecutor(1) as pool:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            households = one_after_the_other(session, pool)
            other = find_town(session).other_nurse
            other_id = other.id
            changed = service.reassign(session, households, Duty.NURSE, other, reason="휴직", actor=supervisor, now=now)
        saving[0].result(timeout=10)
    assert changed == 2
    with Session(fresh_database.engine) as session:
        assert set(session.scalars(select(Household.nurse_id).where(Household.id.in_(ids)))) == {other_id}
