"""What somebody puts behind the question mark of an address narrows a list or says nothing; it breaks no page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from app.access.permissions import Role
from tests.browsing import Browser

NO_KEYS = ("9" * 19, "9" * 400, str(2**31), "0", "-1", "1e9", "뷁", "", "１é")


@pytest.mark.parametrize("key", NO_KEYS)
@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.WORKER, "/discoveries?after="),
        (Role.WORKER, "/discoveries/held?after="),
        (Role.WORKER, "/discoveries/held?list_id="),
        (Role.WORKER, "/households?after="),
        (Role.PRIVACY, "/reports/register?after="),
        (Role.PRIVACY, "/access-log?after="),
    ],
)
def test_a_key_that_can_be_no_rows_shows_the_list_from_its_beginning(
    sign_in_as: Callable[..., Browser], role: Role, path: str, key: str
) -> None:
    assert sign_in_as(role).get(path + key).heading
