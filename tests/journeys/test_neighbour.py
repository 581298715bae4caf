"""A neighbour tells of somebody on a phone; the centre's worker hears, takes it up and says whose household it is."""

from __future__ import annotations

import re

from app.discoveries.models import DiscoveryItem, NeighbourReport
from app.households.models import Household
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger
from tests.journeys.screens.queue import ItemPage
from tests.journeys.serving import Server
from tests.journeys.tablet import PHONE

WORKER = "garam.worker1"


def test_what_a_neighbour_saw_reaches_the_worker_and_the_household(
    open_tablet: OpenTablet, server: Server, ledger: Ledger
) -> None:
    phone = open_tablet(size=PHONE)
    page = phone.page
    phone.open("/neighbour")
    expect(page.get_by_role("main")).to_contain_text("급하면 112·119")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is cut off at 360"
    phone.hand.tap(page.get_by_text("우편물이 쌓여 있어요"))
    phone.hand.tap(page.get_by_text("며칠째 안 보여요"))
    page.get_by_label("어느 동네인가요?").select_option(label="가람동")
    phone.hand.write(page.get_by_label("어디인가요?"), "구름시장 뒤 2층")
    phone.hand.tap(page.get_by_role("button", name="보내기"))
    expect(page.get_by_role("heading", name="잘 받았습니다")).to_be_visible()
    receipt = page.locator(".neighbour-receipt").inner_text()
    assert re.fullmatch(r"\d{4}-\d{4}", receipt)
    assert phone.hand.small == []
    with ledger.reading() as session:
        centre_id = ledger.identity(session, WORKER).centre_id
        known = session.scalars(
            select(Household)
            .where(Household.centre_id == centre_id, Household.closed_on.is_(None))
            .order_by(Household.id)
        ).first()
        assert known is not None
        number, household_id = known.number, known.id
    tablet = open_tablet(WORKER)
    desk = tablet.page
    tablet.open("/alerts")
    tablet.hand.tap(desk.get_by_role("link", name="며칠째 안 보여요 · 우편물이 쌓여 있어요").first)
    item = ItemPage(tablet).wait()
    expect(desk.get_by_role("main")).to_contain_text("구름시장 뒤 2층")
    tablet.hand.tap(desk.get_by_role("button", name="맡기"))
    tablet.hand.tap(desk.get_by_role("link", name="가구 찾기"))
    tablet.hand.write(desk.get_by_label("가구 찾기"), number)
    tablet.hand.tap(desk.get_by_role("button", name="찾기"))
    tablet.hand.tap(desk.get_by_role("button", name=f"이 가구와 연결 {number}"))
    expect(item.news).to_contain_text("가구와 연결했습니다")
    with server.records() as session:
        report = session.scalars(select(NeighbourReport).where(NeighbourReport.receipt == receipt)).one()
        assert session.get_one(DiscoveryItem, report.item_id).household_id == household_id
