"""The ground of the journeys: the product serving its demo, a real Chromium, and tablets signed in at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, StorageState, sync_playwright
from tests.journeys.ledger import Ledger
from tests.journeys.screens.doors import SignIn
from tests.journeys.seeded import seeded_copy
from tests.journeys.serving import Server
from tests.journeys.tablet import PORTRAIT, Tablet

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=ko-KR",
)  # fmt: skip
LEFT_OUT = "no Chromium here: what people do in a real browser (visit, absence, draft, reports, households) is left out"
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
def server(chromium: str, shared_folder: Path) -> Iterator[Server]:
    """The product on a copy of the demo, one per worker."""
    serving = Server(seeded_copy(shared_folder, f"serving-{uuid4().hex[:8]}"))
    serving.start()
    yield serving
    serving.close()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium per worker."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def keys(server: Server, browser: Browser) -> Callable[[str], StorageState]:
    """The cookie of somebody who signed in; each person comes through the front door once per worker."""
    kept: dict[str, StorageState] = {}

    def key_of(login: str) -> StorageState:
        if login not in kept:
            context = browser.new_context()
            SignIn(Tablet(context, server)).enter(server.staff[login])
            kept[login] = context.storage_state()
            context.close()
        return kept[login]

    return key_of


@pytest.fixture
def open_tablet(server: Server, browser: Browser, keys: Callable[[str], StorageState]) -> Iterator[OpenTablet]:
    """A tablet: `open_tablet("garam.nurse1")` is signed in, `open_tablet()` stands at the front door, and
    `afresh` gives the tablet a session of its own, to be ended by the test.

    The test fails when a page of it complained, or when the server logged an error.
    """
    before = len(server.complaints())
    tablets: list[Tablet] = []

    def opened(
        login: str | None = None, *, size: tuple[int, int] = PORTRAIT, afresh: bool = False, **more: Any
    ) -> Tablet:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, has_touch=True, locale="ko-KR",
            timezone_id="Asia/Seoul", storage_state=keys(login) if login and not afresh else None, **more,
        )  # fmt: skip
        context.set_default_timeout(15_000)
        tablets.append(Tablet(context, server))
        if login and afresh:
            SignIn(tablets[-1]).enter(server.staff[login])
        return tablets[-1]

    yield opened
    faults = [fault for tablet in tablets for fault in tablet.unforgiven()]
    for tablet in tablets:
        tablet.context.close()
    faults += server.complaints()[before:]
    assert not faults, "\n".join(faults)


@pytest.fixture(scope="session")
def taken() -> set[int]:
    """Households somebody has already been to; each journey has its own."""
    return set()


@pytest.fixture
def ledger(server: Server, taken: set[int]) -> Ledger:
    """Finds a household for the journey."""
    return Ledger(server, taken)
