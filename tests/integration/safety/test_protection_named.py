"""Whom a restricted task names, what is seen of it again, and telling when nothing was reported in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from app.alerts.models import Alert
from app.core.errors import NotFound, RuleBroken
from app.households.models import Household
from app.safety import queries, service
from app.safety.jobs import tell_late_protection
from app.safety.models import ProtectionTask
from app.safety.rules import ProtectionKind
from app.safety.service import ProtectionDetails, ReportDetails
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.town import Town

SignIn = Callable[[Role | Account], Browser]


@pytest.fixture
def task(session: Session, town: Town, household: Household, now: datetime) -> ProtectionTask:
    return service.open_protection(
        session, household, ProtectionDetails(ProtectionKind.CHILD_ABUSE, "멍"), actor=town.who(town.worker), now=now
    )


def told(session: Session, account: Account) -> list[str]:
    return list(session.scalars(select(Alert.subject).where(Alert.recipient_id == account.id)))


def test_whoever_is_newly_named_sees_it_and_hears_of_it(
    session: Session, town: Town, task: ProtectionTask, now: datetime
) -> None:
    lead = town.who(town.supervisor)
    named = [*task.staff_ids, town.other_nurse.id]
    service.name_staff(session, task, named, version=1, actor=lead, now=now)
    assert queries.get_protection(session, town.who(town.other_nurse), task.id) is task
    assert told(session, town.other_nurse) == [f"protection:{task.id}"]
    assert queries.list_named(session, task)[0].name == "민하준"


def test_whoever_is_taken_out_sees_it_no_more(
    session: Session, town: Town, task: ProtectionTask, now: datetime
) -> None:
    service.name_staff(session, task, [], version=1, actor=town.who(town.supervisor), now=now)
    with pytest.raises(NotFound):
        queries.get_protection(session, town.who(town.worker), task.id)


def test_only_people_of_the_centre_are_named_and_on_the_newest_version(
    session: Session, town: Town, task: ProtectionTask, now: datetime
) -> None:
    lead = town.who(town.supervisor)
    with pytest.raises(RuleBroken, match="NOT_A_COLLEAGUE"):
        service.name_staff(session, task, [town.narae_worker.id], version=1, actor=lead, now=now)
    service.name_staff(session, task, [town.nurse.id], version=1, actor=lead, now=now)
    with pytest.raises(RuleBroken, match="CHANGED"):
        service.name_staff(session, task, [], version=1, actor=lead, now=now)


def test_the_supervisor_names_on_the_page_and_nobody_else(
    session: Session, town: Town, sign_in_as: SignIn, task: ProtectionTask
) -> None:
    lead = sign_in_as(Role.SUPERVISOR)
    form = lead.get(f"/protection/{task.id}/staff").form("/staff")
    lead.submit(form, staff_ids=[str(town.nurse.id)])
    session.refresh(task)
    assert task.staff_ids == [town.nurse.id]
    sign_in_as(town.nurse).get(f"/protection/{task.id}/staff", status=403)
    sign_in_as(town.worker).get(f"/protection/{task.id}", status=404)


def test_what_is_seen_again_is_written_below_what_was_seen_before(
    session: Session, town: Town, household: Household, task: ProtectionTask, now: datetime
) -> None:
    again = ProtectionDetails(ProtectionKind.CHILD_ABUSE, "울음소리")
    assert service.open_protection(session, household, again, actor=town.who(town.worker), now=now) is task
    assert service.open_protection(session, household, again, actor=town.who(town.worker), now=now) is task
    assert task.because == "멍\n\n2026-11-23 10:00 민하준: 울음소리"


def test_somebody_whom_it_does_not_name_opens_another_one_and_learns_nothing(
    session: Session, town: Town, household: Household, task: ProtectionTask, now: datetime
) -> None:
    mine = service.open_protection(
        session,
        household,
        ProtectionDetails(ProtectionKind.CHILD_ABUSE, "굶김"),
        actor=town.who(town.other_nurse),
        now=now,
    )
    assert mine is not task
    assert task.because == "멍"
    assert queries.list_protection(session, town.who(town.other_nurse)) == [mine]


def test_the_supervisor_hears_once_when_nothing_was_reported_in_time(
    session: Session, town: Town, task: ProtectionTask, now: datetime
) -> None:
    assert tell_late_protection(session, task.due_at) == 0
    late = task.due_at + timedelta(minutes=1)
    assert tell_late_protection(session, late) == 1
    assert tell_late_protection(session, late + timedelta(hours=5)) == 0
    assert f"protection-late:{task.id}" in told(session, town.supervisor)
    assert told(session, town.worker) == [f"protection:{task.id}"]


def test_what_was_reported_is_not_late(session: Session, town: Town, task: ProtectionTask, now: datetime) -> None:
    details = ReportDetails("112", now, "", "", "")
    service.keep_report(session, task, details, version=1, actor=town.who(town.worker), now=now)
    assert tell_late_protection(session, now + timedelta(days=1)) == 0


def test_the_page_says_how_long_it_has_been_open_and_that_it_is_late(
    sign_in_as: SignIn, task: ProtectionTask, frozen_clock: object
) -> None:
    frozen_clock.shift(timedelta(hours=3, minutes=10))  # type: ignore[attr-defined]
    worker = sign_in_as(Role.WORKER)
    text = worker.get(f"/protection/{task.id}").text
    assert "열린 지 3시간" in text
    assert "늦었습니다" in text
    assert "열린 지 3시간" in worker.get("/protection").text


def test_what_somebody_else_wrote_is_shown_beside_what_one_typed(
    session: Session, town: Town, sign_in_as: SignIn, task: ProtectionTask, now: datetime
) -> None:
    worker = sign_in_as(Role.WORKER)
    form = worker.get(f"/protection/{task.id}").form(f"/protection/{task.id}")
    details = ReportDetails("아동보호전문기관", now, "가-7", "", "")
    service.keep_report(session, task, details, version=1, actor=town.who(town.supervisor), now=now)
    answer = worker.submit(form, reported_to="112", status=422)
    assert "아동보호전문기관" in answer.text
    assert "가-7" in answer.text
    assert worker.page is not None
    again = worker.page.form(f"/protection/{task.id}")
    assert again.fields["reported_to"] == "112"
