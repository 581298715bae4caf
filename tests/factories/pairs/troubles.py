"""Pairs by class of trouble: what makes one person look like two, and two like one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from app.core.labelled import Labelled
from app.seed import names
from tests.factories.pairs.people import ROADS, Person, building, flat, invent, other_given, surname_of
from tests.factories.pairs.slips import broken_letters, covered, heard_slip, slip_of_date, typing_slip
from tests.moments import TODAY


class Trouble(Labelled):
    """Why a pair is hard. Those up to LANDLINE are one person, the others two."""

    SPELLING = "SPELLING", "표기만 다름"
    NFD = "NFD", "맥 파일(NFD)"
    TYPED = "TYPED", "이름 오타"
    HEARD = "HEARD", "이름 소리대로"
    BROKEN = "BROKEN", "이름 자모 깨짐"
    COVERED = "COVERED", "이름 가림"
    BIRTH_SLIP = "BIRTH_SLIP", "생년월일 오타"
    MOVED = "MOVED", "이사"
    NEW_PHONE = "NEW_PHONE", "전화 바뀜"
    MOVED_NEW_PHONE = "MOVED_NEW_PHONE", "이사하고 전화 바뀜"
    MOVED_TYPED = "MOVED_TYPED", "이사·전화 바뀜·오타"
    NO_BIRTH = "NO_BIRTH", "생년월일 모름"
    YEAR_ONLY = "YEAR_ONLY", "태어난 해만 앎"
    NO_PHONE = "NO_PHONE", "전화 없음"
    FILLER_PHONE = "FILLER_PHONE", "가짜 번호"
    LUNAR = "LUNAR", "음력 생일"
    RENAMED = "RENAMED", "개명"
    ROMAN = "ROMAN", "로마자 이름"
    TWO_SLIPS = "TWO_SLIPS", "오타 둘·이사·번호"
    BIRTH_MOVED = "BIRTH_MOVED", "생일 오타·이사·번호"
    NAME_ALONE = "NAME_ALONE", "이름만 같음"
    LANDLINE = "LANDLINE", "집전화만 적음"
    TWINS = "TWINS", "쌍둥이"
    COVERED_TWINS = "COVERED_TWINS", "쌍둥이, 이름 가림"
    SAME_YEAR = "SAME_YEAR", "이름·태어난 해 같음"
    NAMESAKE = "NAMESAKE", "이름·생년월일 같음"
    NAMESAKE_HOUSE = "NAMESAKE_HOUSE", "이름·생년월일·공용전화 같음"
    PARENT = "PARENT", "부모와 자녀"
    COUPLE_PHONE = "COUPLE_PHONE", "전화를 함께 씀"
    LODGER = "LODGER", "같은 문, 남남"
    NEIGHBOUR = "NEIGHBOUR", "같은 건물 이웃"
    BIRTHDAY = "BIRTHDAY", "생년월일 같고 닮은 이름"
    STRANGER = "STRANGER", "남남"

    @property
    def is_same(self) -> bool:
        """Whether both sides are one person."""
        return list(Trouble).index(self) <= list(Trouble).index(Trouble.LANDLINE)


@dataclass(frozen=True)
class Pair:
    """A listed person and somebody on record."""

    trouble: Trouble
    listed: Person
    recorded: Person

    @property
    def is_same(self) -> bool:
        """Whether both are one person."""
        return self.trouble.is_same


def make_pairs(seed: int, *, of_each: int = 100) -> list[Pair]:
    """`of_each` pairs of every class, the same ones for a seed."""
    chance = Random(seed)
    return [_pair(trouble, chance) for trouble in Trouble for _count in range(of_each)]


def _pair(trouble: Trouble, chance: Random) -> Pair:
    recorded = invent(chance)
    if chance.random() < 0.1:
        recorded = replace(recorded, sex=None)
    listed, recorded = _MAKERS[trouble](chance, recorded)
    return Pair(trouble, listed, recorded)


def _moved(chance: Random, person: Person) -> Person:
    roads = [road for road in ROADS if road != person.road]
    return replace(person, road=chance.choice(roads), building=building(chance), flat=flat(chance))


def _called(chance: Random, person: Person) -> Person:
    return replace(person, phone=names.mobile(chance), house_phone=names.mobile(chance))


def _elsewhere(chance: Random, person: Person) -> Person:
    return _called(chance, _moved(chance, person))


def _half(chance: Random, person: Person) -> Person:
    """Moved or with another telephone, not both."""
    return chance.choice((_moved, _called))(chance, person)


Both = tuple[Person, Person]


def _plain(_chance: Random, who: Person) -> Both:
    return who, who


def _typed(chance: Random, who: Person) -> Both:
    return replace(_half(chance, who), name=typing_slip(chance, who.name)), who


def _heard(chance: Random, who: Person) -> Both:
    return replace(_half(chance, who), name=heard_slip(chance, who.name)), who


def _broken(chance: Random, who: Person) -> Both:
    return replace(_half(chance, who), name=broken_letters(chance, who.name)), who


def _covered(chance: Random, who: Person) -> Both:
    return replace(_half(chance, who), name=covered(who.name)), who


def _birth_slip(chance: Random, who: Person) -> Both:
    assert who.born is not None
    return replace(_half(chance, who), born=slip_of_date(chance, who.born)), who


def _moves(chance: Random, who: Person) -> Both:
    return _moved(chance, who), who


def _new_phone(chance: Random, who: Person) -> Both:
    return _called(chance, who), who


def _moved_new_phone(chance: Random, who: Person) -> Both:
    return _elsewhere(chance, who), who


def _moved_typed(chance: Random, who: Person) -> Both:
    return replace(_elsewhere(chance, who), name=typing_slip(chance, who.name)), who


def _no_birth(chance: Random, who: Person) -> Both:
    return _half(chance, who), replace(who, born=None)


def _year_only(chance: Random, who: Person) -> Both:
    assert who.born is not None
    return _elsewhere(chance, who), replace(who, born=None, born_year=who.born.year)


def _no_phone(chance: Random, who: Person) -> Both:
    silent = replace(who, phone="", house_phone="")
    return (silent, who) if chance.random() < 0.5 else (_moved(chance, who), silent)


def _filler_phone(chance: Random, who: Person) -> Both:
    filled = replace(who, phone=chance.choice(("010-0000-0000", "010-1234-5678", "010-1111-1111")))
    return _moved(chance, filled), filled


def _lunar(chance: Random, who: Person) -> Both:
    """The day by the moon is three to seven weeks before the day by the sun."""
    assert who.born is not None
    return replace(_half(chance, who), born=who.born - timedelta(days=chance.randint(20, 50))), who


def _renamed(chance: Random, who: Person) -> Both:
    """Another given name; now and then moved with another telephone as well."""
    change = _elsewhere if chance.random() < 0.3 else _half
    return replace(change(chance, who), name=other_given(chance, who)), who


def _roman(chance: Random, who: Person) -> Both:
    """Words in another order or run together, a letter missed; or one side in 한글."""
    words = chance.choice(
        (("NGUYEN", "THI", "LAN"), ("TRAN", "THI", "HUONG"), ("PHAM", "VAN", "HAI"), ("LE", "THI", "MAI"))
    )
    turned = chance.choice((" ".join((*words[1:], words[0])), "".join(words), " ".join(words).title(), "응우옌티란"))
    return replace(_elsewhere(chance, who), name=turned), replace(who, name=" ".join(words))


def _two_slips(chance: Random, who: Person) -> Both:
    return replace(_elsewhere(chance, who), name=typing_slip(chance, typing_slip(chance, who.name))), who


def _birth_moved(chance: Random, who: Person) -> Both:
    assert who.born is not None
    return replace(_elsewhere(chance, who), born=slip_of_date(chance, who.born)), who


def _name_alone(chance: Random, who: Person) -> Both:
    return _elsewhere(chance, who), replace(who, born=None)


def _birthday(chance: Random, who: Person) -> Both:
    return replace(_elsewhere(chance, who), name=typing_slip(chance, who.name)), who


def _landline(chance: Random, who: Person) -> Both:
    listed = replace(who, phone=who.house_phone)
    return (_moved(chance, listed) if chance.random() < 0.5 else listed), who


def _twins(chance: Random, who: Person) -> Both:
    """Two children of one day at one door, their names alike in one syllable; the mother's number stands for both."""
    family = surname_of(who.name)
    first, second = chance.choice(
        (("민수", "민호"), ("하나", "하늬"), ("지은", "지인"), ("서준", "서진"), ("은별", "은솔"))
    )
    one = replace(who, name=family + first, phone=who.house_phone)
    return replace(one, name=family + second), one


