"""The demo's desk: cases in every stage with surveys, plans, consents and conferences, all through the services."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from app.access.permissions import Role
from app.cases import queries
from app.cases.models import Case
from app.cases.rules import CaseStage
from app.conferences.models import Conference
from app.consents.models import Consent
from app.discoveries.models import DiscoveryItem, NeighbourReport
from app.needs.models import NeedsAssessment
from app.seed.agreements import Agreements
from app.seed.cases import PLOTS, Cases
from app.seed.meetings import Meetings
from app.seed.neighbours import ENTRIES, REPORTS, Neighbours
from app.seed.plans_of_cases import PlansOfCases
from app.seed.team import Team
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.factories.households import add_household
from tests.moments import TODAY


@pytest.fixture
def team(town: Any) -> Team:
    return Team.of([
        (town.who(town.worker), Role.WORKER), (town.who(town.supervisor), Role.SUPERVISOR),
        (town.who(town.district_officer), Role.DISTRICT),
    ])  # fmt: skip


@pytest.fixture
def cases(session: Session, town: Any, team: Team) -> int:
    """As many households of one worker as there are plots, and their cases."""
    households = [add_household(session, town.who(town.worker)) for _ in PLOTS]
    for household in households:
        household.worker_id = town.worker.id
    session.flush()
    return Cases(session, 1, TODAY, actor_of=team.person).load(households, team.supervisors)


def test_there_are_cases_in_every_stage_and_some_are_late(session: Session, town: Any, cases: int) -> None:
    assert cases == len(PLOTS) == 84
    stages = Counter(case.stage for case in session.scalars(select(Case)))
    reopened = sum(plot.comes_back is not None for plot in PLOTS)
    assert stages == Counter(plot.stage for plot in PLOTS) + Counter({CaseStage.INTAKE: reopened})
    assert set(stages) == set(CaseStage)
    cards = queries.cards_of(session, town.who(town.worker), today=TODAY)
    assert sum(card.is_late for card in cards) >= 20
    assert queries.count_waiting(session, town.who(town.worker)) == 4
    surveys = session.scalars(select(NeedsAssessment)).all()
    assert len(surveys) > len({survey.household_id for survey in surveys}) > 60


def test_the_desk_has_met_has_consents_and_hears_from_neighbours(
    session: Session, team: Team, cases: int, now: datetime
) -> None:
    PlansOfCases(session, now, actor_of=team.person).load(team.officer, team.supervisors)
    given = Agreements(session, team, today=TODAY).load()
    assert given == session.scalar(select(func.count(Consent.id))) > 60
    assert session.scalar(select(func.count(Consent.id)).where(Consent.withdrawn_on.is_not(None)))
    assert Meetings(session, team, today=TODAY, now=now).load() == 4
    confirmed = session.scalars(select(Conference).where(Conference.confirmed_at.is_not(None))).all()
    assert len(confirmed) == 2
    assert all(day.weekday() < 5 for day in session.scalars(select(Conference.held_on)))
    decided = [item for conference in confirmed for item in conference.agenda if item.applied_at]
    assert len({item.decision for item in decided}) == 4
    assert Neighbours(session, team, today=TODAY, now=now).load() == len(REPORTS) + len(ENTRIES)
    assert session.scalar(select(func.count(NeighbourReport.id))) == len(REPORTS)
    assert session.scalar(select(func.count(DiscoveryItem.id))) == len(REPORTS) + len(ENTRIES)
