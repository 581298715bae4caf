"""A referral names exactly whose consent of which kind towards whom it lacks, leads to it and back; a withdrawal is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.consents.models import Consent
from app.consents.rules import ConsentKind, Receiver
from app.households.models import Household
from app.plans import queries, service
from app.plans.models import Referral
from app.plans.rules import Block, ReferralGround, ReferralState, SharedFacts
from app.plans.service import ReferralDetails
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.consents import give
from tests.factories.households import add_household
from tests.factories.town import Town
from tests.invariants.conftest import HEAD, SPOUSE
from tests.moments import NOW, TODAY

Enter = Callable[[Role | Account], Browser]
TO = Receiver("한빛 나눔가게")


@pytest.fixture
def household(session: Session, town: Town) -> Household:
    return add_household(session, town.who(town.worker), HEAD, SPOUSE)


def draft(
    session: Session, town: Town, household: Household, *, of_all: bool = False, health: bool = False
) -> Referral:
    shared = (SharedFacts.NAME, SharedFacts.HEALTH) if health else (SharedFacts.NAME,)
    member_id = None if of_all else household.members[0].id
    details = ReferralDetails(
        TO.name, "끼니를 거르심", "밑반찬", ReferralGround.CONSENT, member_id=member_id, shared=shared
    )
    return service.draft_referral(session, household, details, actor=town.who(town.worker), now=NOW)


def test_of_a_whole_household_everybodys_consent_is_needed(session: Session, town: Town, household: Household) -> None:
    row = draft(session, town, household, of_all=True)
    give(session, household, town.who(town.worker), ConsentKind.THIRD_PARTY, TO)
    (missing,) = queries.missing_of(session, row, on=TODAY)
    assert (missing.need.member_id, missing.need.kind) == (household.members[1].id, ConsentKind.THIRD_PARTY)
    assert service.blocks_of(session, row, on=TODAY) == [Block.NO_CONSENT]


def test_the_missing_consent_is_named_taken_on_its_page_and_the_referral_stands_as_typed(
    sign_in_as: Enter, session: Session, town: Town, household: Household
) -> None:
    row = draft(session, town, household, health=True)
    session.commit()
    browser, here = sign_in_as(town.worker), f"/referrals/{row.id}"
    page = browser.get(here)
    assert "천둥솔 님의 «제3자 제공» 동의(받는 곳: 한빛 나눔가게): 받은 적이 없습니다." in page.text
    assert "천둥솔 님의 «민감정보(건강) 처리» 동의: 받은 적이 없습니다." in page.text
    for kind in ("THIRD_PARTY", "SENSITIVE"):
        beginning = next(form for form in browser.get(here).forms() if form.fields.get("kind") == kind)
        browser.submit(beginning, status=200)
        assert browser.page is not None
        form = browser.page.form("/consents/new")
        assert form.fields["next"] == here
        browser.submit(form, channel="SPOKEN", status=422)
        assert browser.page.form("/consents/new").fields["next"] == here
        assert browser.submit(browser.page.form("/consents/new"), channel="PAPER").headers["Location"] == here
    page = browser.get(here)
    assert "보낼 수 있습니다" in page.text
    assert "끼니를 거르심" in page.text
    kept = session.scalars(select(Consent).order_by(Consent.id)).all()
    assert [(each.kind, each.receiver) for each in kept] == [
        (ConsentKind.THIRD_PARTY, TO.name), (ConsentKind.SENSITIVE, "")
    ]  # fmt: skip
    browser.submit(page.form("/send"))
    session.refresh(row)
    assert (row.state, row.consent_id) == (ReferralState.SENT, kept[0].id)


def test_nobody_takes_a_consent_of_somebody_else_for_a_referral(
    sign_in_as: Enter, session: Session, town: Town, household: Household
) -> None:
    stranger = add_household(session, town.who(town.worker)).members[0]
    session.commit()
    browser = sign_in_as(town.worker)
    form = browser.get(f"/households/{household.id}/consents/new").form("/consents/new")
    browser.submit(form, member_id=str(stranger.id), channel="PAPER", status=422)
    browser.submit(form, begin="1", member_id=str(stranger.id), next="//elsewhere.example", status=200)
    assert browser.page is not None
    assert "elsewhere" not in " ".join(browser.page.links())


def test_a_withdrawal_names_the_open_referrals_that_rest_on_it_and_tells_who_wrote_them(
    sign_in_as: Enter, session: Session, town: Town, household: Household
) -> None:
    worker = town.who(town.worker)
    consent = give(session, household, worker, ConsentKind.THIRD_PARTY, TO)
    sent, written = draft(session, town, household), draft(session, town, household)
    service.send_referral(session, sent, version=sent.version, sent_on=TODAY, actor=worker, now=NOW)
    other = give(session, household, worker, ConsentKind.THIRD_PARTY, Receiver("다른 곳"))
    assert queries.resting_on(session, consent) == [written, sent]
    assert queries.resting_on(session, other) == []
    session.commit()
    nurse = sign_in_as(town.nurse)
    page = nurse.get(f"/consents/{consent.id}/withdraw")
    assert "이 동의에 기댄 의뢰 2건" in page.text
    nurse.submit(page.form("/withdraw"), because="본인이 전화로")
    told = session.scalars(select(Alert).where(Alert.kind == AlertKind.REFERRAL)).all()
    assert {alert.recipient_id for alert in told} == {town.worker.id}
    assert "근거가 된 동의를 거두었습니다" in nurse.get(f"/referrals/{sent.id}").text
    assert "본인이 거두었습니다" in nurse.get(f"/referrals/{written.id}").text
    assert "동의 거둠" in nurse.get("/plans?view=referrals").text
    assert service.blocks_of(session, written, on=TODAY) == [Block.WITHDRAWN]
