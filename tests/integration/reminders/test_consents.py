"""A consent that runs out reaches whoever is responsible, once in each of its periods, until it is renewed or taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from app.access.identity import Identity
from app.accounts.models import Account, Cover
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.assignments import service as assignments
from app.assignments.rules import Duty
from app.consents.models import Consent
from app.consents.rules import ConsentChannel, ConsentDetails, ConsentKind, Receiver
from app.consents.service import renew_consent, withdraw_consent
from app.households import service as households
from app.households.models import Household
from app.households.rules import ClosureReason
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.consents import give
from tests.factories.households import add_household
from tests.factories.town import Town
from tests.integration.reminders.conftest import Run, alerts
from tests.moments import NOW, TODAY, at, day

Enter = Callable[..., Browser]
SendAway = Callable[[Account, Account], Cover]


@pytest.fixture
def worker(town: Town) -> Identity:
    return town.who(town.worker)


@pytest.fixture
def household(session: Session, town: Town, worker: Identity) -> Household:
    made = add_household(session, worker)
    for duty, holder in ((Duty.WORKER, town.worker), (Duty.NURSE, town.nurse)):
        assignments.assign(session, made, duty, holder, actor=town.who(town.supervisor), now=NOW)
    return made


def ending(
    session: Session, household: Household, actor: Identity, left: int = 20, kind: ConsentKind = ConsentKind.PERSONAL,
    to: str = "",
) -> Consent:  # fmt: skip
    return give(session, household, actor, kind, Receiver(to), given_on=day(-100), valid_until=day(left))


def run_on(run: Run, on: date) -> int:
    return run("tell_ending_consents", now=at(on, 7, 40))


def told(session: Session, *, unread: bool = False) -> list[Alert]:
    return [each for each in alerts(session, AlertKind.CONSENT_ENDING) if not (unread and each.read_at)]


def renewed(session: Session, consent: Consent, actor: Identity, channel: ConsentChannel) -> Consent:
    details = ConsentDetails(consent.member_id, consent.kind, 0, channel, TODAY, valid_until=day(300))
    return renew_consent(session, consent, details, actor=actor, now=NOW)


def test_the_worker_hears_once_in_each_period_however_often_and_late_it_runs(
    run: Run, session: Session, household: Household, worker: Identity, town: Town
) -> None:
    consent = ending(session, household, worker, left=40, to="한빛 나눔가게", kind=ConsentKind.THIRD_PARTY)
    days = [TODAY + timedelta(days=gone) for gone in (*range(45), 105) for _twice in range(2)]
    heard = [on for on in days if run_on(run, on)]
    assert heard == [day(10), day(35), day(42)], "the 33rd, 34th and 41st fall on weekends"
    ends = f"{consent.valid_until.month}/{consent.valid_until.day}"  # type: ignore[union-attr]
    assert [each.text for each in told(session)] == [
        f"{household.number} 제3자 제공 동의가 {ends}(토)에 끝납니다. 계속 필요하면 다시 받아 주세요.",
        f"{household.number} 제3자 제공 동의가 {ends}(토)에 끝납니다. 계속 필요하면 다시 받아 주세요.",
        f"{household.number} 제3자 제공 동의가 {ends}(토)에 끝났습니다. 계속 필요하면 다시 받아 주세요.",
    ]
    assert {each.recipient_id for each in told(session)} == {town.worker.id}
    assert not told(session, unread=True), "sixty days later it is history"


def test_a_nearer_period_puts_the_one_before_away(
    run: Run, session: Session, household: Household, worker: Identity
) -> None:
    ending(session, household, worker, left=20)
    assert (run_on(run, TODAY), run_on(run, day(15))) == (1, 1)
    assert [each.subject.rpartition(":")[2] for each in told(session, unread=True)] == ["last"]


@pytest.mark.parametrize("left", [31, 400, -61])
def test_what_ends_later_or_ended_long_ago_is_told_to_nobody(
    run: Run, session: Session, household: Household, worker: Identity, left: int
) -> None:
    ending(session, household, worker, left=left)
    assert run_on(run, TODAY) == 0


def test_withdrawn_or_renewed_it_is_asked_for_no_more_from_that_moment_on(
    run: Run, session: Session, household: Household, worker: Identity
) -> None:
    taken_back, again = (
        ending(session, household, worker),
        ending(session, household, worker, to="가", kind=ConsentKind.THIRD_PARTY),
    )
    assert run_on(run, TODAY) == 2
    withdraw_consent(session, taken_back, on=TODAY, because="전화", actor=worker, now=NOW)
    assert [each.subject for each in told(session, unread=True)] == [f"consent:{again.id}:soon"]
    renewed(session, again, worker, ConsentChannel.SCREEN)
    assert len(told(session, unread=True)) == 1, "nobody has signed yet"
    renewed(session, again, worker, ConsentChannel.PAPER)
    assert not told(session, unread=True)
    assert [run_on(run, day(gone)) for gone in (0, 15, 21)] == [0, 0, 0]


def test_a_household_that_was_closed_is_not_asked_again(
    run: Run, session: Session, household: Household, worker: Identity, town: Town
) -> None:
    ending(session, household, worker)
    assert run_on(run, TODAY) == 1
    supervisor = town.who(town.supervisor)
    households.close_household(session, household, ClosureReason.MOVED, note="", actor=supervisor, now=NOW)
    assert run_on(run, day(1)) == 0
    assert not told(session, unread=True)


def test_of_health_the_nurse_hears_too_and_whoever_covers_them(
    run: Run, session: Session, household: Household, worker: Identity, town: Town, send_away: SendAway
) -> None:
    ending(session, household, worker, kind=ConsentKind.SENSITIVE)
    send_away(town.worker, town.supervisor)
    assert run_on(run, TODAY) == 3
    assert {each.recipient_id for each in told(session)} == {town.worker.id, town.nurse.id, town.supervisor.id}


def test_where_nobody_is_responsible_the_supervisor_hears(
    run: Run, session: Session, worker: Identity, town: Town
) -> None:
    ending(session, add_household(session, worker), worker)
    assert run_on(run, TODAY) == 1
    assert [each.recipient_id for each in told(session)] == [town.supervisor.id]


def test_at_night_and_on_days_off_nobody_is_told(
    run: Run, session: Session, household: Household, worker: Identity
) -> None:
    ending(session, household, worker)
    assert run("tell_ending_consents", now=at(TODAY, 23)) == run_on(run, day(5)) == 0
    assert run_on(run, day(7)) == 1


def test_the_news_leads_to_the_consent(
    run: Run, sign_in_as: Enter, session: Session, household: Household, worker: Identity, town: Town
) -> None:
    consent = ending(session, household, worker)
    run_on(run, TODAY)
    browser = sign_in_as(town.worker)
    page = browser.get("/alerts")
    assert "동의 만료" in page.text
    assert f"/consents/{consent.id}" in page.links()
