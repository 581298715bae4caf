"""Is the person on the list somebody we know? Surely: joined. Perhaps: a person decides. Nobody merges by itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from app.access.identity import Identity
from app.discoveries import service
from app.discoveries.rules import Agreement, MatchDegree, RowOutcome, Trait
from app.households import service as households
from app.households.models import Household
from app.households.rules import ClosureReason, DwellingDetails, MemberDetails, Relation, Sex
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from tests.factories.households import HEAD, SPOUSE, add_household
from tests.factories.town import Town
from tests.integration.discoveries.files import counts_of, person, row_of, take
from tests.moments import NOW, TODAY

KNOWN = {"phone": "010-2646-2265", "road": "한빛구 나래길 121", "unit": "102동 842호"}
OTHER_PHONE, OTHER_ROAD = {"phone": "010-9999-8888"}, {"road": "한빛구 햇살로 77", "unit": "3호"}


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "JOINED"),
        (OTHER_ROAD, "JOINED"),
        ({"phone": "02-3120-5050"}, "JOINED"),
        ({"phone": "집 02-111-2222 / 010-2646-2265"}, "JOINED"),
        ({"name": "김 순 자"}, "JOINED"),
        ({**OTHER_PHONE, **OTHER_ROAD}, "HELD"),
        ({**OTHER_ROAD, "phone": ""}, "HELD"),
        ({**OTHER_ROAD, "name": "김순희"}, "HELD"),
        ({**OTHER_ROAD, "born": "1942-05-13"}, "HELD"),
        ({**OTHER_PHONE, "name": "전혀다름", "born": "1999-09-09"}, "HELD"),
        ({**OTHER_PHONE, "name": "전혀다름", "born": "1999-09-09", "road": "나래길121"}, "HELD"),
        ({**OTHER_PHONE, "name": "전혀다름", "born": "1999-09-09", "unit": "102동 843호"}, "NEW"),
        ({**OTHER_PHONE, **OTHER_ROAD, "born": "1942-05-13"}, "NEW"),
        ({**OTHER_ROAD, "name": "전혀다름", "born": "1999-09-09"}, "NEW"),
        ({"phone": "010-0000-0000", **OTHER_ROAD}, "HELD"),
    ],
    ids=lambda value: str(value),
)
def test_a_listed_person_is_compared_with_those_on_record(
    session: Session, worker: Identity, changes: dict[str, str], outcome: str
) -> None:
    household = add_household(session, worker, HEAD)
    imported = take(session, worker, person(**changes))
    assert counts_of(session, worker, imported) == {outcome: 1}
    row = row_of(session, imported, 2)
    if outcome == "JOINED":
        assert (row.household_id, row.member_id) == (household.id, household.members[0].id)
    if outcome == "HELD":
        assert (row.household_id, [each.household_id for each in row.candidates]) == (None, [household.id])


def test_joining_changes_nothing_of_what_is_on_record(session: Session, worker: Identity) -> None:
    known = add_household(session, worker, HEAD, phone="", note="초인종이 고장")
    before = (known.phone, known.note, known.road_address, known.version, known.members[0].phone)
    take(session, worker, person(note="새 메모", **OTHER_ROAD))
    session.refresh(known)
    assert (known.phone, known.note, known.road_address, known.version, known.members[0].phone) == before


def test_the_likeliest_member_of_a_household_is_compared(session: Session, worker: Identity) -> None:
    household = add_household(session, worker, HEAD, SPOUSE)
    imported = take(session, worker, person("박영수", born="1939-08-02", sex="남", phone=""))
    candidate = row_of(session, imported, 2).candidates[0]
    assert candidate.member_id == household.members[1].id
    assert candidate.match.reason == "이름·생년월일·주소 일치, 전화 없음"


def test_what_was_compared_is_kept_for_the_one_who_decides(session: Session, worker: Identity) -> None:
    add_household(session, worker, HEAD)
    row = row_of(session, take(session, worker, person(**OTHER_PHONE, **OTHER_ROAD)), 2)
    assert row.reason == "등록된 가구와 같은 사람일 수 있음: 이름·생년월일 일치, 전화 다름, 주소 다름"
    match = row.candidates[0].match
    assert match.degree is MatchDegree.LIKELY
    assert [(each.trait, each.agreement, each.listed, each.recorded) for each in match.comparisons] == [
        (Trait.NAME, Agreement.SAME, "김순자", "김순자"),
        (Trait.BIRTH, Agreement.SAME, "1942-03-15", "1942-03-15"),
        (Trait.PHONE, Agreement.DIFFERENT, "010-9999-8888", "010-2646-2265, 02-3120-5050"),
        (Trait.ADDRESS, Agreement.DIFFERENT, "한빛구 햇살로 77, 3호", "한빛구 나래길 121, 102동 842호"),
    ]


def test_every_household_that_may_be_meant_is_shown_the_likeliest_first(session: Session, worker: Identity) -> None:
    door = add_household(session, worker, MemberDetails("서춘자", birth_on=date(1951, 1, 1)))
    named = add_household(session, worker, HEAD, dwelling=DwellingDetails("한빛구 가람로 9", "", ""))
    row = row_of(session, take(session, worker, person(**OTHER_PHONE)), 2)
    assert [candidate.household_id for candidate in row.candidates] == [named.id, door.id]


def test_the_same_person_in_two_households_is_nobodys_to_join(session: Session, worker: Identity) -> None:
    for _twice in range(2):
        add_household(session, worker, HEAD)
    row = row_of(session, take(session, worker, person()), 2)
    assert (row.outcome, len(row.candidates)) == (RowOutcome.HELD, 2)


def test_a_closed_household_is_shown_instead_of_joined(session: Session, worker: Identity) -> None:
    household = add_household(session, worker, HEAD)
    households.close_household(session, household, ClosureReason.MOVED, note="", actor=worker, now=NOW)
    row = row_of(session, take(session, worker, person()), 2)
    assert (row.outcome, row.candidates[0].household_id) == (RowOutcome.HELD, household.id)
    assert row.reason.endswith("종료한 가구")


def test_somebody_who_left_the_household_is_not_compared(session: Session, worker: Identity) -> None:
    household = add_household(session, worker, SPOUSE, HEAD)
    households.member_left(session, household.members[1], on=TODAY, because="분가", actor=worker, now=NOW)
    imported = take(session, worker, person(phone="010-2646-2265", **OTHER_ROAD))
    assert counts_of(session, worker, imported) == {"NEW": 1}


def test_a_centre_does_not_learn_whom_another_centre_knows(
    session: Session, worker: Identity, narae_worker: Identity
) -> None:
    add_household(session, narae_worker, HEAD)
    imported = take(session, worker, person())
    assert counts_of(session, worker, imported) == {"NEW": 1}


def test_the_district_joins_somebody_whom_another_centre_surely_knows(
    session: Session, officer: Identity, narae_worker: Identity
) -> None:
    known = add_household(session, narae_worker, HEAD)
    imported = take(session, officer, person(), person("김순자", born="1942-03-15", phone="", **OTHER_ROAD))
    row = row_of(session, imported, 2)
    assert (row.outcome, row.household_id, row.centre_id) == (RowOutcome.JOINED, known.id, known.centre_id)
    assert row.reason.endswith("명단의 행정동은 다른 센터")


def test_somebody_whom_another_centre_perhaps_knows_is_new_here(
    session: Session, officer: Identity, narae_worker: Identity
) -> None:
    add_household(session, narae_worker, HEAD)
    imported = take(session, officer, person(**OTHER_PHONE, **OTHER_ROAD))
    assert counts_of(session, officer, imported) == {"NEW": 1}


def test_a_row_that_resembles_one_above_is_shown_with_its_household(session: Session, worker: Identity) -> None:
    imported = take(session, worker, person(), person(**OTHER_PHONE, **OTHER_ROAD))
    first, second = row_of(session, imported, 2), row_of(session, imported, 3)
    assert (second.outcome, second.resembles_id) == (RowOutcome.HELD, first.id)
    assert [each.household_id for each in second.candidates] == [first.household_id]
    assert second.reason.startswith("2행과 같은 사람일 수 있음")


def test_a_row_that_resembles_a_held_one_is_shown_with_the_same_households(session: Session, worker: Identity) -> None:
    known = add_household(session, worker, HEAD)
    imported = take(
        session, worker, person(**OTHER_PHONE, **OTHER_ROAD), person(phone="010-7777-6666", road="한빛구 햇살로 1")
    )
    for number in (2, 3):
        assert [each.household_id for each in row_of(session, imported, number).candidates] == [known.id]


def test_a_row_that_resembles_one_of_another_centre_is_held_without_showing_that_centres_household(
    session: Session, officer: Identity, worker: Identity
) -> None:
    imported = take(session, officer, person(dong="나래동"), person(**OTHER_PHONE, **OTHER_ROAD))
    row = row_of(session, imported, 3)
    assert (row.outcome, row.centre_id, row.candidates) == (RowOutcome.HELD, worker.centre_id, [])
    assert row.reason.startswith("2행과 같은 사람일 수 있음")
    made = service.as_new(session, row, actor=worker, now=NOW)
    assert made.centre_id == worker.centre_id


def test_rows_of_one_family_at_one_door_are_each_a_household(session: Session, worker: Identity) -> None:
    imported = take(session, worker, person(), person("박영수", born="1939-08-02", phone=""))
    assert counts_of(session, worker, imported) == {"NEW": 2}


def test_a_confirmed_person_is_joined_the_next_time_without_asking(session: Session, worker: Identity) -> None:
    known = add_household(session, worker, HEAD)
    first = row_of(session, take(session, worker, person(**OTHER_PHONE, **OTHER_ROAD)), 2)
    service.link(session, first, known.id, actor=worker, now=NOW)
    later = take(session, worker, person(**OTHER_PHONE, **OTHER_ROAD, months="5"), now=NOW + timedelta(days=60))
    row = row_of(session, later, 2)
    assert (row.outcome, row.household_id) == (RowOutcome.JOINED, known.id)
    assert row.reason.startswith("등록된 가구와 전에 확인한 사람")


def test_a_refused_household_is_not_asked_about_again(session: Session, worker: Identity) -> None:
    known = add_household(session, worker, HEAD)
    first = row_of(session, take(session, worker, person(**OTHER_PHONE, **OTHER_ROAD)), 2)
    made = service.as_new(session, first, actor=worker, now=NOW)
    moved = take(session, worker, person(**OTHER_PHONE, road="한빛구 물레방아길 3"), now=NOW + timedelta(days=60))
    row = row_of(session, moved, 2)
    assert (row.outcome, row.household_id) == (RowOutcome.JOINED, made.id)
    unknown = take(session, worker, person(phone="010-5555-4444", road="한빛구 언덕길 3"), now=NOW + timedelta(days=60))
    row = row_of(session, unknown, 2)
    assert (row.outcome, [each.household_id for each in row.candidates]) == (RowOutcome.HELD, [made.id])
    assert known.id != made.id


def test_somebody_else_of_the_same_name_and_birth_date_is_not_taken_for_whom_was_confirmed(
    session: Session, worker: Identity
) -> None:
    known = add_household(session, worker, HEAD)
    first = row_of(session, take(session, worker, person(**OTHER_PHONE, **OTHER_ROAD)), 2)
    service.link(session, first, known.id, actor=worker, now=NOW)
    namesake = take(
        session, worker, person(phone="010-5555-4444", road="한빛구 언덕길 3"), now=NOW + timedelta(days=60)
    )
    row = row_of(session, namesake, 2)
    assert (row.outcome, [each.household_id for each in row.candidates]) == (RowOutcome.HELD, [known.id])


def test_a_namesakes_refusal_does_not_keep_the_right_person_from_home(session: Session, worker: Identity) -> None:
    known = add_household(session, worker, HEAD)
    namesake = row_of(session, take(session, worker, person(**OTHER_PHONE, **OTHER_ROAD)), 2)
    service.as_new(session, namesake, actor=worker, now=NOW)
    right = row_of(session, take(session, worker, person(), now=NOW + timedelta(days=60)), 2)
    assert (right.outcome, right.household_id) == (RowOutcome.JOINED, known.id)


def test_a_refusal_at_the_same_door_is_remembered_there(session: Session, worker: Identity) -> None:
    add_household(session, worker, HEAD)
    lodger = {"born": "1988-01-09", "phone": "010-0200-0001"}
    first = row_of(session, take(session, worker, person("마루한", **lodger)), 2)
    made = service.as_new(session, first, actor=worker, now=NOW)
    later = take(session, worker, person("마루한", **lodger, months="5"), now=NOW + timedelta(days=60))
    again = row_of(session, later, 2)
    assert (again.outcome, again.household_id) == (RowOutcome.JOINED, made.id)


@pytest.mark.parametrize(
    "listed",
    [
        person("김숙자", phone="", **OTHER_ROAD),
        person("김 순자(개명 전)", phone="", **OTHER_ROAD),
        person("김자순", phone="", **OTHER_ROAD),
        person("김순ㅈㅏ", phone="", **OTHER_ROAD),
        person("\u1100\u1175\u11b7순자", phone="", **OTHER_ROAD),
        person("김*자", phone="", **OTHER_ROAD),
    ],
)
def test_a_name_a_slip_away_is_found_by_the_birth_date(session: Session, worker: Identity, listed: Any) -> None:
    known = add_household(session, worker, HEAD)
    row = row_of(session, take(session, worker, listed), 2)
    assert (row.outcome, [each.household_id for each in row.candidates]) == (RowOutcome.HELD, [known.id])


def test_somebody_known_by_the_birth_year_alone_is_found(session: Session, worker: Identity) -> None:
    known = add_household(session, worker, MemberDetails("김순자", birth_year=1942), phone="")
    row = row_of(session, take(session, worker, person(phone="", **OTHER_ROAD)), 2)
    assert [each.household_id for each in row.candidates] == [known.id]
    assert row.candidates[0].match.reason == "이름 일치, 생년월일 비슷함, 주소 다름, 전화 없음"


def test_a_refusal_is_about_that_person_alone(session: Session, worker: Identity) -> None:
    known = add_household(session, worker, HEAD)
    first = row_of(session, take(session, worker, person("전혀다름", born="1999-09-09", phone="")), 2)
    service.as_new(session, first, actor=worker, now=NOW)
    other = row_of(session, take(session, worker, person(**OTHER_PHONE, **OTHER_ROAD)), 2)
    assert [candidate.household_id for candidate in other.candidates] == [known.id]


def test_looking_people_up_costs_the_same_statements_for_two_rows_as_for_two_hundred(
    session: Session, worker: Identity
) -> None:
    members = [
        MemberDetails(
            f"가{chr(0xAC00 + at)}",
            Relation.HEAD,
            Sex.MALE,
            date(1950, 1, 1) + timedelta(days=at),
            phone=f"010-3000-{at:04d}",
        )
        for at in range(200)
    ]
    for at, member in enumerate(members):
        add_household(session, worker, member, phone="", dwelling=DwellingDetails(f"한빛구 가람로 {at}", "", ""))
    rows = [
        person(member.name, born=str(member.birth_on), phone=member.phone, road="한빛구 햇살로 1", unit=str(at))
        for at, member in enumerate(members)
    ]
    few = statements_of(session, lambda: take(session, worker, *rows[:2]))
    many = statements_of(session, lambda: take(session, worker, *rows[2:]))
    assert many == few


def statements_of(session: Session, work: object) -> int:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    try:
        work()  # type: ignore[operator]
    finally:
        event.remove(connection, "before_cursor_execute", note)
    return len([statement for statement in seen if "SAVEPOINT" not in statement and "ANALYZE" not in statement])


def test_somebody_known_without_a_birth_date_is_found_by_phone_and_name(
    session: Session, worker: Identity, town: Town
) -> None:
    add_household(session, worker, MemberDetails("김순자", phone="010-2646-2265"), phone="")
    row = row_of(session, take(session, worker, person(**OTHER_ROAD)), 2)
    assert row.candidates[0].match.reason == "이름·전화 일치, 주소 다름, 생년월일 없음"
    assert session.scalars(select(Household)).all() == [row.candidates[0].household]
