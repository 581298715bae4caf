from __future__ import annotations

from app.cases.models import Case
from app.cases.rules import CaseStage
from app.core.database import unit_of_work
from app.households.models import Household
from app.needs.rules import NeedLevel
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.crowd import all_at_once
from tests.databases import Database
from tests.factories.cases import counsel, open_case
from tests.factories.households import add_household
from tests.factories.needs import survey
from tests.factories.town import find_town


def test_surveys_of_the_same_moment_are_all_kept_and_move_the_case_once(fresh_database: Database) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        town = find_town(session)
        who = town.who(town.worker)
        household = add_household(session, who)
        open_case(session, household, who)
        counsel(session, household, who)
        key = household.id

    def ask(_number: int) -> bool:
        with Session(fresh_database.engine) as session, unit_of_work(session):
            return survey(session, session.get_one(Household, key), who, ECON_BASIC=NeedLevel.NEEDED).has_moved

    assert sorted(all_at_once(ask, crowd=4)) == [False, False, False, True]
    with Session(fresh_database.engine) as session:
        steps = [step.to_stage for step in session.scalars(select(Case)).one().steps]
        assert steps.count(CaseStage.ASSESSMENT) == 1
