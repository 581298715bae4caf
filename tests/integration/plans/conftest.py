"""Plans belong to a case that was selected."""

from __future__ import annotations

import pytest
from app.access.identity import Identity
from app.cases.models import Case
from app.households.models import Household
from sqlalchemy.orm import Session
from tests.factories.planning import selected_case


@pytest.fixture
def case(session: Session, worker: Identity, household: Household) -> Case:
    """The household's case, selected, which owes a plan."""
    return selected_case(session, household, worker)
