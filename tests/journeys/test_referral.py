"""A referral is stopped by the consent that is missing, named on the page, and goes out once it was given."""

from __future__ import annotations

from datetime import date

import pytest
from app.consents.models import Consent, ConsentText
from app.consents.rules import ConsentChannel, ConsentKind, Signer
from app.core import clock
from app.households.models import Household
from playwright.sync_api import expect
from sqlalchemy import select
from tests.journeys.conftest import OpenTablet
from tests.journeys.ledger import Ledger
from tests.journeys.serving import Server
from tests.journeys.tablet import PORTRAIT

WORKER, AGENCY = "garam.worker1", "한빛 나눔가게"


@pytest.fixture
def household_id(ledger: Ledger) -> int:
    """One of the worker's households."""
    with ledger.reading() as session:
        worker = ledger.identity(session, WORKER)
        mine = (Household.worker_id == worker.account_id, Household.closed_on.is_(None), ~Household.flags.any())
        found = session.scalars(select(Household.id).where(*mine).order_by(Household.id)).first()
        assert found is not None
        return found


def give_consent(server: Server, household_id: int) -> None:
    """The paper of the person whom the referral is about, as the office has filed it."""
    with server.altering() as session:
        household = session.get_one(Household, household_id)
        text = ConsentText(
            kind=ConsentKind.THIRD_PARTY,
            version="journey",
            effective_from=date(2026, 1, 1),
            title="제3자 제공",
            document={},
        )
        session.add(text)
        session.flush()
        session.add(
            Consent(
                household_id=household_id, member_id=household.members[0].id, kind=ConsentKind.THIRD_PARTY,
                text_id=text.id, receiver=AGENCY, channel=ConsentChannel.PAPER, signer=Signer.SELF,
                given_on=clock.today(), by_id=household.worker_id, at=clock.now(),
            )
        )  # fmt: skip


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
    give_consent(server, household_id)
    tablet.hand.tap(main.get_by_role("link", name="계획·의뢰"))
    tablet.hand.tap(main.get_by_role("link", name=AGENCY))
    expect(main).to_contain_text("보낼 수 있습니다")
    tablet.hand.tap(page.get_by_role("button", name="보낸 것으로 적기"))
    expect(main).to_contain_text("회신 기다림")
    expect(main).to_contain_text("회신 기한")
    tablet.hand.tap(page.get_by_text("지원하기로 함"))
    tablet.hand.tap(page.get_by_role("button", name="회신 저장"))
    expect(main.locator(".tag", has_text="지원하기로 함")).to_be_visible()
