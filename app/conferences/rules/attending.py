"""Who sat together: own staff by choice, people of other agencies as lines of name and agency. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.core.text import normalise

LONGEST_PART = 60
_PARTED = re.compile(r"\s*[,/·，]\s*|\s+-\s+|\t+")


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person of a conference. `account_id` None: of another agency; `agency` is empty while the line is typed."""

    name: str
    agency: str
    account_id: int | None = None


def stored_attendees(people: Iterable[Attendee]) -> list[dict[str, Any]]:
    """Attendees as the conference keeps them."""
    return [asdict(each) for each in people]


def read_attendees(stored: Sequence[dict[str, Any]]) -> tuple[Attendee, ...]:
    """Attendees as they were stored."""
    return tuple(Attendee(each["name"], each["agency"], each["account_id"]) for each in stored)


def typed_lines(people: Iterable[Attendee]) -> str:
    """People of other agencies as somebody types them, one on a line: «김민수, 가람종합복지관»."""
    others = (each for each in people if each.account_id is None)
    return "\n".join(f"{each.name}, {each.agency}" if each.agency else each.name for each in others)


def people_of(text: str) -> tuple[Attendee, ...]:
    """The people of other agencies that lines name, each once; a half typed line has a name and no agency yet."""
    lines = [normalise(line) for line in text.splitlines() if line.strip()]
    return tuple(dict.fromkeys(_person(line) for line in lines))


def unclear(people: Iterable[Attendee]) -> list[str]:
    """Names of which it is not said where they come from, or that are too long to be a name."""
    return [each.name for each in people if not each.agency or max(len(each.name), len(each.agency)) > LONGEST_PART]


def _person(line: str) -> Attendee:
    name, *rest = _PARTED.split(line, maxsplit=1)
    return Attendee(name, rest[0]) if name and rest else Attendee(line, "")
