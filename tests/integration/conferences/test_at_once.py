"""Several people at one conference at the same moment: one confirmation counts, and nobody's case is lost."""

from __future__ import annotations

from app.cases.rules import CaseStage
from app.conferences import queries, service
from app.conferences.rules import Decision
from app.core.database import unit_of_work
from app.core.errors import RuleBroken, StaleRecord
from sqlalchemy.orm import Session
from tests.crowd import all_at_once
from tests.databases import Database
from tests.factories.cases import brought_to
from tests.factories.conferences import conference, decide
from tests.factories.households import add_household
from tests.factories.town import find_town
from tests.moments import NOW


def test_minutes_that_several_confirm_at_once_move_their_cases_once(fresh_database: Database) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        town = find_town(session)
        worker, lead = town.who(town.worker), town.who(town.supervisor)
        case = brought_to(session, add_household(session, worker), worker, CaseStage.ASSESSMENT)
        held = conference(session, worker, case)
        decide(session, held, worker, (Decision.SELECT_GENERAL, "까닭"))
        held_id, version = held.id, held.version

    def confirm(_number: int) -> str:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            row = queries.get_conference(session, lead, held_id)
            try:
                service.confirm_minutes(session, row, version=version, actor=lead, now=NOW)
            except (StaleRecord, RuleBroken) as refused:
                return refused.code
            return "first"

    assert sorted(all_at_once(confirm)).count("first") == 1
    with Session(fresh_database.engine) as session:
        [item] = queries.get_conference(session, lead, held_id).agenda
        steps = [step.to_stage for step in item.case.steps]
        assert steps.count(CaseStage.CLASSIFIED) == 1


def test_cases_put_on_an_agenda_at_once_all_stand_there_in_places_of_their_own(fresh_database: Database) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        town = find_town(session)
        worker = town.who(town.worker)
        cases = [brought_to(session, add_household(session, worker), worker, CaseStage.CONFERENCE) for _ in range(8)]
        ids = [case.id for case in cases]
        held_id = conference(session, worker).id

    def put(number: int) -> None:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            row = queries.get_conference(session, worker, held_id)
            service.add_cases(session, row, [ids[number], ids[0]], actor=worker, now=NOW)

    all_at_once(put)
    with Session(fresh_database.engine) as session:
        agenda = queries.get_conference(session, worker, held_id).agenda
        assert sorted(item.case_id for item in agenda) == sorted(ids)
        assert len({item.position for item in agenda}) == len(ids)
