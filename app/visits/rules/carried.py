"""What stays the same from visit to visit: carried over, shown grey, and confirmed by a tap.

Only such things: vitals, scores and narrative are never carried, for an unread copy of them is a false record.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.labelled import Labelled


class StableField(Labelled):
    """A field that may be carried over. Medicines have a list of their own."""

    EQUIPMENT = "EQUIPMENT", "장비·보조기구"
    APPROACH = "APPROACH", "가는 길"
    PLACE = "PLACE", "만나는 곳"


@dataclass(frozen=True, slots=True)
class Carried:
    """A stable field as one record says it; `from_visit_id` names the record it was carried over from.

    None there means that it was written anew, and an empty text that there is no such thing any more.
    """

    name: StableField
    text: str
    from_visit_id: UUID | None = None
    written_on: date | None = None
    """When it was first written, where that is known."""


def newest_of_each(said: Iterable[Carried]) -> dict[StableField, Carried]:
    """What holds now, given everything that was said, newest first; what was said to be gone is left out."""
    newest: dict[StableField, Carried] = {}
    for each in said:
        newest.setdefault(each.name, each)
    return {name: each for name, each in newest.items() if each.text.strip()}
