"""Somebody on a list who is perhaps on record: two people decide at once, by keyboard, and one takes it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from app.households.models import Household
from playwright.sync_api import expect
from sqlalchemy import select
from tests.csv_files import csv_of
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger
from tests.journeys.screens.discoveries import HeldPage, ListsPage
from tests.journeys.tablet import Tablet

LEAD, WORKER = "garam.lead", "garam.worker1"
HEADINGS = ("성명", "생년월일", "전화번호", "행정동", "도로명주소")


@pytest.fixture
def known(ledger: Ledger) -> Household:
    """A household of 가람동 with a number and a head whose birth date is known."""
    with ledger.reading() as session:
        active = select(Household).where(Household.closed_on.is_(None)).order_by(Household.id.desc())
        household = next(
            each for each in session.scalars(active)
            if each.centre.dong == "가람동" and each.members[0].birth_on and len(each.members[0].name) == 3
        )  # fmt: skip
        assert household.members
        return household


@pytest.fixture
def file(known: Household, tmp_path: Path) -> Path:
    """A list that names the head with two syllables turned round, moved and with another number."""
    name = known.members[0].name
    row = (name[0] + name[2] + name[1], str(known.members[0].birth_on), "010-0765-4321", "가람동", "한빛구 온누리길 9")
    path = tmp_path / "발굴 명단.csv"
    path.write_bytes(csv_of([HEADINGS, row]))
    return path


def test_whoever_decides_second_is_told_and_the_first_takes_it_back(
    open_tablet: OpenTablet, known: Household, file: Path
) -> None:
    first, second = open_tablet(LEAD), open_tablet(WORKER)
    ListsPage(first).open().take_in(file)
    name = known.members[0].name[0] + known.members[0].name[2] + known.members[0].name[1]
    mine, theirs = HeldPage(first).open(), HeldPage(second).open()
    for held in (mine, theirs):
        expect(held.person(name)).to_contain_text("생년월일 일치, 이름 비슷함")
    walks_to(first, mine, name)
    mine.presses("새 가구입니다")
    expect(mine.decided.first).to_contain_text("새 가구")
    theirs.same(name)
    expect(theirs.news).to_contain_text("먼저 정한 줄입니다")
    mine.decided.first.get_by_role("button", name="되돌리기").click()
    expect(mine.person(name)).to_be_visible()


def walks_to(tablet: Tablet, held: HeldPage, name: str) -> None:
    """With j from person to person until the right one has the focus."""
    for _step in range(20):
        tablet.page.keyboard.press("j")
        if held.in_focus(name):
            return
    raise AssertionError(f"{name} was not reached")
