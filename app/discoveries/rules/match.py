"""Is the person on the list somebody we know? Says how surely and why; never decides by itself.

Same name, birth date and telephone: the same person. Two of the three, or the same door: a person has to look.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.core.text import format_phone, is_placeholder_phone, lot_address_key, road_address_key, search_key, unit_key
from app.discoveries.rules.people import ListedPerson
from app.discoveries.rules.vocabulary import Agreement, MatchDegree, Trait

_IDENTITY = (Trait.NAME, Trait.BIRTH, Trait.PHONE)
_ENOUGH_TO_ASK = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody already on record whom a listed person may be."""

    name: str
    birth_on: date | None = None
    phones: tuple[str, ...] = ()
    """Figures only: their own, and the household's."""
    road_address: str = ""
    lot_address: str = ""
    unit: str = ""

    @classmethod
    def of(cls, person: ListedPerson) -> Candidate:
        """An earlier row of the same list as somebody to compare with."""
        phones = (person.phone, *person.other_phones) if person.phone else ()
        return cls(person.name, person.birth_on, phones, person.road_address, person.lot_address, person.unit)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One trait on both sides, as people read it."""

    trait: Trait
    agreement: Agreement
    listed: str
    recorded: str


@dataclass(frozen=True, slots=True)
class Match:
    """How surely two entries are one person, trait by trait."""

    degree: MatchDegree
    comparisons: tuple[Comparison, ...]

    @property
    def reason(self) -> str:
        """«이름·생년월일 일치, 전화 다름»: what agrees, then what does not, then what one side lacks."""
        same = "·".join(trait.label for trait in self.traits(Agreement.SAME))
        parts = [f"{same} {Agreement.SAME.label}"] if same else []
        parts += [f"{trait.label} {Agreement.DIFFERENT.label}" for trait in self.traits(Agreement.DIFFERENT)]
        parts += [f"{trait.label} {Agreement.MISSING.label}" for trait in self.traits(Agreement.MISSING)]
        return ", ".join(parts)

    def traits(self, agreement: Agreement) -> tuple[Trait, ...]:
        """The traits that compare in this way, in the order of their weight."""
        return tuple(found.trait for found in self.comparisons if found.agreement is agreement)


def judge_match(listed: ListedPerson, candidate: Candidate) -> Match:
    """How surely `listed` is `candidate`. Addresses are compared within one 시군구."""
    comparisons = (
        Comparison(Trait.NAME, _compare_names(listed, candidate), listed.name, candidate.name),
        Comparison(Trait.BIRTH, _compare_births(listed, candidate), _day(listed.birth_on), _day(candidate.birth_on)),
        _comparison_of_phones(Candidate.of(listed).phones, candidate.phones),
        _comparison_of_doors(Candidate.of(listed), candidate),
    )
    same = {found.trait for found in comparisons if found.agreement is Agreement.SAME}
    return Match(_degree(same), comparisons)


def judge_matches(listed: ListedPerson, candidates: Iterable[Candidate]) -> list[tuple[Candidate, Match]]:
    """Every candidate that may be the listed person, the surest first; empty means somebody new.

    More than one EXACT means that the records themselves hold the person twice: then a person has to look.
    """
    judged = [(candidate, judge_match(listed, candidate)) for candidate in candidates]
    kept = [(candidate, match) for candidate, match in judged if match.degree is not MatchDegree.NEW]
    return sorted(kept, key=lambda pair: len(pair[1].traits(Agreement.SAME)), reverse=True)


def door_key(road_address: str, lot_address: str, unit: str) -> tuple[str, str | None] | None:
    """Building and flat to compare by, or None when no building is named."""
    building = road_address_key(road_address) or lot_address_key(lot_address)
    return (building, unit_key(unit)) if building else None


def real_phones(phones: Iterable[str]) -> frozenset[str]:
    """The numbers that say something about a person: «010-0000-0000» does not."""
    return frozenset(phone for phone in phones if phone and not is_placeholder_phone(phone))


def _degree(same: set[Trait]) -> MatchDegree:
    agreeing = len(same.intersection(_IDENTITY))
    if agreeing == len(_IDENTITY):
        return MatchDegree.EXACT
    if agreeing >= _ENOUGH_TO_ASK or Trait.ADDRESS in same:
        return MatchDegree.LIKELY
    return MatchDegree.NEW


def _compare_names(listed: ListedPerson, candidate: Candidate) -> Agreement:
    if not candidate.name:
        return Agreement.MISSING
    return _same_or_different(search_key(listed.name) == search_key(candidate.name))


def _compare_births(listed: ListedPerson, candidate: Candidate) -> Agreement:
    if candidate.birth_on is None:
        return Agreement.MISSING
    return _same_or_different(listed.birth_on == candidate.birth_on)


def _comparison_of_phones(listed: tuple[str, ...], recorded: tuple[str, ...]) -> Comparison:
    shared = set(listed).intersection(recorded)
    if not listed or not recorded or (shared and not real_phones(shared)):
        agreement = Agreement.MISSING
    else:
        agreement = _same_or_different(bool(shared))
    return Comparison(Trait.PHONE, agreement, _numbers(listed), _numbers(recorded))


def _comparison_of_doors(listed: Candidate, recorded: Candidate) -> Comparison:
    return Comparison(Trait.ADDRESS, _compare_doors(listed, recorded), _address(listed), _address(recorded))


def _compare_doors(listed: Candidate, recorded: Candidate) -> Agreement:
    """The same building is not yet the same door: a flat that only one side names leaves it open."""
    first = door_key(listed.road_address, listed.lot_address, listed.unit)
    second = door_key(recorded.road_address, recorded.lot_address, recorded.unit)
    if first is None or second is None:
        return Agreement.MISSING
    if first[0] == second[0] and (first[1] is None) != (second[1] is None):
        return Agreement.MISSING
    return _same_or_different(first == second)


def _same_or_different(is_same: bool) -> Agreement:
    return Agreement.SAME if is_same else Agreement.DIFFERENT


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _numbers(phones: tuple[str, ...]) -> str:
    return ", ".join(map(format_phone, phones))


def _address(candidate: Candidate) -> str:
    return ", ".join(filter(None, (candidate.road_address or candidate.lot_address, candidate.unit)))
