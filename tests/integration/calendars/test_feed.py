"""Feeds at their address: what a phone gets, compared with what is planned, and what it never gets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from app.access.permissions import Role
from app.accounts import service as accounts
from app.accounts.models import Account
from app.audit.models import AccessLog
from app.audit.queries import find_broken_rows
from app.audit.rules import Action
from app.calendars.models import CalendarFeed
from app.calendars.rules.feed_limits import MissCounter
from app.calendars.views import feed as feed_views
from app.core.clock import KOREA
from app.households.models import Household
from app.households.rules import MemberDetails
from app.visits import service as visits
from app.visits.rules import PlanChange
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import add_household, set_rule
from tests.factories.plans import plan, slot_for
from tests.factories.town import Town
from tests.factories.visits import visit_details
from tests.integration.calendars.feed_reading import couple, dues_of, later, visits_of
from tests.moments import NOW, TODAY, at, day

Enter = Callable[[Role | Account], Browser]
UNKNOWN = "a" * 43


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    """A household with something to tell, or not to tell."""
    return couple(session, town)


def test_a_phone_gets_what_is_planned_at_its_hour_in_korea(
    client: Browser, session: Session, town: Town, household: Household, subscribe: Callable[[Account], str]
) -> None:
    planned = [
        plan(session, household, town.who(town.nurse), day(1), time(10), minutes=45),
        plan(session, household, town.who(town.nurse), day(2), time(0, 30), minutes=30),
        plan(session, household, town.who(town.nurse), day(3), None),
    ]
    plan(session, household, town.who(town.worker), day(1), time(14))  # a colleague's
    told = visits_of(client.open(subscribe(town.nurse)))
    assert len(told) == len(planned)
    for event, row in zip(told, planned, strict=True):
        if row.planned_at is None:
            assert (event.dtstart.value, event.dtend.value) == (row.planned_on, row.planned_on + timedelta(days=1))
            continue
        begins = datetime.combine(row.planned_on, row.planned_at, KOREA)
        assert event.dtstart.value == begins
        assert event.dtstart.value.utcoffset() == timedelta(hours=9)
        assert event.dtend.value == begins + timedelta(minutes=row.minutes)


def test_whoever_goes_along_has_the_visit_in_the_own_calendar(
    client: Browser, session: Session, town: Town, household: Household, subscribe: Callable[[Account], str]
) -> None:
    plan(session, household, town.who(town.nurse), companion_id=town.worker.id)
    assert len(visits_of(client.open(subscribe(town.worker)))) == 1
    assert visits_of(client.open(subscribe(town.other_nurse))) == []


def test_a_feed_tells_initials_and_the_centre_and_nothing_else_of_anybody(
    client: Browser, session: Session, town: Town, household: Household, subscribe: Callable[[Account], str]
) -> None:
    plan(session, household, town.who(town.nurse), note="문 앞에서 010-2646-2265로 전화", companion_id=town.worker.id)
    set_rule(session, household, "ISOLATION_HIGH", town.who(town.nurse), starts_on=day(-3))
    set_rule(
        session, household, "NURSE_REGULAR", town.who(town.nurse), starts_on=day(-40), member_id=household.members[0].id
    )
    answer = client.open(subscribe(town.nurse))
    (event,) = visits_of(answer)
    assert event.summary.value == "방문 예정 ㄱㅅㅈ·ㅂㅇㅅ · 가람동 행정복지센터"
    assert len(dues_of(answer)) >= 1
    text = answer.get_data(as_text=True).replace("\r\n ", "")
    secrets = (
        "김순자", "박영수", "순자", "나래길", "842호", "가람동 12-3", "2646", "3120", household.number, "전화", "정기관리군",
        "간호", "고독사", "고위험", "윤가람", "민하준", "LOCATION", "DESCRIPTION", "ATTENDEE", "ORGANIZER", "/households",
    )  # fmt: skip
    assert [word for word in secrets if word in text] == []


def test_dues_stand_by_day_with_the_number_of_households(
    client: Browser, session: Session, town: Town, subscribe: Callable[[Account], str]
) -> None:
    worker = town.who(town.worker)
    for name, starts_on in {"하나": day(-29), "둘": day(-29), "셋": day(-40), "넷": day(0)}.items():
        made = add_household(session, worker, MemberDetails(name))
        made.worker_id, made.nurse_id = town.worker.id, town.nurse.id
        set_rule(session, made, "CASE_CHECK_GENERAL", worker, starts_on=starts_on)
    session.flush()
    assert dues_of(client.open(subscribe(town.worker))) == {
        day(1): "방문 기한 2가구",
        day(-10): "지난 방문 기한 1가구",
        day(30): "방문 기한 1가구",
    }
    assert dues_of(client.open(subscribe(town.nurse))) == {}  # a worker's due is not the nurse's


def test_a_moved_visit_is_moved_under_its_name_and_a_cancelled_one_says_so(
    client: Browser,
    session: Session,
    town: Town,
    household: Household,
    subscribe: Callable[[Account], str],
    frozen_clock: Any,
) -> None:
    who, address = town.who(town.nurse), subscribe(town.nurse)
    planned = plan(session, household, who)
    (first,) = visits_of(client.open(address))
    later(frozen_clock)
    moved_at = NOW + timedelta(minutes=10)
    visits.move_visit(
        session, planned, slot_for(who, day(4), time(15)), change=PlanChange.ASKED, version=1, actor=who, now=moved_at
    )
    (moved,) = visits_of(client.open(address))
    later(frozen_clock)
    visits.cancel_visit(
        session, planned, change=PlanChange.WEATHER, version=2, actor=who, now=NOW + timedelta(minutes=20)
    )
    (cancelled,) = visits_of(client.open(address))
    assert first.uid.value == moved.uid.value == cancelled.uid.value
    assert moved.dtstart.value == datetime.combine(day(4), time(15), KOREA)
    assert [event.sequence.value for event in (first, moved, cancelled)] == ["0", "1", "2"]
    assert [event.last_modified.value for event in (first, moved, cancelled)] == [
        NOW, moved_at, NOW + timedelta(minutes=20),
    ]  # fmt: skip
    assert (cancelled.status.value, moved.status.value) == ("CANCELLED", "CONFIRMED")


def test_a_plan_that_was_taken_back_at_once_was_never_there(
    client: Browser, session: Session, town: Town, household: Household, subscribe: Callable[[Account], str]
) -> None:
    who = town.who(town.nurse)
    planned = plan(session, household, who)
    visits.undo_change(session, planned, version=1, actor=who, now=NOW)
    assert visits_of(client.open(subscribe(town.nurse))) == []


def test_a_visit_that_was_made_is_told_as_made(
    client: Browser, session: Session, town: Town, household: Household, subscribe: Callable[[Account], str]
) -> None:
    who = town.who(town.nurse)
    plan(session, household, who, TODAY, time(9))
    visits.log_visit(session, household, visit_details(household), typed_at=NOW, actor=who, now=NOW)
    (event,) = visits_of(client.open(subscribe(town.nurse)))
    assert event.summary.value.startswith("방문함 ")


def test_during_leave_the_visits_of_the_absent_stand_with_whoever_covers(
    client: Browser, session: Session, town: Town, household: Household, subscribe: Callable[[Account], str]
) -> None:
    plan(session, household, town.who(town.nurse), day(1))
    plan(session, household, town.who(town.nurse), day(4))
    set_rule(
        session,
        household,
        "NURSE_REGULAR",
        town.who(town.nurse),
        starts_on=date(2026, 8, 24),
        member_id=household.members[0].id,
    )
    accounts.arrange_cover(
        session, town.nurse, town.other_nurse, from_on=TODAY, until_on=day(2), reason="연가",
        actor=town.who(town.supervisor), now=NOW,
    )  # fmt: skip
    answer = client.open(subscribe(town.other_nurse))
    assert [event.summary.value for event in visits_of(answer)] == [
        "방문 예정 (대직) ㄱㅅㅈ·ㅂㅇㅅ · 가람동 행정복지센터"
    ]
    assert dues_of(answer) == {day(1): "방문 기한 1가구"}


@pytest.mark.parametrize(("offset", "is_told"), [(-31, False), (-30, True), (90, True), (91, False)])
def test_thirty_days_back_and_ninety_ahead_are_told(
    client: Browser, session: Session, town: Town, household: Household, subscribe: Callable[[Account], str],
    offset: int, is_told: bool,
) -> None:  # fmt: skip
    planned_at = min(at(day(offset), 8), NOW)
    plan(session, household, town.who(town.nurse), day(offset), now=planned_at)
    assert bool(visits_of(client.open(subscribe(town.nurse)))) is is_told


def test_reading_is_in_the_access_log_with_the_households_told_of(
    client: Browser, session: Session, town: Town, household: Household, subscribe: Callable[[Account], str]
) -> None:
    plan(session, household, town.who(town.nurse))
    client.open(subscribe(town.nurse), headers={"User-Agent": "Google-Calendar-Importer"})
    row = session.scalars(select(AccessLog).order_by(AccessLog.id.desc())).first()
    feed = session.scalars(select(CalendarFeed)).one()
    assert row is not None
    assert (row.action, row.actor_id, row.subject) == (Action.CALENDAR_FEED, town.nurse.id, f"feed:{feed.id}")
    assert (row.row_count, row.detail, row.device) == (1, str(household.id), "Google-Calendar-Importer")
    assert feed.read_at == NOW
    assert list(find_broken_rows(session)) == []


def test_the_token_is_kept_nowhere(
    client: Browser, session: Session, town: Town, household: Household, subscribe: Callable[[Account], str]
) -> None:
    address = subscribe(town.nurse)
    token = address.removeprefix("/calendar/feed/").removesuffix(".ics")
    client.open(address)
    feed = session.scalars(select(CalendarFeed)).one()
    assert len(token) == 43
    assert token not in repr(feed.__dict__)
    assert not [row for row in session.scalars(select(AccessLog)) if token in repr(row.entry())]


def test_a_calendar_that_has_it_already_is_told_so(
    client: Browser,
    session: Session,
    town: Town,
    household: Household,
    subscribe: Callable[[Account], str],
    frozen_clock: Any,
) -> None:
    address = subscribe(town.nurse)
    plan(session, household, town.who(town.nurse))
    first = client.open(address)
    assert first.headers["Cache-Control"] == "private, no-cache"
    later(frozen_clock)
    tag = {"If-None-Match": first.headers["ETag"]}
    unchanged = client.open(address, headers=tag, status=304)
    assert unchanged.get_data() == b""
    assert "access_log" not in client.written  # nothing was shown
    plan(session, household, town.who(town.nurse), day(2))
    later(frozen_clock)
    assert len(visits_of(client.open(address, headers=tag))) == 2


def test_a_calendar_that_asks_again_at_once_has_to_wait(
    client: Browser, town: Town, subscribe: Callable[[Account], str], frozen_clock: Any
) -> None:
    address = subscribe(town.nurse)
    client.open(address, status=200)
    too_soon = client.open(address, status=429)
    assert too_soon.headers["Retry-After"] == "5"
    frozen_clock.shift(timedelta(seconds=5))
    client.open(address, status=200)


def test_whoever_tries_addresses_is_told_to_wait(
    client: Browser, town: Town, subscribe: Callable[[Account], str], monkeypatch: pytest.MonkeyPatch, frozen_clock: Any
) -> None:
    monkeypatch.setattr(feed_views, "MISSES", MissCounter(3))
    address = subscribe(town.nurse)
    for _ in range(3):
        client.open(f"/calendar/feed/{UNKNOWN}.ics", status=404)
    waiting = client.open(f"/calendar/feed/{UNKNOWN}.ics", status=429)
    assert waiting.headers["Retry-After"] == "60"
    assert not [one for one in client.statements if "calendar_feed" in one]
    client.open(address, status=429)
    frozen_clock.shift(timedelta(minutes=1))
    client.open(address, status=200)


@pytest.mark.parametrize(
    "path", ["/calendar/feed/short.ics", f"/calendar/feed/{UNKNOWN}", f"/calendar/feed/{'a' * 42}%2F.ics"]
)
def test_what_is_no_token_is_no_address(client: Browser, path: str) -> None:
    client.open(path, status=404)
