"""A list comes in: every row has a result, once."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from app.access.identity import Identity
from app.access.permissions import Role
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.core.errors import NotFound, RuleBroken
from app.core.tables.rows import TableError
from app.discoveries import queries, service
from app.discoveries.models import CrisisCodeVersion, ImportedList, ListRow, RowCandidate
from app.discoveries.rules import HeadingNotFound, RowOutcome
from app.households.models import Household, Member, SearchGram
from app.households.queries import search
from app.households.rules import HouseholdStatus, Relation, Risk, Sex, parse_search
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.factories.reference import read_shipped
from tests.factories.town import SYSTEM, Town
from tests.integration.discoveries.files import (
    HEADINGS,
    SAMPLES,
    a_list,
    as_workbook,
    counts_of,
    person,
    row_of,
    rows_with,
    sample,
    take,
)
from tests.moments import NOW

ELSEWHERE = {"name": "한봄", "born": "1960-02-02", "phone": "", "road": "한빛구 햇살로 5", "unit": ""}
EXPECTED = json.loads((SAMPLES / "round_2026_6.expected.json").read_text(encoding="utf-8"))


def number_of(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_round_gives_exactly_the_numbers_expected_of_it(session: Session, officer: Identity, form: str) -> None:
    imported = service.import_list(session, sample(form), actor=officer, now=NOW)
    counts = counts_of(session, officer, imported)
    assert imported.row_count == EXPECTED["people_rows"] == sum(counts.values())
    assert counts == {"NEW": 174, "JOINED": 1, "HELD": 1, "BAD": 6}
    assert EXPECTED["people_rows"] - counts["BAD"] == EXPECTED["good"]
    bad = rows_with(session, imported, RowOutcome.BAD)
    assert {row.cells[0]: row.reason.partition("(")[0] for row in bad} == EXPECTED["bad"]
    assert [row.cells[0] for row in rows_with(session, imported, RowOutcome.JOINED)] == EXPECTED["same_person_twice"]
    assert [row.cells[0] for row in rows_with(session, imported, RowOutcome.HELD)] == EXPECTED["likely_same"]
    assert imported.skipped == {"EMPTY": 1, "TOTAL": 1}
    assert imported.declared_total == EXPECTED["people_rows"]
    assert imported.title == "2026년 6차 복지사각지대 발굴 대상자 명단 (가상 자료)"


def test_each_new_row_becomes_a_household_of_its_centre_with_its_person(session: Session, officer: Identity) -> None:
    imported = service.import_list(session, sample("csv"), actor=officer, now=NOW)
    new = rows_with(session, imported, RowOutcome.NEW)
    households = session.scalars(select(Household).order_by(Household.id)).all()
    assert [row.household_id for row in new] == [household.id for household in households]
    for row, household in zip(new, households, strict=True):
        listed, head = row.person, household.members[0]
        assert (household.title, head.name, head.birth_on) == (listed.name, listed.name, listed.birth_on)
        assert (head.id, head.phone, head.relation) == (row.member_id, listed.phone, Relation.HEAD)
        assert (household.centre.dong, household.road_address) == (listed.dong, listed.road_address)
        assert (household.centre_id, household.number.partition("-")[0]) == (row.centre_id, household.centre.code)
        assert (household.status, household.risk, household.version) == (HouseholdStatus.ACTIVE, Risk.NONE, 1)
    assert len({household.number for household in households}) == len(households) == 174
    numbers = sorted(household.number for household in households if household.number.startswith("가람"))
    assert numbers == [f"가람-{count:04d}" for count in range(1, len(numbers) + 1)]


def test_imported_people_are_found_by_name_phone_and_address(session: Session, worker: Identity) -> None:
    take(session, worker, person("서춘자", phone="010-7777-4321", road="한빛구 햇살로 9", unit="3층"))
    for query in ("서춘자", "ㅅㅊㅈ", "4321", "햇살로 9", "1942"):
        assert [found.title for found in search(session, worker, parse_search(query))] == ["서춘자"], query
    grams = select(SearchGram.centre_id).distinct()
    assert session.scalars(grams).all() == [worker.centre_id]


def test_the_number_after_an_import_goes_on_where_the_import_ended(session: Session, worker: Identity) -> None:
    from tests.factories.households import add_household

    take(session, worker, person("하나", phone=""), person("두울", phone="", born="1950-01-01"))
    assert add_household(session, worker).number == "가람-0003"


@pytest.mark.parametrize("days", [0, 3, 400])
def test_the_same_file_twice_changes_nothing_and_answers_with_the_first_result(
    session: Session, officer: Identity, days: int
) -> None:
    first = service.import_list(session, sample("csv"), actor=officer, now=NOW)
    before = [
        number_of(session, table) for table in (Household, Member, ListRow, ImportedList, RowCandidate, AccessLog)
    ]
    assert not first.is_repeated
    again = service.import_list(session, sample("csv"), actor=officer, now=NOW + timedelta(days=days))
    assert again is first
    assert again.is_repeated
    after = [number_of(session, table) for table in (Household, Member, ListRow, ImportedList, RowCandidate, AccessLog)]
    assert after == before


def test_the_same_rows_in_another_order_and_form_are_the_same_list(session: Session, worker: Identity) -> None:
    rows = [person(), person("서춘자", phone="", born="1950-01-01"), person("", phone="")]
    first = take(session, worker, *rows)
    again = service.import_list(session, as_workbook(*reversed(rows)), title="다른 이름", actor=worker, now=NOW)
    assert again is first
    assert again.is_repeated


def test_rows_that_came_in_before_are_joined_to_what_they_made(session: Session, worker: Identity) -> None:
    first = take(session, worker, person(), person("서춘자", phone="", born="1950-01-01"))
    second = take(session, worker, person("서춘자", phone="", born="1950-01-01"), person(**ELSEWHERE))
    assert counts_of(session, worker, second) == {"JOINED": 1, "NEW": 1}
    joined, original = row_of(session, second, 2), row_of(session, first, 3)
    assert (joined.household_id, joined.follows_id) == (original.household_id, original.id)
    assert joined.reason == "«2026년 6차 명단» 3행과 같은 줄"
    assert number_of(session, Household) == 3


def test_a_row_of_a_held_person_sent_again_is_not_asked_twice(session: Session, worker: Identity) -> None:
    take(session, worker, person())
    held = take(
        session,
        worker,
        person(phone="010-1111-2222", road="한빛구 햇살로 1"),
        person("한봄", born="1960-02-02", phone=""),
    )
    again = take(session, worker, person(phone="010-1111-2222", road="한빛구 햇살로 1"))
    assert counts_of(session, worker, again) == {"JOINED": 1}
    row = row_of(session, again, 2)
    assert (row.household_id, row.follows_id) == (None, row_of(session, held, 2).id)
    service.link(session, row_of(session, held, 2), held_household(session, held), actor=worker, now=NOW)
    session.refresh(row)
    assert row.household_id == held_household(session, held)


def held_household(session: Session, imported: ImportedList) -> int:
    return row_of(session, imported, 2).candidates[0].household_id


def test_a_household_is_discovered_again_when_the_next_round_names_it_unchanged(
    session: Session, worker: Identity
) -> None:
    first = take(session, worker, person(), person("한봄", born="1960-02-02", phone="010-3333-4444"))
    later = take(session, worker, person(), now=NOW + timedelta(days=60), title="2027년 1차 명단")
    row = row_of(session, later, 2)
    assert (row.outcome, row.follows_id) == (RowOutcome.JOINED, None)
    assert row.household_id == row_of(session, first, 2).household_id


def test_a_row_repeated_within_a_file_follows_the_first_one(session: Session, worker: Identity) -> None:
    imported = take(session, worker, person(crises="단전"), person(number="2", crises="단수", road="한빛구 햇살로 1"))
    first, second = row_of(session, imported, 2), row_of(session, imported, 3)
    assert (second.outcome, second.follows_id, second.household_id) == (RowOutcome.JOINED, first.id, first.household_id)
    assert first.crisis_codes == ["CI_POWER_CUT", "CI_WATER_CUT"]
    assert [len(queries.list_rows_of(session, first.household_id or 0)), number_of(session, Household)] == [1, 1]


def test_a_centre_takes_in_its_own_rows_and_the_others_come_back(
    session: Session, worker: Identity, town: Town
) -> None:
    imported = take(
        session, worker, person(), person("남의집", dong="나래동", phone=""), person("모르는동", dong="없는동")
    )
    assert counts_of(session, worker, imported) == {"NEW": 1, "BAD": 2}
    assert [row.reason for row in rows_with(session, imported, RowOutcome.BAD)] == [
        "다른 센터의 행정동(나래동)",
        "알 수 없는 행정동",
    ]
    assert session.scalars(select(Household.centre_id)).all() == [town.garam.id]
    assert counts_of(session, town.who(town.narae_worker), imported) == {}


def test_a_row_refused_for_its_centre_does_not_take_its_twin_along(session: Session, worker: Identity) -> None:
    imported = take(
        session, worker, person(dong="나래동"), person(number="2", note="가람동에도 적힘"), person(number="3")
    )
    assert [row_of(session, imported, number).outcome for number in (2, 3, 4)] == ["BAD", "NEW", "JOINED"]
    assert row_of(session, imported, 4).follows_id == row_of(session, imported, 3).id


def test_the_district_sends_the_list_after_a_centre_did(
    session: Session, worker: Identity, officer: Identity, narae_worker: Identity
) -> None:
    rows = (person(), person("서춘자", dong="나래동", born="1950-01-01", phone=""))
    take(session, worker, *rows)
    whole = take(session, officer, *rows)
    assert not whole.is_repeated
    assert counts_of(session, officer, whole) == {"NEW": 1, "JOINED": 1}
    assert counts_of(session, narae_worker, whole) == {"NEW": 1}


@pytest.mark.parametrize(("address", "dong"), [("한빛구 나래길 1 (나래동)", "나래동"), ("한빛구 나래길 1", "가람동")])
def test_rows_without_a_dong_go_where_the_address_says_and_else_to_the_chosen_centre(
    session: Session, officer: Identity, town: Town, address: str, dong: str
) -> None:
    content = a_list(("서춘자", "1950-01-01", address), headings=("성명", "생년월일", "주소"))
    imported = service.import_list(session, content, centre=town.garam, actor=officer, now=NOW)
    household = row_of(session, imported, 2).household
    assert household is not None
    assert household.centre.dong == dong


def test_rows_that_no_centre_can_take_come_back_until_a_centre_is_chosen(
    session: Session, officer: Identity, town: Town
) -> None:
    content = a_list(("서춘자", "1950-01-01", "한빛구 나래길 1"), headings=("성명", "생년월일", "주소"))
    first = service.import_list(session, content, actor=officer, now=NOW)
    assert row_of(session, first, 2).reason.startswith("행정동 없음")
    second = service.import_list(session, content, centre=town.narae, actor=officer, now=NOW)
    assert counts_of(session, officer, second) == {"NEW": 1}


def test_a_centre_cannot_put_people_into_another_one(session: Session, worker: Identity, town: Town) -> None:
    with pytest.raises(NotFound):
        take(session, worker, person(), centre=town.narae)
    assert number_of(session, ImportedList) == 0


def test_the_system_itself_may_import_for_the_whole_district(session: Session, dasom: object) -> None:
    imported = service.import_list(session, sample("xlsx"), actor=SYSTEM, now=NOW)
    assert counts_of(session, SYSTEM, imported) == {"NEW": 174, "JOINED": 1, "HELD": 1, "BAD": 6}


def test_the_import_is_in_the_access_log_with_its_people_and_households(session: Session, officer: Identity) -> None:
    imported = service.import_list(session, sample("csv"), actor=officer, now=NOW)
    session.flush()
    rows = session.scalars(
        select(AccessLog).where(AccessLog.subject == f"list:{imported.id}").order_by(AccessLog.id)
    ).all()
    assert [(row.action, row.row_count, row.actor_id) for row in rows] == [
        (Action.IMPORT, 182, officer.account_id),
        (Action.CREATE, 174, officer.account_id),
    ]
    ids = session.scalars(select(Household.id).order_by(Household.id)).all()
    assert rows[1].detail == f"{ids[0]}-{ids[-1]}"


def test_resident_numbers_are_nowhere_in_what_is_kept(session: Session, worker: Identity) -> None:
    imported = take(session, worker, person("서춘자", born="500101-2345678", note="주민번호 410302-1234567 확인"))
    row = row_of(session, imported, 2)
    assert "2345678" not in json.dumps([row.cells, row.read_as], ensure_ascii=False)
    assert "1234567" not in json.dumps([row.cells, row.read_as], ensure_ascii=False)
    assert (row.person.birth_on.isoformat(), row.person.sex) == ("1950-01-01", Sex.FEMALE)


def test_a_kept_person_is_the_person_that_was_read(session: Session, worker: Identity) -> None:
    imported = take(
        session, worker, person(phone="010-2646-2265 / 02-3120-5050", note="첫 줄\n둘째 줄", previous="세번")
    )
    listed = row_of(session, imported, 2).person
    assert (listed.phone, listed.other_phones, listed.note) == ("01026462265", ("0231205050",), "첫 줄\n둘째 줄")
    assert (listed.crisis_codes, listed.months_in_arrears, listed.previous_discoveries) == (("CI_POWER_CUT",), 3, None)
    assert listed.remarks == ("이전발굴횟수 «세번» 숫자로 읽을 수 없어 비웠습니다.",)
    household = row_of(session, imported, 2).household
    assert household is not None
    assert (household.phone, household.members[0].phone) == ("0231205050", "01026462265")


@pytest.mark.parametrize(
    ("content", "error", "code"),
    [
        (b"", TableError, "TABLE_EMPTY"),
        (b"%PDF-1.7", TableError, "TABLE_NOT_A_TABLE"),
        (a_list(("1", "2", "3"), headings=("가", "나", "다")), HeadingNotFound, "LIST_NO_HEADING"),
        (a_list(), RuleBroken, "LIST_EMPTY"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words_and_leaves_nothing(
    session: Session, worker: Identity, content: bytes, error: type[RuleBroken], code: str
) -> None:
    with pytest.raises(error) as refused:
        service.import_list(session, content, actor=worker, now=NOW)
    assert (refused.value.code, refused.value.field) == (code, "file")
    assert number_of(session, ImportedList) == 0


def born_after(days: int) -> str:
    """Nobody else's day: names that sound alike would be asked about otherwise."""
    return str(date(1950, 1, 1) + timedelta(days=days))


