"""담당 조정: every number opens its rows, many households change hands after a confirmed number, and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from app.access.permissions import Role
from app.accounts import service as accounts
from app.accounts.models import Account, Cover
from app.alerts.models import Alert
from app.assignments import service
from app.assignments.models import Assignment
from app.assignments.rules import Duty
from app.audit.rules import Action
from app.households.models import Household
from app.households.rules import MemberDetails, Risk
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.access_log import list_entries
from tests.factories.households import add_household
from tests.factories.town import Town
from tests.moments import NOW, TODAY, day
from tests.pages import Page, text_of

Enter = Callable[..., Browser]
NAMES = ("가나다", "라마바", "사아자", "차카타")


@pytest.fixture
def households(session: Session, town: Town) -> list[Household]:
    """Three with nurse 윤가람, one with nobody; the first also has a worker."""
    made = [add_household(session, town.who(town.worker), MemberDetails(name)) for name in NAMES]
    for household in made[:3]:
        give(session, town, household, Duty.NURSE, town.nurse)
    give(session, town, made[0], Duty.WORKER, town.worker)
    made[1].risk, made[2].last_seen_on = Risk.HIGH, TODAY
    return made


def give(session: Session, town: Town, household: Household, duty: Duty, account: Account) -> None:
    """From a month ago on."""
    service.assign(session, household, duty, account, from_on=day(-30), actor=town.who(town.supervisor), now=NOW)


@pytest.fixture
def browser(sign_in_as: Enter) -> Browser:
    return sign_in_as(Role.SUPERVISOR)


def page_of(browser: Browser) -> Page:
    assert browser.page is not None
    return browser.page


def numbers(page: Page) -> list[tuple[str, int]]:
    """Every number on the board with the address it opens."""
    return [
        (link.get("href", ""), int(found[0]))
        for link in page.tree.iter("a")
        if link.get("href", "").startswith("/households?") and (found := re.search(r"\d+", _counted(link)))
    ]


def _counted(link: Element) -> str:
    value = [text_of(span) for span in link.iter("span") if span.get("class") == "count-value"]
    return value[0] if value else text_of(link)


def test_every_number_on_the_board_opens_as_many_rows(browser: Browser, households: list[Household]) -> None:
    counted = numbers(browser.get("/assignments"))
    assert len(counted) > 10
    for address, count in counted:
        shown = {link for link in browser.get(address).links() if re.fullmatch(r"/households/\d+", link)}
        assert len(shown) == count, address


def test_households_of_somebody_who_left_are_not_overlooked(
    browser: Browser, session: Session, town: Town, households: list[Household], now: Any
) -> None:
    accounts.disable(session, town.nurse, actor=town.who(town.administrator), now=now)
    page = browser.get("/assignments")
    assert "윤가람 사용 중지" in page.text
    assert len([link for link in browser.get(f"/households?who={town.nurse.id}").links() if "/households/" in link]) > 2


def choose(browser: Browser, town: Town, *, status: int = 200, **fields: Any) -> Page:
    """Fill in the form over the nurse's households; her colleague receives."""
    form = _post_form(browser.get(f"/assignments/reassign?duty=NURSE&who={town.nurse.id}"))
    browser.submit(form, status=status, **{"account_id": str(town.other_nurse.id), "reason": "전보", **fields})
    return page_of(browser)


def _post_form(page: Page) -> Any:
    return next(form for form in page.forms() if form.method == "post" and "reassign" in form.action)


def holders(session: Session, households: list[Household]) -> list[int | None]:
    session.expire_all()
    return [household.nurse_id for household in households]


def test_nothing_changes_before_the_number_is_confirmed(
    browser: Browser, session: Session, town: Town, households: list[Household]
) -> None:
    page = choose(browser, town, household_ids=[str(households[0].id), str(households[2].id)])
    assert "2가구의 담당이 바뀝니다" in page.text
    assert holders(session, households)[:3] == [town.nurse.id] * 3
    browser.submit(_post_form(page))
    assert holders(session, households)[:3] == [town.other_nurse.id, town.nurse.id, town.other_nurse.id]
    assert "2가구" in session.scalars(select(Alert.text).where(Alert.recipient_id == town.other_nurse.id)).one()


