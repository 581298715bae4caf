"""Whom most stories are about: a worker of 가람동 and a household of theirs. A folder or a file may have others."""

from __future__ import annotations

import pytest
from app.access.identity import Identity
from app.households.models import Household
from sqlalchemy.orm import Session
from tests.factories.households import add_household
from tests.factories.town import Town


@pytest.fixture
def worker(town: Town) -> Identity:
    """민하준, 복지담당 of 가람동, who asks."""
    return town.who(town.worker)


@pytest.fixture
def household(session: Session, worker: Identity) -> Household:
    """A household of 가람동 that the worker made: one person, who lives alone."""
    return add_household(session, worker)
