"""The same person twice in one list: rows that are surely one are joined, rows that may be one are held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from app.core.text import are_alike, is_whole_name, name_key
from app.discoveries.rules.comparing import compare_sexes
from app.discoveries.rules.match import Candidate, judge_match, real_phones
from app.discoveries.rules.people import ListedPerson
from app.discoveries.rules.vocabulary import MatchDegree

MOST_OF_A_DAY = 200
"""So many people born on one day are compared by what their names sound like; a day of more only fills the cell."""


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """The row further up that names the same person, surely (EXACT) or perhaps (LIKELY)."""

    row_number: int
    degree: MatchDegree
    reason: str
    """«이름·생년월일 일치, 전화 다름»."""


class SeenPeople:
    """The people of one list so far, found again by any two of name, birth date, telephone, or name and door. A name
    may be a slip away where the birth date is the same.

    Unlike on record, the address alone means nothing within a list: families are listed one by one.
    """

    def __init__(self) -> None:
        self._surely: dict[Hashable, ListedPerson] = {}
        self._perhaps: dict[Hashable, ListedPerson] = {}
        self._born: dict[date, dict[str, ListedPerson]] = defaultdict(dict)

    def find_earlier(self, person: ListedPerson, fingerprint: str) -> EarlierRow | None:
        """The row that `person` repeats, surely or perhaps. Unless surely, `person` is remembered for later rows.

        Rows alike in every word but their number are one person even without a telephone, unless the name is covered
        up: twins may be alike in all that is shown.
        """
        sure, weak = _keys_of(person, fingerprint)
        first = _first_found(self._surely, sure)
        if first is not None:
            return _earlier_row(person, first, _degree_beside(person, first))
        earlier = _first_found(self._perhaps, weak) or self._alike(person)
        self._remember(person, sure, weak)
        return _earlier_row(person, earlier, MatchDegree.LIKELY) if earlier else None

    def _remember(self, person: ListedPerson, sure: list[Hashable], weak: list[Hashable]) -> None:
        for key in sure:
            self._surely.setdefault(key, person)
        for key in weak:
            self._perhaps.setdefault(key, person)
        self._born[person.birth_on].setdefault(name_key(person.name), person)

    def _alike(self, person: ListedPerson) -> ListedPerson | None:
        """Somebody born on the same day whose name may be the same by a slip."""
        key = name_key(person.name)
        born = islice(self._born[person.birth_on].items(), MOST_OF_A_DAY)
        return next((each for name, each in born if are_alike(key, name)), None)


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


def _keys_of(person: ListedPerson, fingerprint: str) -> tuple[list[Hashable], list[Hashable]]:
    """What only the same person shares, and what the same person may share."""
    name, born = name_key(person.name), person.birth_on
    phones = real_phones((person.phone, *person.other_phones))
    sure: list[Hashable] = [*((name, born, phone) for phone in phones), fingerprint]
    weak: list[Hashable] = [(name, born), *((name, *door) for door in Candidate.of(person).doors.keys)]
    for phone in phones:
        weak += [(name, phone), (born, phone)]
    return (sure, weak) if is_whole_name(name) else ([], [*weak, *sure])


def _degree_beside(person: ListedPerson, first: ListedPerson) -> MatchDegree:
    """Surely one, unless one is said to be a man and the other a woman."""
    is_contradicted = any(compare_sexes(person.sex, first.sex))
    return MatchDegree.LIKELY if is_contradicted else MatchDegree.EXACT


def _earlier_row(person: ListedPerson, earlier: ListedPerson, degree: MatchDegree) -> EarlierRow:
    return EarlierRow(earlier.row_number, degree, judge_match(person, Candidate.of(earlier)).reason)


def _higher(first: int | None, second: int | None) -> int | None:
    return max((count for count in (first, second) if count is not None), default=None)
