"""Search before create: what people remember of a household finds it, within one's scope and not beyond."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, datetime

import pytest
from app.households import queries, service
from app.households.models import Household, Member
from app.households.rules import ClosureReason, DwellingDetails, MemberDetails, Relation, parse_search
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session
from tests.factories.households import add_household
from tests.factories.town import Town

PEOPLE = {
    "김순자": (MemberDetails("김순자", birth_on=date(1942, 3, 15), phone="010-2646-2265"), "나래길 121", "102동 842호"),
    "박순애": (MemberDetails("박순애", birth_year=1950, phone="02-312-5050"), "나래길 12", "3층 301호"),
    "마동석": (MemberDetails("마동석", birth_on=date(1971, 3, 1)), "다솜로12번길 25", "가동 101호"),
    "남궁 민": (MemberDetails("남궁 민", birth_on=date(1985, 1, 2)), "가람로 1004", ""),
    "Nguyen Thi Hoa": (MemberDetails("Nguyen Thi Hoa"), "가람동 12-3", "지하 1호"),
}


@pytest.fixture
def village(session: Session, town: Town) -> dict[str, Household]:
    actor = town.who(town.worker)
    made = {}
    for name, (person, place, unit) in PEOPLE.items():
        is_lot = "동" in place
        dwelling = DwellingDetails("" if is_lot else f"한빛구 {place}", place if is_lot else "", unit)
        spouse = MemberDetails("최현우", Relation.SPOUSE, birth_year=1948)
        members = (person, spouse) if name == "박순애" else (person,)
        made[name] = add_household(session, actor, *members, dwelling=dwelling, phone="")
    session.expire_all()
    return made


def found(session: Session, town: Town, query: str, login: str = "nurse") -> set[str]:
    households = queries.search(session, town.who(town.accounts[login]), parse_search(query))
    return {household.members[0].name for household in households}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("김순자", {"김순자"}),
        ("순자", {"김순자"}),
        ("순", {"김순자", "박순애"}),
        ("김순", {"김순자"}),
        ("김자", set()),
        ("ㄱㅅㅈ", {"김순자"}),
        ("ㅅㅈ", {"김순자"}),
        ("ㅅㅇ", {"박순애"}),
        ("ㄳㅈ", {"김순자"}),
        ("ㅂ", {"박순애"}),
        ("ㄴㄱㅁ", {"남궁 민"}),
        ("현우", {"박순애"}),
        ("ㅊㅎㅇ", {"박순애"}),
        ("1942", {"김순자"}),
        ("1942년생", {"김순자"}),
        ("1950", {"박순애"}),
        ("1948", {"박순애"}),
        ("2265", {"김순자"}),
        ("5050", {"박순애"}),
        ("010-2646-2265", {"김순자"}),
        ("01026462265", {"김순자"}),
        ("2646-2265", {"김순자"}),
        ("나래길", {"김순자", "박순애"}),
        ("나래길 121", {"김순자"}),
        ("나래길 12", {"김순자", "박순애"}),
        ("다솜로12번길", {"마동석"}),
        ("가람동 12-3", {"Nguyen Thi Hoa"}),
        ("12-3", {"Nguyen Thi Hoa"}),
        ("1004", {"남궁 민"}),
        ("102동 842호", {"김순자"}),
        ("102동842호", {"김순자"}),
        ("102-842", {"김순자"}),
        ("842호", {"김순자"}),
        ("102동", {"김순자"}),
        ("301호", {"박순애"}),
        ("가동 101호", {"마동석"}),
        ("마동석", {"마동석"}),
        ("마동", {"마동석"}),
        ("동석", {"마동석"}),
        ("ㅁㄷㅅ", {"마동석"}),
        ("남궁민", {"남궁 민"}),
        ("남궁 민", {"남궁 민"}),
        ("nguyen", {"Nguyen Thi Hoa"}),
        ("THI HOA", {"Nguyen Thi Hoa"}),
        ("김순자 1942", {"김순자"}),
        ("김순자 1943", set()),
        ("순 나래길", {"김순자", "박순애"}),
        ("순 나래길 ㅂ", {"박순애"}),
        ("없는사람", set()),
        ("%", set()),
        ("_", set()),
        ("' OR 1=1 --", set()),
        ("", set()),
        ("   ", set()),
        ("뷁", set()),
        ("😀", set()),
        ("가" * 5000, set()),
    ],
)
def test_a_query_finds(
    session: Session, town: Town, village: dict[str, Household], query: str, names: set[str]
) -> None:
    assert found(session, town, query) == names


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_a_mac_and_a_pc_find_the_same(session: Session, town: Town, village: dict[str, Household], form: str) -> None:
    assert found(session, town, unicodedata.normalize(form, "김순자")) == {"김순자"}  # type: ignore[arg-type]


def test_a_name_typed_on_a_mac_is_found_from_a_pc(session: Session, town: Town) -> None:
    add_household(session, town.who(town.worker), MemberDetails(unicodedata.normalize("NFD", "한가람")))
    assert found(session, town, "한가람") == {"한가람"}


def test_a_household_is_found_by_its_number(session: Session, town: Town, village: dict[str, Household]) -> None:
    number = village["마동석"].number
    assert number == "가람-0003"
    for query in (number, "0003"):
        assert found(session, town, query) == {"마동석"}, query


@pytest.mark.parametrize(
    ("login", "names"),
    [
        ("nurse", {"김순자"}),
        ("district_officer", {"김순자"}),
        ("narae_nurse", set()),
        ("far_supervisor", set()),
        ("administrator", set()),
    ],
)
def test_whoever_may_not_see_it_finds_nothing(
    session: Session, town: Town, village: dict[str, Household], login: str, names: set[str]
) -> None:
    assert found(session, town, "김순자", login) == names


def test_the_district_finds_across_its_centres(session: Session, town: Town, village: dict[str, Household]) -> None:
    add_household(session, town.who(town.narae_worker), MemberDetails("김순지"))
    assert found(session, town, "김순", "district_officer") == {"김순자", "김순지"}
    assert found(session, town, "김순", "narae_worker") == {"김순지"}


def test_an_edit_makes_the_new_name_findable_and_the_old_one_not(
    session: Session, town: Town, village: dict[str, Household], now: datetime
) -> None:
    household = village["김순자"]
    head = household.members[0]
    renamed = replace(service.as_member_details(head), name="정말순", phone="010-1111-9876")
    service.edit_member(session, head, renamed, version=household.version, actor=town.who(town.worker), now=now)
    session.expire_all()
    assert found(session, town, "김순자") == found(session, town, "2265") == set()
    assert found(session, town, "정말순") == found(session, town, "9876") == {"정말순"}


def test_closed_households_are_found_after_the_active_ones(
    session: Session, town: Town, village: dict[str, Household], now: datetime
) -> None:
    service.close_household(
        session, village["김순자"], ClosureReason.MOVED, note="", actor=town.who(town.worker), now=now
    )
    households = queries.search(session, town.who(town.nurse), parse_search("순"))
    assert [household.members[0].name for household in households] == ["박순애", "김순자"]


def test_the_answer_is_cut_at_its_limit(session: Session, town: Town, village: dict[str, Household]) -> None:
    assert len(queries.search(session, town.who(town.nurse), parse_search("순"), limit=1)) == 1


SYLLABLES = "김이박마나동순자호석길로"
names = st.text(SYLLABLES, min_size=2, max_size=4)


def like(session: Session, query: str) -> set[int]:
    """The slow and certain way: every name, address and number is looked through."""
    spelled = (Household.road_address, Household.lot_address, Household.number)
    statement = (
        select(Household.id)
        .join(Member)
        .where(
            or_(
                func.replace(Member.name, " ", "").contains(query, autoescape=True),
                *(func.replace(column, " ", "").contains(query, autoescape=True) for column in spelled),
            )
        )
    )
    return set(session.scalars(statement))


def test_a_search_finds_exactly_what_a_like_would_find(session: Session, town: Town) -> None:
    actor = town.who(town.worker)
    everybody = [first + second for first in SYLLABLES for second in SYLLABLES[::3]]
    for number, name in enumerate(everybody):
        dwelling = DwellingDetails(f"한빛구 {name[0]}나길 {number}", f"{name[1]}동 {number}", "")
        add_household(session, actor, MemberDetails(f"{name}{SYLLABLES[number % 12]}"), dwelling=dwelling)
    session.expunge_all()
    who = town.who(town.nurse)

    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.one_of(st.text(SYLLABLES, min_size=1, max_size=3), names))
    def ask(query: str) -> None:
        households = queries.search(session, who, parse_search(query), limit=1000)
        assert {household.id for household in households} == like(session, query)

    ask()
