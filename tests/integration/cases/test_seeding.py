from __future__ import annotations

from collections import Counter
from typing import Any

from app.cases import queries
from app.cases.models import Case
from app.cases.rules import CaseStage
from app.seed.cases import PLOTS, Cases
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.households import add_household
from tests.moments import TODAY


def test_the_demo_has_cases_in_every_stage_and_some_are_late(session: Session, town: Any) -> None:
    worker = town.who(town.worker)
    households = [add_household(session, worker) for _ in PLOTS]
    for household in households:
        household.worker_id = town.worker.id
    session.flush()
    bosses = {town.garam.id: town.who(town.supervisor)}
    assert Cases(session, TODAY, actor_of=lambda _key: worker).load(households, bosses) == len(PLOTS) == 84
    stages = Counter(case.stage for case in session.scalars(select(Case)))
    reopened = sum(plot.comes_back is not None for plot in PLOTS)
    assert stages == Counter(plot.stage for plot in PLOTS) + Counter({CaseStage.INTAKE: reopened})
    assert set(stages) == set(CaseStage)
    cards = queries.cards_of(session, worker, today=TODAY)
    assert sum(card.is_late for card in cards) >= 20
    assert queries.count_waiting(session, worker) == 4
