"""의뢰: blocked by what is missing, sent when it is there, answered, overdue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.consents.models import Consent, ConsentText
from app.consents.rules import ConsentChannel, ConsentKind, Signer
from app.core.errors import NotFound, RuleBroken, StaleRecord
from app.follow_ups.queries import list_dues
from app.households.models import Household
from app.plans import queries, service
from app.plans.models import Referral
from app.plans.queries import ReferralFilter
from app.plans.rules import Block, ReferralGround, ReferralReply, ReferralState, SharedFacts
from app.plans.service import ReferralBlocked, ReferralDetails, ReplyDetails
from app.providers.models import Provider
from app.providers.rules import ProviderKind
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.planning import provider
from tests.factories.town import Town
from tests.moments import NOW, TODAY, at, day

SignIn = Callable[[Role | Account], Browser]


@pytest.fixture
def agency(session: Session, town: Town) -> Provider:
    return provider(session, town.who(town.worker))


def consent(
    session: Session, household: Household, kind: ConsentKind = ConsentKind.THIRD_PARTY, agency: Provider | None = None,
    **more: Any,
) -> Consent:  # fmt: skip
    text = ConsentText(kind=kind, version=kind.value, effective_from=date(2026, 1, 1), title="동의", document={})
    session.add(text)
    session.flush()
    row = Consent(
        household_id=household.id, member_id=household.members[0].id, kind=kind, text_id=text.id,
        provider_id=agency.id if agency else None, channel=ConsentChannel.PAPER, signer=Signer.SELF, given_on=TODAY,
        by_id=household.created_by_id, at=NOW, **more,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def details(household: Household, agency: Provider | None = None, **more: Any) -> ReferralDetails:
    plain = {
        "receiver": agency.name if agency else "한빛 이웃회", "reason": "끼니를 거르심", "asked_for": "밑반찬",
        "ground": ReferralGround.CONSENT, "provider_id": agency.id if agency else None,
        "member_id": household.members[0].id, "shared": (SharedFacts.NAME,),
    }  # fmt: skip
    return ReferralDetails(**plain | more)


def draft(session: Session, town: Town, household: Household, given: ReferralDetails) -> Referral:
    return service.draft_referral(session, household, given, actor=town.who(town.worker), now=NOW)


def send(session: Session, town: Town, row: Referral, on: date = TODAY) -> None:
    service.send_referral(
        session, row, version=row.version, sent_on=on, actor=town.who(town.worker), now=at(max(on, TODAY), 15)
    )


def test_without_a_consent_nothing_is_sent_and_the_missing_one_is_named(
    session: Session, town: Town, household: Household, agency: Provider
) -> None:
    row = draft(session, town, household, details(household, agency, shared=(SharedFacts.HEALTH,)))
    with pytest.raises(ReferralBlocked) as blocked:
        send(session, town, row)
    assert blocked.value.blocks == [Block.NO_CONSENT, Block.NO_HEALTH_CONSENT]
    assert (row.state, row.sent_on) == (ReferralState.DRAFT, None)
    consent(session, household, agency=agency)
    assert service.blocks_of(session, row, on=TODAY) == [Block.NO_HEALTH_CONSENT]
    consent(session, household, ConsentKind.SENSITIVE)
    send(session, town, row)
    assert row.state is ReferralState.SENT
    assert row.consent_id is not None


def test_a_consent_may_name_the_agency_as_it_stood_on_the_paper(
    session: Session, town: Town, household: Household
) -> None:
    row = draft(session, town, household, details(household))
    consent(session, household, receiver="한빛이웃회")
    send(session, town, row)
    assert row.reply_due_on == TODAY + timedelta(days=10)


def test_a_ground_of_law_goes_without_consent_but_not_without_words(
    session: Session, town: Town, household: Household, agency: Provider
) -> None:
    row = draft(session, town, household, details(household, agency, ground=ReferralGround.LAW))
    with pytest.raises(ReferralBlocked) as blocked:
        send(session, town, row)
    assert blocked.value.blocks == [Block.NO_GROUND_WORDS]
    worded = details(household, agency, ground=ReferralGround.LAW, ground_note="노인복지법 제39조의6")
    service.change_referral(session, row, worded, version=row.version, actor=town.who(town.worker), now=NOW)
    send(session, town, row)
    assert row.consent_id is None


def test_the_reply_is_due_by_the_agencys_kind_and_stands_among_the_dues(
    session: Session, town: Town, household: Household
) -> None:
    office = provider(session, town.who(town.worker), "한빛구청", kind=ProviderKind.PUBLIC)
    urgent = {"ground": ReferralGround.URGENT, "ground_note": "끼니를 이틀 거름"}
    row = draft(session, town, household, details(household, office, **urgent))
    send(session, town, row)
    assert row.reply_due_on == TODAY + timedelta(days=14)
    assert [due.note for due in list_dues(session, household, today=TODAY) if "회신" in due.label] == ["한빛구청"]
    lead = town.who(town.supervisor)
    assert not queries.list_referrals(session, lead, ReferralFilter(late_on=row.reply_due_on))
    assert queries.list_referrals(session, lead, ReferralFilter(late_on=day(15))) == [row]
    answer = ReplyDetails(ReferralReply.ACCEPTED, day(15), "다음 주부터")
    service.record_reply(session, row, answer, actor=town.who(town.worker), now=at(day(15), 10))
    assert (row.state, row.reply) == (ReferralState.REPLIED, ReferralReply.ACCEPTED)
    assert not [due for due in list_dues(session, household, today=day(15)) if "회신" in due.label]


def test_impossible_days_and_states_are_refused(
    session: Session, town: Town, household: Household, agency: Provider
) -> None:
    worker = town.who(town.worker)
    row = draft(session, town, household, details(household, agency))
    consent(session, household, agency=agency)
    for on, code in ((day(1), "FUTURE_DATE"), (day(-900), "DISTANT_DAY")):
        with pytest.raises(RuleBroken, match=code):
            service.send_referral(session, row, version=row.version, sent_on=on, actor=worker, now=NOW)
    with pytest.raises(StaleRecord):
        service.send_referral(session, row, version=0, sent_on=TODAY, actor=worker, now=NOW)
    with pytest.raises(RuleBroken, match="WRONG_STATE"):
        service.record_reply(session, row, ReplyDetails(ReferralReply.WAITING, TODAY), actor=worker, now=NOW)
    with pytest.raises(RuleBroken, match="REASON_NEEDED"):
        service.end_referral(session, row, because=" ", actor=worker, now=NOW)
    service.end_referral(session, row, because="다른 기관으로", actor=worker, now=NOW)
    with pytest.raises(RuleBroken, match="WRONG_STATE"):
        send(session, town, row)


def test_another_centres_referral_does_not_exist(session: Session, town: Town, household: Household) -> None:
    row = draft(session, town, household, details(household))
    with pytest.raises(NotFound):
        queries.get_referral(session, town.who(town.narae_worker), row.id)
    assert not queries.list_referrals(session, town.who(town.narae_worker))


def test_a_referral_is_written_blocked_sent_and_answered_on_its_pages(
    sign_in_as: SignIn, session: Session, town: Town, household: Household, agency: Provider
) -> None:
    browser = sign_in_as(town.worker)
    form = browser.get(f"/households/{household.id}/referrals/new").form("/referrals/new")
    answer = browser.submit(form, receiver="가람 복지관", reason="끼니", asked_for="밑반찬", shared=["NAME", "HEALTH"])
    path = answer.headers["Location"]
    page = browser.get(path)
    assert "제3자 제공" in page.text
    assert "민감정보" in page.text
    browser.submit(page.form("/send"), status=422)
    consent(session, household, agency=agency)
    consent(session, household, ConsentKind.SENSITIVE)
    browser.submit(browser.get(path).form("/send"))
    assert household.title in browser.get("/plans?view=referrals").text
    page = browser.get(path)
    browser.submit(page.form("/reply"), status=422)
    browser.submit(page.form("/reply"), reply="ACCEPTED", note="월요일부터")
    assert "지원하기로 함" in browser.get(path).text
    browser.open(f"{path}/edit", status=302)


def test_a_referral_is_changed_given_up_and_kept_from_being_overwritten(
    sign_in_as: SignIn, session: Session, town: Town, household: Household
) -> None:
    row = draft(session, town, household, details(household))
    session.commit()
    browser = sign_in_as(town.worker)
    form = browser.get(f"/referrals/{row.id}/edit").form("/edit")
    browser.submit(form, asked_for="이동 지원")
    browser.submit(form, asked_for="다른 것", status=422)
    assert browser.page is not None
    assert "다른 것" in browser.page.html
    browser.submit(browser.get(f"/referrals/{row.id}").form("/end"), because="이사")
    assert "이사" in browser.get(f"/referrals/{row.id}").text
    sign_in_as(town.narae_worker).open(f"/referrals/{row.id}", status=404)
