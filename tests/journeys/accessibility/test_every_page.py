"""Every page each role can open, at three widths and in both themes."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.journeys.accessibility.looking import faults_at_every_width
from tests.journeys.accessibility.pages import addresses
from tests.journeys.conftest import OpenTablet
from tests.journeys.serving import Server
from tests.journeys.tablet import Tablet

ONE_OF_EACH = {
    "WORKER": "garam.worker1", "NURSE": "garam.nurse1", "SUPERVISOR": "garam.lead", "DISTRICT": "gu.officer",
    "PRIVACY": "gu.privacy", "ADMIN": "gu.admin",
}  # fmt: skip
FEWEST = {"WORKER": 12, "NURSE": 10, "SUPERVISOR": 14, "DISTRICT": 4, "PRIVACY": 1, "ADMIN": 1}
"""Pages of one half that a role certainly reaches: a test that finds fewer has looked at nothing."""


@pytest.mark.parametrize("half", [0, 1], ids=["first half", "second half"])
@pytest.mark.parametrize("role", ONE_OF_EACH)
def test_every_page_is_for_everybody(
    role: str, half: int, open_tablet: OpenTablet, server: Server, tmp_path: Path
) -> None:
    tablet = open_tablet(ONE_OF_EACH[role])
    tablet.forgive("status of 403", "status of 404")
    with server.records() as session:
        paths = addresses(session, tmp_path, ONE_OF_EACH[role])[half::2]
    seen: set[str] = set()
    faults = [fault for path in paths if opens(tablet, path, seen) for fault in look(tablet, path)]
    print(f"\n{role}: {len(seen)} pages")
    assert not faults, "\n".join(faults)
    assert len(seen) >= FEWEST[role]


def opens(tablet: Tablet, path: str, seen: set[str]) -> bool:
    """Whether this role may see the page, and has not seen it yet."""
    answer = tablet.page.goto(tablet.server.url + path)
    assert answer is not None
    is_new = answer.status == 200 and tablet.page.url not in seen
    seen |= {tablet.page.url} if is_new else set()
    return is_new


def look(tablet: Tablet, path: str) -> list[str]:
    return [f"{path} {fault}" for fault in faults_at_every_width(tablet.page)]
