"""Who lives in a household: members with ages and relations that fit together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from . import names
from .dice import happens, weighted
from .portraits import Archetype, age_on
from .seed_files import read
from .shapes import MemberPlan


@dataclass(frozen=True, slots=True)
class Sketch:
    """A member before they have a name: relation, sex, age, whose family name, and whether from abroad."""

    relation: str
    sex: str
    age: int
    family: str = ""
    is_foreign: bool = False
    is_disabled: bool = False


def sketch_family(rng: Random, archetype: Archetype) -> list[Sketch]:
    """The members of one household of this kind, head first."""
    return _SKETCHES[archetype](rng)


def settle(rng: Random, key: str, sketches: list[Sketch], today: date) -> tuple[MemberPlan, ...]:
    """The sketched members with names, birth dates, telephones and conditions."""
    families = {"": names.surname(rng), "maiden": names.surname(rng), "other": names.surname(rng)}
    people = [_person(rng, f"{key}-{n}", sketch, families, today) for n, sketch in enumerate(sketches, 1)]
    return tuple(people)


def focus_of(members: tuple[MemberPlan, ...], today: date) -> MemberPlan:
    """The member who needs looking after most: the oldest with a disability or conditions, else the head."""
    grown = [member for member in members if age_on(member, today) >= 19]
    return max(
        grown,
        key=lambda m: ("장애인 등록" in m.note, min(age_on(m, today) // 20, 3), len(m.conditions), m is members[0]),
    )


def _person(rng: Random, key: str, sketch: Sketch, families: dict[str, str], today: date) -> MemberPlan:
    born = names.birth_date(rng, today, sketch.age)
    if sketch.is_foreign:
        name = names.foreign_name(rng, sketch.sex)
    else:
        name = families[sketch.family] + names.given_name(rng, sketch.sex, born.year)
    grown = sketch.age >= 19
    return MemberPlan(
        key=key,
        name=name,
        sex=sketch.sex,
        birth_on=born,
        relation=sketch.relation,
        phone=names.mobile(rng) if grown and happens(rng, 0.85) else "",
        note="장애인 등록." if sketch.is_disabled else "",
        conditions=_conditions(rng, sketch.age) if grown else (),
    )


def _conditions(rng: Random, age: int) -> tuple[str, ...]:
    band = "old" if age >= 65 else "middle" if age >= 40 else "young"
    return tuple(name for name, percent in read("people")["conditions"][band] if happens(rng, percent / 100))


def with_notes(member: MemberPlan, traits: tuple[str, ...]) -> MemberPlan:
    """The member with a line of what a visitor must know: medication, aids, hearing."""
    lines = read("people")["member_notes"]
    known = [lines[word] for word in (*member.conditions, *traits) if word in lines]
    return replace(member, note=" ".join(filter(None, (member.note, *known[:3]))))


def _elder_single(rng: Random) -> list[Sketch]:
    return [Sketch("HEAD", weighted(rng, (("FEMALE", 71), ("MALE", 29))), int(rng.triangular(65, 97, 81)))]


def _middle_single(rng: Random) -> list[Sketch]:
    return [Sketch("HEAD", weighted(rng, (("MALE", 83), ("FEMALE", 17))), rng.randint(43, 64))]


def _elder_couple(rng: Random) -> list[Sketch]:
    husband = int(rng.triangular(67, 94, 80))
    wife = max(62, husband - rng.randint(-2, 8))
    return [Sketch("HEAD", "MALE", husband), Sketch("SPOUSE", "FEMALE", wife, "maiden")]


def _single_parent(rng: Random) -> list[Sketch]:
    sex = weighted(rng, (("FEMALE", 76), ("MALE", 24)))
    parent, children = rng.randint(30, 51), weighted(rng, ((1, 45), (2, 43), (3, 12)))
    family = "maiden" if sex == "FEMALE" else ""
    return [Sketch("HEAD", sex, parent, family), *_children(rng, children, parent, "CHILD")]


def _grandparent(rng: Random) -> list[Sketch]:
    elder, children = rng.randint(64, 81), weighted(rng, ((1, 62), (2, 38)))
    heads = [Sketch("HEAD", "FEMALE", elder, "maiden")]
    if happens(rng, 0.4):
        heads = [Sketch("HEAD", "MALE", elder), Sketch("SPOUSE", "FEMALE", elder - rng.randint(0, 5), "maiden")]
    return [*heads, *_children(rng, children, 46, "GRANDCHILD")]


def _multicultural(rng: Random) -> list[Sketch]:
    husband = rng.randint(41, 60)
    wife = Sketch("SPOUSE", "FEMALE", max(25, husband - rng.randint(8, 18)), is_foreign=True)
    family = [Sketch("HEAD", "MALE", husband), wife, *_children(rng, rng.randint(1, 3), wife.age, "CHILD")]
    if happens(rng, 0.35):
        family.append(Sketch("PARENT", "FEMALE", husband + rng.randint(23, 30), "other"))
    return family


def _elder_family(rng: Random) -> list[Sketch]:
    elder = rng.randint(72, 93)
    family = [Sketch("HEAD", weighted(rng, (("FEMALE", 60), ("MALE", 40))), elder, "")]
    if family[0].sex == "MALE" and happens(rng, 0.6):
        family.append(Sketch("SPOUSE", "FEMALE", elder - rng.randint(0, 6), "maiden"))
    child = Sketch("CHILD", weighted(rng, (("MALE", 60), ("FEMALE", 40))), elder - rng.randint(24, 33))
    return [*family, child, *_children(rng, rng.randint(0, 1), child.age, "GRANDCHILD")]


def _disabled_family(rng: Random) -> list[Sketch]:
    parent = rng.randint(52, 74)
    parents = [Sketch("HEAD", "MALE", parent), Sketch("SPOUSE", "FEMALE", parent - rng.randint(0, 6), "maiden")]
    child = Sketch(
        "CHILD", weighted(rng, (("MALE", 55), ("FEMALE", 45))), parent - rng.randint(25, 33), is_disabled=True
    )
    return [*parents, child]


def _siblings(rng: Random) -> list[Sketch]:
    elder = rng.randint(55, 77)
    return [
        Sketch("HEAD", "MALE", elder),
        Sketch("SIBLING", weighted(rng, (("MALE", 50), ("FEMALE", 50))), elder - rng.randint(2, 9), is_disabled=True),
    ]


def _children(rng: Random, count: int, parent_age: int, relation: str) -> list[Sketch]:
    ages = [min(18, max(1, parent_age - 28 - rng.randint(0, 9) - 3 * n)) for n in range(count)]
    return [Sketch(relation, weighted(rng, (("MALE", 51), ("FEMALE", 49))), age) for age in ages]


_SKETCHES = {
    Archetype.ELDER_SINGLE: _elder_single,
    Archetype.MIDDLE_SINGLE: _middle_single,
    Archetype.ELDER_COUPLE: _elder_couple,
    Archetype.SINGLE_PARENT: _single_parent,
    Archetype.GRANDPARENT: _grandparent,
    Archetype.MULTICULTURAL: _multicultural,
    Archetype.ELDER_FAMILY: _elder_family,
    Archetype.DISABLED_FAMILY: _disabled_family,
    Archetype.SIBLINGS: _siblings,
}
