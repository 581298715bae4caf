"""Photos as tablets send them, and files as nobody should."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

GPS_PLACE = b"37/1,30/1"
SCRIPT = b"<script>alert(1)</script>"


def photo(width: int = 640, height: int = 480, *, mode: str = "RGB", kind: str = "JPEG", **saving: Any) -> bytes:
    """A picture with a light upper and a dark lower half, so that one sees when it is turned."""
    picture = Image.new(mode, (width, height), 0)
    light = {
        "RGB": (250, 250, 250),
        "CMYK": (5, 5, 5, 5),
        "L": 250,
        "I;16": 64000,
        "P": 200,
        "RGBA": (250, 250, 250, 255),
    }
    for_mode: Any = light[mode]
    if mode == "I;16":  # which cannot be pasted into
        picture.frombytes(struct.pack("<H", for_mode) * (width * (height // 2)) + b"\x00\x00" * (width * (height // 2)))
    else:
        picture.paste(for_mode, (0, 0, width, height // 2))
    out = BytesIO()
    picture.save(out, kind, **saving)
    return out.getvalue()


def photo_with_place(orientation: int = 1) -> bytes:
    """A photo that tells where and with what it was taken, as phones write it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F], exif[0x0110] = "SamGong", "SM-TABLET"
    exif.get_ifd(0x8825).update({1: "N", 2: (37.0, 30.0, 12.5), 3: "E", 4: (127.0, 1.0, 3.25)})
    return photo(exif=exif, comment=b"secret remark", icc_profile=b"a profile of 1998")


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes whose head says it has this many pixels: a decompression bomb."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = zlib.compress(b"\x00" * 50_000, 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_bomb_in_text() -> bytes:
    """A small PNG whose compressed remark unfolds to 200 MB."""
    whole = photo(8, 8, kind="PNG")
    squeezer = zlib.compressobj(9)
    blown = b"".join(squeezer.compress(b"\x00" * 1_000_000) for _ in range(200)) + squeezer.flush()
    return whole[:33] + _chunk(b"zTXt", b"remark\x00\x00" + blown) + whole[33:]


def gifar() -> bytes:
    """A GIF that is an archive as well."""
    out = BytesIO()
    Image.new("P", (20, 20)).save(out, "GIF")
    return out.getvalue() + b"PK\x05\x06" + b"\x00" * 18


def jpeg_that_is_a_page() -> bytes:
    """A sound JPEG with a page behind its last pixel, and in its remark."""
    return photo(comment=SCRIPT) + b"<html>" + SCRIPT + b"</html>"


def animated(kind: str = "WEBP") -> bytes:
    """Two pictures in one file, a white one and a black one."""
    out = BytesIO()
    first, second = Image.new("RGB", (60, 40), "white"), Image.new("RGB", (60, 40), "black")
    first.save(out, kind, save_all=True, append_images=[second], duration=100)
    return out.getvalue()