def test_all_may_go_at_once_and_come_back(
    browser: Browser, session: Session, town: Town, households: list[Household]
) -> None:
    answer = browser.submit(_post_form(choose(browser, town, which="all")))
    assert holders(session, households)[:3] == [town.other_nurse.id] * 3
    result = browser.get(answer.headers["Location"])
    assert "3가구" in result.text
    browser.submit(result.form("/undo"))
    assert holders(session, households) == [town.nurse.id] * 3 + [None]
    assert "3가구의 담당을 되돌렸습니다" in browser.get("/assignments").text


def test_households_of_nobody_go_back_to_nobody(
    browser: Browser, session: Session, town: Town, households: list[Household]
) -> None:
    form = _post_form(browser.get("/assignments/reassign?duty=NURSE&who=none"))
    browser.submit(form, status=200, which="all", account_id=str(town.nurse.id), reason="새 담당")
    answer = browser.submit(_post_form(page_of(browser)))
    assert holders(session, households)[3] == town.nurse.id
    browser.submit(browser.get(answer.headers["Location"]).form("/undo"))
    assert holders(session, households)[3] is None


def test_a_household_that_changed_hands_meanwhile_stays_where_it_is(
    browser: Browser, session: Session, town: Town, households: list[Household], now: Any
) -> None:
    page = choose(browser, town, which="all")
    service.release(session, households[0], Duty.NURSE, reason="", actor=town.who(town.supervisor), now=now)
    browser.submit(_post_form(page))
    assert holders(session, households)[:3] == [None, town.other_nurse.id, town.other_nurse.id]


def test_confirming_twice_changes_nothing_the_second_time(
    browser: Browser, session: Session, town: Town, households: list[Household]
) -> None:
    form = _post_form(choose(browser, town, which="all"))
    browser.submit(form)
    rows = len(session.scalars(select(Assignment.id)).all())
    answer = browser.submit(form)
    assert answer.headers["Location"] == "/assignments"
    assert len(session.scalars(select(Assignment.id)).all()) == rows


def test_undoing_leaves_alone_what_changed_hands_since(
    browser: Browser, session: Session, town: Town, households: list[Household], frozen_clock: Any
) -> None:
    answer = browser.submit(_post_form(choose(browser, town, which="all")))
    undo = browser.get(answer.headers["Location"]).form("/undo")
    frozen_clock.shift(60)
    service.release(session, households[0], Duty.NURSE, reason="", actor=town.who(town.supervisor), now=NOW)
    browser.submit(undo)
    assert holders(session, households)[:3] == [None, town.nurse.id, town.nurse.id]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"which": "all", "reason": " "}, "까닭"),
        ({"which": "all", "account_id": ""}, "사람을 골라 주세요"),
        ({"which": "all", "account_id": "999999"}, "사람을 골라 주세요"),
        ({"which": "some"}, "가구를 하나 이상 골라 주세요"),
        ({"which": "some", "household_ids": ["뷁"]}, "가구"),
        ({"which": "all", "reason": "가" * 3000}, "200자까지"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    browser: Browser, session: Session, town: Town, households: list[Household], fields: dict[str, Any], words: str
) -> None:
    page = choose(browser, town, status=422, **fields)
    assert words in page.text
    assert holders(session, households)[:3] == [town.nurse.id] * 3


@pytest.mark.parametrize("address", ["", "?duty=CAT", "?who=abc", "?duty=WORKER&who=99999999999999999999", "?after=x"])
def test_nonsense_in_the_address_shows_households_without_anybody(
    browser: Browser, households: list[Household], address: str
) -> None:
    assert "담당 옮기기" in browser.get(f"/assignments/reassign{address}").heading


def test_the_households_listed_are_in_the_access_log(
    browser: Browser, session: Session, town: Town, households: list[Household]
) -> None:
    browser.get(f"/assignments/reassign?duty=NURSE&who={town.nurse.id}")
    row = list_entries(session)[0]
    assert (row.action, row.row_count) == (Action.LIST, 3)


@pytest.mark.parametrize("path", ["/assignments", "/assignments/reassign", "/assignments/covers/new"])
@pytest.mark.parametrize("role", [Role.NURSE, Role.WORKER, Role.DISTRICT, Role.ADMIN, Role.PRIVACY])
def test_only_a_supervisor_gives_households(sign_in_as: Enter, role: Role, path: str) -> None:
    sign_in_as(role).get(path, status=403)


