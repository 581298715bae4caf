"""The absence ladder as people see it: the supervisor's page, 오늘, the household, and a word with the neighbours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from app.access.permissions import Role
from app.accounts.models import Account
from app.assignments.rules import Duty
from app.assignments.service import assign
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.core.database import new_id
from app.discoveries import service as discoveries
from app.discoveries.models import DiscoveryItem
from app.discoveries.rules import ItemState, Route
from app.discoveries.service import TryDetails
from app.follow_ups.models import AbsenceDecision, ContactRow
from app.follow_ups.queries import absence_step
from app.follow_ups.rules import ContactMode
from app.households.models import Household
from app.households.rules import HouseholdType
from app.visits.models import Visit
from app.visits.queries.absences import list_unreached
from app.visits.service import log_absence
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import HEAD, SPOUSE, add_contact, add_household
from tests.factories.town import Town
from tests.factories.visits import absence_details
from tests.moments import NOW, TODAY, day

SignIn = Callable[[Role | Account], Browser]


def add_unreached(session: Session, town: Town, now: datetime, *, tries: int, asked_at_try: int = 1) -> Household:
    """A couple of 민하준's and 윤가람's, nobody at home on so many days; the neighbour was asked at one try."""
    home = add_household(
        session, town.who(town.nurse), HEAD, SPOUSE, household_type=HouseholdType.COUPLE,
        emergency_contact="아들 김철수 010-3333-4444",
    )  # fmt: skip
    for duty, account in ((Duty.WORKER, town.worker), (Duty.NURSE, town.nurse)):
        assign(session, home, duty, account, actor=town.who(town.supervisor), now=now)
    for days_ago in reversed(range(tries)):
        said = "옆집: 그제부터 못 봄" if tries - days_ago == asked_at_try else ""
        details = absence_details(home, day(-days_ago), neighbour_asked=said)
        log_absence(session, home, details, typed_at=now, actor=town.who(town.worker), now=now)
    return home


@pytest.fixture
def household(session: Session, town: Town, now: datetime) -> Household:
    return add_unreached(session, town, now, tries=3)


def page_of(household: Household) -> str:
    return f"/households/{household.id}/absence-decision"


def decisions(session: Session) -> list[AbsenceDecision]:
    return list(session.scalars(select(AbsenceDecision)))


def test_all_that_is_known_stands_on_one_page_and_looking_is_recorded(
    session: Session, town: Town, sign_in_as: SignIn, household: Household
) -> None:
    page = sign_in_as(town.supervisor).get(page_of(household))
    for said in (
        "연속 부재 3번", "11월 23일 월 09:20", "초인종", "옆집: 그제부터 못 봄", "김순자", "84세", "박영수", "02-3120-5050",
        "아들 김철수", "010-3333-4444", "나래길 121", "민하준", "윤가람",
    ):  # fmt: skip
        assert said in page.text, said
    looks = select(AccessLog).where(AccessLog.action == Action.VIEW, AccessLog.household_id == household.id)
    assert session.scalars(looks).all()


def add_tried_item(session: Session, town: Town, home: Household, *modes: ContactMode) -> DiscoveryItem:
    """A report about a household, claimed by 민하준 and tried in these ways, an hour apart."""
    worker = town.who(town.worker)
    item = DiscoveryItem(
        centre_id=home.centre_id, source=Route.NEIGHBOUR, household_id=home.id, received_on=day(-3), summary="우편물이 쌓임",
        score=0, state=ItemState.OPEN,
    )  # fmt: skip
    session.add(item)
    session.flush()
    discoveries.claim(session, item, actor=worker, now=NOW)
    for hours_ago, mode in enumerate(reversed(modes)):
        details = TryDetails(new_id(), mode, NOW - timedelta(hours=1 + hours_ago), f"{mode.label}: 현관등이 켜져 있음")
        discoveries.record_try(session, item, details, actor=worker, now=NOW)
    return item


def test_tries_written_at_a_discovery_item_stand_among_what_was_tried(
    session: Session, town: Town, sign_in_as: SignIn, now: datetime
) -> None:
    home = add_household(session, town.who(town.worker))
    item = add_tried_item(session, town, home, ContactMode.ABSENT, ContactMode.NO_ANSWER, ContactMode.ABSENT)
    page = sign_in_as(town.supervisor).get(page_of(home))
    assert "연속 부재 3번" in page.text
    assert "적힌 시도가 없습니다" not in page.text
    for said in ("방문-부재: 현관등", "전화-무응답: 현관등", "11월 23일 월 09:00", "11월 23일 월 07:00", "민하준"):
        assert said in page.text, said
    assert f"/discoveries/items/{item.id}" in page.links()


def test_every_try_that_counts_is_told_whatever_it_was_written_on(session: Session, town: Town, now: datetime) -> None:
    home = add_household(session, town.who(town.worker))
    add_contact(session, home, day(-9), mode=ContactMode.CALL)
    for days_ago, said in ((2, "옆집: 못 봄"), (1, "")):
        details = absence_details(home, day(-days_ago), neighbour_asked=said)
        log_absence(session, home, details, typed_at=now, actor=town.who(town.worker), now=now)
    add_tried_item(session, town, home, ContactMode.NEIGHBOUR, ContactMode.NO_ANSWER)
    answer, told = absence_step(session, home, today=TODAY), list_unreached(session, home.id, today=TODAY)
    assert answer is not None
    assert answer.tries == len(told.tries) == 3
    assert [each.mode for each in told.since] == [
        ContactMode.NO_ANSWER, ContactMode.NEIGHBOUR, ContactMode.ABSENT, ContactMode.ABSENT
    ]  # fmt: skip
    assert [bool(each.visit) for each in told.since] == [False, False, True, True]
    assert told.last_reached is not None
    assert told.last_reached.occurred_on == day(-9)
    add_contact(session, home, TODAY, mode=ContactMode.FACE)
    assert list_unreached(session, home.id, today=TODAY).since == []


@pytest.mark.parametrize(
    ("login", "status"),
    [("worker", 403), ("nurse", 403), ("district_officer", 403), ("narae_supervisor", 404), ("administrator", 404)],
)
def test_only_the_centres_supervisor_opens_it(
    town: Town, sign_in_as: SignIn, household: Household, login: str, status: int
) -> None:
    sign_in_as(town.accounts[login]).open(page_of(household), status=status)


def test_a_decision_is_shown_where_it_was_made_and_on_the_line_of_time(
    session: Session, town: Town, sign_in_as: SignIn, household: Household
) -> None:
    browser = sign_in_as(town.supervisor)
    form = browser.get(page_of(household)).form("/absence-decision")
    browser.submit(form, verdict="KEEP_TRYING", until_on="2026-11-25", reason="아드님이 내일 들른다고 함")
    page = browser.get(page_of(household))
    assert "판단을 남기고 담당자에게 알렸습니다" in page.text
    assert "팀장 판단: 날짜를 정해 다시 확인, 11/25(수)까지" in page.text
    line = browser.get(f"/households/{household.id}?kind=DECISION").text
    assert "아드님이 내일 들른다고 함" in line
    assert "도윤서" in line
    assert [made.reason for made in decisions(session)] == ["아드님이 내일 들른다고 함"]


def test_the_second_click_sees_what_was_decided(
    session: Session, town: Town, sign_in_as: SignIn, household: Household
) -> None:
    browser = sign_in_as(town.supervisor)
    form = browser.get(page_of(household)).form("/absence-decision")
    for verdict in ("JOINT_ENTRY", "LOCATED"):
        browser.submit(form, verdict=verdict, reason="우편물이 쌓임")
    page = browser.get(page_of(household))
    assert "먼저 판단했습니다" in page.text
    assert "112·119에 공동 출입 요청" in page.text
    assert len(decisions(session)) == 1


def test_a_form_that_lacks_something_comes_back_as_it_was_typed(
    session: Session, town: Town, sign_in_as: SignIn, household: Household
) -> None:
    browser = sign_in_as(town.supervisor)
    form = browser.get(page_of(household)).form("/absence-decision")
    browser.submit(form, verdict="KEEP_TRYING", reason="<b>우편물", status=422)
    assert browser.page is not None
    assert "언제까지 다시 확인할지 정해 주세요" in browser.page.text
    assert "<b>우편물" in browser.page.text
    assert decisions(session) == []


def test_a_try_recorded_meanwhile_is_shown_before_anything_is_decided(
    session: Session, town: Town, sign_in_as: SignIn, household: Household, now: datetime
) -> None:
    browser = sign_in_as(town.supervisor)
    form = browser.get(page_of(household)).form("/absence-decision")
    log_absence(session, household, absence_details(household), typed_at=now, actor=town.who(town.worker), now=now)
    browser.submit(form, verdict="LOCATED", reason="입원", status=422)
    assert browser.page is not None
    assert "부재 기록이 바뀌었습니다" in browser.page.text
    browser.submit(browser.page.form("/absence-decision"), verdict="LOCATED", reason="입원")
    assert [made.tries for made in decisions(session)] == [4]


def test_located_says_what_to_record_and_joint_entry_leads_to_the_sheet(
    town: Town, sign_in_as: SignIn, household: Household
) -> None:
    browser = sign_in_as(town.supervisor)
    browser.submit(browser.get(page_of(household)).form("/absence-decision"), verdict="LOCATED", reason="입원하심")
    page = browser.get(page_of(household))
    assert "연속 부재는 그대로입니다" in page.text
    assert f"/households/{household.id}/visits/new?mode=CALL" in page.links()
    browser.submit(page.form("/absence-decision"), verdict="JOINT_ENTRY", reason="병원에 없음")
    assert f"/households/{household.id}/entry-sheet" in browser.get(page_of(household)).links()


def test_the_supervisors_day_begins_with_who_waits(
    session: Session, town: Town, sign_in_as: SignIn, household: Household, now: datetime
) -> None:
    waits_not = add_unreached(session, town, now, tries=2)
    browser = sign_in_as(town.supervisor)
    page = browser.get("/today")
    assert "팀장 판단을 기다리는 가구" in page.text
    assert page_of(household) in page.links()
    assert page_of(waits_not) not in page.links()
    browser.submit(browser.get(page_of(household)).form("/absence-decision"), verdict="VISIT_AGAIN", reason="확인")
    assert "팀장 판단을 기다리는 가구" not in browser.get("/today").text
    assert "팀장 판단을 기다리는 가구" not in sign_in_as(town.worker).get("/today").text


@pytest.mark.parametrize(
    ("login", "tries", "asked_at_try", "button"),
    [
        ("worker", 1, 0, None),
        ("worker", 2, 1, "neighbour-checks/new"),
        ("worker", 2, 2, None),
        ("worker", 3, 1, "neighbour-checks/new"),
        ("supervisor", 3, 1, "absence-decision"),
        ("district_officer", 3, 1, None),
    ],
)
def test_a_card_and_the_household_offer_the_one_next_act(
    session: Session, town: Town, sign_in_as: SignIn, now: datetime, login: str, tries: int, asked_at_try: int,
    button: str | None,
) -> None:  # fmt: skip
    home = add_unreached(session, town, now, tries=tries, asked_at_try=asked_at_try)
    browser = sign_in_as(town.accounts[login])
    acts = ("neighbour-checks/new", "absence-decision")
    for path in ("/today", f"/households/{home.id}"):
        links = browser.get(path).links()
        offered = {act for act in acts if f"/households/{home.id}/{act}" in links}
        assert offered == ({button} if button else set()), path


def test_after_the_decision_to_enter_the_worker_is_led_to_the_sheet(
    town: Town, sign_in_as: SignIn, household: Household
) -> None:
    supervisor = sign_in_as(town.supervisor)
    supervisor.submit(
        supervisor.get(page_of(household)).form("/absence-decision"), verdict="JOINT_ENTRY", reason="기척 없음"
    )
    worker = sign_in_as(town.worker)
    for path in ("/today", f"/households/{household.id}"):
        assert f"/households/{household.id}/entry-sheet" in worker.get(path).links()


def test_a_word_with_the_neighbours_is_recorded_in_one_field(
    session: Session, town: Town, sign_in_as: SignIn, now: datetime
) -> None:
    home = add_unreached(session, town, now, tries=2)
    browser = sign_in_as(town.worker)
    form = browser.get(f"/households/{home.id}/neighbour-checks/new").form("/neighbour-checks/new")
    for _ in range(2):
        browser.submit(form, said="관리소장: 어제 저녁 불이 켜져 있었음")
    rows = session.scalars(select(ContactRow).where(ContactRow.mode == ContactMode.NEIGHBOUR)).all()
    assert len(rows) == 2, "one beside the first absence, one of its own"
    [visit] = session.scalars(select(Visit).where(Visit.mode == ContactMode.NEIGHBOUR))
    assert (visit.welfare_note, visit.occurred_on) == ("관리소장: 어제 저녁 불이 켜져 있었음", TODAY)
    step = absence_step(session, home, today=TODAY)
    assert step is not None
    assert (step.tries, step.neighbour_checked_on) == (2, TODAY)
    assert "관리소장: 어제 저녁" in browser.get(f"/households/{home.id}").text


def test_a_word_with_nobody_is_refused(town: Town, sign_in_as: SignIn, household: Household) -> None:
    browser = sign_in_as(town.worker)
    form = browser.get(f"/households/{household.id}/neighbour-checks/new").form("/neighbour-checks/new")
    browser.submit(form, said="", status=422)
    browser.submit(form, said="옆집", occurred_on="2027-01-01", status=422)
    assert browser.page is not None
    assert "아직 오지 않은 날입니다" in browser.page.text


def test_a_call_is_one_tap_from_the_form_of_an_absence(
    town: Town, sign_in_as: SignIn, household: Household, frozen_clock: time_machine.Traveller
) -> None:
    browser = sign_in_as(town.worker)
    assert (
        f"/households/{household.id}/visits/new?mode=CALL"
        in browser.get(f"/households/{household.id}/absences/new").links()
    )
    form = browser.get(f"/households/{household.id}/visits/new?mode=CALL").form("/visits/new")
    assert form.fields["mode"] == "CALL"
    wild = browser.get(f"/households/{household.id}/visits/new?mode=ABSENT").form("/visits/new")
    assert wild.fields["mode"] == "FACE"
