"""A change reaches its households batch by batch, with script and without, and can be left at any moment."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.follow_ups import queries, service
from app.follow_ups.views import refreshing
from app.households.models import Household
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.households import add_household, set_rule
from tests.factories.rules import regular_household
from tests.factories.town import Town
from tests.moments import TODAY

Enter = Callable[[Role | Account], Browser]
JSON = {"Accept": "application/json"}


@pytest.fixture
def waiting(session: Session, town: Town, monkeypatch: pytest.MonkeyPatch) -> list[Household]:
    """Five households whose answers nobody believes any more; two are refreshed at once."""
    monkeypatch.setattr(refreshing, "HOUSEHOLDS_AT_ONCE", 2)
    households = [regular_household(session, town) for _ in range(5)]
    service.mark_stale(session, [each.id for each in households], from_on=TODAY)
    return households


@pytest.fixture
def officer(sign_in_as: Enter) -> Browser:
    return sign_in_as(Role.DISTRICT)


def test_looking_at_the_page_refreshes_nothing(officer: Browser, waiting: list[Household]) -> None:
    page = officer.get("/follow-ups/refreshing")
    assert "0 / 5가구" in page.text
    assert "이 화면을 떠나도 됩니다" in page.text
    assert "obligation" not in officer.written


def test_without_script_the_button_goes_on_and_the_page_counts(
    officer: Browser, session: Session, waiting: list[Household]
) -> None:
    page, seen = officer.get("/follow-ups/refreshing?next=/rules"), []
    while found := re.search(r"(\d+) / 5가구", page.text):
        seen.append(int(found[1]))
        answer = officer.submit(page.form("/follow-ups/refreshing"))
        page = officer.get(answer.headers["Location"])
    assert seen == [0, 2, 4]
    assert "5가구의 기한이 새 기준에 맞습니다" in page.text
    assert "/rules" in page.links()
    assert queries.count_stale(session, today=TODAY) == 0


def test_a_script_is_told_how_many_are_left(officer: Browser, waiting: list[Household]) -> None:
    officer.get("/follow-ups/refreshing")
    left = [officer.post("/follow-ups/refreshing", status=200, headers=JSON).get_json()["left"] for _ in range(4)]
    assert left == [3, 1, 0, 0]


def test_only_the_own_district_is_counted_and_refreshed(
    officer: Browser, session: Session, town: Town, waiting: list[Household]
) -> None:
    far = add_household(session, town.who(town.far_supervisor))
    set_rule(session, far, "CASE_CHECK_GENERAL", town.who(town.far_supervisor))
    service.mark_stale(session, [far.id], from_on=TODAY)
    assert "0 / 5가구" in officer.get("/follow-ups/refreshing").text
    while officer.post("/follow-ups/refreshing", status=200, headers=JSON).get_json()["left"]:
        pass
    assert queries.list_stale(session, today=TODAY, most=9) == [far.id]


def test_with_nothing_to_do_it_says_so(officer: Browser) -> None:
    page = officer.get("/follow-ups/refreshing")
    assert "다시 계산할 가구가 없습니다" in page.text
    assert "계속" not in page.text.split("기한 다시 계산")[1].split("곧 로그아웃")[0]


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"])
def test_it_leads_back_into_the_product_and_nowhere_else(officer: Browser, address: str) -> None:
    page = officer.get("/follow-ups/refreshing", query_string={"next": address, "total": "-7"})
    assert not [link for link in page.links() if "example" in link or "javascript" in link]
    assert "/rules" in page.links()


@pytest.mark.parametrize("total", ["x", "99999999999999999999", "-1", "3"])
def test_a_total_nobody_counted_is_no_fault(officer: Browser, waiting: list[Household], total: str) -> None:
    assert "가구" in officer.get("/follow-ups/refreshing", query_string={"total": total}).text


@pytest.mark.parametrize("role", [Role.NURSE, Role.SUPERVISOR, Role.PRIVACY, Role.ADMIN])
def test_who_changes_nothing_has_no_bar_to_watch(sign_in_as: Enter, role: Role) -> None:
    browser = sign_in_as(role)
    browser.get("/follow-ups/refreshing", status=403)
    browser.post("/follow-ups/refreshing", status=403)
