"""A household of two whose worker is assigned, with and without a ground to share health."""

from __future__ import annotations

from datetime import datetime

import pytest
from app.assignments import service as assignments
from app.assignments.rules import Duty
from app.households.models import Household
from app.households.rules import HealthGround
from sqlalchemy.orm import Session
from tests.factories.households import HEAD, SPOUSE, add_household
from tests.factories.town import Town


@pytest.fixture
def household(session: Session, town: Town, now: datetime) -> Household:
    """No ground to share health: the assigned worker sees none of it."""
    made = add_household(session, town.who(town.nurse), HEAD, SPOUSE)
    assignments.assign(session, made, Duty.WORKER, town.worker, actor=town.who(town.supervisor), now=now)
    return made


@pytest.fixture
def sharing(session: Session, household: Household) -> Household:
    """The household said that the worker may know."""
    household.health_ground = HealthGround.CONSENT
    session.flush()
    return household
