"""The picture behind a row, for pages and papers."""

from __future__ import annotations

from typing import Any, Protocol

from app.attachments.rules import AttachmentKind, Place
from app.attachments.service.drawing import draw_signature
from app.attachments.service.files import FileStore


class Pictured(Protocol):
    """An `Attachment` or an `AttachmentRecord`."""

    @property
    def kind(self) -> AttachmentKind: ...
    @property
    def file_key(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def strokes(self) -> list[Any] | None: ...


def read_file(store: FileStore, attachment: Pictured) -> bytes | None:
    """The whole picture: JPEG for a photo, PNG for a signature; None when its file is not there.

    A signature whose file is lost is drawn anew from its strokes. Needs no database.
    """
    if not attachment.width:
        return None
    content = store.read(Place(attachment.file_key).key)
    if content is None and attachment.kind is AttachmentKind.SIGNATURE:
        return draw_signature(attachment.strokes or ())
    return content


def read_small(store: FileStore, attachment: Pictured) -> bytes | None:
    """The small picture for lists; a signature has one size."""
    if attachment.kind is AttachmentKind.SIGNATURE:
        return read_file(store, attachment)
    return store.read(Place(attachment.file_key).small_key)
