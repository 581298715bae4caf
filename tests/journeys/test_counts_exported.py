"""A supervisor reads the month's cases, opens the rows behind a number, and takes the same counts away as a spreadsheet."""

from __future__ import annotations

from playwright.sync_api import expect
from python_calamine import CalamineWorkbook
from tests.journeys.conftest import OpenTablet
from tests.journeys.screens.counted import CountedPage
from tests.journeys.screens.reports import RegisterPage
from tests.journeys.tablet import DESK

CAPTION, SHEET = "담당별 통합사례관리 현황", "담당별 현황"
LIVE = 1
"""Place of 진행 among the columns."""


def test_a_number_opens_its_rows_and_the_spreadsheet_says_the_same(open_tablet: OpenTablet) -> None:
    tablet = open_tablet("garam.lead", size=DESK)
    counted = CountedPage(tablet).open_from_reports("통합사례관리 현황")
    sums = counted.row(CAPTION, "합계")
    assert int(sums[LIVE]) > 1
    counted.table(CAPTION).locator("tfoot a").nth(LIVE).click()
    expect(tablet.page.get_by_role("list", name="그 숫자의 사례들").get_by_role("listitem")).to_have_count(
        int(sums[LIVE])
    )
    tablet.page.get_by_role("link", name="통합사례관리 현황", exact=True).click()
    file = counted.download("회의")
    rows = CalamineWorkbook.from_path(file).get_sheet_by_name(SHEET).to_python()
    [total] = [row for row in rows if row[0] == "합계"]
    assert [str(int(cell)) for cell in total[1 : 1 + len(sums)]] == sums
    register = RegisterPage(tablet).open()
    expect(register.rows.first).to_contain_text("통합사례관리 현황")
    expect(register.rows.first).to_contain_text("엑셀")
    with tablet.page.expect_download() as again:
        register.view(register.rows.first).click()
    assert again.value.path().read_bytes() == file.read_bytes()
