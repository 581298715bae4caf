"""A survey of needs comes after the first talk of a case."""

from __future__ import annotations

import pytest
from app.access.identity import Identity
from app.cases.models import Case
from app.households.models import Household
from sqlalchemy.orm import Session
from tests.factories.cases import counsel, open_case


@pytest.fixture
def case(session: Session, household: Household, worker: Identity) -> Case:
    """The household's case, with its first talk."""
    found = open_case(session, household, worker)
    counsel(session, household, worker)
    return found
