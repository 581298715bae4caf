"""자동 작업: what the administrator sees of the timetable, and starts by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from app.access.permissions import Role
from app.audit.rules import Action
from app.jobs.queries import list_open
from app.jobs.rules import Cause
from app.jobs.service import ask_for, claim_period, lead, take_up
from app.scheduler import TIMETABLE
from sqlalchemy.orm import Session
from tests.browsing import Browser
from tests.factories.access_log import list_entries
from tests.factories.jobs import run_once
from tests.factories.town import Town
from tests.pages import text_of

Enter = Callable[..., Browser]
JOB = "forget-drafts"


@pytest.fixture
def admin(sign_in_as: Enter) -> Browser:
    """The administrator's browser."""
    return sign_in_as(Role.ADMIN)


def card(browser: Browser, job: str = JOB) -> str:
    """What stands about one job on the page."""
    page = browser.get("/jobs")
    return text_of(next(item for item in page.tree.iter("li") if item.get("id") == job))


def press(browser: Browser, job: str, *, status: int = 302) -> None:
    browser.get("/jobs")
    browser.post("/jobs/run", {"job": job}, status=status)


def fails(_session: Session, _now: datetime) -> int:
    raise ZeroDivisionError("김순자")


def test_every_job_says_what_it_does_when_and_what_happens_if_it_is_late(admin: Browser) -> None:
    for job in TIMETABLE:
        text = card(admin, job.name)
        for said in (job.title, job.when, job.does, job.if_late, job.catches_up.label, "아직 실행하지 않음", "다음"):
            assert said in text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_else_sees_or_starts_them(sign_in_as: Enter, role: Role) -> None:
    browser = sign_in_as(role)
    assert not any(link.startswith("/jobs") for link in browser.get("/me").links())
    for path in ("/jobs", "/jobs/runs"):
        browser.open(path, status=403)
    browser.get("/me")
    browser.post("/jobs/run", {"job": JOB}, status=403)


def test_the_last_run_is_told_with_its_time_its_length_and_its_count(
    admin: Browser, session: Session, now: datetime
) -> None:
    began = now - timedelta(hours=6, minutes=20)
    run_once(
        session, JOB, lambda *_: 1234, scheduled_for=began, cause=Cause.CATCH_UP, now=began,
        clock=lambda: began + timedelta(seconds=185),
    )  # fmt: skip
    text = card(admin)
    for said in ("마침", "11월 23일 월 03:40, 3분 5초, 1,234건", "밀린 실행", "다음 11월 24일 화 03:40"):
        assert said in text


def test_a_failure_is_told_by_its_class_with_what_to_do_and_never_by_its_message(
    admin: Browser, session: Session, now: datetime
) -> None:
    with pytest.raises(ZeroDivisionError):
        run_once(session, JOB, fails, scheduled_for=now, now=now)
    assert "ZeroDivisionError 하던 일은 모두 되돌렸습니다" in card(admin)
    assert admin.page is not None
    assert "마지막 실행이 실패한 작업 1가지" in admin.page.text
    assert "김순자" not in admin.page.html
    assert f"#{JOB}" in admin.page.links()


def test_a_run_that_takes_very_long_is_pointed_out(admin: Browser, session: Session, now: datetime) -> None:
    for minutes, is_long in ((31, True), (29, False)):
        began = now - timedelta(minutes=minutes)
        claim_period(session, JOB, began, cause=Cause.TIMETABLE, owner="web-1:4312:ab", now=began)
        text = card(admin)
        assert "실행 중" in text
        assert ("30분 넘게" in text) is is_long
        for run in list_open(session):
            run.failed_at = now


