"""Takes a picture of a page, rings what the guide talks about, and makes the file small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import FloatRect, Locator, Page

WIDTH, DESK = 800, 1024
"""A tablet held upright, and the screen on a desk."""
TALL = 4600
"""High enough for the bars that stick to the bottom to stay out of a part cut from a page."""
LARGEST_FILE = 150_000
COLOURS = 128
INK = (196, 0, 110)
"""A colour no page uses, so that nobody takes a ring for a part of the page."""
FINE = 4
"""Rings are drawn this many times larger and shrunk, for smooth edges."""
PAD, LINE, CORNER, DISC, MARGIN = 5, 4, 12, 15, 14
FONT = Path(__file__).resolve().parents[2] / "app/static/fonts/NotoSansKR-sub-Bold.ttf"
SETTLE_MS = 300

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Camera:
    """Writes `NAME.png` files into a folder, as wide as the screen they show."""

    folder: Path
    width: int = WIDTH

    def screen(self, page: Page, name: str, *, height: int = 1280, marks: Sequence[Locator] = ()) -> None:
        """The page from its top as a tablet of that height shows it."""
        self._look(page, height)
        self._keep(name, page.screenshot(), [_box(mark) for mark in marks], top=0)

    def part(self, page: Page, name: str, first: Locator, last: Locator, *, marks: Sequence[Locator] = ()) -> None:
        """The full width of the page from one element to another."""
        self._look(page, TALL)
        top = max(_box(first)[1] - MARGIN, 0)
        clip = FloatRect(x=0, y=top, width=self.width, height=_box(last)[3] + MARGIN - top)
        self._keep(name, page.screenshot(clip=clip), [_box(mark) for mark in marks], top=top)

    def _look(self, page: Page, height: int) -> None:
        page.set_viewport_size({"width": self.width, "height": height})
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_timeout(SETTLE_MS)

    def _keep(self, name: str, png: bytes, boxes: Sequence[Box], *, top: float) -> None:
        picture = Image.open(BytesIO(png)).convert("RGB")
        if boxes:
            picture.paste(INK, mask=_rings(picture.size, boxes, top))
            _number(picture, boxes, top)
        target = self.folder / f"{name}.png"
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size > LARGEST_FILE:
            raise RuntimeError(f"{target.name} is {target.stat().st_size:,} bytes; show less of the page")


def _box(locator: Locator) -> Box:
    """Left, top, right, bottom within the viewport."""
    found = locator.bounding_box()
    if found is None:
        raise RuntimeError(f"nothing to see of {locator}")
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]


def _ring(box: Box, top: float, width: int) -> Box:
    """Around a box, but within the picture."""
    left, upper, right, lower = box
    edge = LINE / 2
    return max(left - PAD, edge), max(upper - top - PAD, edge), min(right + PAD, width - edge), lower - top + PAD


def _disc(box: Box, top: float, size: tuple[int, int]) -> tuple[float, float]:
    """The middle of the disc that carries the number, where it hides nothing one has to read.

    Beside the ring where the page has room on its left; on a corner among the buttons of the right half and around
    what is as wide as the page.
    """
    left, upper, right, _lower = _ring(box, top, size[0])
    if 2 * DISC < left < size[0] / 2:
        return left - DISC + LINE / 2, upper + DISC
    x = left if left >= size[0] / 2 else right
    return min(x, size[0] - DISC - 1), max(upper, DISC + 1)


def _rings(size: tuple[int, int], boxes: Sequence[Box], top: float) -> Image.Image:
    mask = Image.new("L", (size[0] * FINE, size[1] * FINE))
    drawing = ImageDraw.Draw(mask)
    for box in boxes:
        ring = [side * FINE for side in _ring(box, top, size[0])]
        drawing.rounded_rectangle(ring, radius=CORNER * FINE, outline=255, width=LINE * FINE)
    for box in boxes:
        x, y = (side * FINE for side in _disc(box, top, size))
        drawing.circle((x, y), DISC * FINE, fill=255)
    return mask.resize(size, Image.Resampling.LANCZOS)


def _number(picture: Image.Image, boxes: Sequence[Box], top: float) -> None:
    drawing, font = ImageDraw.Draw(picture), ImageFont.truetype(str(FONT), 19)
    for place, box in enumerate(boxes, start=1):
        drawing.text(_disc(box, top, picture.size), str(place), fill="white", font=font, anchor="mm")
