"""Somebody who does not exist, as they really are: what lists and records say of them may differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from app.households.rules import Sex
from app.seed import names
from tests.moments import TODAY

ROADS = ("가람로", "나래길", "다솜로12번길", "다솜로20가길", "한빛대로", "느티나무길", "물레방아길", "햇살로")
DONGS = ("가람동", "나래동")


@dataclass(frozen=True)
class Person:
    """One side of a pair. Telephones as figures and hyphens; "" where nothing is known."""

    name: str
    born: date | None
    sex: Sex | None
    phone: str
    house_phone: str
    road: str
    building: str
    flat: tuple[int, int] | None
    """Block and door."""
    born_year: int | None = None
    """Where the day is not known."""


def invent(chance: Random) -> Person:
    """Anybody of 19 to 95 years."""
    sex = chance.choice(list(Sex))
    born = names.birth_date(chance, TODAY, chance.randint(19, 95))
    name = names.surname(chance) + names.given_name(chance, sex.value, born.year)
    return Person(
        name, born, sex, names.mobile(chance), names.mobile(chance), chance.choice(ROADS), building(chance), flat(chance)
    )  # fmt: skip


def building(chance: Random) -> str:
    """«25» or «109-3»."""
    number = str(chance.randint(1, 300))
    return f"{number}-{chance.randint(1, 9)}" if chance.random() < 0.3 else number


def flat(chance: Random) -> tuple[int, int]:
    """102동 842호."""
    return chance.randint(101, 115), chance.randint(1, 15) * 100 + chance.randint(1, 12)


def surname_of(name: str) -> str:
    """The family name: one letter, or two of the known long ones."""
    return name[:2] if name[:2] in ("남궁", "황보", "제갈", "선우", "독고", "사공") else name[:1]


def other_given(chance: Random, person: Person) -> str:
    """The same family name with a given name that shares no syllable."""
    family = surname_of(person.name)
    year = (person.born or TODAY).year
    while True:
        given = names.given_name(chance, (person.sex or Sex.MALE).value, year)
        if len(given) == 2 and not set(given) & set(person.name[len(family) :]):
            return family + given
