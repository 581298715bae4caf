"""Each working morning everybody hears what waits for them, once; nobody hears that nothing does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from app.access.identity import Identity
from app.accounts.models import Account, Cover
from app.alerts.rules import AlertKind
from app.audit.rules import Action
from app.core.database import new_id
from app.follow_ups.models import HolidayOverride
from app.follow_ups.queries import list_today
from app.follow_ups.rules import ContactMode, Purpose
from app.households.rules import HouseholdType, Risk
from app.reminders.rules import Morning
from app.reminders.service import reminding
from app.visits import service as visits
from app.visits.models import PlannedVisit
from app.visits.rules import PlannedState
from sqlalchemy.orm import Session
from tests.factories.access_log import list_entries
from tests.factories.households import add_contact, add_household, set_rule
from tests.factories.town import Town
from tests.factories.visits import absence_details
from tests.integration.reminders.conftest import BASE, Give, Run, alerts, mails
from tests.moments import NOW, TODAY, at, day

SendAway = Callable[[Account, Account], Cover]


def test_a_worker_hears_what_is_late_and_what_is_due(run: Run, give: Give, town: Town, session: Session) -> None:
    late, due, _coming = give(due=-10), give(), give(due=3)
    assert run() == 2  # the worker, and the supervisor of what is late
    [alert] = alerts(session, AlertKind.MORNING, town.worker)
    assert (alert.subject, alert.text) == ("morning:2026-11-23", "기한 지남 1가구 · 오늘까지 1가구")
    assert alert.household_id is None
    [mail] = mails(session, town.worker)
    assert (mail.subject, mail.for_on) == ("[찾아가는 복지] 11/23(월) 오늘 할 일", TODAY)
    assert f"■ 기한이 지난 가구 1곳\n{late.number}\n" in mail.body
    assert f"■ 오늘이 기한인 가구 1곳\n{due.number}\n" in mail.body
    assert f"{BASE}/today#overdue" in mail.body
    assert mail.body.count("■") == 2


def test_the_numbers_are_those_of_the_page(run: Run, give: Give, town: Town, session: Session) -> None:
    for due in (-40, -3, -1, 0, 0, 1, 6, 20):
        give(due=due)
    run()
    page = list_today(session, town.who(town.worker), today=TODAY)
    expected = f"기한 지남 {len(page.overdue)}가구 · 오늘까지 {len(page.due)}가구"
    assert alerts(session, AlertKind.MORNING, town.worker)[0].text == expected
    assert (len(page.overdue), len(page.due)) == (3, 2)


def test_nobody_is_told_that_nothing_is_to_be_done(run: Run, give: Give, town: Town, session: Session) -> None:
    give(due=5)
    assert run(now=at(day(1), 7, 30)) == 1, "the supervisor's week"
    assert alerts(session, AlertKind.MORNING) == []
    assert mails(session, town.worker) == []


def test_the_second_run_of_a_morning_tells_nobody(run: Run, give: Give, session: Session) -> None:
    give(due=-10)
    assert run() == 2
    assert (run(), run(now=at(TODAY, 9))) == (0, 0)
    assert len(alerts(session, AlertKind.MORNING)) == len(mails(session)) == 2


def test_the_next_morning_is_told_anew_and_the_unread_one_put_away(
    run: Run, give: Give, town: Town, session: Session
) -> None:
    give(due=-10)
    run()
    run(now=at(day(1), 7, 30))
    old, new = alerts(session, AlertKind.MORNING, town.worker)
    assert old.read_at == at(day(1), 7, 30)
    assert new.read_at is None
    assert len(mails(session, town.worker)) == 2


@pytest.mark.parametrize(
    "on", [date(2026, 11, 22), date(2026, 9, 25), date(2026, 12, 25)], ids=["Sunday", "추석", "성탄절"]
)
def test_nobody_is_told_on_a_day_off(run: Run, give: Give, session: Session, on: date) -> None:
    give(due=-100, every=60)
    assert run(now=at(on, 7, 30)) == 0
    assert mails(session) == []


def test_a_district_has_days_off_of_its_own(run: Run, give: Give, town: Town, session: Session) -> None:
    give(due=-10)
    far = add_household(session, town.who(town.far_supervisor))
    session.add(
        HolidayOverride(
            district_id=town.garam.district_id, on=TODAY, name="구민의 날", is_holiday=True, set_at=NOW
        )
    )  # fmt: skip
    assert run() == 1
    assert far.centre_id == town.haneul.id
    assert {alert.recipient_id for alert in alerts(session, AlertKind.WEEKLY)} == {town.far_supervisor.id}


@pytest.mark.parametrize("hour", [3, 6, 19, 23])
def test_what_was_late_is_not_told_at_night(run: Run, give: Give, hour: int) -> None:
    give(due=-10)
    assert run(now=at(TODAY, hour)) == 0
    assert run(now=at(TODAY, 11)) == 2, "late in the morning it still is"


def test_whoever_is_on_leave_hears_nothing_and_the_cover_hears_theirs(
    run: Run, give: Give, town: Town, session: Session, send_away: SendAway
) -> None:
    theirs = give(town.worker, due=-10)
    send_away(town.worker, town.other_worker)
    run()
    assert alerts(session, AlertKind.MORNING, town.worker) == mails(session, town.worker) == []
    assert alerts(session, AlertKind.MORNING, town.other_worker)[0].text == "기한 지남 1가구"
    assert theirs.number in mails(session, town.other_worker)[0].body


def test_whoever_is_barred_hears_nothing(run: Run, give: Give, town: Town, session: Session) -> None:
    give(town.worker, due=-10)
    town.worker.disabled_at = NOW
    run()
    assert alerts(session, AlertKind.MORNING, town.worker) == mails(session, town.worker) == []


def test_whoever_wants_no_mail_still_finds_it_in_the_inbox(run: Run, give: Give, town: Town, session: Session) -> None:
    give(town.worker, due=-10)
    town.worker.wants_mail = False
    town.supervisor.email = ""
    run()
    assert len(alerts(session, AlertKind.MORNING)) == 2
    assert mails(session) == []


def test_without_a_mail_server_no_mail_is_written_at_all(run: Run, give: Give, session: Session) -> None:
    give(due=-10)
    assert run(mail=None) == 2
    assert len(alerts(session, AlertKind.MORNING)) == 2
    assert mails(session) == []


def test_planned_visits_of_the_day_are_counted_and_cancelled_ones_not(
    run: Run, give: Give, town: Town, session: Session
) -> None:
    household = give(due=20)
    for on, state in ((TODAY, PlannedState.PLANNED), (TODAY, PlannedState.CANCELLED), (day(1), PlannedState.PLANNED)):
        session.add(
            PlannedVisit(
                id=new_id(), household_id=household.id, assignee_id=town.worker.id, planned_on=on, planned_at=None,
                minutes=30, purpose=Purpose.WELFARE, state=state, because="비가 옴", set_by_id=town.worker.id, set_at=NOW,
            )
        )  # fmt: skip
    run()
    assert alerts(session, AlertKind.MORNING, town.worker)[0].text == "예정된 방문 1건"
    body = mails(session, town.worker)[0].body
    assert f"■ 오늘 예정된 방문 1건\n{household.number}\n" in body
    assert f"{BASE}/calendar/day/2026-11-23" in body


def test_a_closed_door_leaves_something_to_do(run: Run, give: Give, town: Town, session: Session) -> None:
    household = give(town.nurse, due=40, code="ISOLATION_LOW")
    visits.log_absence(
        session, household, absence_details(household, day(-6)), typed_at=NOW, actor=town.who(town.nurse), now=NOW
    )
    run()
    assert "부재 뒤 할 일 1가구" in alerts(session, AlertKind.MORNING, town.nurse)[0].text
    assert f"■ 이 가운데 부재 뒤 할 일이 있는 가구 1곳\n{household.number}\n" in mails(session, town.nurse)[0].body


def test_a_supervisor_hears_what_waits_for_a_decision(run: Run, give: Give, town: Town, session: Session) -> None:
    household = give(town.nurse, due=40, risk=Risk.HIGH)
    add_contact(session, household, day(-1), mode=ContactMode.ABSENT)
    run()
    assert alerts(session, AlertKind.MORNING, town.supervisor)[0].text.startswith("팀장 판단 1가구")
    body = mails(session, town.supervisor)[0].body
    assert f"■ 팀장 판단을 기다리는 가구 1곳\n{household.number}\n" in body
    assert f"{BASE}/today#awaiting" in body


def test_before_a_long_break_those_alone_at_high_risk_are_named_by_number_of_households(
    run: Run, give: Give, town: Town, session: Session
) -> None:
    before = at(date(2026, 9, 21), 7, 30)
    household = give(town.worker, due=-59, risk=Risk.HIGH, code="ISOLATION_HIGH", every=7)
    assert household.household_type is HouseholdType.SINGLE
    add_contact(session, household, date(2026, 9, 17), purpose=Purpose.WELFARE)  # the next is due in the days off
    run(now=before)
    assert "연휴 전 방문 권장 1가구" in alerts(session, AlertKind.MORNING, town.worker)[0].text
    body = mails(session, town.worker)[0].body
    assert "■ 연휴 전 방문 권장 1가구\n추석 연휴" in body
    assert "9/23(수)까지" in body
    assert f"{BASE}/calendar/before-break" in body


def test_other_centres_hear_of_their_own_only(run: Run, give: Give, town: Town, session: Session) -> None:
    give(due=-10)
    run()
    told = {alert.recipient_id for alert in alerts(session, AlertKind.MORNING)}
    assert told == {town.worker.id, town.supervisor.id}


def test_that_numbers_left_the_house_by_mail_is_recorded(run: Run, give: Give, town: Town, session: Session) -> None:
    household = give(due=-10)
    run()
    rows = [entry for entry in list_entries(session) if entry.subject == "mail"]
    assert {(row.action, row.actor_id, row.detail) for row in rows} == {
        (Action.LIST, town.worker.id, str(household.id)), (Action.LIST, town.supervisor.id, str(household.id)),
    }  # fmt: skip
    assert {row.device for row in rows} == {"daily mail"}


def test_nobody_without_households_of_their_own_or_a_centre_hears_anything(
    run: Run, give: Give, town: Town, session: Session
) -> None:
    give(due=-10)
    run()
    others = {town.accounts[key].id for key in ("district_officer", "privacy_officer", "administrator")}
    assert not others & {alert.recipient_id for alert in alerts(session, AlertKind.MORNING)}
    assert not others & {mail.recipient_id for mail in mails(session)}


def test_what_was_to_be_done_goes_out_of_the_inbox_when_nothing_is(
    run: Run, give: Give, town: Town, session: Session
) -> None:
    household = give(due=-10)
    run()
    add_contact(session, household, TODAY, mode=ContactMode.CALL, purpose=Purpose.WELFARE)
    run(now=at(day(1), 7, 30))
    [alert] = alerts(session, AlertKind.MORNING, town.worker)
    assert alert.read_at == at(day(1), 7, 30)


def test_what_fails_in_one_centre_silences_no_other(
    run: Run, give: Give, town: Town, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(due=-10)
    other = add_household(session, town.who(town.narae_worker))
    other.worker_id = town.narae_worker.id
    set_rule(session, other, "CASE_CHECK_GENERAL", town.who(town.narae_worker), starts_on=day(-60))
    see = reminding.queries.see_morning

    def stumble(session: Session, who: Identity, **more: Any) -> Morning:
        if who.centre_id == town.garam.id:
            raise ZeroDivisionError
        return see(session, who, **more)

    monkeypatch.setattr(reminding.queries, "see_morning", stumble)
    with pytest.raises(ZeroDivisionError):
        run()
    told = {alert.recipient_id for alert in alerts(session, AlertKind.MORNING)}
    assert told == {town.narae_worker.id, town.narae_supervisor.id}
    monkeypatch.undo()
    assert run() == 2, "only those who have not heard it"
