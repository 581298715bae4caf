"""The words of attachments. Pure."""

from __future__ import annotations

from app.core.labelled import Labelled


class AttachmentKind(Labelled):
    """What is attached."""

    PHOTO = "PHOTO", "사진"
    SIGNATURE = "SIGNATURE", "서명"
