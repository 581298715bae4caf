"""«연휴 전 방문 권장»: who stands on the list before 성탄절 2026 (Friday 25 to Sunday 27 December), for whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.follow_ups.queries.before_break import find_break_notice
from app.follow_ups.rules import LongBreak
from app.households import service as households
from app.households.models import Household
from app.households.rules import ClosureReason, HouseholdType, MemberDetails, Risk
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import add_contact, add_household, set_rule
from tests.factories.plans import plan
from tests.factories.town import Town
from tests.moments import at

Enter = Callable[[Role | Account], Browser]
TODAY = date(2026, 12, 15)
MORNING = at(TODAY, 9)
CHRISTMAS = LongBreak(date(2026, 12, 25), date(2026, 12, 27), "성탄절", date(2026, 12, 24))
STARTS = {"before": 17, "first day": 18, "last day": 20, "right after": 21, "later": 22}
"""December days from which a check every seven days runs: due on the 24th, 25th, 27th, 28th and 29th."""


def lonely(session: Session, town: Town, name: str, starts_on: date, **changes: Any) -> Household:
    """Somebody who lives alone at high risk, with a check every seven days."""
    worker = town.who(town.worker)
    risk = changes.pop("risk", Risk.HIGH)
    plain = {"household_type": HouseholdType.SINGLE, "now": at(date(2026, 12, 1), 9), **changes}
    made = add_household(session, worker, MemberDetails(name), **plain)
    made.worker_id, made.nurse_id = town.worker.id, town.nurse.id
    session.flush()
    if risk is not Risk.NONE:
        households.judge_risk(session, made, risk, reason="혼자 넘어짐", actor=worker, now=MORNING)
    set_rule(session, made, "ISOLATION_HIGH", worker, starts_on=starts_on, now=MORNING)
    return made


@pytest.fixture
def village(session: Session, town: Town, frozen_clock: Any) -> dict[str, Household]:
    """One household for each day around the break."""
    frozen_clock.move_to(MORNING)
    return {name: lonely(session, town, name, date(2026, 12, first)) for name, first in STARTS.items()}


def listed(browser: Browser, query: str = "") -> list[int]:
    page = browser.get(f"/calendar/before-break{query}")
    links = (link.removeprefix("/households/") for link in page.links() if link.startswith("/households/"))
    return [int(link) for link in dict.fromkeys(links) if link.isdecimal()]


def test_who_is_due_inside_or_right_after_the_break_is_better_seen_before_it(
    sign_in_as: Enter, town: Town, village: dict[str, Household]
) -> None:
    browser = sign_in_as(town.worker)
    assert listed(browser) == [village[name].id for name in ("first day", "last day", "right after")]
    text = browser.get("/calendar/before-break").text
    assert "성탄절 12/25(금)~12/27(일), 3일 동안 쉽니다. 12/24(목)까지 가 보기를 권하는 3가구입니다." in text
    assert "고독사 고위험 확인 12/25(금)" in text
    assert "마지막 대면" in text
    assert text.count("일정 잡기") == 3


def test_others_than_those_alone_at_high_risk_are_not_on_it(
    sign_in_as: Enter, session: Session, town: Town, frozen_clock: Any
) -> None:
    frozen_clock.move_to(MORNING)
    starts_on = date(2026, 12, 19)
    lonely(session, town, "부부", starts_on, household_type=HouseholdType.COUPLE)
    lonely(session, town, "중위험", starts_on, risk=Risk.MEDIUM)
    closed = lonely(session, town, "종료", starts_on)
    actor = town.who(town.supervisor)
    households.close_household(session, closed, ClosureReason.FACILITY, note="", actor=actor, now=MORNING)
    assert listed(sign_in_as(town.worker)) == []


def test_a_visit_takes_a_household_off_or_onto_the_list(
    sign_in_as: Enter, session: Session, town: Town, village: dict[str, Household]
) -> None:
    """Seven days after Monday the 14th is before the break."""
    add_contact(session, village["first day"], date(2026, 12, 14), now=MORNING)
    browser = sign_in_as(town.worker)
    assert village["first day"].id in listed(browser)  # its check begins on the 18th
    session.expire_all()
    add_contact(session, village["later"], date(2026, 12, 15), now=MORNING)
    assert len(listed(browser)) == 3


def test_whoever_has_a_visit_planned_before_the_break_comes_last_and_is_recorded_from_here(
    sign_in_as: Enter, session: Session, town: Town, village: dict[str, Household]
) -> None:
    plan(session, village["first day"], town.who(town.worker), date(2026, 12, 23), now=MORNING)
    plan(session, village["last day"], town.who(town.worker), date(2026, 12, 28), now=MORNING)  # after it
    browser = sign_in_as(town.worker)
    assert listed(browser) == [village[name].id for name in ("last day", "right after", "first day")]
    page = browser.get("/calendar/before-break")
    assert "일정 있음 12/23(수) 10:00 민하준" in page.text
    links = page.links()
    assert f"/households/{village['first day'].id}/visits/new" in links
    assert not any(link.startswith(f"/households/{village['first day'].id}/plan") for link in links)
    assert any(link.startswith(f"/households/{village['last day'].id}/plan") for link in links)


def test_everybody_sees_the_own_list(
    sign_in_as: Enter, session: Session, town: Town, village: dict[str, Household]
) -> None:
    village["last day"].worker_id = town.other_worker.id
    everything = [village[name].id for name in ("first day", "last day", "right after")]
    assert listed(sign_in_as(town.other_worker)) == [village["last day"].id]
    assert listed(sign_in_as(town.nurse)) == everything
    assert listed(sign_in_as(town.other_nurse)) == []
    supervisor = sign_in_as(town.supervisor)
    assert listed(supervisor) == everything
    assert listed(supervisor, f"?assignee={town.other_worker.id}") == [village["last day"].id]
    officer = sign_in_as(town.district_officer)
    assert listed(officer) == everything
    assert listed(officer, f"?centre={town.narae.id}") == []


@pytest.mark.parametrize("login", ["narae_worker", "narae_supervisor", "far_supervisor"])
def test_nobody_of_another_centre_sees_anybody(
    sign_in_as: Enter, town: Town, village: dict[str, Household], login: str
) -> None:
    assert listed(sign_in_as(town.accounts[login])) == []


@pytest.mark.parametrize("query", ["?assignee={stranger}", "?centre={narae}"])
def test_a_colleague_or_centre_out_of_scope_is_not_there(
    sign_in_as: Enter, town: Town, village: dict[str, Household], query: str
) -> None:
    path = query.format(stranger=town.narae_worker.id, narae=town.narae.id)
    sign_in_as(town.supervisor).get(f"/calendar/before-break{path}", status=404)


def test_the_list_is_in_the_access_log(
    sign_in_as: Enter, session: Session, town: Town, village: dict[str, Household]
) -> None:
    shown = listed(sign_in_as(town.worker))
    row = session.scalars(select(AccessLog).order_by(AccessLog.id.desc())).first()
    assert row is not None
    assert (row.action, row.subject, row.row_count) == (Action.LIST, "before-break", 3)
    assert row.detail == ",".join(map(str, shown))


@pytest.mark.parametrize("role", [Role.PRIVACY, Role.ADMIN])
def test_who_sees_no_household_sees_no_list(sign_in_as: Enter, role: Role) -> None:
    sign_in_as(role).get("/calendar/before-break", status=403)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 12, 14), None),  # eleven days before it
        (date(2026, 12, 15), (CHRISTMAS, 3)),
        (date(2026, 12, 24), (CHRISTMAS, 3)),
        (date(2026, 12, 25), None),
    ],
)
def test_it_is_announced_ten_days_ahead_to_whoever_has_somebody_to_see(
    session: Session, town: Town, village: dict[str, Household], today: date, expected: tuple[LongBreak, int] | None
) -> None:
    notice = find_break_notice(session, town.who(town.worker), today=today)
    assert (notice and (notice.coming, notice.households)) == expected
    assert find_break_notice(session, town.who(town.other_worker), today=today) is None


@pytest.mark.parametrize("path", ["/today", "/calendar", "/calendar/month"])
def test_the_pages_of_the_day_and_the_week_announce_it(
    sign_in_as: Enter, town: Town, village: dict[str, Household], path: str
) -> None:
    for account in (town.worker, town.nurse, town.supervisor):
        page = sign_in_as(account).get(path)
        assert "성탄절 전에 가 볼 가구 3곳" in page.text
        assert "/calendar/before-break" in page.links()
    assert "성탄절 전에" not in sign_in_as(town.other_worker).get(path).text


@pytest.mark.parametrize(
    ("login", "path"),
    [
        ("supervisor", "/today?assignee={worker}"),
        ("supervisor", "/calendar?assignee={worker}"),
        ("district_officer", "/today?centre={garam}"),
        ("district_officer", "/calendar?centre={garam}"),
    ],
)
def test_the_number_announced_is_the_number_of_the_list_it_leads_to(
    sign_in_as: Enter, town: Town, village: dict[str, Household], login: str, path: str
) -> None:
    village["last day"].worker_id = town.other_worker.id
    browser = sign_in_as(town.accounts[login])
    page = browser.get(path.format(worker=town.worker.id, garam=town.garam.id))
    (address,) = {link for link in page.links() if link.startswith("/calendar/before-break?")}
    announced = re.search(r"성탄절 전에 가 볼 가구 (\d+)곳", page.text)
    assert announced is not None
    assert len(listed(browser, address.removeprefix("/calendar/before-break"))) == int(announced[1])