def _covered_twins(chance: Random, who: Person) -> Both:
    listed, recorded = _twins(chance, who)
    return replace(listed, name=covered(listed.name)), replace(recorded, name=covered(recorded.name))


def _same_year(chance: Random, who: Person) -> Both:
    assert who.born is not None
    born = who.born + timedelta(days=chance.choice((-1, 1)) * chance.randint(40, 150))
    born = born if born.year == who.born.year else who.born.replace(month=13 - who.born.month)
    other = replace(_elsewhere(chance, who), born=born if born != who.born else born.replace(month=born.month % 12 + 1))
    return other, who


def _namesake(chance: Random, who: Person) -> Both:
    return _elsewhere(chance, who), who


def _namesake_house(chance: Random, who: Person) -> Both:
    """Two rooms of a shelter whose telephone stands for everybody."""
    assert who.flat is not None
    listed = replace(who, phone=who.house_phone, flat=(who.flat[0], who.flat[1] + 1))
    return listed, replace(who, phone="")


def _parent(chance: Random, who: Person) -> Both:
    assert who.born is not None
    child = replace(who, born=who.born.replace(year=max(who.born.year - chance.randint(20, 35), 1907)))
    name = other_given(chance, who) if chance.random() < 0.7 else typing_slip(chance, who.name)
    return replace(child, name=name, phone=chance.choice((who.house_phone, names.mobile(chance)))), who


