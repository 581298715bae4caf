"""Finding a household, not registering it twice, and two people at its form."""

from __future__ import annotations

from urllib.parse import quote, unquote

import pytest
from app.core.text import choseong
from app.households.models import Household
from playwright.sync_api import expect
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger
from tests.journeys.screens.household import HouseholdPage
from tests.journeys.screens.households import HouseholdForm, ListPage

WORKER, COLLEAGUE, STRANGER = "garam.worker1", "garam.worker2", "narae.worker1"


@pytest.fixture
def household(ledger: Ledger) -> Household:
    """A household somebody looks for, with a phone."""
    with ledger.reading() as session:
        found = session.get_one(Household, ledger.with_phone(WORKER).id)
        session.refresh(found, ["members"])
        session.expunge_all()
        return found


@pytest.mark.parametrize("way", ["two syllables", "initials", "end of the phone"])
def test_a_household_is_found_by(way: str, open_tablet: OpenTablet, household: Household) -> None:
    name = household.members[0].name
    words = {"two syllables": name[-2:], "initials": choseong(name), "end of the phone": household.phone[-4:]}[way]
    listed = ListPage(open_tablet(WORKER)).open()
    listed.search(words)
    expect(listed.line(household.id)).to_contain_text(household.title)
    assert words not in unquote(listed.page.url)
    assert quote(words) not in listed.page.url


def test_a_household_of_another_centre_is_not_found(open_tablet: OpenTablet, household: Household) -> None:
    listed = ListPage(open_tablet(STRANGER)).open()
    listed.search(household.phone[-4:] + " " + household.members[0].name)
    expect(listed.nothing).to_be_visible()


def test_a_second_copy_is_shown_beside_the_first_before_it_is_made(
    open_tablet: OpenTablet, household: Household
) -> None:
    tablet, head = open_tablet(WORKER), household.members[0]
    form = HouseholdForm(tablet).open("/households/new")
    form.field("name").fill(head.name)
    form.field("born").fill(str(head.birth_on or head.birth_year))
    form.field("phone").fill(household.phone)
    form.field("approach").fill("초록 대문 옆 계단")
    form.send()
    expect(form.similar).to_contain_text(household.number)
    expect(form.field("approach")).to_have_value("초록 대문 옆 계단")
    form.is_another_one()
    form.send()
    expect(tablet.page.get_by_text("가구를 등록했습니다")).to_be_visible()
    expect(tablet.page.get_by_role("heading", level=1)).to_contain_text(head.name)
    expect(tablet.page.get_by_text("초록 대문 옆 계단")).to_be_visible()


def test_two_windows_of_one_household_lose_nothing(open_tablet: OpenTablet, household: Household) -> None:
    tablets = open_tablet(WORKER), open_tablet(COLLEAGUE)
    first, second = (HouseholdForm(each).open(f"/households/{household.id}/edit") for each in tablets)
    first.field("approach").fill("뒷문으로")
    first.field("note").fill("저녁에는 딸이 옴")
    first.send()
    HouseholdPage(tablets[0], household.id).wait()
    second.field("approach").fill("앞문으로")
    second.field("unit").fill("나동 지층")
    second.send()
    expect(second.overtaken).to_contain_text("뒷문으로")
    expect(second.overtaken).to_contain_text("앞문으로")
    expect(second.field("approach")).to_have_value("앞문으로")
    expect(second.field("note")).to_have_value("저녁에는 딸이 옴")
    second.send()
    page = HouseholdPage(tablets[1], household.id).wait().page
    for words in ("앞문으로", "저녁에는 딸이 옴", "나동 지층"):
        expect(page.get_by_role("complementary", name="가구 정보")).to_contain_text(words)
    tablets[1].open(f"/households/{household.id}/changes")
    expect(page.get_by_role("row").filter(has_text="뒷문으로").filter(has_text="앞문으로")).to_have_count(1)
