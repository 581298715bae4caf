"""Sheets of paper and what is put on them, kept until it is known how many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from reportlab import rl_config
from reportlab.graphics import renderPDF
from reportlab.lib.pagesizes import A4, landscape, portrait
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.reports.documents import fonts
from app.reports.documents.fonts import Face

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

rl_config.useA85 = 0  # streams as bytes: their detour over ASCII costs a fifth of the size and of the time

HAIRLINE = 0.4
RULE = 0.9
_SHADE = 0.93
_CREATOR = "찾아가는 복지 사례관리"
_ASCENT = 0.88
"""Where the letters of the embedded face end above the base line, in units of the type size."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The size of the paper and its margins, in points."""

    width: float
    height: float
    side: float
    top: float
    bottom: float

    @property
    def body(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.side

    @property
    def right(self) -> float:
        return self.width - self.side


PORTRAIT = Sheet(*portrait(A4), side=17 * mm, top=14 * mm, bottom=20 * mm)
LANDSCAPE = Sheet(*landscape(A4), side=15 * mm, top=14 * mm, bottom=19 * mm)


class Page:
    """What stands on one sheet: shades, lines, texts, drawings, placed in points from the lower left."""

    __slots__ = ("bookmark", "drawings", "has_head", "pictures", "rules", "shades", "subject", "texts")

    def __init__(self, subject: str = "") -> None:
        self.shades: list[tuple[float, float, float, float]] = []
        self.rules: defaultdict[float, list[tuple[float, float, float, float]]] = defaultdict(list)
        self.texts: list[tuple[str, float, float, float, float, Sequence[str]]] = []
        self.drawings: list[tuple[Drawing, float, float]] = []
        self.pictures: list[tuple[bytes, float, float, float, float]] = []
        self.subject = subject
        """What the running head names; of the whole paper when empty."""
        self.has_head = False
        """Whether a head of its own stands on it in place of the running head."""
        self.bookmark = ""

    def shade(self, x: float, y: float, width: float, height: float) -> None:
        self.shades.append((x, y, width, height))

    def rule(self, x1: float, y1: float, x2: float, y2: float, weight: float = HAIRLINE) -> None:
        self.rules[weight].append((x1, y1, x2, y2))

    def box(self, x: float, y: float, width: float, height: float, weight: float = HAIRLINE) -> None:
        right, top = x + width, y + height
        self.rules[weight] += [(x, y, right, y), (x, top, right, top), (x, y, x, top), (right, y, right, top)]

    def write(self, face: Face, size: float, leading: float, x: float, top: float, lines: Sequence[str]) -> None:
        """Put `lines` one below the other, the first line's box of `leading` points beginning at `top`."""
        base = top - (leading - size) / 2 - _ASCENT * size
        self.texts.append((face.name, size, leading, x, base, lines))

    def paint(self, canvas: Canvas) -> None:
        """Draw everything: what lies below first."""
        self._paint_shades(canvas)
        for weight, lines in self.rules.items():
            canvas.setLineWidth(weight)
            canvas.lines(lines)
        self._paint_texts(canvas)
        for drawing, x, y in self.drawings:
            renderPDF.draw(drawing, canvas, x, y)
        for picture, x, y, width, height in self.pictures:
            canvas.drawImage(ImageReader(BytesIO(picture)), x, y, width, height)

    def _paint_shades(self, canvas: Canvas) -> None:
        canvas.setFillGray(_SHADE)
        for x, y, width, height in self.shades:
            canvas.rect(x, y, width, height, stroke=0, fill=1)
        canvas.setFillGray(0)

    def _paint_texts(self, canvas: Canvas) -> None:
        """All texts in one text object: opening one for each string costs more than setting the string."""
        pen = canvas.beginText()
        style = None
        for name, size, leading, x, y, lines in self.texts:
            if style != (name, size, leading):
                style = (name, size, leading)
                pen.setFont(name, size, leading)
            pen.setTextOrigin(x, y)
            for line in lines:
                pen.textLine(line)
        canvas.drawText(pen)


def bind(pages: Iterable[Page], sheet: Sheet, *, title: str, author: str, subject: str) -> bytes:
    """The pages as one PDF file. The same pages give the same bytes: the file carries no date of its own."""
    buffer = BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(sheet.width, sheet.height),
        pageCompression=1,
        invariant=1,
        lang="ko-KR",
        initialFontName=fonts.regular().name,  # type: ignore[arg-type]  # the stubs mistake it for a size
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(subject)
    canvas.setCreator(_CREATOR)
    for at, page in enumerate(pages):
        page.paint(canvas)
        if page.bookmark:
            canvas.bookmarkPage(f"sheet-{at}")
            canvas.addOutlineEntry(page.bookmark, f"sheet-{at}")
        canvas.showPage()
    with fonts.EMBEDDING:
        canvas.save()
    return buffer.getvalue()
