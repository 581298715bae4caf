"""부재: a record of its own, and a ladder that tells the supervisor once per step."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.follow_ups.queries import list_dues
from app.follow_ups.rules import ContactMode
from app.households.models import Household
from app.visits import service
from app.visits.models import Visit
from app.visits.rules import (
    Tried,
    VisitState,
)
from app.visits.service import ProblemsFound
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.factories.households import set_rule
from tests.factories.town import Town
from tests.factories.visits import absence_details, visit_details
from tests.integration.visits.doing import count, log, problems_of
from tests.moments import TODAY, day


def log_absence(
    session: Session, town: Town, household: Household, now: datetime, occurred_on: date = TODAY, **changes: object
) -> Visit:
    details = absence_details(household, occurred_on, **changes)
    confirmed = changes.pop("confirmed", ())
    return service.log_absence(
        session, household, details, confirmed=confirmed, typed_at=now, actor=town.who(town.nurse), now=now  # type: ignore[arg-type]
    )  # fmt: skip


def test_an_absence_is_a_record_of_its_own_and_no_visit(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    set_rule(session, household, "CASE_CHECK_GENERAL", town.who(town.worker), starts_on=day(-60))
    before = list_dues(session, household, today=TODAY)
    visit = log_absence(
        session, town, household, now, tried=frozenset({Tried.BELL, Tried.PHONE}), neighbour_asked="어제 봄"
    )
    assert (visit.state, visit.mode) == (VisitState.ABSENT, ContactMode.ABSENT)
    assert (visit.tried, visit.notice_left, visit.neighbour_asked) == (["BELL", "PHONE"], True, "어제 봄")
    assert (household.absences_in_row, household.last_seen_on) == (1, None)
    ladder, *others = sorted(list_dues(session, household, today=TODAY), key=lambda due: due.ladder_step is None)
    assert others == before, "an absence fulfils nothing"
    assert (ladder.ladder_step, ladder.due_on) == (1, day(3))
    assert "다른 요일·시간대에 다시 방문" in ladder.because[0]


def test_the_ladder_tells_the_supervisor_once_per_step(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    first = absence_details(household, day(-4))
    for _ in range(3):
        service.log_absence(session, household, first, typed_at=now, actor=town.who(town.nurse), now=now)
    assert count(session, Alert) == 1
    log_absence(session, town, household, now, day(-3))
    log_absence(session, town, household, now, day(-2))
    log_absence(session, town, household, now, day(-1))
    assert count(session, Alert) == 3
    assert {alert.kind for alert in session.scalars(select(Alert))} == {AlertKind.ABSENCE_STEP}


def test_being_met_again_ends_the_row_of_absences(
    session: Session, town: Town, household: Household, now: datetime
) -> None:
    log_absence(session, town, household, now, day(-4))
    log_absence(session, town, household, now, day(-3))
    log(session, town, household, visit_details(household, day(-2)), now)
    log_absence(session, town, household, now, day(-1))
    assert household.absences_in_row == 1


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"tried": frozenset()}, ("NOTHING_TRIED", "tried")),
        ({"mode": ContactMode.FACE}, ("NOT_AN_ABSENCE", "mode")),
        ({"tried": frozenset({Tried.PHONE})}, ("ONLY_PHONED", "mode")),
        ({"occurred_on": day(1), "at": None}, ("FUTURE_DATE", "occurred_on")),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_an_absence_is_refused(
    session: Session, town: Town, household: Household, now: datetime, changes: dict[str, object],
    problem: tuple[str, str],
) -> None:  # fmt: skip
    with pytest.raises(ProblemsFound) as refused:
        log_absence(session, town, household, now, **changes)  # type: ignore[arg-type]
    assert problem in problems_of(refused)
    assert (count(session, Visit), household.absences_in_row) == (0, 0)