def _couple_phone(chance: Random, who: Person) -> Both:
    other = _moved(chance, invent(chance))
    return replace(other, phone=who.phone), who


def _lodger(chance: Random, who: Person) -> Both:
    other = invent(chance)
    return replace(other, road=who.road, building=who.building, flat=who.flat), who


def _neighbour(chance: Random, who: Person) -> Both:
    assert who.flat is not None
    other = invent(chance)
    flat_there = chance.choice((None, (who.flat[0], who.flat[1] + 1)))
    return replace(other, road=who.road, building=who.building, flat=flat_there), who


def _stranger(chance: Random, who: Person) -> Both:
    """Nothing in common, or a name alone."""
    other = _elsewhere(chance, invent(chance))
    assert other.born is not None
    if chance.random() < 0.5:
        other = replace(other, name=who.name)
    while other.born == who.born or (who.born and other.born.year == who.born.year):
        other = replace(other, born=names.birth_date(chance, TODAY, chance.randint(19, 95)))
    return other, who


_MAKERS: dict[Trouble, Callable[[Random, Person], Both]] = {
    Trouble.SPELLING: _plain, Trouble.NFD: _plain, Trouble.TYPED: _typed, Trouble.HEARD: _heard,
    Trouble.BROKEN: _broken, Trouble.COVERED: _covered, Trouble.BIRTH_SLIP: _birth_slip, Trouble.MOVED: _moves,
    Trouble.NEW_PHONE: _new_phone, Trouble.MOVED_NEW_PHONE: _moved_new_phone, Trouble.MOVED_TYPED: _moved_typed,
    Trouble.NO_BIRTH: _no_birth, Trouble.YEAR_ONLY: _year_only, Trouble.NO_PHONE: _no_phone,
    Trouble.FILLER_PHONE: _filler_phone, Trouble.LANDLINE: _landline, Trouble.TWINS: _twins,
    Trouble.COVERED_TWINS: _covered_twins, Trouble.SAME_YEAR: _same_year, Trouble.NAMESAKE: _namesake,
    Trouble.NAMESAKE_HOUSE: _namesake_house, Trouble.PARENT: _parent, Trouble.COUPLE_PHONE: _couple_phone,
    Trouble.LUNAR: _lunar, Trouble.RENAMED: _renamed, Trouble.ROMAN: _roman, Trouble.TWO_SLIPS: _two_slips,
    Trouble.BIRTH_MOVED: _birth_moved, Trouble.NAME_ALONE: _name_alone, Trouble.BIRTHDAY: _birthday,
    Trouble.LODGER: _lodger, Trouble.NEIGHBOUR: _neighbour, Trouble.STRANGER: _stranger,
}  # fmt: skip
