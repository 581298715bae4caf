"""Is the person on the list somebody we know? Says how surely and why; never decides by itself.

Name, birth date and own telephone all the same: the same person. Two of the three (a name may be a slip away), or the
same door: a person has to look. What may be shared proves nothing by itself: the telephone of a household counts
as a person's own only at the same door, and a name that covers letters up («김○자») may be a twin's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.core.text import is_placeholder_phone, is_whole_name, name_key
from app.discoveries.rules.comparing import (
    Comparison,
    Doors,
    compare_births,
    compare_doors,
    compare_names,
    compare_phones,
    compare_sexes,
    doors_of,
    turned,
)
from app.discoveries.rules.people import ListedPerson
from app.discoveries.rules.vocabulary import Agreement, MatchDegree, Trait
from app.households.rules import Sex

_TOLD = (Agreement.SAME, Agreement.SIMILAR, Agreement.DIFFERENT, Agreement.MISSING)
_IDENTITY = (Trait.NAME, Trait.BIRTH, Trait.PHONE)


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
    shared_phones: tuple[str, ...] = ()
    """Those of `phones` that belong to the household, not to this person alone."""
    birth_year: int | None = None
    """Where the date is not known."""
    sex: Sex | None = None

    @classmethod
    def of(cls, person: ListedPerson) -> Candidate:
        """An earlier row of the same list as somebody to compare with."""
        phones = (person.phone, *person.other_phones) if person.phone else ()
        return cls(
            person.name, person.birth_on, phones, person.road_address, person.lot_address, person.unit, sex=person.sex
        )

    @property
    def doors(self) -> Doors:
        """Where they live, to compare by."""
        return doors_of(self.road_address, self.lot_address, self.unit)


@dataclass(frozen=True, slots=True)
class Match:
    """How surely two entries are one person, trait by trait."""

    degree: MatchDegree
    comparisons: tuple[Comparison, ...]

    @property
    def reason(self) -> str:
        """«이름·생년월일 일치, 전화 다름»: what agrees, then what is similar, what differs, what one side lacks."""
        same = "·".join(trait.label for trait in self.traits(Agreement.SAME))
        parts = [f"{same} {Agreement.SAME.label}"] if same else []
        for agreement in _TOLD[1:]:
            parts += [f"{trait.label} {agreement.label}" for trait in self.traits(agreement)]
        return ", ".join(parts)

    def traits(self, agreement: Agreement) -> tuple[Trait, ...]:
        """The traits that compare in this way, in the order of their weight."""
        return tuple(found.trait for found in self.comparisons if found.agreement is agreement)


def judge_match(listed: ListedPerson, candidate: Candidate) -> Match:
    """How surely `listed` is `candidate`. Addresses are compared within one 시군구."""
    person = Candidate.of(listed)
    comparisons = (
        compare_names(person.name, candidate.name),
        compare_births(listed.birth_on, candidate.birth_on, candidate.birth_year),
        compare_phones(person.phones, candidate.phones),
        compare_doors(person.doors, candidate.doors),
        *compare_sexes(person.sex, candidate.sex),
    )
    found = {each.trait: each.agreement for each in comparisons}
    if _is_exact(person, candidate, found):
        return Match(MatchDegree.EXACT, comparisons)
    asks = _is_worth_asking(found) or _is_same_but_for_the_day(listed, candidate, found)
    return Match(MatchDegree.LIKELY if asks else MatchDegree.NEW, comparisons)


def sureness(match: Match) -> tuple[bool, int, int, int]:
    """Orders matches: sure ones, then by how many traits agree, how many nearly, and how few contradict."""
    same, similar, different = (len(match.traits(agreement)) for agreement in _TOLD[:3])
    return match.degree is MatchDegree.EXACT, same, similar, -different


def real_phones(phones: Iterable[str]) -> frozenset[str]:
    """The numbers that say something about a person: «010-0000-0000» does not."""
    return frozenset(phone for phone in phones if phone and not is_placeholder_phone(phone))


def _is_exact(person: Candidate, candidate: Candidate, found: dict[Trait, Agreement]) -> bool:
    """All three the same and this person's own, nothing against it."""
    if any(found[trait] is not Agreement.SAME for trait in _IDENTITY) or Trait.SEX in found:
        return False
    if not is_whole_name(name_key(person.name)):
        return False
    own = real_phones(person.phones).intersection(candidate.phones).difference(candidate.shared_phones)
    return bool(own) or found[Trait.ADDRESS] is Agreement.SAME


def _is_worth_asking(found: dict[Trait, Agreement]) -> bool:
    """Two of the three, or the same door. A name a slip away counts beside a whole birth date or a telephone."""
    is_named = found[Trait.NAME] in (Agreement.SAME, Agreement.SIMILAR)
    same = [trait for trait in (Trait.BIRTH, Trait.PHONE) if found[trait] is Agreement.SAME]
    return found[Trait.ADDRESS] is Agreement.SAME or len(same) + is_named > 1


def _is_same_but_for_the_day(listed: ListedPerson, candidate: Candidate, found: dict[Trait, Agreement]) -> bool:
    """The same name, and the birth date as near as can be: the year alone is on record, day and month are swapped, or a
    figure is off within one building."""
    if (found[Trait.NAME], found[Trait.BIRTH]) != (Agreement.SAME, Agreement.SIMILAR):
        return False
    if candidate.birth_on is None or found[Trait.ADDRESS] is Agreement.SIMILAR:
        return True
    return turned(listed.birth_on) == candidate.birth_on
