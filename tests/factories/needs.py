"""Surveys of needs, written through the service."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.access.identity import Identity
from app.core.database import new_id
from app.households.models import Household
from app.needs import queries, service
from app.needs.rules import NeedLevel
from app.needs.service import NeedsDetails, Recorded
from sqlalchemy.orm import Session
from tests.moments import NOW, TODAY


def needs_details(session: Session, actor: Identity, *, on: date = TODAY, **levels: NeedLevel) -> NeedsDetails:
    """Every item of the form in force answered with «없음», but for the ones named."""
    form = queries.form_in_force(session, actor.district_id, on=TODAY)
    answers = {item.code: NeedLevel.NONE for item in queries.read(form).items} | levels
    return NeedsDetails(new_id(), form.id, on, answers, own_words="밥을 못 해 먹겠어요")


def survey(
    session: Session, household: Household, actor: Identity, *, on: date = TODAY, at: Any = NOW, **levels: NeedLevel
) -> Recorded:
    """A stored survey."""
    details = needs_details(session, actor, on=on, **levels)
    return service.record_needs(session, household, details, actor=actor, now=at)
