"""The same person twice in one list: rows that are surely one are joined, rows that may be one are held."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

from app.core.text import search_key
from app.discoveries.rules.match import Candidate, judge_match, real_phones
from app.discoveries.rules.people import ListedPerson
from app.discoveries.rules.vocabulary import MatchDegree


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """The row further up that names the same person, surely (EXACT) or perhaps (LIKELY)."""

    row_number: int
    degree: MatchDegree
    reason: str
    """«이름·생년월일 일치, 전화 다름»."""


class SeenPeople:
    """The people of one list so far, found again by any two of name, birth date, telephone, or name and address.

    Unlike on record, the address alone means nothing within a list: families are listed one by one.
    """

    def __init__(self) -> None:
        self._surely: dict[Hashable, ListedPerson] = {}
        self._perhaps: dict[Hashable, ListedPerson] = {}

    def find_earlier(self, person: ListedPerson, fingerprint: str) -> EarlierRow | None:
        """The row that `person` repeats, surely or perhaps. Unless surely, `person` is remembered for later rows.

        Rows alike in every word but their number are one person even without a telephone.
        """
        sure, weak = _keys_of(person)
        sure.append(fingerprint)
        if earlier := _first_found(self._surely, sure):
            return _earlier_row(person, earlier, MatchDegree.EXACT)
        earlier = _first_found(self._perhaps, weak)
        self._remember(person, sure, weak)
        return _earlier_row(person, earlier, MatchDegree.LIKELY) if earlier else None

    def _remember(self, person: ListedPerson, sure: list[Hashable], weak: list[Hashable]) -> None:
        for key in sure:
            self._surely.setdefault(key, person)
        for key in weak:
            self._perhaps.setdefault(key, person)


def join(first: ListedPerson, second: ListedPerson) -> ListedPerson:
    """The first row's person with what a later row adds: its crises, the higher counts, its note.

    Another address is not taken over: it is told in a remark.
    """
    notes = dict.fromkeys(filter(None, (first.note, second.note)))
    phones = dict.fromkeys(filter(None, (first.phone, *first.other_phones, second.phone, *second.other_phones)))
    return replace(
        first,
        phone=next(iter(phones), ""),
        other_phones=tuple(phones)[1:],
        crisis_codes=tuple(dict.fromkeys(first.crisis_codes + second.crisis_codes)),
        months_in_arrears=_higher(first.months_in_arrears, second.months_in_arrears),
        previous_discoveries=_higher(first.previous_discoveries, second.previous_discoveries),
        note="\n".join(notes),
        remarks=tuple(dict.fromkeys((*first.remarks, *_other_address(first, second), *second.remarks))),
        joined_rows=(*first.joined_rows, second.row_number, *second.joined_rows),
    )


def _other_address(first: ListedPerson, second: ListedPerson) -> tuple[str, ...]:
    address = second.address
    return (f"{second.row_number}행의 주소: {address}",) if address and address != first.address else ()


def _first_found(seen: dict[Hashable, ListedPerson], keys: list[Hashable]) -> ListedPerson | None:
    for key in keys:
        if key in seen:
            return seen[key]
    return None


def _keys_of(person: ListedPerson) -> tuple[list[Hashable], list[Hashable]]:
    """What only the same person shares, and what the same person may share."""
    name, born = search_key(person.name), person.birth_on
    phones = real_phones((person.phone, *person.other_phones))
    weak: list[Hashable] = [(name, born)]
    for phone in phones:
        weak += [(name, phone), (born, phone)]
    if person.road_address or person.lot_address:
        weak.append((name, person.road_address, person.lot_address, person.unit))
    return [(name, born, phone) for phone in phones], weak


def _earlier_row(person: ListedPerson, earlier: ListedPerson, degree: MatchDegree) -> EarlierRow:
    return EarlierRow(earlier.row_number, degree, judge_match(person, Candidate.of(earlier)).reason)


def _higher(first: int | None, second: int | None) -> int | None:
    return max((count for count in (first, second) if count is not None), default=None)
