"""A crisis at the door is told to the supervisor once, and not left without a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.households.models import Household
from app.visits.rules import (
    ActionTaken,
    CrisisAction,
    Symptom,
    SymptomCheck,
    VisitDetails,
)
from app.visits.service import ProblemsFound
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.town import Town
from tests.factories.visits import blood_pressure, visit_details
from tests.integration.visits.doing import count, log
from tests.moments import TODAY, at, day


def severe(household: Household, **changes: object) -> VisitDetails:
    """186/104 measured twice, no symptoms, and what was done about it."""
    member_id = household.members[0].id
    again = blood_pressure(member_id, 184, 102, measured_at=at(TODAY, 9, 28))
    plain = visit_details(
        household, readings=(blood_pressure(member_id, 186, 104), again), symptom_checks=(SymptomCheck(member_id),),
        actions_taken=(ActionTaken(member_id, CrisisAction.REFERRED_SAME_DAY, "내과"),), promised_on=day(1),
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_a_severe_pressure_left_without_a_word_is_refused(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    alone = severe(household, readings=severe(household).readings[:1], symptom_checks=(), actions_taken=())
    with pytest.raises(ProblemsFound):
        log(session, town, household, alone, now)
    assert count(session, Alert) == 0


def test_a_crisis_is_told_to_the_supervisor_once(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    details = severe(household)
    for _ in range(2):
        log(session, town, household, details, now)
    alert = session.scalars(select(Alert)).one()
    assert (alert.kind, alert.recipient_id) == (AlertKind.CRISIS_READING, town.supervisor.id)
    assert alert.household_id == household.id
    assert household.number in alert.text
    assert "김순자" not in alert.text


def test_two_people_in_crisis_on_one_visit_are_two_alerts(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    one, other = (member.id for member in household.members)
    hot = {
        one: severe(household).readings,
        other: tuple(replace(each, member_id=other) for each in severe(household).readings),
    }
    details = severe(
        household, readings=hot[one] + hot[other], symptom_checks=(SymptomCheck(None, frozenset({Symptom.DIZZINESS})),),
        actions_taken=(ActionTaken(None, CrisisAction.CALLED_119),),
    )  # fmt: skip
    log(session, town, household, details, now)
    assert count(session, Alert) == 2
