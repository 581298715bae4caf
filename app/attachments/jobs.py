"""What the timetable calls."""

from __future__ import annotations

from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from app.attachments import service
from app.attachments.service import FileStore


def delete_removed_files(session: Session, now: datetime) -> int:
    """Delete the files of pictures removed more than 30 days ago. Returns how many."""
    return service.delete_removed(session, _files(), now=now)


def sweep_files(session: Session, now: datetime) -> int:
    """Set aside files that belong to no row, and delete those set aside 30 days ago. Returns how many."""
    return service.sweep_orphans(session, _files(), now=now)


def _files() -> FileStore:
    settings = current_app.config["OUTREACH"]
    return FileStore(settings.files, settings.files_reserve)
