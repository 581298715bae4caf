"""Vitals are stored as they were measured, with the judgement that was shown beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from app.households.models import Household
from app.visits import queries
from app.visits.rules import (
    GlucoseContext,
    NotMeasured,
    Reading,
    VisitDetails,
    VitalKind,
)
from app.visits.service import ProblemsFound
from sqlalchemy.orm import Session
from tests.factories.town import Town
from tests.factories.visits import blood_pressure, reading, visit_details
from tests.integration.visits.doing import log
from tests.moments import TODAY, at, day


def test_readings_are_kept_with_the_judgement_that_was_shown(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    first, second = (member.id for member in household.members)
    readings = (
        blood_pressure(first, 152, 88),
        blood_pressure(first, 148, 86, measured_at=at(TODAY, 9, 22)),
        reading(second, VitalKind.GLUCOSE, "174", context=GlucoseContext.AFTER_MEAL_2H),
        Reading(VitalKind.WEIGHT, second, not_measured=NotMeasured.REFUSED),
    )
    visit_id = log(session, town, household, visit_details(household, readings=readings), now).id
    session.expire_all()
    rows = queries.get_visit(session, town.who(town.nurse), visit_id).readings
    assert [queries.as_reading(row) for row in rows][:3] == list(readings[:3])
    assert [(row.member_id, bool(row.judgement_label), row.judged_by) for row in rows] == [
        (first, True, "2025.1"),
        (first, True, "2025.1"),
        (second, True, "2025.1"),
        (second, False, ""),
    ]
    assert rows[3].not_measured is NotMeasured.REFUSED
    assert queries.last_readings(session, [second])[second, VitalKind.GLUCOSE].value == 174


def test_the_last_value_is_the_one_measured_last_not_the_one_typed_last(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    member_id = household.members[0].id
    for offset, glucose in ((0, "120"), (-8, "180")):
        taken = reading(
            member_id, VitalKind.GLUCOSE, glucose, context=GlucoseContext.FASTING, measured_at=at(day(offset), 9, 20)
        )
        log(session, town, household, visit_details(household, day(offset), readings=(taken,)), now)
    assert queries.last_readings(session, [member_id])[member_id, VitalKind.GLUCOSE].value == 120


def test_a_refused_measurement_is_no_last_value(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    member_id = household.members[0].id
    refused = Reading(VitalKind.PULSE, member_id, not_measured=NotMeasured.REFUSED)
    log(session, town, household, visit_details(household, readings=(refused,)), now)
    assert queries.last_readings(session, [member_id]) == {}


def test_a_weight_far_from_the_last_one_is_asked_back(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    member_id = household.members[0].id
    weighed = visit_details(household, day(-30), readings=(reading(member_id, VitalKind.WEIGHT, "52.4"),))
    weighed = replace(weighed, readings=(replace(weighed.readings[0], measured_at=at(day(-30), 9, 20)),))
    log(session, town, household, weighed, now)
    with pytest.raises(ProblemsFound) as asked:
        log(
            session, town, household,
            visit_details(household, readings=(reading(member_id, VitalKind.WEIGHT, "48.0"),)), now,
        )  # fmt: skip
    assert [problem.field for problem in asked.value.problems] == ["readings.0.value"]
    assert queries.last_values(session, [member_id]) == {(member_id, VitalKind.WEIGHT): Decimal("52.4")}


def test_a_question_is_stored_once_it_is_answered_and_another_value_is_asked_again(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    member_id = household.members[0].id

    def seen(temperature: str) -> VisitDetails:
        return visit_details(household, readings=(reading(member_id, VitalKind.TEMPERATURE, temperature),))

    with pytest.raises(ProblemsFound) as asked:
        log(session, town, household, seen("38.9"), now)
    key = asked.value.problems[0].key
    with pytest.raises(ProblemsFound):
        log(session, town, household, seen("39.1"), now, confirmed=(key,))
    assert log(session, town, household, seen("38.9"), now, confirmed=(key,)).readings[0].value == Decimal("38.9")
