"""What people are reminded of: the morning leads to 오늘, the week opens into its visits, the mail can be turned off."""

from __future__ import annotations

from app.accounts.models import Account
from app.core import clock
from app.reminders.service import remind
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.screens.alerts import Inbox
from tests.journeys.serving import Server
from tests.journeys.tablet import PHONE

NURSE, LEAD = "garam.nurse1", "garam.lead"


def tell(server: Server) -> None:
    """This morning, as the timetable tells it."""
    with server.altering() as session:
        people = session.scalars(select(Account).where(Account.login.in_((NURSE, LEAD)))).unique().all()
        assert remind(session, people, words=None, today=clock.today(), now=clock.now()) == 2


def test_the_morning_leads_to_what_waits(open_tablet: OpenTablet, server: Server) -> None:
    tell(server)
    tablet = open_tablet(NURSE)
    news = Inbox(tablet).open().unread("오늘 할 일", "가구")
    expect(news).to_have_count(1)
    tablet.hand.tap(news)
    expect(tablet.page).to_have_url(f"{server.url}/today")
    assert not tablet.hand.small


def test_the_week_opens_into_its_visits(open_tablet: OpenTablet, server: Server) -> None:
    tell(server)
    tablet = open_tablet(LEAD, size=PHONE)
    news = Inbox(tablet).open().unread("주간 요약", "방문")
    tablet.hand.tap(news)
    count = tablet.page.get_by_role("list", name="지난주").get_by_role("link", name="부재")
    shown = "".join(sign for sign in count.inner_text() if sign.isdigit())
    tablet.hand.tap(count)
    expect(tablet.page.get_by_role("heading", level=1)).to_have_text(f"지난주 부재 {shown}건")
    expect(tablet.page.get_by_role("list", name="지난주 방문").get_by_role("listitem")).to_have_count(int(shown))
    assert not tablet.hand.small


def test_the_daily_mail_is_turned_on_and_off_by_its_reader(open_tablet: OpenTablet) -> None:
    tablet = open_tablet(NURSE)
    tablet.open("/me")
    form = tablet.page.get_by_role("form", name="메일")
    tablet.hand.write(form.get_by_label("메일 주소"), "garam@korea")
    tablet.hand.tap(form.get_by_role("button"))
    expect(tablet.page.get_by_text("name@korea.kr").first).to_be_visible()
    tablet.hand.write(form.get_by_label("메일 주소"), ".kr")
    tablet.hand.tap(form.get_by_text("하루 한 번 메일 받기"))
    tablet.hand.tap(form.get_by_role("button"))
    expect(tablet.page.get_by_text("메일 설정을 저장했습니다")).to_be_visible()
    expect(form.get_by_label("메일 주소")).to_have_value("garam@korea.kr")
    expect(form.get_by_role("checkbox")).not_to_be_checked()
