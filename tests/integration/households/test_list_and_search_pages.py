"""The list is narrowed by its address, the search by POST; both show no more than one's own and are recorded."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from app.access.permissions import Role
from app.audit.rules import Action
from app.households import service
from app.households.models import Household
from app.households.rules import ClosureReason, HouseholdType, MemberDetails, Risk
from app.households.service.bulk import create_households
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.access_log import list_entries
from tests.factories.households import add_flag, add_household, details_of
from tests.factories.town import Town
from tests.moments import day
from tests.pages import Page

Enter = Callable[..., Browser]
PLAIN, RISKY, FLAGGED, CLOSED, MINE, UNSEEN = "가나다", "라마바", "사아자", "차카타", "파하거", "너더러"
ACTIVE = [PLAIN, RISKY, FLAGGED, MINE, UNSEEN]


@pytest.fixture
def village(session: Session, town: Town, now: datetime) -> dict[str, Household]:
    """One household of each sort in 가람동, and one next door in 나래동."""
    worker = town.who(town.worker)
    made = {name: add_household(session, worker, MemberDetails(name)) for name in (*ACTIVE, CLOSED)}
    for name in (PLAIN, RISKY, FLAGGED, MINE):
        made[name].last_seen_on = day(-10)
        made[name].worker_id = town.other_worker.id
    made[UNSEEN].last_seen_on = day(-91)
    made[RISKY].household_type = HouseholdType.COUPLE
    made[MINE].nurse_id = town.nurse.id
    service.judge_risk(session, made[RISKY], Risk.HIGH, reason="넘어짐", actor=worker, now=now)
    add_flag(session, made[FLAGGED], worker)
    service.close_household(session, made[CLOSED], ClosureReason.MOVED, note="", actor=worker, now=now)
    made["이웃동"] = add_household(session, town.who(town.narae_worker), MemberDetails("이웃동"))
    return made


def shown(page: Page, village: dict[str, Household]) -> list[str]:
    """Names of the village whose lines stand on a page."""
    ids = {int(found[1]) for link in page.links() if (found := re.fullmatch(r".*/households/(\d+)", link))}
    return [name for name, household in village.items() if household.id in ids]


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("", ACTIVE),
        ("?who=mine", [MINE]),
        ("?who=none", [UNSEEN]),
        ("?who=no-nurse", [PLAIN, RISKY, FLAGGED, UNSEEN]),
        ("?who=no-worker", [UNSEEN]),
        ("?risk=HIGH", [RISKY]),
        ("?household_type=COUPLE", [RISKY]),
        ("?status=CLOSED", [CLOSED]),
        ("?status=ALL", [*ACTIVE, CLOSED]),
        ("?flagged=1", [FLAGGED]),
        ("?unseen=1", [UNSEEN]),
        ("?flagged=1&unseen=1", []),
        ("?risk=HIGH&household_type=COUPLE&who=no-nurse", [RISKY]),
    ],
)
def test_the_address_narrows_the_list(
    sign_in_as: Enter, village: dict[str, Household], address: str, names: list[str]
) -> None:
    assert shown(sign_in_as(Role.NURSE).get(f"/households{address}"), village) == names


def test_a_colleague_can_be_chosen(sign_in_as: Enter, village: dict[str, Household], town: Town) -> None:
    page = sign_in_as(Role.SUPERVISOR).get(f"/households?who={town.nurse.id}")
    assert shown(page, village) == [MINE]


@pytest.mark.parametrize(
    "address",
    ["?risk=SEVERE", "?who=abc", "?who=999999999999", "?status=<b>", "?after=-1", "?after=99999999999999999999",
     "?after=뷁", "?flagged=0", "?household_type=", "?centre=1", "?nothing=here"],
)  # fmt: skip
def test_nonsense_in_the_address_narrows_nothing(
    sign_in_as: Enter, village: dict[str, Household], address: str
) -> None:
    assert shown(sign_in_as(Role.WORKER).get(f"/households{address}"), village) == ACTIVE


def test_the_district_narrows_by_centre(sign_in_as: Enter, village: dict[str, Household], town: Town) -> None:
    browser = sign_in_as(Role.DISTRICT)
    assert shown(browser.get("/households"), village) == [*ACTIVE, "이웃동"]
    assert shown(browser.get(f"/households?centre={town.narae.id}"), village) == ["이웃동"]


@pytest.mark.parametrize("before", ["", "?risk=HIGH", "?who=mine&flagged=1"])
def test_each_number_on_a_shortcut_is_the_number_of_rows_it_leads_to(
    sign_in_as: Enter, village: dict[str, Household], before: str
) -> None:
    browser = sign_in_as(Role.NURSE)
    page = browser.get(f"/households{before}")
    nav = next(element for element in page.tree.iter("nav") if element.get("aria-label") == "자주 쓰는 조건")
    numbered = [
        (link.get("href", ""), int(count))
        for link in nav.iter("a")
        for count in ["".join(span.itertext()) for span in link.iter("span") if span.get("class") == "number"]
    ]
    assert numbered
    for address, count in numbered:
        assert len(shown(browser.get(address), village)) == count


def test_a_chosen_shortcut_leads_back(sign_in_as: Enter, village: dict[str, Household]) -> None:
    page = sign_in_as(Role.NURSE).get("/households?flagged=1&risk=HIGH")
    current = [link.get("href") for link in page.tree.iter("a") if link.get("aria-current") == "true"]
    assert current == ["/households?risk=HIGH"]


def test_paging_shows_every_household_once(sign_in_as: Enter, session: Session, town: Town, now: datetime) -> None:
    worker = town.who(town.worker)
    many = [details_of(town.garam.id, MemberDetails("김순자"))] * 120
    created = {each.household_id for each in create_households(session, many, actor=worker, now=now)}
    browser, seen = sign_in_as(Role.WORKER), []
    address: str | None = "/households"
    while address:
        page = browser.get(address)
        seen += [int(found[1]) for link in page.links() if (found := re.fullmatch(r"/households/(\d+)", link))]
        address = next((link.get("href") for link in page.tree.iter("a") if link.get("rel") == "next"), None)
    assert sorted(seen) == sorted(created)


def test_the_list_takes_as_many_statements_for_forty_households_as_for_one(
    sign_in_as: Enter, session: Session, town: Town
) -> None:
    worker, browser = town.who(town.worker), sign_in_as(Role.WORKER)
    add_flag(session, add_household(session, worker), worker)
    browser.get("/households")
    few = len(browser.statements)
    for _ in range(40):
        add_flag(session, add_household(session, worker), worker)
    browser.get("/households")
    assert len(browser.statements) == few


def test_the_households_shown_are_in_the_access_log(
    sign_in_as: Enter, village: dict[str, Household], session: Session
) -> None:
    sign_in_as(Role.NURSE).get("/households?who=mine")
    row = list_entries(session)[0]
    assert (row.action, row.row_count, row.detail) == (Action.LIST, 1, str(village[MINE].id))


def test_a_list_without_rows_says_what_to_do(sign_in_as: Enter) -> None:
    browser = sign_in_as(Role.WORKER)
    assert "/households/new" in browser.get("/households").links()
    assert "조건 모두 풀기" in browser.get("/households?flagged=1").text


@pytest.mark.parametrize("role", [Role.ADMIN, Role.PRIVACY])
def test_who_sees_no_clients_sees_no_list(sign_in_as: Enter, role: Role) -> None:
    browser = sign_in_as(role)
    browser.get("/households", status=403)
    browser.post("/households/search", {"query": "가나다"}, status=403)


def search(browser: Browser, query: str, **more: Any) -> Page:
    browser.get("/households")
    browser.post("/households/search", {"query": query}, **{"status": 200, **more})
    assert browser.page is not None
    return browser.page


@pytest.mark.parametrize("query", ["가나다", "나다", "ㄱㄴㄷ", "102동 842호", "5050"])
def test_a_search_finds_by_what_somebody_knows(sign_in_as: Enter, village: dict[str, Household], query: str) -> None:
    page = search(sign_in_as(Role.WORKER), query)
    assert PLAIN in shown(page, village)
    assert page.form("/households/search").fields["query"] == query


def test_nobody_and_not_yours_are_answered_alike(sign_in_as: Enter, village: dict[str, Household]) -> None:
    browser = sign_in_as(Role.WORKER)
    nobody, elsewhere = search(browser, "없는이").text, search(browser, "이웃동").text
    assert nobody == elsewhere
    assert "찾은 가구가 없습니다" in nobody


def test_a_search_is_recorded_with_its_answer_and_without_its_words(
    sign_in_as: Enter, village: dict[str, Household], session: Session
) -> None:
    search(sign_in_as(Role.WORKER), "가나다")
    row = list_entries(session)[0]
    assert (row.action, row.row_count, row.detail) == (Action.SEARCH, 1, str(village[PLAIN].id))
    assert not any("가나다" in f"{entry.detail}{entry.subject}{entry.purpose}" for entry in list_entries(session))


def test_a_search_for_nothing_asks_for_words_and_is_not_recorded(sign_in_as: Enter, session: Session) -> None:
    assert "찾을 말을 적어 주세요" in search(sign_in_as(Role.WORKER), "   ").text
    assert list_entries(session)[0].action is Action.LIST


def test_an_endless_search_comes_back_with_what_was_typed(sign_in_as: Enter) -> None:
    page = search(sign_in_as(Role.WORKER), "가" * 3000, status=422)
    assert page.form("/households/search").fields["query"] == "가" * 3000


@pytest.mark.parametrize("query", ["<b>가</b>", "<img src=x>", "' OR 1=1 --", "뷁", "😀", "%", "_", "\x00", "가" * 100])
def test_strange_words_find_nobody_and_break_nothing(sign_in_as: Enter, query: str) -> None:
    assert "가구가 없습니다" in search(sign_in_as(Role.WORKER), query).text or not query.strip("\x00")


def test_a_search_by_address_leads_to_the_box(sign_in_as: Enter) -> None:
    answer = sign_in_as(Role.WORKER).open("/households/search?query=가나다", status=302)
    assert answer.headers["Location"] == "/households"
