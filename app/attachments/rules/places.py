"""Under which key a file lies. Pure.

The key is ours, made of a UUID no tablet and no person chose, and split so that no folder grows beyond what a file
system lists quickly: two hexadecimal figures twice make 65,536 folders. The same key works in the instance folder
and on a volume that several servers share.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

ORPHANS_LEFT_ALONE = timedelta(days=1)
"""A file without a row may belong to a transaction that is not through yet; after a day it belongs to none."""
KEPT_AFTER_REMOVAL = timedelta(days=30)
"""How long a removed picture can be brought back; then its file is deleted and the row alone stays."""

_KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(?:jpg|png)")
_SMALL = ".small"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one picture lies below the folder of files: whole, and small for lists."""

    key: str

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise ValueError("no key of a file")

    @classmethod
    def new(cls, file_id: UUID, suffix: str) -> Place:
        """The place of a picture that is to be stored; `suffix` is jpg or png."""
        name = str(file_id)
        return cls(f"{name[:2]}/{name[2:4]}/{name}.{suffix}")

    @property
    def small_key(self) -> str:
        """Where the small picture lies."""
        stem, _, suffix = self.key.rpartition(".")
        return f"{stem}{_SMALL}.{suffix}"


def place_of_file(path: str) -> Place | None:
    """The place a stored file belongs to, whole or small; None for a file we did not make."""
    key = path.replace(f"{_SMALL}.", ".")
    return Place(key) if _KEY.fullmatch(key) else None
