"""Many write at once: one chain stays one line, on a server and in a file."""

from __future__ import annotations

from datetime import datetime

from app.audit.models import AccessChain, AccessLog
from app.audit.queries import find_broken_rows
from app.audit.rules import Action
from app.audit.service import record
from app.core.database import unit_of_work
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from tests.crowd import CROWD, all_at_once
from tests.databases import Database
from tests.factories.town import find_town

EACH = 5


def positions(session: Session, chain: str) -> list[int]:
    return list(
        session.scalars(select(AccessLog.position).where(AccessLog.chain == chain).order_by(AccessLog.position))
    )


def test_writers_of_one_centre_do_not_fork_the_chain(fresh_database: Database, now: datetime) -> None:
    with Session(fresh_database.engine) as session:
        nurse = find_town(session).nurse
        actor = find_town(session).who(nurse)

    def write(number: int) -> None:
        for turn in range(EACH):
            with Session(fresh_database.engine) as session, unit_of_work(session):
                record(session, Action.VIEW, subject=f"household:{number}.{turn}", actor=actor, now=now)

    all_at_once(write)
    with Session(fresh_database.engine) as session:
        assert positions(session, f"centre-{actor.centre_id}") == list(range(1, CROWD * EACH + 1))
        assert list(find_broken_rows(session)) == []


def test_the_very_first_writers_of_a_chain_may_meet(fresh_database: Database, now: datetime) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        actor = find_town(session).who(find_town(session).narae_nurse)
        session.execute(delete(AccessLog))
        session.execute(delete(AccessChain))

    def write(number: int) -> None:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            record(session, Action.VIEW, subject=f"household:{number}", actor=actor, now=now)

    all_at_once(write)
    with Session(fresh_database.engine) as session:
        assert positions(session, f"centre-{actor.centre_id}") == list(range(1, CROWD + 1))
        assert list(find_broken_rows(session)) == []
