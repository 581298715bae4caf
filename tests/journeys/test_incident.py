"""안전사고: told from the visit form in a few taps, the draft as it was, the supervisor told, the flags looked at again."""

from __future__ import annotations

from time import monotonic

import pytest
from app.safety.models import Incident
from app.safety.rules import IncidentKind
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger, Stop
from tests.journeys.screens.alerts import Inbox
from tests.journeys.screens.household import HouseholdPage
from tests.journeys.screens.incidents import IncidentPage
from tests.journeys.screens.visit import VisitPage
from tests.journeys.tablet import LANDSCAPE, PORTRAIT, Tablet

NURSE, LEAD = "garam.nurse1", "garam.lead"
MOST_TAPS, MOST_SECONDS = 4, 30
WRITTEN = "현관에서 언성이 높아짐"


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["upright", "flat"])
def test_it_is_told_from_the_visit_form_and_the_draft_is_as_it_was(
    open_tablet: OpenTablet, ledger: Ledger, size: tuple[int, int]
) -> None:
    tablet = open_tablet(NURSE, size=size)
    stop = ledger.overdue(NURSE)
    began_writing(tablet, stop)
    taps, seconds = tells_it(tablet)
    the_draft_is_as_it_was(tablet, stop)
    it_is_stored_once(ledger, stop)
    print(f"\nincident: {taps} taps, {seconds:.1f} s")
    assert taps <= MOST_TAPS
    assert seconds <= MOST_SECONDS
    assert not tablet.hand.small


def test_the_supervisor_hears_and_looks_at_the_flags_again(open_tablet: OpenTablet, ledger: Ledger) -> None:
    nurse = open_tablet(NURSE)
    stop = ledger.overdue(NURSE)
    began_writing(nurse, stop)
    tells_it(nurse)
    lead = open_tablet(LEAD, size=LANDSCAPE)
    expect(Inbox(lead).open().unread(stop.number, "안전사고를 확인해 주세요")).to_have_count(1)
    page = HouseholdPage(lead, stop.id).open()
    page.banner("안전 표시 다시 보기").get_by_role("link", name="안전사고 열기").click()
    lead.page.get_by_label("있었던 일").fill("욕을 하며 물건을 던짐")
    lead.page.get_by_label("조치", exact=True).fill("두 사람이 가기로 함")
    lead.page.get_by_role("button", name="저장", exact=True).click()
    expect(lead.page.locator(".flashes .banner")).to_contain_text("보완을 마쳤습니다")
    lead.page.get_by_role("button", name="다시 보았음").click()
    expect(lead.page.get_by_role("main")).to_contain_text("안전 표시를 다시 보았습니다")
    expect(page.open().banner("안전 표시 다시 보기")).to_have_count(0)
    expect(page.timeline.filter(has_text="안전사고 폭언")).to_have_count(1)


def test_it_is_told_by_keys_alone(open_tablet: OpenTablet, ledger: Ledger) -> None:
    tablet = open_tablet(NURSE, size=LANDSCAPE)
    stop = ledger.overdue(NURSE)
    tablet.open(f"/households/{stop.id}/incidents/new")
    form = IncidentPage(tablet)
    form.page.locator("#kind input").first.focus()
    form.page.keyboard.press("ArrowDown")
    form.page.keyboard.press("Enter")
    expect(form.news).to_contain_text("팀장에게 알렸습니다")
    with ledger.reading() as session:
        [kept] = session.scalars(select(Incident).where(Incident.household_id == stop.id))
        assert kept.kind is IncidentKind.PHYSICAL


def began_writing(tablet: Tablet, stop: Stop) -> None:
    visit = VisitPage(tablet).open(stop.id)
    visit.field_notes.fill(WRITTEN)


def tells_it(tablet: Tablet) -> tuple[int, float]:
    """From the visit form with keys that have not been saved yet, and back; returns taps and seconds."""
    form, before, began = IncidentPage(tablet), tablet.hand.taps, monotonic()
    tablet.hand.tap(form.door)
    tablet.hand.tap(form.kind("폭언"))
    tablet.hand.tap(form.tell)
    expect(form.news).to_contain_text("팀장에게 알렸습니다")
    return tablet.hand.taps - before, monotonic() - began


def the_draft_is_as_it_was(tablet: Tablet, stop: Stop) -> None:
    expect(tablet.page).to_have_url(f"{tablet.server.url}/households/{stop.id}/visits/new")
    expect(VisitPage(tablet).field_notes).to_have_value(WRITTEN)


def it_is_stored_once(ledger: Ledger, stop: Stop) -> None:
    with ledger.reading() as session:
        [kept] = session.scalars(select(Incident).where(Incident.household_id == stop.id))
        assert (kept.kind, kept.is_hurt, kept.completed_at) == (IncidentKind.VERBAL, False, None)
