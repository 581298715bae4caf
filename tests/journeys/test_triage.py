"""Two workers on one queue: one takes a person up, tries, is refused with a letter alone, and finishes after a call."""

from __future__ import annotations

from app.discoveries.models import DiscoveryItem
from app.discoveries.rules import ItemOutcome, ItemState
from playwright.sync_api import expect
from tests.journeys.conftest import OpenTablet
from tests.journeys.screens.queue import ItemPage, QueuePage
from tests.journeys.serving import Server

FIRST, SECOND = "garam.worker1", "garam.worker2"


def test_two_workers_one_queue_and_nobody_is_worked_twice(open_tablet: OpenTablet, server: Server) -> None:
    one, two = open_tablet(FIRST), open_tablet(SECOND)
    queues = QueuePage(one).open(), QueuePage(two).open()
    most_urgent = [queue.rows.first for queue in queues]
    expect(most_urgent[0].locator(".score-lines")).to_be_hidden()
    one.hand.tap(most_urgent[0].locator("summary"))
    expect(most_urgent[0].locator(".score-lines")).to_be_visible()
    one.hand.tap(queues[0].claim_button(most_urgent[0]))
    item = ItemPage(one).wait()
    two.hand.tap(queues[1].claim_button(most_urgent[1]))
    expect(ItemPage(two).news).to_contain_text("먼저 맡았습니다")
    item_id = int(one.page.url.partition("#")[0].rsplit("/", 1)[1])
    item.try_it("안내장")
    item.finish("지원 불필요", "이사하며 생긴 체납")
    expect(item.errors).to_contain_text("안내장이나 문자는 닿았는지 알 수 없으므로")
    item.try_it("전화-통화", "모두 냈다고 함")
    item.finish("지원 불필요", "이사하며 생긴 체납")
    expect(item.news).to_contain_text("오늘 안에는 되돌릴 수 있습니다")
    with server.records() as session:
        stored = session.get_one(DiscoveryItem, item_id)
        assert (stored.state, stored.outcome) == (ItemState.CLOSED, ItemOutcome.NO_NEED)
    assert one.hand.small == []
