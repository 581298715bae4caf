"""What stays undone too long reaches the supervisor, once per household and due, whichever day the job ran."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime

import pytest
from app.access.permissions import Role
from app.accounts.models import Account, Cover
from app.alerts.models import Mail
from app.alerts.rules import AlertKind
from app.follow_ups.models import Obligation
from app.follow_ups.queries import read_dues, working_days_for
from app.follow_ups.rules import ContactMode, Purpose
from app.households import service as households
from app.households.models import Household
from app.households.rules import ClosureReason, Risk
from app.reminders.rules import EscalationError, escalation_from, overdue_since
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from tests.counting import Counting
from tests.factories.households import add_contact, add_household, set_rule
from tests.factories.reference import read_shipped
from tests.factories.town import Town
from tests.integration.reminders.conftest import Give, Run, alerts
from tests.moments import NOW, TODAY, at, day

ESCALATE = "escalate_overdue"
NINE = at(TODAY, 9)
SendAway = Callable[[Account, Account], Cover]


def due_on(session: Session, household: Household) -> date:
    [due] = read_dues(session, [household.id], district_id=household.centre.district_id, today=TODAY)[household.id]
    assert due.due_on is not None
    return due.due_on


def escalate(run: Run, now: datetime = NINE) -> int:
    return run(ESCALATE, now=now)


@pytest.mark.parametrize(
    ("risk", "last_kept", "first_told"),
    [(Risk.HIGH, -3, -4), (Risk.MEDIUM, -5, -6), (Risk.LOW, -11, -12), (Risk.NONE, -14, -17)],
)
def test_the_higher_the_risk_the_sooner(
    run: Run, give: Give, session: Session, risk: Risk, last_kept: int, first_told: int
) -> None:
    """Today is a Monday: the weekend before it is nobody's fault."""
    kept, told = give(due=last_kept, risk=risk), give(due=first_told, risk=risk)
    assert escalate(run) == 1
    [alert] = alerts(session, AlertKind.OVERDUE)
    assert alert.household_id == told.id != kept.id
    assert alert.text.startswith(f"{told.number} 일반 점검 기한(")
    assert alert.text.endswith("일 지났습니다.")


def test_it_is_told_once_however_often_the_job_runs(run: Run, give: Give, town: Town, session: Session) -> None:
    household = give(due=-30)
    assert [escalate(run, at(TODAY, hour)) for hour in range(9, 19)] == [1, *[0] * 9]
    assert escalate(run, at(day(1), 9)) == 0
    [alert] = alerts(session, AlertKind.OVERDUE)
    [term_id] = session.scalars(select(Obligation.term_id).where(Obligation.household_id == household.id))
    assert alert.subject == f"overdue:{term_id}:{due_on(session, household)}"
    assert alert.recipient_id == town.supervisor.id
    assert session.scalars(select(Mail)).all() == [], "it waits for the daily mail"


def test_days_on_which_nobody_ran_it_lose_nothing(run: Run, give: Give, session: Session) -> None:
    for due in range(-30, -4):
        give(due=due, risk=Risk.HIGH)
    assert escalate(run) == 26


def test_the_next_due_date_is_told_anew(run: Run, give: Give, session: Session) -> None:
    household = give(due=-30)
    escalate(run)
    add_contact(session, household, day(-29), mode=ContactMode.CALL, purpose=Purpose.WELFARE)
    assert escalate(run) == 0
    assert escalate(run, at(day(35), 9)) == 1
    assert len({alert.subject for alert in alerts(session, AlertKind.OVERDUE)}) == 2


@pytest.mark.parametrize("hour", [3, 6, 19, 23])
def test_nobody_is_told_at_night(run: Run, give: Give, hour: int) -> None:
    give(due=-30)
    assert escalate(run, at(TODAY, hour)) == 0


@pytest.mark.parametrize("on", [date(2026, 11, 22), date(2026, 12, 25)])
def test_nobody_is_told_on_a_day_off(run: Run, give: Give, on: date) -> None:
    give(due=-60)
    assert escalate(run, at(on, 9)) == 0


def test_a_closed_household_is_nobodys_matter(run: Run, give: Give, town: Town, session: Session) -> None:
    household = give(due=-30)
    households.close_household(
        session, household, ClosureReason.DIED, note="", actor=town.who(town.supervisor), now=NOW
    )
    assert escalate(run) == 0


