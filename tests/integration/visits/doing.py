"""What the stories of visits do over and over."""

from __future__ import annotations

from datetime import datetime

import pytest
from app.households.models import Household
from app.visits import service
from app.visits.models import Visit
from app.visits.rules import (
    VisitDetails,
)
from app.visits.service import ProblemsFound
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.factories.town import Town


def log(
    session: Session, town: Town, household: Household, details: VisitDetails, now: datetime, *, login: str = "nurse",
    confirmed: tuple[str, ...] = (), typed_at: datetime | None = None,
) -> Visit:  # fmt: skip
    return service.log_visit(
        session, household, details, confirmed=confirmed, typed_at=typed_at or now,
        actor=town.who(town.accounts[login]), now=now,
    )  # fmt: skip


def problems_of(refused: pytest.ExceptionInfo[ProblemsFound]) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in refused.value.problems]


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0