def test_progress_is_told_until_all_rows_are_done(session: Session, worker: Identity) -> None:
    steps: list[tuple[int, int]] = []
    rows = [
        person(f"이{chr(0xAC00 + count)}", born=born_after(count), phone="", road=f"한빛구 햇살로 {count}")
        for count in range(1200)
    ]
    content = a_list(*rows)
    service.import_list(session, content, progress=lambda *step: steps.append(step), actor=worker, now=NOW)
    assert steps == [(1000, 1200), (1200, 1200)]
    assert number_of(session, Household) == number_of(session, Member) == 1200


def test_rows_hang_together_across_the_batches_they_are_written_in(session: Session, worker: Identity) -> None:
    others = [
        person(f"이{chr(0xAC00 + count)}", born=born_after(count), phone="", road=f"한빛구 햇살로 {count}")
        for count in range(1000)
    ]
    imported = take(
        session, worker, person(), *others, person(number="1002", note="다시"), person(phone="010-1-2", road="")
    )
    assert row_of(session, imported, 1003).household_id == row_of(session, imported, 2).household_id
    held = row_of(session, imported, 1004)
    assert held.outcome is RowOutcome.HELD
    assert held.candidates[0].household_id == row_of(session, imported, 2).household_id


def test_crisis_codes_are_loaded_once_per_version(session: Session, worker: Identity) -> None:
    document = read_shipped("crisis_codes")
    assert service.add_crisis_codes(session, document) == 0
    assert service.add_crisis_codes(session, {**document, "as_of": "2026-11-01"}) == 1
    assert service.add_crisis_codes(session, {**document, "as_of": "2030-01-01"}) == 1
    imported = take(session, worker, person())
    assert imported.crisis_codes.version == document["as_of"]
    with pytest.raises(KeyError):
        service.add_crisis_codes(session, {"as_of": "2031-01-01"})
    assert number_of(session, CrisisCodeVersion) == 3


def test_codes_that_begin_later_are_used_when_there_are_no_others(session: Session, worker: Identity) -> None:
    early = NOW - timedelta(days=700)
    assert take(session, worker, person(), now=early).crisis_codes.version == read_shipped("crisis_codes")["as_of"]


@pytest.mark.parametrize("note", ["=1+1", "<b>굵게</b>", "뷁", "🙂", "가" * 3000])
def test_what_stands_in_a_cell_is_kept_exactly(session: Session, worker: Identity, note: str) -> None:
    imported = take(session, worker, person(note=note))
    row = row_of(session, imported, 2)
    assert (row.cells[HEADINGS.index("비고")], row.person.note) == (note, note)


def test_people_of_a_nurses_role_see_no_rows_of_another_district(
    session: Session, worker: Identity, town: Town
) -> None:
    imported = take(session, worker, person())
    stranger = town.who(town.far_supervisor)
    assert stranger.role is Role.SUPERVISOR
    assert counts_of(session, stranger, imported) == {}
    with pytest.raises(NotFound):
        queries.get_list(session, stranger, imported.id)
