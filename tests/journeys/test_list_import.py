"""A discovery list comes in: new, known, perhaps known, and not readable."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from app.households.models import Household
from app.seed.reference import seed_folder
from playwright.sync_api import expect
from python_calamine import load_workbook
from sqlalchemy import func, select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger
from tests.journeys.screens.discoveries import HeldPage, ListsPage, ResultPage
from tests.journeys.screens.household import HouseholdPage

LEAD = "garam.lead"
HEADINGS = ("연번", "성명", "생년월일", "전화번호", "행정동", "도로명주소", "비고")
STRANGER = "맹새롬"


@pytest.fixture
def known(ledger: Ledger) -> list[Household]:
    """Two households of 가람동 whose heads' birth dates and phones are known."""
    with ledger.reading() as session:
        phoned = select(Household).where(Household.phone != "", Household.closed_on.is_(None)).order_by(Household.id)
        found = [
            each for each in session.scalars(phoned) if each.members[0].birth_on and each.number.startswith("가람")
        ]
        session.expunge_all()
        return found[:2]


@pytest.fixture
def file(known: list[Household], tmp_path: Path) -> Path:
    """As an office sends it: a title, headings, people, a total, in CP949."""
    (same, likely) = (household.members[0] for household in known)
    rows = [
        ("복지사각지대 발굴대상자 명단",), (), HEADINGS,
        (1, STRANGER, "1955. 5. 5.", "010-9123-4567", "가람동", "한빛구 온누리길 7", "처음 뵙는 분"),
        (2, same.name, same.birth_on, known[0].phone, "가람동", known[0].road_address, ""),
        (3, likely.name, likely.birth_on, "010-9765-4321", "가람동", "한빛구 온누리길 9", ""),
        (4, "길다솔", "2월 30일", "", "가람동", "", ""), ("합계", "4명"),
    ]  # fmt: skip
    text = StringIO()
    csv.writer(text).writerows(rows)
    path = tmp_path / "발굴 명단.csv"
    path.write_bytes(text.getvalue().encode("cp949"))
    return path


def test_each_row_of_a_list_gets_a_result_and_a_person_decides_the_likely_one(
    open_tablet: OpenTablet, known: list[Household], file: Path
) -> None:
    tablet, likely = open_tablet(LEAD), known[1]
    ListsPage(tablet).open().take_in(file)
    result = ResultPage(tablet)
    for outcome in ("새로 담음", "같은 사람에 합침", "확인할 사람", "고칠 행"):
        expect(result.count(outcome)).to_contain_text("1")
    expect(result.to_fix).to_contain_text("길다솔")
    comes_back_with_reasons(result.download_rows_to_fix())
    result.count("확인할 사람").click()
    held = HeldPage(tablet)
    expect(held.person(likely.members[0].name)).to_contain_text("010-9765-4321")
    held.same(likely.members[0].name)
    expect(held.decided).to_contain_text(likely.number)
    expect(HouseholdPage(tablet, likely.id).open().banner("발굴되었습니다")).to_be_visible()


def comes_back_with_reasons(workbook: Path) -> None:
    rows = load_workbook(workbook).get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    bad = dict(zip(rows[0], rows[1], strict=True))
    assert bad["성명"] == "길다솔"
    assert bad["생년월일"] == "2월 30일"
    assert "생년월일" in str(bad["사유"])


def test_the_list_of_the_demo_taken_in_again_changes_nothing(open_tablet: OpenTablet, ledger: Ledger) -> None:
    tablet, before = open_tablet("gu.officer"), count_of_households(ledger)
    ListsPage(tablet).open().take_in(seed_folder() / "discovery_list.xlsx")
    expect(ResultPage(tablet).news).to_contain_text("바뀐 것이 없으며")
    assert count_of_households(ledger) == before


def count_of_households(ledger: Ledger) -> int:
    with ledger.reading() as session:
        return session.scalar(select(func.count(Household.id))) or 0
