"""A referral is stopped by the consent that is missing, named on the page, and goes out once it was given."""

from __future__ import annotations

import pytest
from app.consents.models import Consent
from app.households.models import Household
from app.plans.models import Referral
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger
from tests.journeys.screens.attachments import SignaturePage
from tests.journeys.serving import Server
from tests.journeys.tablet import PORTRAIT

WORKER, AGENCY = "garam.worker1", "한빛 나눔가게"
STROKE = [(0.1 + step / 40, 0.3 + (step % 3) / 10) for step in range(12)]
HAND_MOVES = 1_200
"""Milliseconds from the pad to a button; two touches closer together are one gesture to a browser."""


@pytest.fixture
def household_id(ledger: Ledger) -> int:
    """One of the worker's households."""
    with ledger.reading() as session:
        worker = ledger.identity(session, WORKER)
        mine = (Household.worker_id == worker.account_id, Household.closed_on.is_(None), ~Household.flags.any())
        found = session.scalars(select(Household.id).where(*mine).order_by(Household.id)).first()
        assert found is not None
        return found


def test_a_referral_waits_for_the_consent_and_is_then_sent(
    open_tablet: OpenTablet, server: Server, household_id: int
) -> None:
    tablet = open_tablet(WORKER, size=PORTRAIT)
    page, main = tablet.page, tablet.page.locator("main")
    tablet.open(f"/households/{household_id}")
    tablet.hand.tap(page.get_by_role("complementary").get_by_role("link", name="계획·의뢰", exact=True))
    tablet.hand.tap(page.get_by_role("link", name="의뢰하기"))
    tablet.hand.write(page.get_by_label("의뢰할 기관"), AGENCY)
    tablet.hand.write(page.get_by_label("의뢰하는 까닭"), "혼자 끼니를 챙기지 못하심")
    tablet.hand.write(page.get_by_label("요청하는 것"), "밑반찬 주 2회")
    tablet.hand.tap(page.get_by_role("button", name="저장"))
    expect(main).to_contain_text("아직 보낼 수 없습니다")
    expect(main).to_contain_text("«제3자 제공» 동의가 없습니다")
    tablet.hand.tap(page.get_by_role("button", name="보낸 것으로 적기"))
    expect(page.locator("[data-error-summary]")).to_contain_text("제3자 제공")
    tablet.hand.tap(page.get_by_role("button", name="동의 받기"))
    expect(page.get_by_label("받는 곳")).to_have_value(AGENCY)
    tablet.hand.tap(page.locator(".chip", has_text="화면 서명"))
    tablet.hand.tap(page.get_by_role("button", name="다음"))
    expect(page.locator(".signed-text")).to_contain_text(AGENCY)
    signing = SignaturePage(tablet)
    signing.draw(STROKE)
    expect(signing.state).to_have_text("1획")
    page.wait_for_timeout(HAND_MOVES)
    tablet.hand.tap(page.get_by_role("button", name="서명 저장"))
    expect(main).to_contain_text("혼자 끼니를 챙기지 못하심")
    expect(main).to_contain_text("보낼 수 있습니다")
    tablet.hand.tap(page.get_by_role("button", name="보낸 것으로 적기"))
    expect(main).to_contain_text("회신 기다림")
    expect(main).to_contain_text("회신 기한")
    tablet.hand.tap(page.get_by_text("지원하기로 함"))
    tablet.hand.tap(page.get_by_role("button", name="회신 저장"))
    expect(main.locator(".tag", has_text="지원하기로 함")).to_be_visible()
    with server.records() as session:
        row = session.scalars(
            select(Referral).where(Referral.household_id == household_id).order_by(Referral.id.desc())
        ).first()
        assert row is not None
        consent = session.get_one(Consent, row.consent_id)
        assert consent.receiver == AGENCY
        assert consent.signature_id is not None
