"""A household of two in 가람동."""

from __future__ import annotations

import pytest
from app.households.models import Household
from sqlalchemy.orm import Session
from tests.factories.households import HEAD, SPOUSE, add_household
from tests.factories.town import Town


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    return add_household(session, town.who(town.nurse), HEAD, SPOUSE)
