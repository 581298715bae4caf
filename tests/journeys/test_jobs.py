"""The administrator finds the timetable standing still, has it started, and runs a job by hand."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, expect
from tests.journeys.conftest import OpenTablet
from tests.journeys.seeded import OUTREACH, environment
from tests.journeys.serving import Server
from tests.journeys.tablet import PHONE

ADMIN = "gu.admin"
START_PATIENCE = 60_000
"""Milliseconds a process may take to start on a machine that is busy with something else."""


@contextmanager
def scheduler(server: Server) -> Iterator[subprocess.Popen[bytes]]:
    """`outreach jobs serve` beside the pages; asked to end, it does so with status 0."""
    process = subprocess.Popen(
        [OUTREACH, "jobs", "serve"], env=environment(server.instance), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        yield process
        process.terminate()
        said = process.communicate(timeout=20)[1].decode()
        assert process.returncode == 0, said
        assert "Traceback" not in said
    finally:
        process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()


def test_a_job_is_started_by_hand_and_the_page_tells_when_it_is_done(open_tablet: OpenTablet, server: Server) -> None:
    tablet = open_tablet(ADMIN, size=PHONE)
    tablet.open("/jobs")
    page = tablet.page
    expect(page.get_by_text("자동 작업이 멈춰 있습니다")).to_be_visible()
    job = page.locator("#check-database")
    press(tablet.hand.tap, job)
    expect(page.get_by_text("다시 시작되면 실행합니다")).to_be_visible()
    expect(job).to_contain_text("기다리는 중")
    with scheduler(server):
        expect(job).to_contain_text("마침", timeout=START_PATIENCE)  # the page looks by itself
        expect(page.get_by_text("번이")).to_contain_text("맡고 있습니다")
        expect(page.get_by_text("자동 작업이 멈춰 있습니다")).to_be_hidden()
        other = page.locator("#forget-drafts")
        press(tablet.hand.tap, other)
        expect(page.get_by_text("작업을 시작합니다")).to_be_visible()
        expect(other).to_contain_text("마침")
    page.get_by_role("link", name="새로 고침").click()
    expect(page.get_by_text("자동 작업이 멈춰 있습니다")).to_be_visible()
    job.get_by_role("link", name="기록").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("지금 실행")
    assert not tablet.hand.small


def press(tap, job: Locator) -> None:  # type: ignore[no-untyped-def]
    tap(job.get_by_role("button", name="지금 실행"))
