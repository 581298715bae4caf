"""The officer of the 시군구 lets 정기관리군 be visited every two months: seen beforehand, applied, and on a nurse's list."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from app.core import clock
from app.follow_ups.models import Obligation, RuleVersionRow
from app.follow_ups.queries import list_today
from app.follow_ups.queries.touched import count_stale
from app.households.models import Household
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger
from tests.journeys.screens.rules import RefreshingPage, RulesPage, VersionPage
from tests.journeys.screens.today import Today
from tests.journeys.tablet import DESK, Tablet

OFFICER, NURSE = "gu.officer", "garam.nurse1"
RULE, SOURCE, WHY = "정기관리군", "한빛구 방문건강관리 지침(2026)", "구청 지침 개정 뷁 🏠"


@dataclass(frozen=True)
class Known:
    """A household of the nurse's that is not on today's list, and will be late when it is to be visited more often."""

    id: int
    number: str
    due_on: str


@pytest.fixture
def known(ledger: Ledger) -> Known:
    """The one whose three months are up next."""
    with ledger.reading() as session:
        who = ledger.identity(session, NURSE)
        listed = {call.household.id for call in list_today(session, who, today=clock.today()).calls}
        statement = (
            select(Household.id, Household.number, Obligation.due_on)
            .join(Obligation, Obligation.household_id == Household.id)
            .join(RuleVersionRow, RuleVersionRow.id == Obligation.rule_version_id)
            .where(RuleVersionRow.code == "NURSE_REGULAR", Household.nurse_id == who.account_id)
            .where(Obligation.due_on.is_not(None))
            .order_by(Obligation.due_on)
        )
        key, number, due_on = next(row for row in session.execute(statement) if row[0] not in listed)
        return Known(key, number, f"{due_on.month}/{due_on.day}(")


def test_a_rule_is_changed_after_its_effect_was_seen_and_the_nurse_sees_the_new_date(
    open_tablet: OpenTablet, known: Known, ledger: Ledger
) -> None:
    desk, tablet = open_tablet(OFFICER, size=DESK), open_tablet(NURSE)
    expect(Today(tablet).open().overdue(known.id)).to_have_count(0)
    version = RulesPage(desk).open().begin_new_version(RULE)
    needs_a_source_for_new_figures(version)
    sees_what_would_move(version, known)
    bar = version.apply()
    expect(bar.end).to_be_visible()
    nothing_is_left(ledger)
    desk.page.get_by_role("link", name="돌아가기").click()
    expect(desk.page.get_by_text(f"까닭: {WHY}")).to_be_visible()
    expect(RulesPage(desk).open().line(RULE)).to_contain_text("2개월마다")
    tablet_shows_it(tablet, known)


def needs_a_source_for_new_figures(version: VersionPage) -> None:
    source = version.page.locator("#source").input_value()
    version.every(2, source=source, why=WHY)
    version.preview()
    expect(version.errors).to_contain_text("새 값의 근거")
    expect(version.page.get_by_label("바꾸는 까닭")).to_have_value(WHY)


def sees_what_would_move(version: VersionPage, known: Known) -> None:
    version.every(2, source=SOURCE, why=WHY)
    version.preview()
    expect(version.heading).to_contain_text("이 변경으로 기한이 바뀌는 가구")
    row = version.moved(known.number).first
    expect(row).to_contain_text(known.due_on)
    expect(row).to_contain_text("바로 경과")


def nothing_is_left(ledger: Ledger) -> None:
    with ledger.reading() as session:
        assert count_stale(session, today=clock.today()) == 0


def tablet_shows_it(tablet: Tablet, known: Known) -> None:
    today = Today(tablet).open()
    expect(today.overdue(known.id)).to_be_visible()
    expect(today.why(known.id).first).to_contain_text("2개월마다")


def test_when_the_line_is_gone_the_bar_says_so_and_goes_on_when_asked(open_tablet: OpenTablet, ledger: Ledger) -> None:
    desk = open_tablet(OFFICER, size=DESK)
    desk.forgive("ERR_FAILED")
    version = RulesPage(desk).open().begin_new_version(RULE)
    version.every(2, source=SOURCE, why=WHY)
    version.preview()
    bar = RefreshingPage(desk)
    bar.lose_the_line()
    version.apply()
    expect(bar.trouble).to_be_visible()
    expect(bar.bar).to_be_visible()
    bar.heal()
    desk.hand.tap(bar.go_on)
    expect(bar.end).to_be_visible()
    nothing_is_left(ledger)
