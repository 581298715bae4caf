"""부재 단계: read as a table, changed by a version that is previewed, felt by the households with vain tries."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.core.database import unit_of_work
from app.core.errors import RuleBroken
from app.follow_ups import queries, service
from app.follow_ups.models import LadderVersion
from app.follow_ups.queries.ladder_changes import find_ladder
from app.follow_ups.rules import ContactMode
from app.follow_ups.service.ladder_changes import add_ladder_version
from app.households.models import Household
from app.households.rules import HouseholdType
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.crowd import all_at_once
from tests.databases import Database
from tests.factories.access_log import list_entries
from tests.factories.households import add_contact, add_household
from tests.factories.reference import read_shipped
from tests.factories.rules import three_steps
from tests.factories.town import Town, find_town
from tests.moments import NOW, TODAY, day
from tests.pages import Form, Page

Enter = Callable[[Role | Account], Browser]
PATH = "/rules/absence-ladder"
SHIPPED = read_shipped("absence_ladder")


@pytest.fixture
def officer(sign_in_as: Enter) -> Browser:
    return sign_in_as(Role.DISTRICT)


def page_of(browser: Browser) -> Page:
    assert browser.page is not None
    return browser.page


def absent_household(session: Session, town: Town, *offsets: int) -> Household:
    """가람동, of no special risk, not alone; nobody opened on these days."""
    household = add_household(session, town.who(town.worker), household_type=HouseholdType.COUPLE)
    for offset in offsets:
        add_contact(session, household, day(offset), mode=ContactMode.ABSENT)
    return household


def new_version(browser: Browser) -> Form:
    return browser.get(f"{PATH}/new-version").form("/new-version")


def previewed(browser: Browser, **fields: Any) -> Form:
    """After the second vain try the supervisor decides, for households of no special risk."""
    asked = {"none-1-action": "SUPERVISOR_DECIDES", "none-1-within_working_days": "0", "why": "구청 지침"}
    browser.submit(new_version(browser), status=200, **{**asked, **fields})
    return page_of(browser).form("/new-version")


def own_versions(session: Session) -> list[LadderVersion]:
    return list(session.scalars(select(LadderVersion).where(LadderVersion.district_id.is_not(None))))


@pytest.mark.parametrize("role", [Role.WORKER, Role.NURSE, Role.SUPERVISOR, Role.DISTRICT])
def test_everybody_reads_what_vain_tries_ask_for(sign_in_as: Enter, role: Role) -> None:
    browser = sign_in_as(role)
    page = browser.get(PATH)
    for words in (
        "고위험 1번째 다른 요일·시간대 재방문 근무일 3일 안 알림",
        "3번째부터 팀장 판단 그날",
        "고위험, 혼자 삶 1번째부터",
    ):
        assert words in page.text
    assert "법령이나 공식 지침에서 확인한 값이 아닙니다." in page.text
    offered = [link for link in page.links() if "new-version" in link]
    assert bool(offered) == (role is Role.DISTRICT)
    browser.get(f"{PATH}/new-version", status=200 if role is Role.DISTRICT else 403)


def test_the_form_begins_with_the_ladder_in_force_and_sent_back_unchanged_is_refused(officer: Browser) -> None:
    form = new_version(officer)
    assert form.fields["high-1-action"] == "CALL_AND_NEIGHBOUR"
    assert form.fields["high_alone-0-within_working_days"] == "0"
    assert form.fields["version"] == "2026-2"
    officer.submit(form, status=422, why="그냥")
    assert "달라진 것이 없습니다" in page_of(officer).text


def test_the_preview_tells_whose_step_changes_and_stores_nothing(
    officer: Browser, session: Session, town: Town
) -> None:
    twice, once = absent_household(session, town, -4, -1), absent_household(session, town, -1)
    previewed(officer)
    page = page_of(officer)
    assert page.heading == "이 변경으로 기한이 바뀌는 가구 1곳"
    assert twice.number in page.text
    assert once.number not in page.text
    assert "연속 부재 2번: 팀장 판단" in page.text
    assert officer.written == {"access_log", "access_chain"}
    entry = session.scalars(select(AccessLog).order_by(AccessLog.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.subject, entry.detail) == (Action.LIST, "rule-preview:absence-ladder", str(twice.id))


def test_applied_the_step_is_the_new_one_at_once_and_after_the_refresh(
    officer: Browser, session: Session, town: Town
) -> None:
    household = absent_household(session, town, -4, -1)
    quiet = absent_household(session, town)
    officer.submit(previewed(officer), step="apply")
    assert queries.list_stale(session, today=TODAY, most=9) == [household.id]
    for _ in range(2):
        due = queries.list_dues(session, household, today=TODAY)[0]
        assert (due.label, str(due.due_on)) == ("연속 부재 2번: 팀장 판단", "2026-11-22")
        service.refresh_batch(session, today=TODAY)
    assert queries.list_dues(session, quiet, today=TODAY) == []
    assert "부재 단계 2026-2" in list_entries(session)[0].detail
    text = officer.get(PATH).text
    assert "2026-2 판 적용 중" in text
    assert "까닭: 구청 지침" in text
    stored = own_versions(session)[0].document
    assert stored["steps"]["HIGH"] == SHIPPED["steps"]["HIGH"]
    assert (stored["absent_modes"], stored["reached_modes"]) == (SHIPPED["absent_modes"], SHIPPED["reached_modes"])


def test_announced_ahead_it_waits_and_can_be_taken_back(officer: Browser, session: Session, town: Town) -> None:
    household = absent_household(session, town, -4, -1)
    before = queries.list_dues(session, household, today=TODAY)[0].label
    answer = officer.submit(previewed(officer, effective_from=str(day(3))), step="apply")
    assert "2026-11-26부터 적용됩니다" in officer.get(answer.headers["Location"]).text
    assert queries.list_dues(session, household, today=TODAY)[0].label == before
    assert "팀장 판단" in queries.list_dues(session, household, today=day(3))[0].label
    page = f"{PATH}/{own_versions(session)[0].id}/withdrawal"
    form = officer.get(page).form("/withdrawal")
    officer.submit(form, status=422, reason="")
    officer.submit(form, reason="의회에서 미룸")
    assert own_versions(session) == []
    assert "의회에서 미룸" in list_entries(session)[0].detail
    officer.get(page, status=404)


def test_what_holds_already_has_no_page_to_take_it_back(officer: Browser, session: Session) -> None:
    officer.submit(previewed(officer), step="apply")
    for row in session.scalars(select(LadderVersion)):
        officer.get(f"{PATH}/{row.id}/withdrawal", status=404)


@pytest.mark.parametrize(
    ("fields", "place", "words"),
    [
        ({"high-0-from_try": "2"}, "high", "단계는 1번째 부재부터 차례로"),
        ({"high-1-from_try": "1"}, "high", "단계는 1번째 부재부터 차례로"),
        (
            {f"low-{row}-action": "" for row in range(3)} | {f"low-{row}-from_try": "" for row in range(3)},
            "low",
            "단계는",
        ),
        ({"medium-3-action": "ANOTHER_TIME"}, "medium-3-from_try", "값이 없습니다."),
        ({"medium-3-from_try": "4"}, "medium-3-action", "값이 없습니다."),
        ({"none-0-within_working_days": "400"}, "none-0-within_working_days", "0~366 사이의 정수여야 합니다."),
        ({"none-0-within_working_days": ""}, "none-0-within_working_days", "값이 없습니다."),
        ({"none-0-within_working_days": "사흘"}, "none-0-within_working_days", "정수"),
        ({"none-0-action": "PRAY"}, "none-0-action", "선택"),
        (
            {"low_alone-0-action": "ANOTHER_TIME", "low_alone-0-from_try": "3", "low_alone-0-within_working_days": "1"},
            "low_alone",
            "단계는 1번째",
        ),
        ({"version": "2026"}, "version", "이미 있습니다"),
        ({"version": "판\u200b"}, "version", "눈에 보이지 않는 글자"),
        ({"effective_from": "2026-11-22"}, "effective_from", "오늘보다 앞선"),
        ({"none-0-within_working_days": "1", "confidence": "MEDIUM"}, "source", "새 값의 근거"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_nothing_typed_is_lost(
    officer: Browser, session: Session, fields: dict[str, str], place: str, words: str
) -> None:
    typed = {"why": "뷁 🏠 까닭", **fields}
    officer.submit(new_version(officer), status=422, **typed)
    page = page_of(officer)
    assert re.search(rf'href="#{place}">[^<]*{re.escape(words)}', page.html)
    again = page.form("/new-version").fields
    assert {name: again[name] for name in typed if name != "none-0-action"} == {
        name: value for name, value in typed.items() if name != "none-0-action"
    }
    assert own_versions(session) == []


def test_people_who_live_alone_may_get_steps_of_their_own_and_lose_them_again(
    officer: Browser, session: Session
) -> None:
    gone = {"high_alone-0-from_try": "", "high_alone-0-action": "", "high_alone-0-within_working_days": ""}
    own = {
        "low_alone-0-from_try": "1", "low_alone-0-action": "CALL_AND_NEIGHBOUR", "low_alone-0-within_working_days": "1",
    }  # fmt: skip
    officer.submit(previewed(officer, **gone, **own), step="apply")
    alone = own_versions(session)[0].document["steps_living_alone"]
    step = {"from_try": 1, "action": "CALL_AND_NEIGHBOUR", "within_working_days": 1, "alerts_supervisor": False}
    assert alone == {"LOW": [step]}
    text = officer.get(PATH).text
    assert "저위험, 혼자 삶" in text
    assert "고위험, 혼자 삶" not in text


def test_a_ladder_that_never_reaches_the_supervisor_is_warned_of(officer: Browser) -> None:
    fields = {"low-2-from_try": "", "low-2-action": "", "low-2-within_working_days": ""}
    previewed(officer, **fields)
    assert "«팀장 판단»에 이르지 않는 위험도가 있습니다: 저위험" in page_of(officer).text


def test_what_was_typed_survives_going_back_to_correct_it(officer: Browser) -> None:
    preview = previewed(officer, why="뷁 🏠", version="2026-겨울")
    officer.submit(preview, status=200, step="edit")
    form = page_of(officer).form("/new-version").fields
    assert (form["why"], form["version"]) == ("뷁 🏠", "2026-겨울")
    assert (form["none-1-action"], form["none-1-from_try"]) == ("SUPERVISOR_DECIDES", "2")
    assert form["high-0-alerts_supervisor"]


def test_another_district_keeps_its_own_ladder(
    officer: Browser, session: Session, town: Town, sign_in_as: Enter
) -> None:
    officer.submit(previewed(officer, effective_from=str(day(3))), step="apply")
    far = sign_in_as(town.far_supervisor)
    assert "2026-2" not in far.get(PATH).text
    assert find_ladder(session, town.who(town.far_supervisor), today=day(9)).row.version == "2026"


def test_whoever_was_faster_is_shown_before_the_second_goes_on(officer: Browser, session: Session) -> None:
    mine = previewed(officer, version="2026-9", **{"none-0-within_working_days": "1"})
    officer.submit(previewed(officer), step="apply")
    officer.submit(mine, status=422, step="apply")
    assert "그 사이 다른 사람이 판을 더했습니다" in page_of(officer).text
    officer.submit(page_of(officer).form("/new-version"), step="apply")
    assert [row.version for row in own_versions(session)] == ["2026-2", "2026-9"]


def test_of_eight_who_add_a_ladder_at_once_one_does_and_seven_are_told(fresh_database: Database) -> None:
    with Session(fresh_database.engine) as session, unit_of_work(session):
        officer = find_town(session).who(find_town(session).district_officer)
        known = find_ladder(session, officer, today=TODAY).newest_id
    steps = {**SHIPPED["steps"], "NONE": SHIPPED["steps"]["NONE"][:2]}
    draft = three_steps(steps)

    def attempt(_number: int) -> str:
        try:
            with Session(fresh_database.engine) as session, unit_of_work(session):
                add_ladder_version(session, draft, known=known, actor=officer, now=NOW)
        except RuleBroken as broken:
            return broken.code
        return "added"

    outcomes = all_at_once(attempt)
    assert sorted(outcomes) == ["VERSION_TAKEN"] * 7 + ["added"]
