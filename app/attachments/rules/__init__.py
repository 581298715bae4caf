"""The rules of attachments: what may be attached, and under which key its file lies."""

from app.attachments.rules.kinds import AttachmentKind, NotSigned, SignerRole
from app.attachments.rules.photos import (
    CAPTION_LIMIT,
    HEALTH_CHIPS,
    LARGEST_FILE,
    MOST_PIXELS,
    QUICK_CAPTIONS,
    PhotoDetails,
    check_photo,
)
from app.attachments.rules.places import KEPT_AFTER_REMOVAL, ORPHANS_LEFT_ALONE, Place, place_of_file
from app.attachments.rules.signatures import (
    MOST_POINTS,
    NAME_LIMIT,
    NOTE_LIMIT,
    PAD_HEIGHT,
    PAD_WIDTH,
    SignatureDetails,
    SignatureState,
    SignedText,
    Strokes,
    check_signature,
    decide_state,
    read_strokes,
)

__all__ = [
    "CAPTION_LIMIT", "HEALTH_CHIPS", "KEPT_AFTER_REMOVAL", "LARGEST_FILE", "MOST_PIXELS", "MOST_POINTS", "NAME_LIMIT",
    "NOTE_LIMIT",     "ORPHANS_LEFT_ALONE", "PAD_HEIGHT", "PAD_WIDTH", "QUICK_CAPTIONS", "AttachmentKind", "NotSigned", "PhotoDetails",
    "Place", "SignatureDetails", "SignatureState", "SignedText", "SignerRole", "Strokes", "check_photo",
    "check_signature", "decide_state", "place_of_file", "read_strokes",
]  # fmt: skip
