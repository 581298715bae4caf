"""One row at a time: every cell as people fill it, every problem named."""

from __future__ import annotations

from datetime import date

import pytest
from app.core.tables.rows import TableRow
from app.discoveries.rules import ListedPerson, ProblemReason, Reference, RowProblem, find_heading
from app.discoveries.rules.cells import read_address, read_count, read_sex
from app.discoveries.rules.lines import open_line
from app.discoveries.rules.reading import read_person
from app.households.rules import Sex

GOOD = {
    "성명": "김순자", "생년월일": "1950-01-01", "성별": "여", "전화번호": "010-0412-7788", "행정동": "가람동",
    "주소": "한빛구 가람로 12", "상세주소": "102동 842호", "위기정보": "단전, 단수", "체납개월수": "3",
    "이전발굴횟수": "2", "비고": "",
}  # fmt: skip


def read(reference: Reference, **changed: str) -> ListedPerson | tuple[RowProblem, ...]:
    """A good row with some cells changed."""
    row = GOOD | changed
    heading = find_heading([TableRow(1, tuple(row))])
    return read_person(open_line(TableRow(2, tuple(row.values())), len(row)), heading, reference)


def person(reference: Reference, **changed: str) -> ListedPerson:
    result = read(reference, **changed)
    assert isinstance(result, ListedPerson), result
    return result


def test_a_good_row_is_read_whole(reference: Reference) -> None:
    assert person(reference) == ListedPerson(
        row_number=2,
        name="김순자",
        birth_on=date(1950, 1, 1),
        dong="가람동",
        sex=Sex.FEMALE,
        phone="01004127788",
        road_address="한빛구 가람로 12",
        unit="102동 842호",
        crisis_codes=("CI_POWER_CUT", "CI_WATER_CUT"),
        months_in_arrears=3,
        previous_discoveries=2,
    )


@pytest.mark.parametrize(
    ("changed", "reason", "detail"),
    [
        ({"생년월일": "19571332"}, ProblemReason.BIRTH, "없는 날짜"),
        ({"생년월일": ""}, ProblemReason.BIRTH, "비어"),
        ({"생년월일": "20.3.5"}, ProblemReason.BIRTH, "1920년인지 2020년인지"),
        ({"성명": "  "}, ProblemReason.NO_NAME, ""),
        ({"성명": "-"}, ProblemReason.NO_NAME, ""),
        ({"성명": "123"}, ProblemReason.NO_NAME, "읽을 수 없습니다"),
        ({"성명": "김" * 3000}, ProblemReason.NO_NAME, "읽을 수 없습니다"),
        ({"행정동": "없는동"}, ProblemReason.DONG, ""),
        ({"행정동": "", "주소": ""}, ProblemReason.DONG, "비어"),
        ({"체납개월수": "석달"}, ProblemReason.MONTHS, "숫자가 아닙니다"),
        ({"체납개월수": "-3"}, ProblemReason.MONTHS, "숫자가 아닙니다"),
        ({"체납개월수": "601"}, ProblemReason.MONTHS, "숫자가 아닙니다"),
        ({"위기정보": "단전, 미지의 위기"}, ProblemReason.CRISES, "미지의 위기"),
    ],
)
def test_what_cannot_be_read_is_named(
    reference: Reference, changed: dict[str, str], reason: ProblemReason, detail: str
) -> None:
    [problem] = read(reference, **changed)  # type: ignore[misc]
    assert isinstance(problem, RowProblem)
    assert (problem.row_number, problem.reason) == (2, reason)
    assert detail in problem.detail
    assert problem.text.startswith(reason.label)


def test_all_problems_of_a_row_are_told_at_once(reference: Reference) -> None:
    problems = read(reference, 성명="", 생년월일="모름", 체납개월수="여러 달")
    assert [problem.reason for problem in problems] == [  # type: ignore[union-attr]
        ProblemReason.NO_NAME, ProblemReason.BIRTH, ProblemReason.MONTHS,
    ]  # fmt: skip


@pytest.mark.parametrize("dong", ["가람동", "가람 동", " 한빛구 가람동 ", "가람동(본동)"])
def test_a_dong_is_known_in_every_spelling(reference: Reference, dong: str) -> None:
    assert person(reference, 행정동=dong).dong == "가람동"


