"""Words of a chart on paper."""

from __future__ import annotations

from typing import Any, cast

from reportlab.graphics.shapes import String

from app.core.lettering import Word
from app.reports.documents import fonts


def set_word(word: Word, *, size: float, height: float) -> String:
    """A word of a chart as ReportLab draws it, in a drawing of `height` whose y grows upwards."""
    _ = fonts.bold().width(word.text), fonts.regular().width(word.text)  # teaches both faces what they lack
    face = fonts.bold() if word.is_strong else fonts.regular()
    return String(
        word.x, height - word.y, word.text, fontName=face.name, fontSize=size, textAnchor=cast(Any, word.anchor)
    )
