"""The ground of the journeys: the product serving its demo, a real Chromium, and tablets signed in at it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import APIRequestContext, Browser, sync_playwright
from tests.journeys.ledger import Ledger
from tests.journeys.seeded import seeded_copy
from tests.journeys.serving import Server
from tests.journeys.tablet import PORTRAIT, Tablet

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=ko-KR",
)  # fmt: skip
LEFT_OUT = "no Chromium here: what people do in a real browser (visit, absence, draft, reports, households) is left out"
PATIENCE = 15_000
"""Milliseconds a page may take on a machine that is busy with something else."""
HERE = Path(__file__).parent

OpenTablet = Callable[..., Tablet]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The system's Chromium. Without one a journey is skipped, and fails where CI=true."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None and os.environ.get("CI") == "true":
        pytest.fail(LEFT_OUT)
    return found or pytest.skip(LEFT_OUT)


@pytest.fixture(scope="session")
def serving(chromium: str, shared_folder: Path) -> Iterator[Server]:
    """The product on a copy of the demo, one per worker."""
    served = Server(seeded_copy(shared_folder, f"serving-{uuid4().hex[:8]}"))
    yield served
    served.close()


@pytest.fixture
def server(serving: Server) -> Iterator[Server]:
    """The product, on the demo as it was seeded. The test fails when the server logged an error."""
    serving.begin_the_day_again()
    before = len(serving.complaints())
    yield serving
    complaints = serving.complaints()[before:]
    assert not complaints, "\n".join(complaints)


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium per worker, closed before it goes on to other tests: Playwright leaves its event loop running in
    the thread, and Flask refuses to end a request there."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def open_tablet(server: Server, browser: Browser) -> Iterator[OpenTablet]:
    """A tablet: `open_tablet("garam.nurse1")` is signed in, `open_tablet()` stands at the front door.

    The test fails when a page of it complained.
    """
    tablets: list[Tablet] = []

    def opened(login: str | None = None, *, size: tuple[int, int] = PORTRAIT, **more: Any) -> Tablet:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            has_touch=True,
            locale="ko-KR",
            timezone_id="Asia/Seoul",
            **more,
        )
        context.set_default_timeout(PATIENCE)
        tablets.append(Tablet(context, server))
        if login:
            enter(context.request, server, login)
        return tablets[-1]

    yield opened
    faults = [fault for tablet in tablets for fault in tablet.unforgiven()]
    for tablet in tablets:
        tablet.context.close()
    assert not faults, "\n".join(faults)


def enter(device: APIRequestContext, server: Server, login: str) -> None:
    """Sign in without looking at the page: send what its form would send."""
    page = device.get(f"{server.url}/sign-in").text()
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    person = server.staff[login]
    fields = {"csrf_token": token[1], "login": person.login, "password": person.password}
    assert device.post(f"{server.url}/sign-in", form=fields).ok


@pytest.fixture
def ledger(server: Server) -> Ledger:
    """Finds a household for the journey."""
    return Ledger(server)
