"""A consent about health opens health detail to those responsible, and closes it when it ends, without anybody setting it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from app.access.identity import Identity
from app.access.permissions import Permission, Role
from app.access.policy import can
from app.accounts.models import Account
from app.accounts.queries import identity_of
from app.assignments import service as assignments
from app.assignments.rules import Duty
from app.attachments.rules import SignatureDetails, SignerRole
from app.attachments.service import FileStore
from app.consents.rules import ConsentChannel, ConsentDetails, ConsentKind, Receiver
from app.consents.service import give_consent, sign_consent, text_of, withdraw_consent
from app.households.models import Household
from app.households.rules import HealthGround
from app.households.service import add_member, member_left
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.consents import give
from tests.factories.households import HEAD, SPOUSE, add_household
from tests.factories.town import Town
from tests.moments import NOW, TODAY, day

Enter = Callable[[Role | Account], Browser]
READ = Permission.READ_NURSING_NOTE
INK = (((10, 10, 0), (900, 500, 300)),)


@pytest.fixture
def worker(town: Town) -> Identity:
    return town.who(town.worker)


@pytest.fixture
def household(session: Session, town: Town, worker: Identity) -> Household:
    """In the worker's hands; nobody has set a ground."""
    made = add_household(session, worker, HEAD)
    assignments.assign(session, made, Duty.WORKER, town.worker, actor=town.who(town.supervisor), now=NOW)
    return made


def readers(session: Session, town: Town, household: Household, on: date = TODAY) -> set[str]:
    """Whoever of the town may read health of it on a day."""
    asking = {
        login: identity_of(session, account, origin=town.who(account).origin, today=on)
        for login, account in town.accounts.items()
    }
    return {login for login, who in asking.items() if can(who, READ, household)}


def test_a_consent_in_force_is_the_ground_until_it_is_withdrawn(
    session: Session, town: Town, household: Household, worker: Identity
) -> None:
    nursing = readers(session, town, household)
    row = give(session, household, worker, ConsentKind.SENSITIVE)
    shared = readers(session, town, household)
    assert shared - nursing == {"worker", "supervisor"}
    assert household.health_ground is None, "nothing is copied"
    withdraw_consent(session, row, on=TODAY, because="전화", actor=worker, now=NOW)
    assert readers(session, town, household) == nursing


def test_it_ends_with_its_last_day(session: Session, town: Town, household: Household, worker: Identity) -> None:
    nursing = readers(session, town, household)
    give(session, household, worker, ConsentKind.SENSITIVE, valid_until=day(10))
    assert "worker" in readers(session, town, household, day(10))
    assert readers(session, town, household, day(11)) == nursing


@pytest.mark.parametrize(
    ("ground", "stays"),
    [(HealthGround.CONSENT, False), (HealthGround.PROXY_CONSENT, True), (HealthGround.VITAL_INTEREST, True)],
)
def test_another_ground_set_by_hand_outlives_the_consent(
    session: Session, town: Town, household: Household, worker: Identity, ground: HealthGround, stays: bool
) -> None:
    household.health_ground = ground
    assert "worker" in readers(session, town, household)
    row = give(session, household, worker, ConsentKind.SENSITIVE)
    assert "worker" in readers(session, town, household)
    withdraw_consent(session, row, on=TODAY, because="전화", actor=worker, now=NOW)
    assert ("worker" in readers(session, town, household)) is stays


@pytest.mark.parametrize("kind", [ConsentKind.PERSONAL, ConsentKind.THIRD_PARTY])
def test_a_consent_of_another_kind_opens_nothing(
    session: Session, town: Town, household: Household, worker: Identity, kind: ConsentKind
) -> None:
    nursing = readers(session, town, household)
    give(session, household, worker, kind, Receiver("한빛 나눔가게"))
    assert readers(session, town, household) == nursing


def test_on_the_screen_it_opens_with_the_signature(
    session: Session, town: Town, household: Household, worker: Identity, tmp_path: Path
) -> None:
    row = give(session, household, worker, ConsentKind.SENSITIVE, channel=ConsentChannel.SCREEN)
    assert "worker" not in readers(session, town, household)
    details = SignatureDetails(uuid4(), "김순자", SignerRole.SELF, INK, None)
    shown = text_of(row).sha256
    sign_consent(session, row, details, shown_hash=shown, store=FileStore(tmp_path), actor=worker, now=NOW)
    assert "worker" in readers(session, town, household)


def test_nobody_agrees_for_somebody_else_who_lives_there(
    session: Session, town: Town, household: Household, worker: Identity
) -> None:
    head = household.members[0]
    spouse = add_member(session, household, SPOUSE, actor=worker, now=NOW)
    row = give(session, household, worker, ConsentKind.SENSITIVE)
    assert "worker" not in readers(session, town, household)
    told = ConsentDetails(spouse.id, ConsentKind.SENSITIVE, 0, channel=ConsentChannel.PAPER, given_on=TODAY)
    give_consent(session, household, told, actor=worker, now=NOW)
    assert "worker" in readers(session, town, household)
    withdraw_consent(session, row, on=TODAY, because="전화", actor=worker, now=NOW)
    assert "worker" not in readers(session, town, household)
    member_left(session, head, on=TODAY, because="이사", actor=worker, now=NOW)
    assert "worker" in readers(session, town, household), "whoever lives there now has agreed"


def test_a_consent_of_somebody_who_left_opens_nothing(
    session: Session, town: Town, household: Household, worker: Identity
) -> None:
    give(session, household, worker, ConsentKind.SENSITIVE)
    add_member(session, household, SPOUSE, actor=worker, now=NOW)
    member_left(session, household.members[0], on=TODAY, because="이사", actor=worker, now=NOW)
    assert "worker" not in readers(session, town, household)


def test_the_pages_say_on_what_it_rests(
    sign_in_as: Enter, session: Session, town: Town, household: Household, worker: Identity
) -> None:
    browser, at_home = sign_in_as(town.worker), f"/households/{household.id}"
    pages = (at_home, f"{at_home}/consents")
    assert all("근거 없음 (간호만 봄)" in browser.get(page).text for page in pages)
    row = give(session, household, worker, ConsentKind.SENSITIVE, valid_until=day(300))
    words = f"본인 동의 (민감정보 동의, {day(300)}까지)"
    assert all(words in browser.get(page).text for page in pages)
    withdraw_consent(session, row, on=TODAY, because="전화", actor=worker, now=NOW)
    assert all("동의가 끝났거나 거두어짐 (간호만 봄)" in browser.get(page).text for page in pages)
    assert "건강정보를 더 나누지 않습니다" in browser.get(pages[1]).text
    household.health_ground = HealthGround.VITAL_INTEREST
    assert all("급박한 생명·신체 이익 (직접 정함)" in browser.get(page).text for page in pages)
