"""Pictures as strangers send them, made into pictures of our own.

Nothing of a file that was sent is ever stored or served: what can be decoded as a picture is painted onto a new one,
and that is written as JPEG. Whatever else the file held (where it was taken, a script behind the last pixel, a second
picture, a comment) is not in it. What is no picture is refused with a sentence that says what to do.
"""

from __future__ import annotations

import hashlib
import warnings
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from threading import BoundedSemaphore

from PIL import Image, ImageOps, UnidentifiedImageError

from app.attachments.rules import LARGEST_FILE, MOST_PIXELS
from app.core.errors import RuleBroken

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE, SMALL_SIDE = 1600, 400
"""Pixels."""
QUALITY, SMALL_QUALITY = 82, 72
_HEIF = (b"heic", b"heix", b"hevc", b"heif", b"mif1", b"msf1", b"avif")
_TWO_AT_A_TIME = BoundedSemaphore(2)
"""A picture of 40 megapixels takes 160 MB while it is decoded."""

# Pillow warns beyond its limit and refuses beyond twice of it; for us both are refusals.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG of our own making and its small one."""

    content: bytes
    small: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def prepare_picture(sent: bytes) -> Picture:
    """Make a picture of our own out of what was sent: upright, at most 1600 pixels long, with nothing but pixels in it.

    Takes up to two seconds for the largest; holds nothing of the database.

    Raises:
        RuleBroken: the file is empty, too large, no JPEG, PNG or WEBP, has too many pixels, or is damaged.
    """
    _refuse_by_size(sent)
    with _TWO_AT_A_TIME:
        painted = _decoded(sent)
        small = painted.copy()
        small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
        return Picture(_jpeg(painted, QUALITY), _jpeg(small, SMALL_QUALITY), *painted.size)


def _refuse_by_size(sent: bytes) -> None:
    if not sent:
        raise RuleBroken("EMPTY_FILE", "빈 파일입니다. 다시 찍거나 다른 사진을 골라 주세요.", field="photo")
    if len(sent) > LARGEST_FILE:
        raise RuleBroken("FILE_TOO_LARGE", "사진이 10MB보다 큽니다. 작게 줄이거나 다시 찍어 주세요.", field="photo")


def _decoded(sent: bytes) -> Image.Image:
    """The picture in the file, painted on a new canvas."""
    try:
        _verify(sent)
        with Image.open(BytesIO(sent), formats=FORMATS) as opened:
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is made smaller while it is being read
            opened.load()
            return _painted(_upright(opened))
    except RuleBroken:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Exception as error:  # decoders raise whatever they come across; what cannot be decoded is no picture
        raise RuleBroken(
            "PICTURE_DAMAGED", "사진이 끝까지 오지 않았거나 깨져 있습니다. 다시 찍어 주세요.", field="photo"
        ) from error


def _verify(sent: bytes) -> None:
    """Look at the file's outside: its kind, its pixels, its check sums. Decodes nothing."""
    try:
        opened = Image.open(BytesIO(sent), formats=FORMATS)
    except UnidentifiedImageError as error:
        raise _no_picture(sent) from error
    with opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise _too_many_pixels()
        opened.verify()


def _no_picture(sent: bytes) -> RuleBroken:
    if sent[4:8] == b"ftyp" and sent[8:12] in _HEIF:
        text = "HEIC 사진은 받을 수 없습니다. 카메라 설정에서 «호환성 우선(JPEG)»을 고르고 다시 찍어 주세요."
        return RuleBroken("HEIC", text, field="photo")
    return RuleBroken("NO_PICTURE", "사진 파일이 아닙니다. JPEG, PNG, WEBP 사진만 받습니다.", field="photo")


def _too_many_pixels() -> RuleBroken:
    return RuleBroken(
        "TOO_MANY_PIXELS",
        "사진의 화소가 너무 많습니다. 4천만 화소까지 받습니다. 화질을 낮추어 다시 찍어 주세요.",
        field="photo",
    )


def _upright(opened: Image.Image) -> Image.Image:
    """Turned as the camera was held. A note about that which cannot be read turns nothing."""
    with suppress(Exception):
        return ImageOps.exif_transpose(opened)
    return opened


def _painted(opened: Image.Image) -> Image.Image:
    """The pixels alone, as RGB on white: a new picture has no comment, no profile and no place."""
    if opened.mode.startswith("I"):
        opened = opened.point(lambda value: value / 256).convert("L")  # 16 bits of grey
    if opened.mode in ("LA", "PA", "La") or "transparency" in opened.info:
        opened = opened.convert("RGBA")
    elif opened.mode not in ("RGB", "RGBA", "L"):
        opened = opened.convert("RGB")
    opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    canvas = Image.new("RGB", opened.size, "white")
    canvas.paste(opened.convert("RGB"), mask=opened.getchannel("A") if opened.mode == "RGBA" else None)
    return canvas


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
