"""What a key in a URL or a form can be."""

from __future__ import annotations

LARGEST_KEY = 2**31 - 1
"""What an integer key holds; a longer number is nobody's, and PostgreSQL would refuse to look for it."""


def key_typed(text: str | None) -> int:
    """The key (or version) that a text names, 1 to LARGEST_KEY; 0, which is nobody's, for whatever names none."""
    if text is None or not (text.isascii() and text.isdecimal()) or len(text) > len(str(LARGEST_KEY)):
        return 0
    key = int(text)
    return key if key <= LARGEST_KEY else 0
