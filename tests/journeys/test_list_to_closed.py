"""A list from the file to closed items: two workers share it, nobody is worked twice, the round counts them."""

from __future__ import annotations

import csv
from pathlib import Path

from app.discoveries.models import DiscoveryItem, ListRow
from app.discoveries.rules import ItemState
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger
from tests.journeys.screens.queue import ItemPage, QueuePage
from tests.journeys.screens.rounds import RoundPage, SendPage
from tests.journeys.tablet import LANDSCAPE, Tablet

FIRST, SECOND = "garam.worker1", "garam.worker2"
TITLE = "두 사람이 나눈 명단"
HEADING = ("성명", "생년월일", "휴대전화", "행정동", "도로명주소", "위기정보", "체납개월수")
CRISES = "단전, 단수, 단가스, 기초수급 탈락"
"""Enough to stand at the head of the queue."""
PEOPLE = ("뷁가람", "뷁나루", "뷁다온", "뷁라온")


def written(folder: Path) -> Path:
    """The list as a file."""
    file = folder / "list.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = (
            (
                name,
                f"19{50 + at}-03-1{at}",
                f"010-0{771 + at}-44{at}8",
                "가람동",
                f"한빛구 가람로 {301 + at * 2}",
                CRISES,
                14,
            )
            for at, name in enumerate(PEOPLE)
        )
        csv.writer(out).writerows([HEADING, *rows])
    return file


def worked(tablet: Tablet, name: str, outcome: str, note: str) -> None:
    """Take up one person of the queue, call, and write what became of it."""
    queue = QueuePage(tablet).open()
    tablet.hand.tap(queue.claim_button(queue.rows.filter(has_text=name)))
    item = ItemPage(tablet).wait()
    item.try_it("전화-통화", "통화함")
    item.finish(outcome, note)
    expect(item.news).to_contain_text("오늘 안에는 되돌릴 수 있습니다")


def test_a_list_is_shared_by_two_until_everybody_on_it_was_answered(
    open_tablet: OpenTablet, ledger: Ledger, tmp_path: Path
) -> None:
    officer = open_tablet("gu.officer", size=LANDSCAPE)
    of_round = RoundPage(officer).open_new(TITLE)
    of_round.bring_list()
    SendPage(officer).send(written(tmp_path))
    officer.page.wait_for_url("**/discoveries/lists/*")
    one, two = open_tablet(FIRST), open_tablet(SECOND, size=LANDSCAPE)
    queues = QueuePage(one).open(), QueuePage(two).open()
    rows = [queue.rows.filter(has_text=PEOPLE[0]) for queue in queues]
    one.hand.tap(queues[0].claim_button(rows[0]))
    ItemPage(one).wait()
    two.hand.tap(queues[1].claim_button(rows[1]))
    expect(ItemPage(two).news).to_contain_text("먼저 맡았습니다")
    ItemPage(one).try_it("전화-통화", "통화함")
    ItemPage(one).finish("지원 불필요", "이사하며 생긴 체납")
    expect(ItemPage(one).news).to_contain_text("오늘 안에는 되돌릴 수 있습니다")
    worked(two, PEOPLE[1], "민간서비스 연계", "푸드뱅크 밑반찬")
    worked(one, PEOPLE[2], "공공급여 연계: 기타", "에너지바우처")
    worked(two, PEOPLE[3], "지원 불필요", "자녀가 내기로 함")
    expect(RoundPage(officer).open(TITLE).progress).to_contain_text("4 / 4")
    with ledger.reading() as session:
        items = session.scalars(
            select(DiscoveryItem)
            .join(ListRow, ListRow.id == DiscoveryItem.list_row_id)
            .order_by(DiscoveryItem.id.desc())
            .limit(len(PEOPLE))
        ).all()
        assert {item.state for item in items} == {ItemState.CLOSED}
        assert len({item.outcome_by_id for item in items}) == 2
        assert all(item.outcome_by_id == item.claimed_by_id for item in items)
