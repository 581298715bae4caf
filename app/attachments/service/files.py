"""Where files lie: one folder, on this machine or on a volume several servers share.

A file appears under its key whole or not at all: it is written under another name, flushed to the disk, and renamed.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.attachments.rules import Place, place_of_file
from app.core.errors import RuleBroken

UNFINISHED = ".part"
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
SWEPT = "swept"
"""Files no row knows wait here before they are deleted: a database that was put back too early may still want them."""


@dataclass(frozen=True, slots=True)
class FileStore:
    """The folder of files, and how much room must stay free on its disk for what people write."""

    folder: Path
    reserve: int = 0
    """Bytes. Below them no picture is taken in; notes, which need a thousandth of the room, go on."""

    def refuse_when_full(self) -> None:
        """Take no picture when the disk is nearly full.

        Raises:
            RuleBroken: DISK_NEARLY_FULL; a tablet keeps the picture and asks again later.
        """
        self._make(self.folder)
        if shutil.disk_usage(self.folder).free < self.reserve:
            raise disk_nearly_full()

    def keep(self, place: Place, content: bytes, small: bytes | None = None) -> None:
        """Store a picture under its key, and its small one beside it.

        Raises:
            RuleBroken: DISK_NEARLY_FULL, when there is no room for it.
            OSError: the folder cannot be written to; nothing of it stays.
        """
        try:
            self._write(place.key, content)
            if small is not None:
                self._write(place.small_key, small)
        except OSError as error:
            self.forget(place)
            if error.errno in NO_ROOM:
                raise disk_nearly_full() from error
            raise

    def _write(self, key: str, content: bytes) -> None:
        path = self.folder / key
        self._make(path.parent)
        unfinished = path.with_name(path.name + UNFINISHED)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
        _settle(path.parent)

    def _make(self, folder: Path) -> None:
        """The folder and those above it, for us alone; they are on the disk before anything is put into them."""
        if folder.is_dir():
            return
        if folder != self.folder:
            self._make(folder.parent)
        folder.mkdir(mode=0o700, parents=folder == self.folder, exist_ok=True)
        _settle(folder.parent)

    def read(self, key: str) -> bytes | None:
        """The file's content, None when it is not there."""
        try:
            return (self.folder / key).read_bytes()
        except OSError:
            return None

    def holds(self, key: str) -> bool:
        """Whether the file is there."""
        return (self.folder / key).is_file()

    def forget(self, place: Place) -> None:
        """Delete a picture and its small one; what is not there is not missed."""
        for key in (place.key, place.small_key):
            for name in (key, key + UNFINISHED):
                with suppress(OSError):
                    (self.folder / name).unlink()

    def list_before(self, moment: datetime) -> Iterator[tuple[Path, Place | None]]:
        """Files last written before a moment, with the place each belongs to (None: unfinished, or not of our making)."""
        for path in sorted(self.folder.glob("??/??/*")):
            with suppress(OSError):
                if path.is_file() and path.stat().st_mtime < moment.timestamp():
                    yield path, place_of_file(path.relative_to(self.folder).as_posix())

    def set_aside(self, path: Path, now: datetime) -> None:
        """Take a file no row knows out of sight; it waits in `swept/` from now on."""
        waiting = self.folder / SWEPT
        self._make(waiting)
        with suppress(OSError):
            os.utime(path, (now.timestamp(), now.timestamp()))
            path.rename(waiting / path.name)

    def empty_swept(self, before: datetime) -> int:
        """Delete what was set aside before a moment. Returns how many files."""
        gone = 0
        for path in sorted((self.folder / SWEPT).glob("*")):
            with suppress(OSError):
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    gone += 1
        return gone


def disk_nearly_full() -> RuleBroken:
    """What somebody is told whose picture found no room."""
    return RuleBroken(
        "DISK_NEARLY_FULL",
        "저장 공간이 거의 찼습니다. 지금은 사진과 서명을 받지 못합니다. 글은 그대로 저장됩니다. 시스템 관리자에게 알려 주세요.",
    )


def _settle(folder: Path) -> None:
    """Have the disk know the names in a folder, not only what lies under them."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
