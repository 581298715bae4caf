"""PHQ-9 문항 9: one answer above nothing opens a restricted task, shows whom to call, and tells the supervisor at once."""

from __future__ import annotations

from app.assessments.models import InstrumentVersion
from app.safety.models import ProtectionTask
from app.safety.rules import ProtectionKind
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger, Stop
from tests.journeys.screens.alerts import Inbox
from tests.journeys.screens.household import HouseholdPage
from tests.journeys.tablet import Tablet

NURSE, LEAD, OTHER_NURSE = "garam.nurse1", "garam.lead", "garam.nurse2"
ITEMS = 9


def test_an_answer_to_the_ninth_item_opens_a_task_and_tells_the_supervisor(
    open_tablet: OpenTablet, ledger: Ledger
) -> None:
    nurse = open_tablet(NURSE)
    stop = ledger.overdue(NURSE)
    answers(nurse, stop, instrument(ledger), ninth=1)
    shows_whom_to_call(nurse)
    task = opened(ledger, stop)
    assert task.kind is ProtectionKind.SUICIDE_RISK
    lead = open_tablet(LEAD)
    expect(Inbox(lead).open().unread(stop.number, "보호 조치를 바로 확인해 주세요")).to_have_count(1)
    expect(HouseholdPage(lead, stop.id).open().banner("보호 조치 중")).to_have_count(1)
    stranger = open_tablet(OTHER_NURSE)
    expect(HouseholdPage(stranger, stop.id).open().banner("보호 조치 중")).to_have_count(0)
    stranger.open(f"/protection/{task.id}")
    stranger.forgive("404")
    expect(stranger.page.get_by_role("heading", level=1)).to_contain_text("찾을 수 없습니다")


def instrument(ledger: Ledger) -> int:
    with ledger.reading() as session:
        newest = select(InstrumentVersion.id).where(InstrumentVersion.code == "PHQ_9").order_by(InstrumentVersion.id)
        return session.scalars(newest).all()[-1]


def answers(tablet: Tablet, stop: Stop, instrument_id: int, *, ninth: int) -> None:
    """Nothing at all on eight items, something on the ninth."""
    tablet.open(f"/households/{stop.id}/assessments/new/{instrument_id}")
    rows = tablet.page.locator("[data-items] fieldset")
    expect(rows).to_have_count(ITEMS)
    for at in range(ITEMS):
        tablet.hand.tap(rows.nth(at).locator("label").nth(ninth if at == ITEMS - 1 else 0))
    tablet.hand.tap(tablet.page.get_by_role("button", name="평가 저장"))


def shows_whom_to_call(tablet: Tablet) -> None:
    """The task's own page, with the numbers for this and no others."""
    expect(tablet.page.get_by_role("heading", level=1)).to_contain_text("자살 위험")
    calls = tablet.page.locator("main a[href^='tel:']")
    expect(calls.filter(has_text="109")).to_have_count(1)
    expect(calls.filter(has_text="1577-0199")).to_have_count(1)
    expect(calls.filter(has_text="1577-1389")).to_have_count(0)


def opened(ledger: Ledger, stop: Stop) -> ProtectionTask:
    with ledger.reading() as session:
        return session.scalars(select(ProtectionTask).where(ProtectionTask.household_id == stop.id)).one()
