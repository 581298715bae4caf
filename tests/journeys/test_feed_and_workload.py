"""A nurse's calendar on her phone, and the supervisor who sees that she has too much."""

from __future__ import annotations

import re

import vobject
from app.audit.models import AccessLog
from app.audit.rules import Action
from playwright.sync_api import APIRequestContext, APIResponse, expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.screens.feeds import Feeds
from tests.journeys.screens.workload import WorkloadPage
from tests.journeys.serving import Server
from tests.journeys.tablet import LANDSCAPE

NURSE, LEAD = "garam.nurse1", "garam.lead"


def asks(phone: APIRequestContext, address: str) -> APIResponse:
    """A calendar asks; it knows nobody and is signed in nowhere."""
    return phone.get(address, headers={"Accept": "text/calendar"})


def test_a_phone_subscribes_reads_and_is_cut_off(open_tablet: OpenTablet, server: Server) -> None:
    tablet, phone = open_tablet(NURSE), open_tablet().context.request
    feeds = Feeds(tablet).open()
    address = feeds.make("내 휴대전화")
    assert not tablet.hand.small
    answer = asks(phone, address)
    calendar = vobject.readOne(answer.text())
    assert answer.status == 200
    summaries = [event.summary.value for event in calendar.vevent_list]
    assert any(re.fullmatch(r"방문 기한 \d+가구", summary) for summary in summaries)
    assert any("기한" not in summary and not summary.startswith("방문") for summary in summaries)  # a holiday
    feeds.open()
    expect(feeds.address).to_have_count(0)
    expect(feeds.device("내 휴대전화")).to_contain_text("마지막으로 읽은 때")
    feeds.revoke("내 휴대전화")
    expect(feeds.device("내 휴대전화")).to_have_count(0)
    assert asks(phone, address).status == 404
    with server.records() as session:
        told = session.scalars(select(AccessLog.detail).where(AccessLog.action == Action.CALENDAR_FEED)).all()
    assert (told[0], told[-1], len(told)) == ("만듦", "끊음", 3)


def test_a_supervisor_sees_who_has_too_much_and_who_has_room(open_tablet: OpenTablet, server: Server) -> None:
    tablet = open_tablet(LEAD, size=LANDSCAPE)
    name = server.staff[NURSE].name
    board = WorkloadPage(tablet).open()
    load = int(re.match(r"\d+", board.number(name, 0).inner_text())[0])  # type: ignore[index]
    assert load > 5
    tablet.hand.tap(board.number(name, 0))
    expect(board.rows).to_have_count(load)
    expect(tablet.page.get_by_role("heading", level=1)).to_have_text(f"이번 주 할 일 {load}건")
    board.open().set_capacity(name, 1)
    expect(tablet.page.get_by_text("하루 방문 5(기본) → 1")).to_be_visible()
    board.open()
    expect(board.week_of(name, 0)).to_contain_text(re.compile(r"넘침 \d+"))
    expect(board.hint(name)).to_contain_text("여유 있는 사람")
    tablet.hand.tap(board.hint(name).get_by_role("link", name=f"{name} 가구 옮기기"))
    expect(tablet.page.get_by_role("heading", level=1)).to_have_text("담당 옮기기")
