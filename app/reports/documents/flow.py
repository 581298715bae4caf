"""A pen that goes down the page and turns it: headings, notes and drawings, one below the other."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.lib.utils import ImageReader

from app.reports.documents.fonts import Face
from app.reports.documents.page import Page, Sheet
from app.reports.documents.typesetting import Typesetter

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

_HEADING_SIZE = 11.0
_CAPTION_SIZE = 9.5
_ABOVE_HEADING = 8.0
_BELOW_DRAWING = 6.0
_NOTE_SIZE = 8.5
_NOTE_LEADING = 13.0
RUNNING_HEAD = 20.0
"""Points kept free above the body from the second page on, for the running head."""


class Flow:
    """The pages written so far and the place where the next thing goes."""

    def __init__(self, sheet: Sheet, *, bottom: float) -> None:
        self.sheet = sheet
        self.type = Typesetter()
        self.pages = [Page()]
        self.bottom = bottom
        self.y = sheet.height - sheet.top
        self._headings: list[tuple[str, float]] = []
        self._chapters = 0
        self._has_begun = False

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def room(self) -> float:
        """The height left on this page, in points."""
        return self.y - self.bottom

    def turn(self) -> None:
        """Go on at the top of a new page."""
        self.pages.append(Page(self.page.subject))
        self.y = self.sheet.height - self.sheet.top - RUNNING_HEAD

    def whole(self, height: float) -> None:
        """Turn the page unless `height` points are left on it; what no page holds begins where it is."""
        if self.room < height <= self.sheet.height - self.sheet.top - RUNNING_HEAD - self.bottom:
            self.turn()

    def begin(self, subject: str, bookmark: str) -> None:
        """Go on with something else that has a head, a bookmark and chapters of its own, at the top of a page."""
        if self._has_begun:
            self.pages.append(Page())
        self._has_begun = True
        self.y = self.sheet.height - self.sheet.top
        self.page.subject, self.page.bookmark, self.page.has_head = subject, bookmark, True
        self._chapters = 0

    def heading(self, text: str) -> None:
        """A heading, written on the page where whatever comes next begins."""
        self._headings.append((text, _HEADING_SIZE))

    def chapter(self, text: str) -> None:
        """A heading with the next number."""
        self._chapters += 1
        self.heading(f"{self._chapters}. {text}")

    def keep(self, height: float) -> None:
        """Turn the page unless `height` points are left on it, below the headings that wait to be written."""
        headings, self._headings = self._headings, []
        if self.room < height + sum(size * 2 + _ABOVE_HEADING for _, size in headings):
            self.turn()
        for text, size in headings:
            self.y -= _ABOVE_HEADING
            self._lines(text, self.type.bold, size, size * 1.6)
        self.y -= 2 if headings else 0

    def caption(self, text: str) -> None:
        """A small heading below a chapter's, written where whatever comes next begins."""
        self._headings.append((text, _CAPTION_SIZE))

    def note(self, text: str) -> None:
        """A remark in small type, over as many pages as it needs."""
        self.keep(_NOTE_LEADING)
        self._lines(text, self.type.regular, _NOTE_SIZE, _NOTE_LEADING)

    def drawing(self, drawing: Drawing) -> None:
        """A drawing, whole on one page."""
        self.keep(drawing.height + _BELOW_DRAWING)
        self.y -= drawing.height + _BELOW_DRAWING
        self.page.drawings.append((drawing, self.sheet.side, self.y + _BELOW_DRAWING))

    def picture(self, jpeg: bytes, *, width: float, height: float) -> None:
        """A picture, whole on one page and no larger than `width` by `height` points; its proportions are kept."""
        wide, high = ImageReader(BytesIO(jpeg)).getSize()
        scale = min(width / wide, height / high)
        self.keep(high * scale + _BELOW_DRAWING)
        self.y -= high * scale + _BELOW_DRAWING
        self.page.pictures.append((jpeg, self.sheet.side, self.y + _BELOW_DRAWING, wide * scale, high * scale))

    def _lines(self, text: str, face: Face, size: float, leading: float) -> None:
        for line in self.type.lines(text, face, self.sheet.body / size):
            self.keep(leading)
            self.page.write(face, size, leading, self.sheet.side, self.y, [line])
            self.y -= leading
