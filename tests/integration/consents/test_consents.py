"""Consents are given, signed, renewed and withdrawn; who needs one finds it; those that run out are listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from app.access.identity import Identity
from app.access.permissions import Role
from app.accounts.models import Account
from app.attachments.rules import NotSigned, SignatureDetails, SignerRole
from app.attachments.service import FileStore
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.consents import queries
from app.consents.models import Consent, ConsentText
from app.consents.queries import ExpiringFilter
from app.consents.rules import (
    NOBODY,
    ConsentChannel,
    ConsentDetails,
    ConsentKind,
    Need,
    Paragraph,
    Receiver,
    Signer,
    covering,
    words_from,
)
from app.consents.service import (
    ConsentLacks,
    TextChange,
    add_consent_texts,
    change_text,
    give_consent,
    renew_consent,
    sign_consent,
    text_of,
    withdraw_consent,
)
from app.core.errors import NotFound, RuleBroken
from app.households.models import Household, Member
from app.households.rules import HealthGround, MemberDetails, Relation
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.consents import give
from tests.factories.households import add_household
from tests.factories.reference import read_shipped
from tests.factories.town import Town
from tests.moments import NOW, TODAY, day

TO = Receiver("한빛 나눔가게")
Enter = Callable[[Role | Account], Browser]
INK = (((10, 10, 0), (900, 500, 300)),)


@pytest.fixture(autouse=True)
def texts(session: Session) -> None:
    add_consent_texts(session, read_shipped("consent_texts"))


def test_the_shipped_texts_are_loaded_once(session: Session) -> None:
    assert add_consent_texts(session, read_shipped("consent_texts")) == 0
    assert session.scalar(select(func.count(ConsentText.id))) == 3


def covered(
    session: Session, member: Member, kind: ConsentKind, receiver: Receiver = NOBODY, *, on: date
) -> Consent | None:
    """The newest consent of a person that covers a kind, towards a receiver, on a day."""
    found = covering(Need(member.id, kind, receiver), queries.facts_of(session, member.household_id), on=on)
    return session.get_one(Consent, found.consent_id) if found else None


def test_a_consent_lasts_as_long_as_its_text_proposes_and_is_found_by_whoever_needs_it(
    session: Session, household: Household, worker: Identity
) -> None:
    row = give(session, household, worker, ConsentKind.THIRD_PARTY, TO)
    member = household.members[0]
    assert row.valid_until == date(2027, 11, 23)
    found = covered(session, member, ConsentKind.THIRD_PARTY, Receiver("한빛나눔가게"), on=TODAY)
    assert found is row
    assert covered(session, member, ConsentKind.THIRD_PARTY, Receiver("다른 곳"), on=TODAY) is None
    assert covered(session, member, ConsentKind.SENSITIVE, on=TODAY) is None
    assert queries.consent_line(session, household.id, today=TODAY) == "1건"
    log = session.scalars(select(AccessLog).where(AccessLog.action == Action.CONSENT)).one()
    assert (log.household_id, log.detail) == (household.id, "THIRD_PARTY PAPER")


def test_the_same_consent_sent_twice_is_kept_once(session: Session, household: Household, worker: Identity) -> None:
    assert give(session, household, worker) is give(session, household, worker)


def test_everything_that_is_wrong_is_told_and_nothing_kept(
    session: Session, household: Household, worker: Identity
) -> None:
    with pytest.raises(ConsentLacks) as refused:
        give(session, household, worker, ConsentKind.THIRD_PARTY, signer=Signer.FAMILY)
    assert [each.field for each in refused.value.problems] == ["receiver", "signer_name", "proxy_because"]
    assert session.scalar(select(func.count(Consent.id))) == 0


def test_nobody_else_agrees_for_a_household(session: Session, household: Household, worker: Identity) -> None:
    stranger = add_household(session, worker).members[0]
    details = ConsentDetails(stranger.id, ConsentKind.PERSONAL, 0, ConsentChannel.PAPER, TODAY)
    with pytest.raises(RuleBroken, match="STRANGER"):
        give_consent(session, household, details, actor=worker, now=NOW)


def test_a_child_below_fourteen_does_not_agree_alone(session: Session, worker: Identity) -> None:
    family = add_household(session, worker, MemberDetails("이나루", Relation.HEAD, birth_on=date(2014, 1, 1)))
    with pytest.raises(ConsentLacks, match="CHILD"):
        give(session, family, worker)
    give(session, family, worker, signer=Signer.GUARDIAN, signer_name="이모", proxy_because="부모 사망, 후견인")


def test_a_paper_of_last_year_is_by_the_text_of_last_year(
    session: Session, household: Household, worker: Identity, town: Town
) -> None:
    old = give(session, household, worker, given_on=day(-200))
    own = change_text(session, own_text(session, worker), actor=town.who(town.district_officer), now=NOW)
    new = give(session, household, worker)
    assert (old.text.district_id, new.text) == (None, own)
    assert old.words.paragraphs[0].words != "우리 말"
    assert new.words.paragraphs[0].words == "우리 말"


def own_text(session: Session, worker: Identity) -> TextChange:
    row = queries.text_in_force(session, worker.district_id, ConsentKind.PERSONAL, on=TODAY)
    words = words_from(row.kind, row.version, row.title, row.document)
    told = (Paragraph(words.paragraphs[0].heading, "우리 말"), *words.paragraphs[1:])
    return TextChange(ConsentKind.PERSONAL, words.title, told, 6, TODAY, "우리 구 서식", "쉬운 말로")


def test_a_district_words_its_own_text_and_no_other_district_hears_of_it(
    session: Session, town: Town, worker: Identity
) -> None:
    officer = town.who(town.district_officer)
    change = own_text(session, worker)
    row = change_text(session, change, actor=officer, now=NOW)
    far = town.far_supervisor.district_id
    assert queries.text_in_force(session, far, ConsentKind.PERSONAL, on=TODAY).district_id is None
    with pytest.raises(NotFound):
        queries.get_text(session, far, row.id)
    for wrong, code in (
        (replace(change, effective_from=day(-1)), "PAST_DATE"), (replace(change, why=" "), "REASON_NEEDED"),
        (replace(change, paragraphs=change.paragraphs[:1]), "TEXT_UNFIT"), (replace(change, months=61), "TEXT_UNFIT"),
    ):  # fmt: skip
        with pytest.raises(RuleBroken, match=code):
            change_text(session, wrong, actor=officer, now=NOW)


def signature(**more: object) -> SignatureDetails:
    told = {"strokes": INK, **more}
    return SignatureDetails(uuid4(), "천둥솔", SignerRole.SELF, **told)  # type: ignore[arg-type]


def test_on_the_screen_it_counts_from_the_signature_on(
    session: Session, household: Household, worker: Identity, tmp_path: Path
) -> None:
    row = give(session, household, worker, channel=ConsentChannel.SCREEN)
    member, store = household.members[0], FileStore(tmp_path)
    assert covered(session, member, ConsentKind.PERSONAL, on=TODAY) is None
    shown = text_of(row).sha256
    declined = signature(strokes=(), not_signed=NotSigned.DECLINED, witness="통장 민하준")
    with pytest.raises(RuleBroken, match="NO_CONSENT"):
        sign_consent(session, row, declined, shown_hash=shown, store=store, actor=worker, now=NOW)
    with pytest.raises(RuleBroken, match="TEXT_CHANGED"):
        sign_consent(session, row, signature(), shown_hash="0" * 64, store=store, actor=worker, now=NOW)
    sign_consent(session, row, signature(), shown_hash=shown, store=store, actor=worker, now=NOW)
    assert covered(session, member, ConsentKind.PERSONAL, on=TODAY) is row
    kept = row.signature_id
    sign_consent(session, row, signature(), shown_hash=shown, store=store, actor=worker, now=NOW)
    assert row.signature_id == kept


def test_withdrawn_it_covers_nothing_from_that_day_on(session: Session, household: Household, worker: Identity) -> None:
    row = give(session, household, worker, given_on=day(-10))
    for on, because, code in (
        (day(1), "전화", "WRONG_DAY"),
        (day(-11), "전화", "WRONG_DAY"),
        (TODAY, " ", "REASON_NEEDED"),
    ):
        with pytest.raises(RuleBroken, match=code):
            withdraw_consent(session, row, on=on, because=because, actor=worker, now=NOW)
    withdraw_consent(session, row, on=day(-2), because="딸이 전화로", actor=worker, now=NOW)
    member = household.members[0]
    assert covered(session, member, ConsentKind.PERSONAL, on=day(-3)) is row
    assert covered(session, member, ConsentKind.PERSONAL, on=day(-2)) is None
    withdraw_consent(session, row, on=TODAY, because="다시", actor=worker, now=NOW)
    assert (row.withdrawn_on, row.withdrawn_because) == (day(-2), "딸이 전화로")


def test_what_runs_out_is_listed_until_it_is_renewed(
    session: Session, household: Household, worker: Identity, town: Town
) -> None:
    soon = give(session, household, worker, valid_until=day(20))
    late = give(session, household, worker, ConsentKind.THIRD_PARTY, TO, given_on=day(-90), valid_until=day(-5))
    far = give(session, household, worker, ConsentKind.SENSITIVE, valid_until=day(45))
    give(
        session,
        household,
        worker,
        ConsentKind.THIRD_PARTY,
        Receiver("오래된 곳"),
        given_on=day(-300),
        valid_until=day(-61),
    )

    def listed(days: int, who: Identity = worker, **more: int) -> list[tuple[Consent, int]]:
        found = queries.list_expiring(session, who, ExpiringFilter(days, **more), today=TODAY)
        return [(each.consent, each.days_left) for each in found]

    assert listed(30) == [(late, -5), (soon, 20)]
    assert listed(60) == [(late, -5), (soon, 20), (far, 45)]
    assert listed(60, town.who(town.narae_worker)) == []
    assert listed(60, town.who(town.district_officer), centre_id=town.narae.id) == []
    assert listed(30, worker_id=town.other_worker.id) == []
    details = ConsentDetails(0, ConsentKind.PERSONAL, 0, ConsentChannel.PAPER, TODAY)
    renewed = renew_consent(session, late, details, actor=worker, now=NOW)
    assert (renewed.kind, renewed.receiver, renewed.member_id) == (late.kind, late.receiver, late.member_id)
    withdraw_consent(session, soon, on=TODAY, because="전화", actor=worker, now=NOW)
    assert listed(60) == [(far, 45)]


def test_a_consent_of_another_centre_is_not_there(
    session: Session, household: Household, worker: Identity, town: Town
) -> None:
    row = give(session, household, worker)
    with pytest.raises(NotFound):
        queries.get_consent(session, town.who(town.narae_supervisor), row.id)
    with pytest.raises(NotFound):
        queries.get_consent(session, worker, 2**70)


def test_health_shared_by_consent_without_one_is_told(session: Session, worker: Identity) -> None:
    household = add_household(session, worker, health_ground=HealthGround.CONSENT)
    assert queries.is_health_unconsented(session, household, on=TODAY)
    row = give(session, household, worker, ConsentKind.SENSITIVE)
    assert not queries.is_health_unconsented(session, household, on=TODAY)
    withdraw_consent(session, row, on=TODAY, because="전화", actor=worker, now=NOW)
    assert queries.is_health_unconsented(session, household, on=TODAY)


def test_a_consent_on_paper_is_typed_renewed_and_withdrawn_on_its_pages(
    sign_in_as: Enter, session: Session, household: Household, town: Town
) -> None:
    browser, pages = sign_in_as(town.worker), f"/households/{household.id}/consents"
    form = browser.get(f"{pages}/new?kind=third").form("/new")
    browser.submit(form, channel="SPOKEN", status=422)
    assert browser.page is not None
    assert "기관마다 따로 받습니다" in browser.page.text
    assert "무엇을 듣고 동의했는지" in browser.page.text
    browser.submit(browser.page.form("/new"), channel="PAPER", receiver="<b>뷁 나눔", note="2번 서류함")
    row = session.scalars(select(Consent)).one()
    assert "<b>뷁 나눔" in browser.get(pages).text
    assert "2번 서류함" in browser.get(f"/consents/{row.id}").text
    browser.submit(browser.get(f"/consents/{row.id}/renew").form("/renew"), channel="PAPER", given_on="2026-11-22")
    assert session.scalar(select(func.count(Consent.id))) == 2
    form = browser.get(f"/consents/{row.id}/withdraw").form("/withdraw")
    browser.submit(form, because="", status=422)
    browser.submit(form, because="본인이 전화로")
    assert "거둔 동의입니다" in browser.get(f"/consents/{row.id}").text
    browser.open(f"/consents/{row.id}/withdraw", status=302)


def test_on_the_screen_one_is_led_to_the_pad_and_may_sign_later(
    sign_in_as: Enter, session: Session, household: Household, town: Town
) -> None:
    browser, pages = sign_in_as(town.nurse), f"/households/{household.id}/consents"
    answer = browser.submit(browser.get(f"{pages}/new").form("/new"), channel="SCREEN")
    row = session.scalars(select(Consent)).one()
    assert answer.headers["Location"].startswith(f"/consents/{row.id}/sign?next=")
    assert "서명 전" in browser.get(pages).text
    form = browser.get(answer.headers["Location"]).form("/sign")
    browser.submit(form, strokes="[[[10,10,0],[900,500,300]]]")
    assert "서명 전" not in browser.get(pages).text
    browser.open(f"/consents/{row.id}/sign", status=302)


def test_the_district_words_its_text_on_its_page(sign_in_as: Enter, session: Session, town: Town) -> None:
    browser = sign_in_as(town.district_officer)
    browser.get("/consents/texts")
    form = browser.get("/consents/texts/personal/new").form("/new")
    browser.submit(form, source="우리 구 서식", why="쉬운 말로", paragraph_1=" ", status=422)
    assert browser.page is not None
    assert "법이 알리라고 한" in browser.page.text
    browser.submit(form, source="우리 구 서식", why="쉬운 말로", title="우리 동의서", months="6")
    own = session.scalars(select(ConsentText).where(ConsentText.district_id.is_not(None))).one()
    assert "우리 동의서" in browser.get("/consents/texts").text
    assert "우리 동의서" in browser.get(f"/consents/texts/{own.id}").text
    sign_in_as(town.supervisor).open("/consents/texts/personal/new", status=403)


def test_the_list_of_what_runs_out_is_a_page(
    sign_in_as: Enter, session: Session, household: Household, worker: Identity, town: Town
) -> None:
    give(session, household, worker, valid_until=day(3))
    session.commit()
    page = sign_in_as(town.supervisor).get("/consents/expiring?days=60&worker_id=9x")
    assert "3일 남음" in page.text
    assert household.title in page.text
    assert household.title not in sign_in_as(town.narae_supervisor).get("/consents/expiring").text
