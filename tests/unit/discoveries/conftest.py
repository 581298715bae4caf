"""What the discovery rules are tried against: the codes we ship and a 시군구 of three 동."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from app.discoveries.rules import CrisisCodes, Reference, crisis_codes_from

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def codes() -> CrisisCodes:
    return crisis_codes_from((ROOT / "seed_data" / "crisis_codes.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def reference(codes: CrisisCodes) -> Reference:
    return Reference(today=date(2026, 11, 22), dongs=("가람동", "나래동", "다솜동"), crises=codes)