def test_what_is_only_past_its_target_is_not_overdue(run: Run, give: Give, town: Town, session: Session) -> None:
    """A deadline without a hard limit turns amber, and the word «기한 지남» is not said of it here."""
    household = add_household(session, town.who(town.worker))
    set_rule(session, household, "INTAKE_ASSESS", town.who(town.worker), starts_on=day(-90), event_on=day(-90))
    limited = add_household(session, town.who(town.worker))
    set_rule(session, limited, "INTAKE_PLAN", town.who(town.worker), starts_on=day(-90), event_on=day(-90))
    escalate(run)
    assert [alert.household_id for alert in alerts(session, AlertKind.OVERDUE)] == [limited.id]


def test_a_step_of_the_absence_ladder_that_is_not_done_is_told_too(
    run: Run, give: Give, town: Town, session: Session
) -> None:
    household = give(town.nurse, due=60, risk=Risk.MEDIUM, code="ISOLATION_LOW", every=90)
    add_contact(session, household, day(-30), mode=ContactMode.ABSENT)
    assert escalate(run) == 1
    assert alerts(session, AlertKind.OVERDUE)[0].subject.startswith(f"overdue:absence-{household.id}:")


def test_a_stored_answer_that_went_stale_is_judged_anew(run: Run, give: Give, session: Session) -> None:
    """Whatever stands in the cache: overdue that is not is not told, and what is not overdue there is."""
    late, fine = give(due=-30), give(due=20)
    session.execute(update(Obligation).where(Obligation.household_id == late.id).values(due_on=day(50)))
    session.execute(update(Obligation).where(Obligation.household_id == fine.id).values(due_on=day(-50)))
    session.execute(update(Obligation).values(recompute_on=TODAY))
    assert escalate(run) == 1
    assert alerts(session, AlertKind.OVERDUE)[0].household_id == late.id


def test_whoever_covers_the_supervisor_hears_it_too(
    run: Run, give: Give, town: Town, session: Session, send_away: SendAway
) -> None:
    give(due=-30)
    send_away(town.supervisor, town.worker)
    assert escalate(run) == 2
    told = {alert.recipient_id for alert in alerts(session, AlertKind.OVERDUE)}
    assert told == {town.supervisor.id, town.worker.id}


def test_without_a_supervisor_the_district_hears_it(run: Run, give: Give, town: Town, session: Session) -> None:
    give(due=-30)
    town.supervisor.disabled_at = NOW
    assert escalate(run) == 1
    assert alerts(session, AlertKind.OVERDUE)[0].recipient_id == town.district_officer.id
    assert town.district_officer.role is Role.DISTRICT


def test_the_installation_may_be_more_or_less_patient(run: Run, give: Give, app: Flask) -> None:
    table, household = app.config["OUTREACH"].instance / "escalation.json", give(due=-3, risk=Risk.HIGH)
    document = read_shipped("escalation")
    document["working_days_past_due"]["HIGH"] = 0
    try:
        assert escalate(run) == 0
        table.write_text(json.dumps(document), encoding="utf-8")
        assert escalate(run) == 1
        table.write_text("{", encoding="utf-8")
        with pytest.raises(EscalationError, match=r"escalation\.json"):
            escalate(run)
    finally:
        table.unlink(missing_ok=True)
    assert household.risk is Risk.HIGH


def test_what_is_told_is_what_a_patient_reader_of_all_dues_would_tell(
    run: Run, give: Give, town: Town, session: Session
) -> None:
    """The one statement agrees with going through every household."""
    for number, risk in enumerate([*Risk] * 6):
        code, every = [("CASE_CHECK_GENERAL", 30), ("CASE_CHECK_COMPLEX", 14)][number % 2]
        give(due=-number, risk=risk, code=code, every=every)
    ids = session.scalars(select(Household.id)).all()
    district_id = town.garam.district_id
    days = working_days_for(session, district_id)
    table = escalation_from(json.dumps(read_shipped("escalation")))
    told_before = table.told_before(TODAY, days)
    risks = dict(session.execute(select(Household.id, Household.risk)).all())
    expected = {
        household_id
        for household_id, dues in read_dues(session, ids, district_id=district_id, today=TODAY).items()
        for due in dues
        if (overdue_since(due) or date.max) < told_before[risks[household_id]]
    }
    escalate(run)
    assert {alert.household_id for alert in alerts(session, AlertKind.OVERDUE)} == expected
    assert 5 < len(expected) < len(ids)


def test_ten_times_the_households_ask_no_more_questions(
    run: Run, give: Give, session: Session, counted_statements: Counting
) -> None:
    def asked() -> int:
        with counted_statements() as statements:
            escalate(run)
        return len([each for each in statements if each.startswith("SELECT")])

    give(due=-30)
    few = asked()
    for _ in range(10):
        give(due=-30)
    assert asked() <= few + 1
