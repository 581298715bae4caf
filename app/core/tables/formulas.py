"""Text that a spreadsheet would take for a formula, made harmless and back.

Excel, Calc and Sheets run what begins with = + - @ (also full-width), some after a tab or a line break
(OWASP ASVS 5.0, 1.2.10). An apostrophe in front makes it text; reading takes that apostrophe off again.
"""

from __future__ import annotations

import re

_RISKY = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
_NOT_WRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def neutralise(text: str) -> str:
    """`text` as it may stand in a CSV or XLSX cell: no formula, no character that XML or UTF-8 forbids."""
    text = _NOT_WRITABLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if _RISKY.match(text) else text


def restore(text: str) -> str:
    """What `neutralise` was given: «'-3» becomes «-3». Any other text stays."""
    return text[1:] if text[:1] == "'" and _RISKY.match(text, 1) else text
