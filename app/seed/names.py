"""Names, telephone numbers and birth dates of people who do not exist."""

from __future__ import annotations

from datetime import date
from random import Random

from .dice import happens, weighted
from .seed_files import read

_GENERATIONS = ((1945, "old"), (1960, "elder"), (1975, "middle"), (1996, "young"))


def surname(rng: Random) -> str:
    """A family name, the common ones as common as they are, a rare one now and then."""
    return str(weighted(rng, read("names")["surnames"]))


def given_name(rng: Random, sex: str, birth_year: int) -> str:
    """A given name as it was in fashion when the person was born."""
    generation = next((name for limit, name in _GENERATIONS if birth_year < limit), "child")
    return str(rng.choice(read("names")["given"][sex][generation]))


def foreign_name(rng: Random, sex: str) -> str:
    """The name of somebody who came from abroad, as the resident register writes it."""
    return str(rng.choice([name for name, of_sex in read("names")["foreign"] if of_sex == sex]))


def birth_date(rng: Random, today: date, age: int) -> date:
    """A birth date that makes somebody `age` or one year less on `today`."""
    return date(today.year - age, rng.randint(1, 12), rng.randint(1, 28))


def mobile(rng: Random) -> str:
    """A mobile number in 010-0xxx, which no carrier gives out."""
    return f"010-0{rng.randint(100, 999)}-{rng.randint(0, 9999):04d}"


def telephone(rng: Random) -> str:
    """A landline number in 02-01xx to 02-09xx, which no exchange has; or a mobile one."""
    if happens(rng, 0.3):
        return f"02-0{rng.randint(120, 999)}-{rng.randint(0, 9999):04d}"
    return mobile(rng)
