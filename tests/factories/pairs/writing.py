"""Both sides as the product meets them: a line of a list in whatever spelling, and a member on record."""

from __future__ import annotations

from datetime import date
from random import Random

from app.core.tables.rows import TableRow
from app.core.text import normalise, phone_digits, tidy_address
from app.discoveries.queries import KnownPerson
from app.discoveries.rules import Candidate, ListedPerson, Reference, find_heading
from app.discoveries.rules.lines import open_line
from app.discoveries.rules.reading import read_person
from tests.factories.pairs.people import DONGS, Person
from tests.factories.pairs.slips import as_on_a_mac
from tests.factories.pairs.troubles import Pair, Trouble

HEADING = TableRow(1, ("성명", "생년월일", "성별", "전화번호", "행정동", "도로명주소", "상세주소"))


def read_as_listed(pair: Pair, number: int, reference: Reference) -> ListedPerson:
    """The listed side after it was written by hand and read by the rules; spellings are the same for a number."""
    cells = written(Random(number), pair)
    heading = find_heading([HEADING])
    read = read_person(open_line(TableRow(number, cells), len(HEADING.cells)), heading, reference)
    assert isinstance(read, ListedPerson), (cells, read)
    return read


def written(chance: Random, pair: Pair) -> tuple[str, ...]:
    """The cells of the listed side, each in one of the spellings that occur."""
    who = pair.listed
    assert who.born is not None
    cells = (
        _name(chance, who.name), _birth(chance, who.born), who.sex.label if who.sex else "", _phone(chance, who.phone),
        DONGS[0], _road(chance, who), _flat(chance, who.flat),
    )  # fmt: skip
    return tuple(map(as_on_a_mac, cells)) if pair.trouble is Trouble.NFD else cells


def as_candidate(who: Person) -> Candidate:
    """The side on record, as the services store it."""
    own, house = (phone_digits(number) or "" for number in (who.phone, who.house_phone))
    phones = tuple(dict.fromkeys(number for number in (own, house) if number))
    shared = (house,) if house and house != own else ()
    year = who.born.year if who.born else who.born_year
    return Candidate(
        normalise(who.name), who.born, phones, tidy_address(address_of(who)), "", flat_of(who.flat), shared, year, who.sex
    )  # fmt: skip


def as_known(who: Person, key: int) -> KnownPerson:
    """The same with a key of its own; every household has one member."""
    return KnownPerson(key, key, 1, True, as_candidate(who))


def address_of(who: Person) -> str:
    """«한빛구 다솜로12번길 25»."""
    return f"한빛구 {who.road} {who.building}"


def flat_of(flat: tuple[int, int] | None) -> str:
    """«102동 842호»."""
    return f"{flat[0]}동 {flat[1]}호" if flat else ""


def _name(chance: Random, name: str) -> str:
    if name.isascii():
        return name
    spaced = f"{name[0]} {name[1:]}"
    forms = (name, name, name, spaced, " ".join(name), f"{name}(독거)", f"{name} 님", f" {name}\u200b")
    return chance.choice(forms)


def _birth(chance: Random, born: date) -> str:
    serial = (born - date(1899, 12, 30)).days
    forms = [f"{born:%Y-%m-%d}", f"{born:%Y.%m.%d}", f"{born:%Y%m%d}", f"{born:%Y}. {born.month}. {born.day}.",
             f"{born:%Y}년 {born.month}월 {born.day}일", f"{born:%Y-%m-%d} 00:00:00"]  # fmt: skip
    if serial >= 10_000:
        forms.append(str(serial))
    if 1930 <= born.year < 2000:
        forms += [f"{born:%y%m%d}", f"{born:%y%m%d}-1******" if born.year < 2000 else f"{born:%y%m%d}"]
    return chance.choice(forms)


def _phone(chance: Random, phone: str) -> str:
    if not phone:
        return chance.choice(("", "없음", "-", "무"))
    plain = phone.replace("-", "")
    wide = phone.translate({ord("0") + figure: chr(0xFF10 + figure) for figure in range(10)})
    forms = (phone, phone, plain, phone.replace("-", " "), phone.replace("-", "."), plain[1:], f"{plain[1:]}.0",
             f"+82 {phone[1:]}", f"{phone}(본인)", wide, phone.replace("-", "ㅡ"))  # fmt: skip
    return chance.choice(forms)


def _road(chance: Random, who: Person) -> str:
    road, number = who.road, who.building
    spaced = road.replace("로1", "로 1").replace("로2", "로 2")
    forms = (f"한빛구 {road} {number}", f"{road}{number}", f"서울특별시 한빛구 {spaced} {number}", f"서울 한빛구 {road} {number}",
             f"한빛구 {spaced}{number} (가람동)", f"{spaced} {number}번지", f"한빛구  {road}\u3000{number}（가람동, 한빛빌라）")  # fmt: skip
    return chance.choice(forms)


def _flat(chance: Random, flat: tuple[int, int] | None) -> str:
    if flat is None:
        return ""
    block, door = flat
    floor = door // 100
    forms = (f"{block}동 {door}호", f"{block}동{door}호", f"{block}-{door}", f"제{block}동 제{door}호", f"{block}동 {door:04d}호",
             f"{block}동 {floor}층 {door}호", f"한빛아파트 {block}동 {door}호")  # fmt: skip
    return chance.choice(forms)
