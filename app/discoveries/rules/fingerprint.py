"""What makes two rows, or two files, the same: so that a list sent twice changes nothing the second time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from app.core.text import normalise
from app.discoveries.rules.people import ListedPerson

_BETWEEN = "\x1f"


def person_fingerprint(person: ListedPerson) -> str:
    """SHA-256 in hex over everything a good row says, except its number and place in the list.

    The same row in another order, another spelling of the date, or in CSV instead of XLSX has the same one. It
    does not know the round: a person listed again with nothing changed has it again.
    """
    said = (
        person.name, person.birth_on.isoformat(), person.sex or "", person.phone, *person.other_phones, person.dong,
        person.road_address, person.lot_address, person.unit, *sorted(person.crisis_codes),
        str(person.months_in_arrears), str(person.previous_discoveries), person.note and normalise(person.note),
    )  # fmt: skip
    return _digest(said)


def texts_fingerprint(texts: Iterable[str]) -> str:
    """SHA-256 in hex over the normalised cells of a row that could not be read; pass them masked."""
    return _digest(("bad", *texts))


def file_fingerprint(rows: Iterable[str]) -> str:
    """SHA-256 in hex over the fingerprints of a list's rows, in their order."""
    return _digest(rows)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256(_BETWEEN.join(parts).encode()).hexdigest()