def test_a_reassignment_of_another_centre_is_404(
    sign_in_as: Enter, session: Session, town: Town, households: list[Household]
) -> None:
    row = session.scalars(select(Assignment)).first()
    browser = sign_in_as(town.narae_supervisor)
    browser.get(f"/assignments/handed-over/{row.id}", status=404)  # type: ignore[union-attr]
    browser.get("/assignments/handed-over/99999999999999999999", status=404)
    browser.get(f"/households/{households[0].id}/assignees", status=404)


def settle(browser: Browser, household: Household, *, status: int = 302, **fields: str) -> None:
    path = f"/households/{household.id}/assignees"
    browser.submit(browser.get(path).form(path), status=status, **fields)


def test_one_household_gets_both_duties(
    browser: Browser, session: Session, town: Town, households: list[Household]
) -> None:
    lonely = households[3]
    settle(browser, lonely, nurse=str(town.nurse.id), worker=str(town.worker.id), from_on=day(-3).isoformat())
    assert (lonely.nurse_id, lonely.worker_id) == (town.nurse.id, town.worker.id)
    starts = session.scalars(select(Assignment.from_on).where(Assignment.household_id == lonely.id)).all()
    assert set(starts) == {day(-3)}
    assert "윤가람 방문간호사 지금" in browser.get(f"/households/{lonely.id}/assignees").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"nurse": ""}, "담당을 바꾸는 까닭을 적어 주세요"),
        ({"from_on": day(1).isoformat(), "nurse": "", "reason": "퇴직"}, "오늘까지의 날짜로"),
        ({"from_on": day(-60).isoformat(), "nurse": "{other}", "reason": "전보"}, "시작한 날보다 앞선 날입니다"),
        ({"from_on": ""}, "날짜를 골라 주세요"),
        ({"nurse": "12345678"}, "선택값"),
    ],
)
def test_a_change_of_one_household_that_cannot_be_comes_back(
    browser: Browser, session: Session, town: Town, households: list[Household], fields: dict[str, str], words: str
) -> None:
    given = {name: value.format(other=town.other_nurse.id) for name, value in fields.items()}
    settle(browser, households[0], status=422, **given)
    assert words in page_of(browser).text
    assert holders(session, households)[0] == town.nurse.id


def arrange(browser: Browser, town: Town, *, status: int = 302, **changes: str) -> None:
    given = {
        "absent_id": str(town.nurse.id), "covered_by_id": str(town.other_nurse.id), "from_on": TODAY.isoformat(),
        "until_on": day(4).isoformat(), "reason": "연가", **changes,
    }  # fmt: skip
    path = "/assignments/covers/new"
    browser.submit(browser.get(path).form(path), status=status, **given)


def test_a_cover_is_arranged_shown_and_ended(
    browser: Browser, sign_in_as: Enter, session: Session, town: Town, households: list[Household]
) -> None:
    arrange(browser, town)
    cover = session.scalars(select(Cover)).one()
    covering = sign_in_as(town.other_nurse)
    assert f"/households/{households[0].id}" in covering.get("/households?who=mine").links()
    page = browser.get("/assignments")
    assert "윤가람 → 서은결 지금" in page.text
    browser.submit(page.form(f"/covers/{cover.id}/end"))
    assert f"/households/{households[0].id}" not in covering.get("/households?who=mine").links()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"absent_id": ""}, "사람을 골라 주세요"),
        ({"covered_by_id": "{nurse}"}, "쉬는 사람과 대직하는 사람이 같습니다"),
        ({"covered_by_id": "{worker}"}, "같은 직종만"),
        ({"until_on": day(-1).isoformat()}, "끝나는 날이 시작하는 날보다 앞섭니다"),
        ({"reason": " "}, "사유를 적어 주세요"),
        ({"from_on": "내일"}, "날짜"),
    ],
)
def test_a_cover_that_cannot_be_comes_back(
    browser: Browser, session: Session, town: Town, changes: dict[str, str], words: str
) -> None:
    ids = {"nurse": town.nurse.id, "worker": town.worker.id}
    arrange(browser, town, status=422, **{name: value.format(**ids) for name, value in changes.items()})
    assert words in page_of(browser).text
    assert session.scalars(select(Cover)).all() == []


def test_a_cover_of_another_centre_is_404(browser: Browser, sign_in_as: Enter, session: Session, town: Town) -> None:
    arrange(browser, town)
    cover = session.scalars(select(Cover)).one()
    stranger = sign_in_as(town.narae_supervisor)
    stranger.get("/assignments")
    stranger.post(f"/assignments/covers/{cover.id}/end", status=404)
    assert cover.ended_at is None
