"""긴급복지: asked, checked, decided, surveyed; each step has its due and its place on the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from app.access.permissions import Role
from app.accounts.models import Account
from app.cases.models import EmergencyAid
from app.cases.queries import emergency as queries
from app.cases.rules.emergency import AidKind, Crisis
from app.cases.service import emergency as service
from app.cases.service.emergency import DecisionDetails
from app.core.errors import NotFound, RuleBroken, StaleRecord
from app.follow_ups.models import RuleVersionRow
from app.follow_ups.queries import get_rule_in_force, list_dues
from app.follow_ups.service import mark_stale
from app.households.models import Household
from app.web.words import short_date
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.town import Town
from tests.moments import NOW, TODAY, at, day

SignIn = Callable[[Role | Account], Browser]


@pytest.fixture
def aid(session: Session, town: Town, household: Household) -> EmergencyAid:
    return service.ask_aid(session, household, Crisis.E7, asked_at=NOW, actor=town.who(town.worker), now=NOW)


def labels(session: Session, household: Household) -> list[tuple[str, object]]:
    return [(due.label, due.due_on) for due in list_dues(session, household, today=TODAY) if "긴급" in due.label]


def test_each_step_stops_its_clock_and_starts_the_next(
    session: Session, town: Town, household: Household, aid: EmergencyAid
) -> None:
    worker = town.who(town.worker)
    assert labels(session, household) == [
        ("긴급복지 현장확인", day(1)), ("긴급복지 지원 결정", day(3))
    ]  # fmt: skip
    service.record_on_site_check(
        session, aid, checked_at=NOW, note="쌀이 없음", version=aid.version, actor=worker, now=NOW
    )
    assert labels(session, household) == [("긴급복지 지원 결정", day(3))]
    decision = DecisionDetails(NOW, is_granted=True, kinds=(AidKind.LIVING,))
    service.decide_aid(session, aid, decision, version=aid.version, actor=worker, now=NOW)
    assert labels(session, household) == [("긴급복지 사후조사", day(21))]
    later = at(day(20), 9)
    service.record_survey(
        session, aid, surveyed_on=day(20), note="소득이 기준 안", version=aid.version, actor=worker, now=later
    )
    assert labels(session, household) == []
    assert not queries.list_running_aids(session, worker, now=later, on=day(20))


def test_late_ones_stand_on_the_supervisors_list(
    session: Session, town: Town, household: Household, aid: EmergencyAid
) -> None:
    lead = town.who(town.supervisor)
    (row,) = queries.list_running_aids(session, lead, now=NOW, on=TODAY)
    assert (row.is_late, row.due_at) == (False, NOW + timedelta(days=1))
    (row,) = queries.list_running_aids(session, lead, now=NOW + timedelta(hours=25), on=day(1))
    assert row.is_late
    assert not queries.list_running_aids(session, town.who(town.narae_supervisor), now=NOW, on=TODAY)
    with pytest.raises(NotFound):
        queries.get_aid(session, town.who(town.narae_worker), aid.id)


@pytest.fixture
def granted(session: Session, town: Town, aid: EmergencyAid) -> EmergencyAid:
    """Checked and decided today: surveyed within 21 days, at the latest within 28."""
    worker = town.who(town.worker)
    service.record_on_site_check(
        session, aid, checked_at=NOW, note="쌀이 없음", version=aid.version, actor=worker, now=NOW
    )
    decision = DecisionDetails(NOW, is_granted=True, kinds=(AidKind.LIVING,))
    service.decide_aid(session, aid, decision, version=aid.version, actor=worker, now=NOW)
    return aid


@pytest.mark.parametrize(
    ("days_later", "said", "is_late"),
    [
        (20, "1일 뒤", False),
        (21, "오늘", False),
        (25, "4일 지남", False),
        (28, "7일 지남", False),
        (29, "8일 지남", True),
    ],
)
def test_every_page_tells_the_survey_by_one_target_and_one_limit(
    sign_in_as: SignIn, town: Town, granted: EmergencyAid, frozen_clock: time_machine.Traveller, days_later: int,
    said: str, is_late: bool,
) -> None:  # fmt: skip
    frozen_clock.move_to(at(day(days_later), 9), tick=False)
    browser = sign_in_as(town.supervisor)
    target, limit = short_date(day(21)), short_date(day(28))
    for path in ("/emergency-aid", f"/emergency-aid/{granted.id}", f"/households/{granted.household_id}", "/today"):
        text = browser.get(path).text
        assert f"목표 {target} · 늦어도 {limit}" in text, path
        assert said in text, path
    assert f"늦은 것 {int(is_late)}건" in browser.get("/emergency-aid").text


def test_a_district_that_changes_the_days_of_the_survey_changes_them_on_both(
    session: Session, town: Town, household: Household, granted: EmergencyAid
) -> None:
    own = get_rule_in_force(session, "EMERGENCY_SURVEY", district_id=town.who(town.worker).district_id, on=TODAY)
    kept = {column.key: getattr(own, column.key) for column in RuleVersionRow.__table__.columns if column.key != "id"}
    changed = {
        "district_id": town.garam.district_id, "version": "우리 것", "parameters": {"target": 14, "limit": 20},
        "effective_from": TODAY,
    }  # fmt: skip
    session.add(RuleVersionRow(**kept | changed))
    mark_stale(session, [household.id], from_on=TODAY)
    session.flush()
    (due,) = [each for each in list_dues(session, household, today=TODAY) if "사후조사" in each.label]
    (row,) = queries.list_running_aids(session, town.who(town.worker), now=NOW, on=TODAY)
    assert row.survey is not None
    for one in (due, row.survey):
        assert (one.due_on, one.limit_on, one.because) == (day(14), day(20), due.because)


def test_a_refusal_ends_it_and_support_may_go_first(
    session: Session, town: Town, household: Household, aid: EmergencyAid
) -> None:
    worker = town.who(town.worker)
    refusal = DecisionDetails(NOW, is_granted=False, note="소득 초과")
    with pytest.raises(RuleBroken, match="CHECK_FIRST"):
        service.decide_aid(session, aid, refusal, version=aid.version, actor=worker, now=NOW)
    with pytest.raises(RuleBroken, match="KIND_NEEDED"):
        service.decide_aid(
            session, aid, DecisionDetails(NOW, is_granted=True), version=aid.version, actor=worker, now=NOW
        )
    first = DecisionDetails(NOW, is_granted=True, kinds=(AidKind.MEDICAL,))
    service.decide_aid(session, aid, first, version=aid.version, actor=worker, now=NOW)
    assert [label for label, _on in labels(session, household)] == ["긴급복지 현장확인", "긴급복지 사후조사"]


def test_impossible_moments_a_second_request_and_old_pages_are_refused(
    session: Session, town: Town, household: Household, aid: EmergencyAid
) -> None:
    worker = town.who(town.worker)
    with pytest.raises(RuleBroken, match="RUNNING"):
        service.ask_aid(session, household, Crisis.E2, asked_at=NOW, actor=worker, now=NOW)
    for moment, code in ((NOW + timedelta(hours=1), "FUTURE_TIME"), (NOW - timedelta(hours=1), "BEFORE_ASKED")):
        with pytest.raises(RuleBroken, match=code):
            service.record_on_site_check(
                session, aid, checked_at=moment, note="봄", version=aid.version, actor=worker, now=NOW
            )
    with pytest.raises(StaleRecord):
        service.record_on_site_check(session, aid, checked_at=NOW, note="봄", version=0, actor=worker, now=NOW)
    with pytest.raises(RuleBroken, match="NO_SURVEY"):
        service.record_survey(session, aid, surveyed_on=TODAY, note="봄", version=aid.version, actor=worker, now=NOW)


def test_the_pages_lead_from_the_request_to_the_survey(
    sign_in_as: SignIn, session: Session, town: Town, household: Household
) -> None:
    browser = sign_in_as(town.worker)
    form = browser.get(f"/households/{household.id}/emergency-aid").form("/emergency-aid")
    browser.submit(form, crisis="", status=422)
    assert 'href="#on"' in browser.submit(form, crisis="E7", on="2199-01-01", status=422).text
    path = browser.submit(form, crisis="E7").headers["Location"]
    page = browser.get(path)
    browser.submit(page.form("/check"), note="", status=422)
    browser.submit(page.form("/check"), note="쌀이 없음")
    page = browser.get(path)
    browser.submit(page.form("/decide"), is_granted="yes", status=422)
    browser.submit(page.form("/decide"), is_granted="yes", kinds=["LIVING", "HOUSING"])
    assert "생계, 주거" in browser.get(path).text
    assert household.title in sign_in_as(town.supervisor).get("/emergency-aid").text
    browser.submit(browser.get(path).form("/survey"), note="기준 안")
    assert "마침" in browser.get(path).text
    sign_in_as(town.narae_worker).open(path, status=404)


def grant(session: Session, town: Town, household: Household, days_ago: int) -> EmergencyAid:
    """An aid asked for, checked and granted so many days ago."""
    worker, then = town.who(town.worker), NOW - timedelta(days=days_ago)
    aid = service.ask_aid(session, household, Crisis.E7, asked_at=then, actor=worker, now=then)
    service.record_on_site_check(
        session, aid, checked_at=then, note="쌀이 없음", version=aid.version, actor=worker, now=then
    )
    details = DecisionDetails(then, is_granted=True, kinds=(AidKind.LIVING,))
    service.decide_aid(session, aid, details, version=aid.version, actor=worker, now=then)
    return aid


@pytest.mark.parametrize("days_between", [3, 0])
def test_the_survey_of_one_aid_leaves_that_of_another_owed(
    session: Session, town: Town, household: Household, days_between: int
) -> None:
    first, second = grant(session, town, household, 5), grant(session, town, household, 5 - days_between)
    owed = labels(session, household)
    assert len(owed) == 2
    for left, aid in ((1, first), (0, second)):
        service.record_survey(
            session, aid, surveyed_on=TODAY, note="기준 안", version=aid.version, actor=town.who(town.worker), now=NOW
        )
        assert labels(session, household) == owed[len(owed) - left :]
