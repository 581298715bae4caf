"""Files without rows, and rows that no longer want their files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.attachments import queries
from app.attachments.models import Attachment
from app.attachments.rules import KEPT_AFTER_REMOVAL, ORPHANS_LEFT_ALONE, Place
from app.attachments.service.files import FileStore

AT_ONCE = 500

Found = tuple[Path, Place | None]


def delete_removed(session: Session, store: FileStore, *, now: datetime) -> int:
    """Delete the files of what was removed more than 30 days ago; the rows stay and say so. Returns how many."""
    statement = select(Attachment).where(Attachment.removed_at < now - KEPT_AFTER_REMOVAL, Attachment.size > 0)
    gone = session.scalars(statement.limit(AT_ONCE)).all()
    for attachment in gone:
        store.forget(Place(attachment.file_key))
        attachment.size = attachment.width = attachment.height = 0
        attachment.strokes = None
    session.flush()
    return len(gone)


def sweep_orphans(session: Session, store: FileStore, *, now: datetime) -> int:
    """Set aside files older than a day that no row knows, and delete what was set aside 30 days ago.

    Returns how many files were set aside or deleted.
    """
    found = store.list_before(now - ORPHANS_LEFT_ALONE)
    swept = 0
    for part in _in_parts(found):
        known = queries.list_known_keys(session, (place.key for _path, place in part if place is not None))
        for path, place in part:
            if place is None or place.key not in known:
                store.set_aside(path, now)
                swept += 1
    return swept + store.empty_swept(now - KEPT_AFTER_REMOVAL)


def _in_parts(found: Iterable[Found]) -> Iterator[list[Found]]:
    files = iter(found)
    while part := list(islice(files, AT_ONCE)):
        yield part
