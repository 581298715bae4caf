"""How a feed is made, shown once and taken away, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from app.access.permissions import Role
from app.accounts import service as accounts
from app.accounts.models import Account
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.calendars.models import CalendarFeed
from app.households import service as households
from app.households.models import Household
from app.households.rules import ClosureReason, MemberDetails
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import add_household, set_rule
from tests.factories.plans import plan
from tests.factories.town import Town
from tests.integration.calendars.feed_reading import couple, dues_of, events_of, later, visits_of
from tests.moments import NOW, day

Enter = Callable[[Role | Account], Browser]
UNKNOWN = "a" * 43


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    """A household with something to tell, or not to tell."""
    return couple(session, town)


@pytest.fixture
def shut(session: Session, town: Town) -> dict[str, Callable[[], None]]:
    """Every way in which a feed ends."""
    admin = town.who(town.administrator)

    def role(new: Role, centre_id: int | None) -> Callable[[], None]:
        return lambda: accounts.change_role(session, town.nurse, new, centre_id=centre_id, actor=admin, now=NOW)

    def revoke() -> None:
        session.scalars(select(CalendarFeed)).one().revoked_at = NOW

    return {
        "revoked": revoke,
        "disabled": lambda: accounts.disable(session, town.nurse, actor=admin, now=NOW),
        "no longer of a centre": role(Role.DISTRICT, None),
        "administrator": role(Role.ADMIN, None),
    }


@pytest.mark.parametrize("why", ["revoked", "disabled", "no longer of a centre", "administrator"])
def test_a_feed_that_ended_answers_as_one_that_never_was(
    client: Browser, town: Town, session: Session, household: Household, subscribe: Callable[[Account], str],
    shut: dict[str, Callable[[], None]], why: str, frozen_clock: Any,
) -> None:  # fmt: skip
    plan(session, household, town.who(town.nurse))
    address = subscribe(town.nurse)
    assert visits_of(client.open(address))
    later(frozen_clock)
    shut[why]()
    ended, unknown = client.open(address, status=404), client.open(f"/calendar/feed/{UNKNOWN}.ics", status=404)
    assert ended.get_data() == unknown.get_data()
    differing = {name for name, value in ended.headers if unknown.headers.get(name) != value}
    assert differing <= {"X-Request-Id"}
    assert client.written == set()


def test_moved_to_another_centre_nothing_of_the_old_one_is_told(
    client: Browser,
    session: Session,
    town: Town,
    household: Household,
    subscribe: Callable[[Account], str],
    frozen_clock: Any,
) -> None:
    address = subscribe(town.nurse)
    plan(session, household, town.who(town.nurse))
    set_rule(
        session, household, "NURSE_REGULAR", town.who(town.nurse), starts_on=day(-40), member_id=household.members[0].id
    )
    before = client.open(address)
    assert visits_of(before)
    assert dues_of(before)
    admin = town.who(town.administrator)
    accounts.change_role(session, town.nurse, Role.NURSE, centre_id=town.narae.id, actor=admin, now=NOW)
    later(frozen_clock)
    after = client.open(address)
    assert visits_of(after) == []
    assert dues_of(after) == {}
    assert "가람동" not in after.get_data(as_text=True)


def test_a_household_that_moved_away_or_was_closed_is_no_longer_told(
    client: Browser, session: Session, town: Town, subscribe: Callable[[Account], str], frozen_clock: Any
) -> None:
    address, who = subscribe(town.nurse), town.who(town.nurse)
    gone, closed = (add_household(session, town.who(town.worker), MemberDetails(name)) for name in ("가나", "다라"))
    for made in (gone, closed):
        made.nurse_id = town.nurse.id
        plan(session, made, who)
    assert len(visits_of(client.open(address))) == 2
    gone.centre_id = town.narae.id
    households.close_household(session, closed, ClosureReason.MOVED, note="", actor=town.who(town.supervisor), now=NOW)
    later(frozen_clock)
    assert visits_of(client.open(address)) == []


def make(browser: Browser, device: str = "내 휴대전화", *, status: int = 200) -> str:
    """Make a feed on the page; returns its address as shown, "" for none."""
    form = browser.get("/calendar/feeds").form("/calendar/feeds")
    browser.submit(form, device=device, status=status)
    assert browser.page is not None
    shown = [element for element in browser.page.tree.iter("input") if element.get("id") == "feed-address"]
    return str(shown[0].get("value")) if shown else ""


def test_the_address_is_shown_once_and_works_at_once(sign_in_as: Enter, client: Browser) -> None:
    browser = sign_in_as(Role.NURSE)
    address = make(browser)
    path = address.removeprefix("http://localhost")
    assert path.startswith("/calendar/feed/")
    assert address not in browser.get("/calendar/feeds").html
    assert "아직 읽지 않음" in browser.get("/calendar/feeds").text
    events_of(client.open(path))
    assert "마지막으로 읽은 때 2026-11-23 10:00" in browser.get("/calendar/feeds").text


def test_a_revoked_feed_is_gone_at_once(sign_in_as: Enter, client: Browser, session: Session) -> None:
    browser = sign_in_as(Role.WORKER)
    path = make(browser).removeprefix("http://localhost")
    feed = session.scalars(select(CalendarFeed)).one()
    page = browser.get("/calendar/feeds")
    browser.submit(page.form(f"/calendar/feeds/{feed.id}/revoke"))
    client.open(path, status=404)
    assert "아직 없습니다" in browser.get("/calendar/feeds").text
    browser.post(f"/calendar/feeds/{feed.id}/revoke")  # once more changes nothing
    acts = session.scalars(select(AccessLog.detail).where(AccessLog.action == Action.CALENDAR_FEED)).all()
    assert acts == ["만듦", "끊음"]


@pytest.mark.parametrize(
    ("device", "words"),
    [("", "어느 기기에서"), ("   ", "어느 기기에서"), ("가" * 41, "40자까지"), ("\u200b", "어느 기기에서")],
)
def test_a_feed_needs_the_name_of_its_device(sign_in_as: Enter, session: Session, device: str, words: str) -> None:
    browser = sign_in_as(Role.NURSE)
    assert make(browser, device, status=422) == ""
    assert browser.page is not None
    assert words in browser.page.text
    assert session.scalars(select(CalendarFeed)).all() == []


def test_five_devices_are_enough(sign_in_as: Enter, session: Session, town: Town) -> None:
    browser = sign_in_as(town.nurse)
    for number in range(5):
        make(browser, f"기기 {number}")
    assert "5개까지 만듭니다" in browser.get("/calendar/feeds").text
    browser.post("/calendar/feeds", {"device": "하나 더"}, status=422)
    assert len(session.scalars(select(CalendarFeed)).all()) == 5


def test_somebody_elses_feed_cannot_be_seen_or_revoked(sign_in_as: Enter, session: Session, town: Town) -> None:
    make(sign_in_as(town.nurse), "간호사 전화")
    feed = session.scalars(select(CalendarFeed)).one()
    for account in (town.other_nurse, town.supervisor, town.narae_nurse):
        browser = sign_in_as(account)
        assert "간호사 전화" not in browser.get("/calendar/feeds").text
        browser.post(f"/calendar/feeds/{feed.id}/revoke", status=404)
    assert feed.revoked_at is None
    browser.post("/calendar/feeds/99999999999/revoke", status=404)


@pytest.mark.parametrize("role", [Role.DISTRICT, Role.PRIVACY, Role.ADMIN])
def test_who_visits_nobody_keeps_no_feed(sign_in_as: Enter, role: Role) -> None:
    sign_in_as(role).get("/calendar/feeds", status=403)
