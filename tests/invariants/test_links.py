"""Nothing a page offers leads its reader to «권한 없음» or to nowhere."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable

import pytest
from app.access.permissions import Role
from app.accounts.models import Account
from tests.browsing import Browser
from tests.invariants.conftest import Furnished

ENOUGH = 120
"""Pages looked at for one role; more would be more rows of the same lists."""


@pytest.mark.parametrize("role", Role)
def test_every_link_leads_somewhere_its_reader_may_go(
    role: Role, sign_in_as: Callable[[Role | Account], Browser], furnished: Furnished
) -> None:
    browser, start = sign_in_as(role), "/"
    seen, waiting, wrong = {start}, deque([(start, "")]), []
    while waiting and len(seen) < ENOUGH:
        path, offered_by = waiting.popleft()
        answer = browser.open(path)
        if answer.status_code >= 400:
            wrong.append(f"{path}, offered by {offered_by}, answers {answer.status_code}")
        for link in links_of(browser, answer.headers.get("Location")) if answer.status_code < 400 else ():
            if shape(link) not in {shape(each) for each in seen}:
                seen.add(link)
                waiting.append((link, path))
    assert len(seen) > 3
    assert not wrong


def links_of(browser: Browser, location: str | None) -> list[str]:
    """Where a page leads, or where an answer sends one on."""
    leads = [location] if location else browser.page.links() if browser.page else []
    return [link.split("#")[0] for link in leads if link.startswith("/")]


def shape(path: str) -> str:
    """Addresses that differ in a number alone are one."""
    return re.sub(r"[0-9a-f-]{36}|\d+", "0", path)
