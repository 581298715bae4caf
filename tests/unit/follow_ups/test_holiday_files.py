"""Files of days off as they come: our form, an office's list in CP949, a workbook, and 특일정보."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from app.core.errors import RuleBroken
from app.core.holidays import public_holidays
from app.core.tables.reading import read_table
from app.core.tables.rows import TableRow
from app.follow_ups.rules import HolidayKind
from app.follow_ups.rules.holiday_changes import DayVerb, KnownDay
from app.follow_ups.rules.holiday_files import MOST_ROWS, FileRow, RowFate, read_rows
from hypothesis import given
from hypothesis import strategies as st

SAMPLES = Path(__file__).parents[2] / "data"
TODAY = date(2026, 11, 23)
YEARS = range(2010, 2051)
KNOWN = {on: KnownDay(on, name) for on, name in public_holidays(YEARS).items()}
ADD, KNOWN_ALREADY, LEAVE, FIX = RowFate.ADD, RowFate.KNOWN, RowFate.LEAVE, RowFate.FIX

Outcome = tuple[int, RowFate, str, str, HolidayKind | None]


def rows_of(*rows: Sequence[str]) -> list[TableRow]:
    return [TableRow(number, tuple(cells)) for number, cells in enumerate(rows, start=1)]


def read(rows: Sequence[TableRow], known: dict[date, KnownDay] = KNOWN) -> list[FileRow]:
    return read_rows(rows, known, otherwise=HolidayKind.TEMPORARY, today=TODAY, years=YEARS)


def read_sample(name: str, known: dict[date, KnownDay] = KNOWN) -> list[FileRow]:
    return read(read_table((SAMPLES / name).read_bytes()).rows, known)


def one(*cells: str, headings: Sequence[str] = ("날짜", "이름", "구분", "비고")) -> FileRow:
    """What becomes of a single row."""
    (row,) = read(rows_of(headings, cells))
    return row


def told(rows: list[FileRow]) -> list[tuple[int, RowFate, str]]:
    return [(row.number, row.fate, row.reason) for row in rows]


def test_an_office_list_is_read_row_by_row() -> None:
    rows = read_sample("holidays_office.csv")
    assert [(row.number, row.on, row.name, row.kind, row.note) for row in rows if row.fate is ADD] == [
        (4, date(2027, 1, 4), "시무식 대체휴무", HolidayKind.AGENCY, "총무과-123"),
        (6, date(2027, 4, 7), "대통령 궐위선거", HolidayKind.ELECTION, "선관위 공고"),
        (8, date(2027, 5, 18), "구민의 날", HolidayKind.LOCAL, "구민의 날 조례 제5조"),
        (14, date(2027, 6, 5), "토요 행사", HolidayKind.AGENCY, ""),
        (17, date(2027, 8, 2), "하계 휴무", HolidayKind.AGENCY, ""),
    ]
    assert told([row for row in rows if row.fate is KNOWN_ALREADY]) == [
        (5, KNOWN_ALREADY, "공휴일입니다: 신정"),
        (7, KNOWN_ALREADY, "공휴일입니다: 노동절"),
        (9, KNOWN_ALREADY, "8행과 같은 날입니다."),
    ]
    assert [row.number for row in rows if row.fate is FIX] == [10, 11, 12, 13, 16, 18, 19]
    assert [row.number for row in rows if row.fate is LEAVE] == [15, 20]


def test_what_must_be_put_right_says_why_and_shows_the_row_as_typed() -> None:
    rows = {row.number: row for row in read_sample("holidays_office.csv")}
    assert rows[10].reason == "연도가 없습니다. 2026-10-05처럼 적어 주세요."
    assert rows[11].reason == "요일이 맞지 않습니다. 2027-10-05은 화요일입니다."
    assert rows[13].reason == "여러 날이 한 줄에 있습니다. 하루에 한 줄씩 나누어 주세요."
    assert rows[16].reason == "무슨 날인지 이름을 적어 주세요."
    assert rows[18].reason == "2051년은 공휴일 자료가 없어 바꿀 수 없습니다."
    assert rows[19].reason.startswith("«축제» 구분은 알 수 없습니다.")
    assert rows[19].typed == "2027.11.1 · 창립일 · 축제"
    assert rows[14].reason.startswith("토요일은 원래 쉬는 날이라")


def test_the_special_days_of_the_observatory_are_understood() -> None:
    rows = read_sample("holidays_kasi.csv")
    assert [(row.on, row.name, row.kind) for row in rows if row.fate is ADD] == [
        (date(2027, 2, 10), "임시공휴일", HolidayKind.TEMPORARY),
        (date(2027, 4, 7), "대통령궐위선거", HolidayKind.ELECTION),
    ]
    left = {row.name: row.reason for row in rows if row.fate is LEAVE}
    assert left["식목일"] == "쉬지 않는 날로 적혀 있습니다."
    assert left["어린이날"].startswith("파일에는 쉬지 않는 날인데 공휴일 자료에는 있습니다.")
    assert not [row for row in rows if row.fate is FIX]


def test_a_workbook_with_real_dates_is_read_and_says_which_sheet_was_not() -> None:
    table = read_table((SAMPLES / "holidays_office.xlsx").read_bytes())
    assert (table.sheet, table.unread_sheets) == ("휴무일", ("참고",))
    assert [(row.fate, row.on) for row in read(table.rows)] == [
        (KNOWN_ALREADY, date(2027, 1, 1)),
        (ADD, date(2027, 5, 6)),
        (ADD, date(2027, 7, 5)),
        (FIX, None),
    ]


@pytest.mark.parametrize("name", ["holidays_office.csv", "holidays_kasi.csv", "holidays_office.xlsx"])
def test_the_same_file_again_adds_nothing(name: str) -> None:
    first = read_sample(name)
    known = KNOWN | {row.on: KnownDay(row.on, added_as=row.name) for row in first if row.fate is ADD and row.on}
    second = read_sample(name, known)
    assert [row for row in second if row.fate is ADD] == []
    assert sum(row.fate is KNOWN_ALREADY for row in second) == sum(row.fate in (ADD, KNOWN_ALREADY) for row in first)


@pytest.mark.parametrize(
    "headings",
    [
        ("날짜", "이름"), ("일자", "휴일명"), ("휴무일", "휴무일명"), ("공휴일", "명칭"), ("일 자", "공휴일"), ("날짜(양력)", "내용"),
        ("locdate", "dateName"), ("Start Date", "Subject"), ("휴무일자", "사유"), ("연월일*", "휴 일"), ("DATE", "NAME"),
    ],
)  # fmt: skip
def test_columns_are_known_by_many_names(headings: tuple[str, str]) -> None:
    row = one("2027-05-06", "개청기념일", headings=headings)
    assert (row.fate, row.on, row.name) == (ADD, date(2027, 5, 6), "개청기념일")


def test_a_heading_may_stand_below_a_title_and_again_on_the_next_page() -> None:
    heading = ("연번", "휴무일", "명칭")
    rows = read(
        rows_of(("휴무일 안내",), (), heading, ("1", "2027.5.6", "개청기념일"), heading, ("2", "2027.7.5", "임시"))
    )
    assert [(row.number, row.fate) for row in rows] == [(4, ADD), (6, ADD)]


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ([("날짜", "비고"), ("2027-05-06", "")], "«이름»"),
        ([("이름", "구분"), ("행사", "기관")], "«날짜»"),
        ([("2027-05-06", "개청기념일")], "«날짜», «이름»"),
        ([("공휴일", "요일"), ("2027-05-06", "목")], "«이름»"),
    ],
)
def test_a_file_without_a_heading_is_refused_and_told_what_is_missing(
    rows: list[tuple[str, ...]], missing: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        read(rows_of(*rows))
    assert (refused.value.code, refused.value.field) == ("HOLIDAYS_NO_HEADING", "file")
    assert refused.value.text == f"제목 줄에서 {missing} 칸을 찾지 못했습니다."


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("임시공휴일", "쉬는 날", HolidayKind.TEMPORARY),
        ("임시", "쉬는 날", HolidayKind.TEMPORARY),
        ("대체휴일", "쉬는 날", HolidayKind.SUBSTITUTE),
        ("지방공휴일", "쉬는 날", HolidayKind.LOCAL),
        ("기관휴무", "쉬는 날", HolidayKind.AGENCY),
        ("ELECTION", "쉬는 날", HolidayKind.ELECTION),
        ("", "제9회 전국동시지방선거", HolidayKind.ELECTION),
        ("", "개청 기념일", HolidayKind.AGENCY),
        ("", "쉬는 날", HolidayKind.TEMPORARY),
        ("공휴일", "대체공휴일(삼일절)", HolidayKind.SUBSTITUTE),
        ("01", "임시공휴일", HolidayKind.TEMPORARY),
    ],
)
def test_what_a_day_is_follows_from_its_row(text: str, name: str, kind: HolidayKind) -> None:
    row = one("2027-05-06", name, text, "")
    assert (row.fate, row.kind) == (ADD, kind)


@pytest.mark.parametrize(
    ("said", "fate"),
    [("Y", ADD), ("y", ADD), ("예", ADD), ("", ADD), ("N", LEAVE), ("0", LEAVE), ("아니오", LEAVE), ("글쎄", FIX)],
)
def test_who_rests_is_taken_from_the_column_that_says_so(said: str, fate: RowFate) -> None:
    assert one("20270506", "행사", said, headings=("locdate", "dateName", "isHoliday")).fate is fate


def test_a_memorial_day_is_no_day_off_unless_the_file_says_so() -> None:
    headings = ("날짜", "이름", "구분", "휴일여부")
    assert one("2027-04-05", "식목일", "기념일", "", headings=headings).fate is LEAVE
    assert one("2027-04-05", "식목일", "기념일", "Y", headings=headings).fate is ADD


def test_a_day_that_was_taken_from_the_holidays_is_not_brought_back_by_a_file() -> None:
    known = {date(2027, 5, 5): KnownDay(date(2027, 5, 5), "어린이날", is_taken=True)}
    (row,) = read(rows_of(("날짜", "이름"), ("2027-05-05", "어린이날")), known)
    assert row.fate is FIX
    assert "되돌리면" in row.reason


def test_a_day_added_under_another_name_is_known_and_says_which() -> None:
    on = date(2027, 5, 6)
    (row,) = read(rows_of(("날짜", "이름"), ("2027-05-06", "개청일")), {on: KnownDay(on, added_as="개청기념일")})
    assert (row.fate, row.reason) == (KNOWN_ALREADY, "이미 추가한 날입니다. 이름은 «개청기념일»입니다.")


def test_too_many_rows_are_refused() -> None:
    rows = rows_of(("날짜", "이름"), *(("2027-05-06", "행사") for _ in range(MOST_ROWS + 1)))
    with pytest.raises(RuleBroken, match="HOLIDAYS_TOO_MANY"):
        read(rows)
    assert len(read(rows[:-1])) == MOST_ROWS


def test_only_a_row_to_be_added_is_a_change() -> None:
    added, known = one("2027-05-06", "행사", "기관", "공문"), one("2027-01-01", "신정", "", "")
    assert (added.change.verb, added.change.on, added.change.note) == (DayVerb.ADD, date(2027, 5, 6), "공문")
    with pytest.raises(ValueError, match="nothing is added"):
        _ = known.change


cells = st.one_of(
    st.text(max_size=12), st.sampled_from(["2027-05-06", "20270507", "2027.1.1", "2027-02-30", "N", "Y", "임시", ""])
)


@given(st.lists(st.tuples(cells, cells, cells, cells, cells), max_size=12))
def test_every_row_has_one_fate_and_no_day_is_added_twice(table: list[tuple[str, ...]]) -> None:
    headings = ("날짜", "이름", "구분", "비고", "isHoliday")
    rows = read(rows_of(headings, *table))
    filled = [number for number, row in enumerate(table, start=2) if any(cell.strip() for cell in row)]
    assert [row.number for row in rows] == filled
    added = [row.on for row in rows if row.fate is ADD]
    assert len(added) == len(set(added))
    assert all(row.name and row.kind and row.on and row.on >= TODAY for row in rows if row.fate is ADD)
    assert all(row.reason for row in rows if row.fate is not ADD)
