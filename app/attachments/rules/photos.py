"""What a photo needs to be attached. Pure.

Sizes follow OWASP's advice on uploads (limit bytes before reading, pixels before decoding): a phone's whole picture
of 40 megapixels fits, and what the tablet sends has been made smaller before.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from uuid import UUID

from app.core.errors import RuleBroken

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes."""
MOST_PIXELS = 40_000_000
CAPTION_LIMIT = 100
"""Letters."""
QUICK_CAPTIONS = ("집 앞", "집 안", "냉장고", "약", "상처", "서류", "고칠 곳")
"""What is photographed most; own words go as well."""
HEALTH_CHIPS = frozenset({"약", "상처"})
"""Captions that tell of somebody's health: the switch is on for them until somebody turns it off."""


@dataclass(frozen=True, slots=True)
class PhotoDetails:
    """A photo as the tablet sends it: its id, so that sending twice stores once; the record it belongs to, a draft at
    first; what it shows; and whether that is somebody's health."""

    photo_id: UUID
    caption: str
    is_health: bool = False
    visit_id: UUID | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "caption", unicodedata.normalize("NFC", " ".join(self.caption.split())))


def check_photo(details: PhotoDetails) -> None:
    """Refuse a photo that says nothing of what it shows.

    Raises:
        RuleBroken: no caption, or one longer than CAPTION_LIMIT.
    """
    if not details.caption:
        raise RuleBroken("CAPTION_NEEDED", "무엇을 찍었는지 고르거나 적어 주세요.", field="caption")
    if len(details.caption) > CAPTION_LIMIT:
        raise RuleBroken("CAPTION_TOO_LONG", f"설명은 {CAPTION_LIMIT}자까지 적습니다.", field="caption")
