"""The picture of a signature, drawn from its strokes. The strokes are the signature; this is how it looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from app.attachments.rules import PAD_HEIGHT, PAD_WIDTH

SHRINKS_BY = 2
"""Drawn twice as large and made smaller, so that lines are smooth."""
WIDTH, HEIGHT = PAD_WIDTH // SHRINKS_BY, PAD_HEIGHT // SHRINKS_BY
"""Pixels of the finished picture."""
PEN = 9
"""Units of the pad."""


def draw_signature(strokes: Iterable[Sequence[Sequence[Any]]]) -> bytes:
    """A PNG of 1000 by 400 pixels, dark grey on white; the same strokes give the same bytes."""
    paper = Image.new("L", (PAD_WIDTH, PAD_HEIGHT), 255)
    pen = ImageDraw.Draw(paper)
    for stroke in strokes:
        _draw(pen, [(point[0], point[1]) for point in stroke])
    out = BytesIO()
    paper.reduce(SHRINKS_BY).save(out, "PNG", optimize=True)
    return out.getvalue()


def _draw(pen: ImageDraw.ImageDraw, line: Sequence[tuple[int, int]]) -> None:
    if len(line) > 1:
        pen.line(line, fill=20, width=PEN, joint="curve")
    for x, y in (line[0], line[-1]):
        pen.ellipse((x - PEN / 2, y - PEN / 2, x + PEN / 2, y + PEN / 2), fill=20)
