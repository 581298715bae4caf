"""The demo has a directory, plans in their states, referrals that wait, and emergency aid."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from app.cases.models import EmergencyAid
from app.plans import queries
from app.plans.models import Plan, Referral
from app.plans.rules import PlanState, ReferralState
from app.providers.queries import list_providers
from app.seed.agencies import AGENCIES
from app.seed.cases import PLOTS, Cases
from app.seed.plans_of_cases import REFERRED_TO, PlansOfCases
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.factories.households import add_household
from tests.moments import TODAY


def test_the_demo_has_plans_referrals_and_aid(session: Session, town: Any, now: datetime) -> None:
    worker, bosses = town.who(town.worker), {town.garam.id: town.who(town.supervisor)}
    households = [add_household(session, worker) for _ in PLOTS]
    for household in households:
        household.worker_id = town.worker.id
    session.flush()
    Cases(session, 1, TODAY, actor_of=lambda _key: worker).load(households, bosses)
    seed = PlansOfCases(session, now, actor_of=lambda _key: worker)
    assert seed.load(town.who(town.district_officer), bosses) == session.scalar(select(func.count(Plan.id)))
    assert len(list_providers(session, worker.district_id)) == len(AGENCIES) == 30
    states = Counter(session.scalars(select(Plan.state)))
    assert {PlanState.DRAFT, PlanState.ASKED, PlanState.APPROVED} <= set(states)
    waiting = Counter(session.scalars(select(Referral.state)))
    assert {ReferralState.DRAFT, ReferralState.SENT, ReferralState.REPLIED} <= set(waiting)
    assert set(session.scalars(select(Referral.receiver))) == set(REFERRED_TO)
    assert session.scalar(select(func.count(EmergencyAid.id)))
    assert queries.list_unfinished(session, worker)
