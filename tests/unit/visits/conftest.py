"""The table of judgements as it is shipped, and a visit that has nothing wrong with it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from app.follow_ups.rules import ContactMode, Purpose
from app.visits.rules import Judgements, VisitDetails, load_judgements

SEED = Path(__file__).parents[3] / "seed_data" / "vitals_judgements.json"


@pytest.fixture(scope="session")
def judgements() -> Judgements:
    return load_judgements(json.loads(SEED.read_text(encoding="utf-8")))


@pytest.fixture
def document() -> dict[str, Any]:
    """A fresh copy of the shipped document, free to be spoiled."""
    loaded: dict[str, Any] = json.loads(SEED.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture
def visit() -> VisitDetails:
    """Monday 2026-11-23, 14:05–14:40 in Seoul: member 7 was seen."""
    return VisitDetails(
        visit_id=UUID("6f1f4d0e-6f5b-4d0e-9a53-0b8f6a1f0a01"),
        household_id=127,
        occurred_on=date(2026, 11, 23),
        mode=ContactMode.FACE,
        purpose=Purpose.NURSING,
        began_at=datetime(2026, 11, 23, 5, 5, tzinfo=UTC),
        ended_at=datetime(2026, 11, 23, 5, 40, tzinfo=UTC),
        members_seen=frozenset({7}),
    )


@pytest.fixture
def now() -> datetime:
    """The same Monday, 15:00 in Seoul."""
    return datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
