from __future__ import annotations

import pytest
from app.core.keys import LARGEST_KEY, key_typed


@pytest.mark.parametrize(("text", "key"), [
    ("1", 1), ("0017", 17), (str(LARGEST_KEY), LARGEST_KEY),
    (str(LARGEST_KEY + 1), 0), ("9" * 400, 0), ("0", 0), ("", 0), (None, 0), ("-3", 0), ("3.0", 0), (" 3", 0), ("٣", 0), ("三", 0),
])  # fmt: skip
def test_a_key_is_read_and_whatever_is_none_is_nobodys(text: str | None, key: int) -> None:
    assert key_typed(text) == key
