"""A round from its opening to its lists: columns are named once, a long list fills a bar, the next list needs nobody."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

from app.discoveries.models import ImportedList, IncomingFile, StagedRows
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.screens.discoveries import ResultPage
from tests.journeys.screens.rounds import ColumnsPage, RoundPage, SendPage, TakingPage
from tests.journeys.serving import Server

LEAD, TITLE = "garam.lead", "2027년 1차"
HEADINGS = ("순", "누구", "언제 났나", "어디 동", "사는 곳")
SURNAMES, NAMES = (
    "김이박최정강조윤장임",
    ("가람", "나루", "다솜", "라온", "마루", "보람", "새봄", "아라", "자람", "한별"),
)
LONG = 1_030


def file_of(folder: Path, name: str, first: int, count: int) -> Path:
    """So many people nobody knows, under headings nobody knows."""
    path = folder / name
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        for at in range(first, first + count):
            name_of = SURNAMES[at // 10 % 10] + NAMES[at % 10]
            born = date(1925, 1, 1) + timedelta(days=23 * at)
            writer.writerow((at, name_of, born, "가람동", f"한빛구 먼물길 {at}"))
    return path


def test_a_list_with_strange_headings_goes_into_a_round_with_a_bar_and_the_next_one_needs_nobody(
    open_tablet: OpenTablet, server: Server, tmp_path: Path
) -> None:
    tablet = open_tablet(LEAD)
    RoundPage(tablet).open_new(TITLE).bring_list()
    SendPage(tablet).send(file_of(tmp_path, "긴 명단.csv", 1, LONG))
    columns = ColumnsPage(tablet)
    columns.name("누구", "성명")
    columns.go_on()
    expect(columns.errors).to_contain_text("«생년월일» 칸을 골라 주세요")
    columns.name("언제 났나", "생년월일")
    columns.name("어디 동", "행정동")
    columns.name("사는 곳", "도로명주소")
    columns.go_on()
    taking = TakingPage(tablet)
    expect(taking.finished).to_be_visible(timeout=60_000)
    taking.see_result()
    expect(ResultPage(tablet).count("새로 담음")).to_be_visible()
    RoundPage(tablet).open(TITLE).bring_list()
    SendPage(tablet).send(file_of(tmp_path, "다음 명단.csv", LONG + 1, 20))
    expect(ResultPage(tablet).news).to_contain_text("20줄을 읽었습니다")
    round_page = RoundPage(tablet).open(TITLE)
    expect(round_page.lists).to_have_count(2)
    expect(round_page.progress).to_contain_text("0 /")
    with server.records() as session:
        lists = session.scalars(select(ImportedList).where(ImportedList.round.has(title=TITLE))).all()
        assert [(each.row_count, each.rows_left) for each in lists] == [(LONG, 0), (20, 0)]
        assert session.scalars(select(IncomingFile)).all() == session.scalars(select(StagedRows)).all() == []
    assert tablet.hand.small == []