def test_a_list_without_the_column_takes_the_dong_from_the_address(reference: Reference) -> None:
    cells = ("성명", "생년월일", "주소")
    heading = find_heading([TableRow(1, cells)])
    for address, dong in (("한빛구 나래길 3 (나래동)", "나래동"), ("한빛구 나래길 3", "")):
        row = TableRow(2, ("김순자", "1950-01-01", address))
        read_back = read_person(open_line(row, 3), heading, reference)
        assert isinstance(read_back, ListedPerson)
        assert read_back.dong == dong


def test_what_is_not_needed_but_unreadable_is_kept_in_a_remark(reference: Reference) -> None:
    found = person(reference, 성별="?", 전화번호="수신거부", 이전발굴횟수="여러 번")
    assert (found.sex, found.phone, found.previous_discoveries) == (None, "", None)
    assert set(found.remarks) == {
        "이전발굴횟수 «여러 번» 숫자로 읽을 수 없어 비웠습니다.",
        "성별 «?» 읽을 수 없어 비웠습니다.",
        "전화번호 «수신거부» 읽을 수 없어 비웠습니다.",
    }


@pytest.mark.parametrize("blank", ["", "-", "없음", " 해당 없음 "])
def test_blank_cells_are_no_problem(reference: Reference, blank: str) -> None:
    found = person(reference, 성별=blank, 전화번호=blank, 체납개월수=blank, 이전발굴횟수=blank, 위기정보=blank)
    assert (found.sex, found.phone, found.months_in_arrears, found.previous_discoveries) == (None, "", None, None)
    assert found.crisis_codes == ()
    assert found.remarks == ()


def test_several_numbers_in_one_cell_are_kept(reference: Reference) -> None:
    found = person(reference, 전화번호="집 02-123-4567, 딸 010-0412-7788")
    assert (found.phone, found.other_phones) == ("021234567", ("01004127788",))


@pytest.mark.parametrize("name", ["<b>굵게</b>", "김뷁😀", "Nguyen Thi Hoa", "김-스미스", "=1+1a", "남궁 민"])
def test_an_odd_name_is_kept_as_typed(reference: Reference, name: str) -> None:
    assert person(reference, 성명=name).name == name


def test_a_resident_number_gives_its_date_and_is_masked_everywhere_else(reference: Reference) -> None:
    found = person(reference, 생년월일="050101-4234567", 비고="주민 480302-1234567\n전화 늦게")
    assert found.birth_on == date(2005, 1, 1)
    assert found.note == "주민 480302-*******\n전화 늦게"
    assert "234567" not in repr(found)
    assert found.remarks == ("주민등록번호로 보이는 숫자를 가렸습니다.",)


@pytest.mark.parametrize(
    ("text", "count"), [("3", 3), ("3.0", 3), ("3개월", 3), (" 2 회", 2), ("0", 0), ("", None), ("없음", None)]
)
def test_counts_are_read_with_their_units(text: str, count: int | None) -> None:
    assert read_count(text, most=600) == count


@pytest.mark.parametrize("text", ["석달", "-1", "601", "3.5", "3~4", "1" * 9000, "²"])
def test_what_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        read_count(text, most=600)


@pytest.mark.parametrize(("text", "sex"), [("여", Sex.FEMALE), ("남자", Sex.MALE), ("F", Sex.FEMALE), ("모름", None)])
def test_sex_is_read_in_every_spelling(text: str, sex: Sex | None) -> None:
    assert read_sex(text) is sex


@pytest.mark.parametrize(
    ("address", "unit", "parts"),
    [
        ("한빛구 다솜로 12번길25 (가람동), 101동 804호", "", ("한빛구 다솜로12번길 25", "", "101동 804호")),
        ("한빛구 가람로 12, 3층", "반지하", ("한빛구 가람로 12", "", "반지하")),
        ("한빛구 가람동 12-3번지", "", ("", "한빛구 가람동 12-3번지", "")),
        ("가람시장 뒤 파란 대문", "", ("가람시장 뒤 파란 대문", "", "")),
        ("", "", ("", "", "")),
    ],
)
def test_an_address_is_taken_apart(address: str, unit: str, parts: tuple[str, str, str]) -> None:
    assert read_address(address, unit) == parts
