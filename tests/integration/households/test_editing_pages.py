"""Editing a household: what was typed is kept, what somebody else saved is shown, and out of scope there is nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from app.access.permissions import Role
from app.audit.rules import Action
from app.households import queries, service
from app.households.models import Household, Member
from app.households.rules import FlagKind, MemberDetails, Relation, Risk
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.access_log import list_entries
from tests.factories.households import HEAD, SPOUSE, add_flag, add_household
from tests.factories.town import Town
from tests.moments import TODAY, day
from tests.pages import Form, Page

Enter = Callable[..., Browser]


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    return add_household(session, town.who(town.worker), HEAD, SPOUSE)


@pytest.fixture
def browser(sign_in_as: Enter) -> Browser:
    return sign_in_as(Role.WORKER)


def form_of(browser: Browser, path: str) -> Form:
    return browser.get(path).form(path)


def page_of(browser: Browser) -> Page:
    assert browser.page is not None
    return browser.page


def url(household: Household, rest: str) -> str:
    return f"/households/{household.id}/{rest}"


PAGES = ("edit", "members", "members/new", "risk", "flags", "changes", "assignees")
INNER = ("members/{member}/edit", "members/{member}/leave", "flags/{flag}/end")


@pytest.mark.parametrize("rest", [*PAGES[:-1], *INNER])
def test_every_page_of_a_household_of_another_centre_is_404(
    sign_in_as: Enter, town: Town, session: Session, household: Household, rest: str
) -> None:
    flag = add_flag(session, household, town.who(town.worker))
    path = url(household, rest.format(member=household.members[0].id, flag=flag.id))
    assert sign_in_as(town.worker).get(path).heading
    sign_in_as(town.narae_worker).get(path, status=404)


@pytest.mark.parametrize("rest", [*PAGES, "members/1/edit", "flags/1/end"])
@pytest.mark.parametrize("number", ["999999", "99999999999999999999"])
def test_a_household_that_does_not_exist_is_404(sign_in_as: Enter, number: str, rest: str) -> None:
    sign_in_as(Role.SUPERVISOR).get(f"/households/{number}/{rest}", status=404)


def test_a_member_of_another_household_is_404(
    browser: Browser, session: Session, town: Town, household: Household
) -> None:
    other = add_household(session, town.who(town.worker))
    browser.get(url(household, f"members/{other.members[0].id}/edit"), status=404)


@pytest.mark.parametrize("rest", ["edit", "members", "members/new", "risk", "flags"])
def test_the_district_reads_and_does_not_edit(sign_in_as: Enter, household: Household, rest: str) -> None:
    browser = sign_in_as(Role.DISTRICT)
    browser.get(url(household, rest), status=403)
    assert "바뀐 내역" in browser.get(url(household, "changes")).heading


@pytest.mark.parametrize("rest", PAGES[:-1])
def test_looking_at_a_page_of_a_household_is_recorded(
    browser: Browser, session: Session, household: Household, rest: str
) -> None:
    browser.get(url(household, rest))
    row = list_entries(session)[0]
    assert (row.action, row.household_id) == (Action.VIEW, household.id)


def test_a_change_is_saved_with_what_stood_there_before(
    browser: Browser, session: Session, household: Household
) -> None:
    browser.submit(form_of(browser, url(household, "edit")), phone="010 9999 8888", benefits=["HOUSING"])
    assert (household.phone, household.benefits) == ("01099998888", ["HOUSING"])
    text = browser.get(url(household, "changes")).text
    assert "02-3120-5050 010-9999-8888" in text
    assert "– 주거급여" in text


def test_nothing_changed_is_nothing_saved(browser: Browser, session: Session, household: Household) -> None:
    browser.submit(form_of(browser, url(household, "edit")))
    assert queries.list_changes(session, household.id) == []
    assert "바뀐 것이 없어" in browser.get("/households").text


def overtake(session: Session, town: Town, household: Household, now: datetime, **changes: str) -> None:
    """The supervisor saves something while the form is open."""
    supervisor = town.who(town.supervisor)
    details = service.as_details(household)
    dwelling = type(details.dwelling)(details.dwelling.road_address, approach=changes.get("approach", ""))
    wanted = type(details)(
        details.centre_id, dwelling, phone=changes.get("phone", details.phone), household_type=details.household_type
    )
    service.edit_household(session, household, wanted, version=household.version, actor=supervisor, now=now)


def test_two_people_at_one_form_lose_nothing(
    browser: Browser, session: Session, town: Town, household: Household, now: datetime, frozen_clock: object
) -> None:
    form = form_of(browser, url(household, "edit"))
    frozen_clock.shift(60)  # type: ignore[attr-defined]
    later = datetime.fromtimestamp(now.timestamp() + 60, tz=now.tzinfo)
    overtake(session, town, household, later, phone="010-1111-2222", approach="왼쪽 문")
    browser.submit(form, status=422, approach="오른쪽 문", note="내 글")
    page = page_of(browser)
    typed = page.form("/edit").fields
    assert (typed["approach"], typed["note"]) == ("오른쪽 문", "내 글")
    assert typed["phone"] == "010-1111-2222", "a field nobody touched here takes the new value"
    assert "도윤서" in page.text
    assert "(비어 있음) → 왼쪽 문" in page.text
    assert household.approach == "왼쪽 문"
    browser.submit(page.form("/edit"))
    assert (household.approach, household.note, household.phone) == ("오른쪽 문", "내 글", "01011112222")


@pytest.mark.parametrize("version", ["", "0", "abc", "99999999999999", "-1"])
def test_a_form_without_a_right_version_is_shown_again_with_its_text(
    browser: Browser, household: Household, version: str
) -> None:
    form = form_of(browser, url(household, "edit"))
    browser.submit(form, status=422, note="내 글", version=version, opened_at="gestern")
    page = page_of(browser)
    assert page.form("/edit").fields["note"] == "내 글"
    browser.submit(page.form("/edit"))
    assert household.note == "내 글"


@pytest.mark.parametrize("rest", ["edit", "members/{member}/edit"])
def test_a_form_that_sends_no_version_at_all_is_taken_for_an_old_one(
    browser: Browser, household: Household, rest: str
) -> None:
    path = url(household, rest.format(member=household.members[0].id))
    form = form_of(browser, path)
    del form.fields["version"], form.fields["opened_at"]
    browser.submit(form, status=422, note="내 글")
    assert page_of(browser).form(path).fields["note"] == "내 글"
    browser.submit(page_of(browser).form(path))
    assert "내 글" in (household.note, household.members[0].note)


def test_a_member_overtaken_is_shown_again(
    browser: Browser, session: Session, town: Town, household: Household, now: datetime, frozen_clock: object
) -> None:
    head = household.members[0]
    form = form_of(browser, url(household, f"members/{head.id}/edit"))
    frozen_clock.shift(60)  # type: ignore[attr-defined]
    later = datetime.fromtimestamp(now.timestamp() + 60, tz=now.tzinfo)
    details = service.as_member_details(head)
    wanted = MemberDetails(details.name, details.relation, details.sex, None, 1941, details.phone, "귀가 어두움")
    service.edit_member(session, head, wanted, version=household.version, actor=town.who(town.supervisor), now=later)
    browser.submit(form, status=422, name="김순덕")
    typed = page_of(browser).form("/edit").fields
    assert (typed["name"], typed["born"], typed["note"]) == ("김순덕", "1941", "귀가 어두움")


def test_a_member_is_added_once(browser: Browser, session: Session, household: Household) -> None:
    form = form_of(browser, url(household, "members/new"))
    browser.submit(form, name="박하늘", relation="GRANDCHILD", born="2012")
    browser.submit(form, status=422, name="박하늘", relation="GRANDCHILD", born="2012")
    assert "이미 등록된 가구원입니다" in page_of(browser).text
    assert [member.name for member in household.members] == ["김순자", "박영수", "박하늘"]
    assert "박하늘" in browser.get(url(household, "members")).text


def test_a_member_needs_a_name_and_a_relation(browser: Browser, household: Household) -> None:
    browser.submit(form_of(browser, url(household, "members/new")), status=422)
    assert "하나를 골라 주세요" in page_of(browser).text
    browser.submit(form_of(browser, url(household, "members/new")), status=422, relation="CHILD", name=" ")
    assert "이름을 적어 주세요" in page_of(browser).text


def test_a_member_is_edited(browser: Browser, household: Household) -> None:
    head = household.members[0]
    form = form_of(browser, url(household, f"members/{head.id}/edit"))
    assert form.fields["born"] == "1942-03-15"
    browser.submit(form, name="김순덕", born="1943")
    assert (head.name, head.birth_on, head.birth_year, household.title) == ("김순덕", None, 1943, "김순덕 · 박영수")


@pytest.fixture
def spouse(household: Household) -> Member:
    return next(member for member in household.members if member.relation is Relation.SPOUSE)


def test_somebody_leaves_and_comes_back(browser: Browser, household: Household, spouse: Member) -> None:
    form = form_of(browser, url(household, f"members/{spouse.id}/leave"))
    browser.submit(form, because="시설 입소", words="가람요양원")
    assert (spouse.left_on, spouse.left_because) == (TODAY, "시설 입소 (가람요양원)")
    page = browser.get(url(household, "members"))
    browser.submit(page.form(f"members/{spouse.id}/return"))
    assert spouse.is_present


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"on": day(1).isoformat(), "because": "전출"}, "오늘보다 뒤의 날짜입니다"),
        ({"because": "전출", "on": ""}, "날짜를 골라 주세요"),
        ({"on": "어제", "because": "전출"}, "날짜"),
        ({}, "하나를 골라 주세요"),
        ({"because": "그냥"}, "하나를 골라 주세요"),
    ],
)
def test_a_leaving_that_cannot_be_comes_back(
    browser: Browser, household: Household, spouse: Member, fields: dict[str, str], words: str
) -> None:
    browser.submit(form_of(browser, url(household, f"members/{spouse.id}/leave")), status=422, **fields)
    assert words in page_of(browser).text
    assert spouse.is_present


def test_the_last_member_cannot_leave(browser: Browser, household: Household, spouse: Member) -> None:
    browser.submit(form_of(browser, url(household, f"members/{spouse.id}/leave")), because="사망")
    head = household.members[0]
    browser.submit(form_of(browser, url(household, f"members/{head.id}/leave")), status=422, because="사망")
    assert "마지막 가구원입니다" in page_of(browser).text


def test_risk_is_judged_with_a_reason_once(browser: Browser, session: Session, household: Household) -> None:
    form = form_of(browser, url(household, "risk"))
    browser.submit(form, status=422, risk="HIGH", reason=" ")
    assert page_of(browser).form("/risk").fields["risk"] == "HIGH"
    browser.submit(form, risk="HIGH", reason="사흘째 식사를 거름")
    browser.submit(form, risk="HIGH", reason="사흘째 식사를 거름")
    assert household.risk is Risk.HIGH
    assert len(queries.list_risk_changes(session, household.id)) == 1
    assert "사흘째 식사를 거름" in browser.get(url(household, "risk")).text


FLAG = {"kind": "WEAPON", "rule": "POLICE", "basis": "지난달 칼을 들고 나옴", "review_on": day(30).isoformat()}


def test_a_flag_is_put_up_and_taken_down(browser: Browser, household: Household) -> None:
    browser.submit(form_of(browser, url(household, "flags")), **FLAG)
    flag = household.flags[0]
    assert (flag.kind, flag.is_standing) == (FlagKind.WEAPON, True)
    form = form_of(browser, url(household, f"flags/{flag.id}/end"))
    browser.submit(form, status=422, because="")
    browser.submit(form, because="흉기를 치움")
    assert not flag.is_standing
    browser.submit(form, status=422, because="두 번째 누름")
    assert flag.ended_because == "흉기를 치움"
    assert "흉기를 치움" in browser.get(url(household, "flags")).text
    assert "경찰 동행 내림" in browser.get(url(household, "changes")).text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"review_on": TODAY.isoformat()}, "다시 볼 날은 오늘보다 뒤여야 합니다"),
        ({"review_on": ""}, "다시 볼 날을 골라 주세요"),
        ({"basis": "  "}, "무엇을 보고 판단했는지 적어 주세요"),
        ({"basis": "가" * 3000}, "500자까지"),
        ({"kind": "DRAGON"}, "하나를 골라 주세요"),
        ({"rule": ""}, "하나를 골라 주세요"),
        ({"instruction": "😀" * 201}, "200자까지"),
    ],
)
def test_a_flag_that_cannot_be_comes_back(
    browser: Browser, household: Household, changes: dict[str, str], words: str
) -> None:
    browser.submit(form_of(browser, url(household, "flags")), status=422, **{**FLAG, **changes})
    assert words in page_of(browser).text
    assert household.flags == []


def test_the_same_flag_does_not_stand_twice(browser: Browser, household: Household) -> None:
    form = form_of(browser, url(household, "flags"))
    browser.submit(form, **FLAG)
    browser.submit(form, status=422, **FLAG)
    assert len(household.flags) == 1


def test_long_histories_are_paged(
    browser: Browser, session: Session, town: Town, household: Household, now: datetime
) -> None:
    worker = town.who(town.worker)
    for number in range(130):
        service.judge_risk(session, household, Risk.LOW, reason=f"판단 {number}", actor=worker, now=now)
    first = browser.get(url(household, "changes"))
    following = next(link for link in first.links() if "after=" in link)
    rows = [len(list(page.tree.iter("tr"))) - 1 for page in (first, browser.get(following))]
    assert rows == [100, 30]
