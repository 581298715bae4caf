"""Restricted tasks: at once, to those they name, and who reported it is nowhere else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from app.access.permissions import Role
from app.alerts.models import Alert
from app.audit.models import AccessLog
from app.core.errors import NotFound, RuleBroken
from app.households.models import Household
from app.safety import queries, service
from app.safety.models import ProtectionTask
from app.safety.rules import ProtectionKind
from app.safety.service import ProtectionDetails, ReportDetails
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.town import Town
from tests.moments import TODAY

REPORTER = "뷁도깨비나루"


@pytest.fixture
def task(session: Session, town: Town, household: Household, now: datetime) -> ProtectionTask:
    details = ProtectionDetails(ProtectionKind.ELDER_ABUSE, "팔에 멍", member_id=household.members[0].id)
    return service.open_protection(session, household, details, actor=town.who(town.worker), now=now)


def report(**changes: object) -> ReportDetails:
    plain = {
        "reported_to": "노인보호전문기관",
        "reported_at": None,
        "receipt_number": "",
        "reporter": "",
        "outcome": "",
    }
    return ReportDetails(**{**plain, **changes})  # type: ignore[arg-type]


def test_the_supervisors_hear_at_once_and_once(session: Session, town: Town, household: Household, task: ProtectionTask, now: datetime) -> None:  # fmt: skip
    again = ProtectionDetails(ProtectionKind.ELDER_ABUSE, "또 멍", member_id=household.members[0].id)
    assert service.open_protection(session, household, again, actor=town.who(town.worker), now=now) is task
    told = session.scalars(select(Alert).where(Alert.recipient_id == town.supervisor.id)).all()
    assert len(told) == 1
    assert "학대" not in told[0].text, "an inbox is read over shoulders"
    assert task.due_at == now + timedelta(hours=1)


def test_whoever_is_not_named_does_not_learn_that_it_exists(session: Session, town: Town, task: ProtectionTask) -> None:
    assert queries.list_protection(session, town.who(town.worker)) == [task]
    assert queries.list_protection(session, town.who(town.supervisor)) == [task]
    for account in (town.nurse, town.district_officer, town.administrator, town.narae_worker):
        assert queries.list_protection(session, town.who(account)) == []
        with pytest.raises(NotFound):
            queries.get_protection(session, town.who(account), task.id)


def test_abuse_is_not_closed_by_having_talked(
    session: Session, town: Town, task: ProtectionTask, now: datetime
) -> None:
    actor = town.who(town.supervisor)
    service.keep_report(session, task, report(reported_to="", outcome="상담 완료"), version=1, actor=actor, now=now)
    with pytest.raises(RuleBroken, match="NOT_REPORTED"):
        service.close_protection(session, task, version=2, actor=actor, now=now)
    service.keep_report(session, task, report(reported_at=now, outcome="쉼터 연계"), version=2, actor=actor, now=now)
    service.close_protection(session, task, version=3, actor=actor, now=now)
    assert task.closed_at == now
    with pytest.raises(RuleBroken, match="CLOSED"):
        service.keep_report(session, task, report(), version=4, actor=actor, now=now)


def test_two_people_at_once_lose_nothing(session: Session, town: Town, task: ProtectionTask, now: datetime) -> None:
    service.keep_report(session, task, report(receipt_number="가-1"), version=1, actor=town.who(town.worker), now=now)
    with pytest.raises(RuleBroken, match="CHANGED"):
        service.keep_report(session, task, report(), version=1, actor=town.who(town.supervisor), now=now)
    assert task.receipt_number == "가-1"


def test_the_reporter_stands_on_the_task_and_nowhere_else(
    sign_in_as,
    session: Session,
    town: Town,
    household: Household,
    task: ProtectionTask,
    now: datetime,  # type: ignore[no-untyped-def]
) -> None:
    details = report(reporter=REPORTER, reported_at=now, outcome="조사 중")
    service.keep_report(session, task, details, version=1, actor=town.who(town.worker), now=now)
    session.commit()
    supervisor: Browser = sign_in_as(Role.SUPERVISOR)
    assert REPORTER in supervisor.get(f"/protection/{task.id}").html
    for path in (
        "/protection",
        f"/households/{household.id}",
        "/today",
        "/alerts",
        "/households",
        f"/households/{household.id}/changes",
    ):
        assert REPORTER not in supervisor.get(path).html, path
    paper = supervisor.post(
        f"/households/{household.id}/report", {"purpose": "MEETING", "masking": "NONE"}, status=None
    )
    assert REPORTER.encode() not in paper.data
    assert not any(REPORTER in row.detail for row in session.scalars(select(AccessLog)))


def test_the_pages_from_opening_to_closing(sign_in_as, session: Session, town: Town, household: Household) -> None:  # type: ignore[no-untyped-def]
    session.commit()
    worker: Browser = sign_in_as(Role.WORKER)
    form = worker.get(f"/households/{household.id}/protection/new").form("/protection/new")
    worker.submit(form, kind="SUICIDE_RISK", because="", status=422)
    worker.submit(form, kind="SUICIDE_RISK", because="죽고 싶다고 하심")
    task = session.scalars(select(ProtectionTask)).one()
    page = worker.get(f"/protection/{task.id}")
    assert "109" in page.text
    assert "1577-1389" not in page.text, "only the numbers for this"
    assert "보호 조치 중" in worker.get(f"/households/{household.id}").text
    assert "보호 조치 중" not in sign_in_as(Role.NURSE).get(f"/households/{household.id}").text
    refused = worker.submit(page.form(f"/protection/{task.id}"), reported_on=TODAY.isoformat(), status=422)
    assert "날과 시각을 함께" in refused.text
    worker.submit(page.form(f"/protection/{task.id}"), outcome="센터와 함께 방문", close="1")
    session.refresh(task)
    assert task.closed_at is not None
    sign_in_as(Role.NURSE).get(f"/protection/{task.id}", status=404)
