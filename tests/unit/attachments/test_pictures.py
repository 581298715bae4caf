"""What strangers send becomes a picture of our own, or is refused with a sentence that says what to do."""

from __future__ import annotations

import resource
import struct
from io import BytesIO

import pytest
from app.attachments.rules import LARGEST_FILE
from app.attachments.service import prepare_picture
from app.core.errors import RuleBroken
from PIL import Image
from tests.factories import pictures

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 400
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


def opened(content: bytes) -> Image.Image:
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"", "EMPTY_FILE"),
        (b"\x00" * (LARGEST_FILE + 1), "FILE_TOO_LARGE"),
        (pictures.photo() + b"\x00" * LARGEST_FILE, "FILE_TOO_LARGE"),
        (SVG, "NO_PICTURE"),
        (PDF, "NO_PICTURE"),
        (pictures.gifar(), "NO_PICTURE"),
        (b"<html>" + pictures.photo(), "NO_PICTURE"),
        (HEIC, "HEIC"),
        (pictures.png_that_claims(50_000, 50_000), "TOO_MANY_PIXELS"),
        (pictures.png_that_claims(20_000, 2_001), "TOO_MANY_PIXELS"),
        (pictures.png_that_claims(9_000, 9_000), "TOO_MANY_PIXELS"),
        (pictures.png_that_claims(4_000, 4_000), "PICTURE_DAMAGED"),
        (pictures.png_bomb_in_text(), "PICTURE_DAMAGED"),
        (pictures.photo()[:-2000], "PICTURE_DAMAGED"),
        (pictures.photo(kind="PNG")[:-40], "PICTURE_DAMAGED"),
        (pictures.photo(kind="WEBP")[:120], "PICTURE_DAMAGED"),
        (pictures.photo()[:200], "PICTURE_DAMAGED"),
        (b"\xff\xd8\xff", "NO_PICTURE"),
    ],
)
def test_what_is_no_sound_picture_is_refused_by_name(sent: bytes, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        prepare_picture(sent)
    assert refused.value.code == code
    assert refused.value.field == "photo"
    assert refused.value.text.endswith(("요.", "다."))


def test_a_bomb_takes_no_memory() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for bomb in (pictures.png_that_claims(50_000, 50_000), pictures.png_bomb_in_text()):
        with pytest.raises(RuleBroken):
            prepare_picture(bomb)
    grown_kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown_kilobytes < 120_000


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("RGB", "JPEG"), ("CMYK", "JPEG"), ("L", "JPEG"), ("I;16", "PNG"), ("P", "PNG"), ("RGBA", "PNG"), ("RGB", "WEBP"),
    ],
)  # fmt: skip
def test_every_kind_of_picture_becomes_a_jpeg_that_looks_like_it(mode: str, kind: str) -> None:
    made = opened(prepare_picture(pictures.photo(640, 480, mode=mode, kind=kind)).content)
    assert (made.format, made.mode, made.size) == ("JPEG", "RGB", (640, 480))
    if mode != "P":
        above, below = made.getpixel((320, 100)), made.getpixel((320, 400))
        assert sum(above) > 3 * 200, (above, below)  # type: ignore[arg-type]
        assert mode in ("CMYK", "RGBA") or sum(below) < 3 * 60  # type: ignore[arg-type]


def test_where_and_with_what_it_was_taken_is_gone() -> None:
    sent = pictures.photo_with_place()
    assert opened(sent).getexif().get_ifd(0x8825), "the test's own photo has no place"
    picture = prepare_picture(sent)
    for content in (picture.content, picture.small):
        made = opened(content)
        assert not made.getexif()
        assert not {"exif", "comment", "icc_profile", "xmp", "photoshop"} & made.info.keys()
        assert b"SamGong" not in content
        assert b"Exif" not in content
        assert b"secret remark" not in content


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_photo_stands_upright_as_the_camera_was_held(orientation: int) -> None:
    made = opened(prepare_picture(pictures.photo_with_place(orientation)).content)
    lit = {3: (320, 400), 6: (400, 320), 8: (60, 320)}[orientation]
    assert made.size == ((640, 480) if orientation == 3 else (480, 640))
    assert sum(made.getpixel(lit)) > 3 * 200  # type: ignore[arg-type]


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_a_note_about_the_camera_that_cannot_be_read_harms_nothing() -> None:
    broken = b"Exif\x00\x00MM\x00\x2a" + struct.pack(">I", 0xFFFFFF0)
    assert prepare_picture(pictures.photo(exif=broken)).width == 640


def test_what_hides_behind_the_last_pixel_is_not_stored() -> None:
    picture = prepare_picture(pictures.jpeg_that_is_a_page())
    for content in (picture.content, picture.small):
        assert pictures.SCRIPT not in content
        assert b"<html>" not in content
        assert content.endswith(b"\xff\xd9")


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_of_a_moving_picture_the_first_is_kept(kind: str) -> None:
    made = opened(prepare_picture(pictures.animated(kind)).content)
    assert getattr(made, "n_frames", 1) == 1
    assert min(made.getpixel((30, 20))) > 240  # type: ignore[type-var]


def test_what_is_see_through_becomes_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(prepare_picture(out.getvalue()).content).getpixel((25, 25)) == (255, 255, 255)


def test_a_large_photo_is_stored_no_longer_than_1600_pixels_and_small_no_longer_than_400() -> None:
    picture = prepare_picture(pictures.photo(4000, 3000))
    assert (picture.width, picture.height) == (1600, 1200)
    assert opened(picture.content).size == (1600, 1200)
    assert opened(picture.small).size == (400, 300)


def test_a_photo_of_forty_megapixels_is_taken() -> None:
    assert prepare_picture(pictures.photo(8000, 5000)).width == 1600


def test_the_same_photo_gives_the_same_bytes() -> None:
    sent = pictures.photo()
    assert prepare_picture(sent).sha256 == prepare_picture(sent).sha256