@pytest.mark.parametrize("seen_seconds_ago", [None, 31, -3600])
def test_when_nobody_leads_the_page_says_so_and_what_to_do(
    admin: Browser, session: Session, now: datetime, seen_seconds_ago: int | None
) -> None:
    if seen_seconds_ago is not None:
        seen_at = now - timedelta(seconds=seen_seconds_ago)
        lead(session, owner="web-1:4312:ab", since_at=seen_at, now=seen_at)
    text = admin.get("/jobs").text
    assert "자동 작업이 멈춰 있습니다" in text
    assert "outreach serve" in text
    assert ("마지막 신호는" in text) is (seen_seconds_ago is not None)


def test_who_leads_is_named_by_machine_and_process(admin: Browser, session: Session, now: datetime) -> None:
    lead(session, owner="web-1:4312:ab", since_at=now - timedelta(hours=2), now=now)
    text = admin.get("/jobs").text
    assert "web-1 서버의 프로세스 4312번이 11월 23일 월 08:00부터 맡고 있습니다" in text
    assert "멈춰" not in text


def test_pressed_twice_it_is_one_run_and_the_log_says_who_pressed(
    admin: Browser, session: Session, town: Town, now: datetime
) -> None:
    press(admin, JOB)
    press(admin, JOB)
    [asked] = list_open(session)
    assert (asked.job, asked.cause, asked.asked_by_id, asked.started_at) == (
        JOB, Cause.BY_HAND, town.administrator.id, None,
    )  # fmt: skip
    entry = list_entries(session, limit=1)[0]
    assert (entry.action, entry.subject, entry.actor_id) == (Action.RUN_JOB, f"job:{JOB}", town.administrator.id)
    text = card(admin)
    assert "기다리는 중" in text
    assert admin.page is not None
    assert any(item.get("data-open-runs") is not None for item in admin.page.tree.iter("ul"))


def test_the_answer_depends_on_whether_anybody_is_there_to_do_it(
    admin: Browser, session: Session, now: datetime
) -> None:
    press(admin, JOB)
    assert "자동 작업이 다시 시작되면 실행합니다" in admin.get("/jobs").text
    lead(session, owner="web-1:4312:ab", since_at=now, now=now)
    press(admin, "forget-runs")
    assert "작업을 시작합니다" in admin.get("/jobs").text


@pytest.mark.parametrize("job", ["", "no-such-job", "refresh-dues; drop"])
def test_a_job_that_does_not_exist_cannot_be_started(admin: Browser, session: Session, job: str) -> None:
    press(admin, job, status=404)
    assert not list_open(session)


def test_the_history_shows_the_last_thirty_runs_of_one_job_or_of_all(
    admin: Browser, session: Session, town: Town, now: datetime
) -> None:
    for hours in range(1, 41):
        run_once(session, JOB, lambda *_: 7, scheduled_for=now - timedelta(hours=hours), now=now)
    asked = ask_for(session, "forget-runs", asked_by_id=town.administrator.id, now=now)
    assert take_up(session, asked, owner="web-1:4312:ab", now=now)
    rows = [text_of(row) for row in admin.get("/jobs/runs").tree.iter("tr")][1:]
    assert len(rows) == 30
    assert "실행 중 묵은 실행 기록 지우기" in rows[0]
    assert "지금 실행 설찬별 시스템 관리자" in rows[0]
    rows = [text_of(row) for row in admin.get(f"/jobs/runs?job={JOB}").tree.iter("tr")][1:]
    assert len(rows) == 30
    assert all("마침 묵은 임시 저장 지우기 7" in row for row in rows)
    assert "11월 23일 월 09:00" in rows[0]


@pytest.mark.parametrize("query", ["?job=no-such-job", "?job=", "?job=%00", "?after=x"])
def test_a_mistyped_address_of_the_history_shows_all(
    admin: Browser, session: Session, now: datetime, query: str
) -> None:
    run_once(session, JOB, lambda *_: 7, scheduled_for=now, now=now)
    assert "묵은 임시 저장 지우기" in admin.get(f"/jobs/runs{query}").text


def test_without_a_run_the_history_says_so(admin: Browser) -> None:
    assert "아직 실행한 적이 없습니다" in admin.get("/jobs/runs").text
