"""Makes discovery_list.xlsx and discovery_list.csv: one fictional list with the mess that real ones have.

Title rows, a heading with line breaks, sub-totals, a heading again where a page began, empty lines, a total and a
footnote; birth dates and telephone numbers in many spellings, some as spreadsheet numbers and dates; one person twice,
one perhaps twice, rows that cannot be read. The CSV is in CP949, as Korean Excel writes it. All of it is invented:
numbers after 010 begin with 0, which no operator gives out.

Run it to write both files again; the same list comes out each time.
"""

from __future__ import annotations

import csv
import io
import random
import unicodedata
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias

import xlsxwriter

Cell: TypeAlias = str | int | date
Row: TypeAlias = list[Cell]

HEADING: Row = [
    "연번", "성 명", "생년월일\n(예: 1950.1.1)", "성별", "휴대전화", "읍·면·동", "도로명\n주소", "상세주소",
    "위기사유", "체납\n개월수", "이전 발굴횟수", "비고",
]  # fmt: skip
DONGS = {"가람동": 21, "나래동": 20, "다솜동": 19}
SURNAMES = "김이박최정강조윤장임한오서신권황안송류홍"
GIVEN_NAMES = {
    "여": ("순자", "말숙", "미경", "옥희", "은주", "복순", "금례", "춘화", "명자", "점례", "영숙", "혜진"),
    "남": ("영수", "정호", "상철", "기태", "동민", "재훈", "성우", "태식", "현우", "병국", "만수", "준호"),
}
ROADS = ("가람로", "나래길", "다솜로12번길", "느티나무길", "한빛대로")
UNITS = ("", "반지하", "옥탑방", "지하 1층", "2층 201호", "101동 1203호", "103-702", "가동 102호")
CRISES = (
    "단전", "단수", "단가스", "건강보험료 체납", "통신요금 연체", "대출금 연체", "관리비 체납", "국민연금 체납",
    "공공임대 임대료 체납", "실업급여 종료", "재난적 의료비", "기초수급 탈락",
)  # fmt: skip
NOTES = (
    "",
    "",
    "",
    "",
    "낮에는 집에 없음",
    "귀가 어두움, 크게 말할 것",
    "통장 연락 가능",
    "딸이 주말에 들름\n평일은 혼자",
)
FOLDER = Path(__file__).parent


def people() -> list[Row]:
    """Sixty invented people in the order of their 동, each a row under `HEADING`."""
    chance = random.Random("한빛구 2026년 6차")
    rows = [_person(chance, dong) for dong, count in DONGS.items() for _ in range(count)]
    _spoil(rows)
    for number, row in enumerate(rows, start=1):
        row[0] = number
    return rows


def _person(chance: random.Random, dong: str) -> Row:
    sex = chance.choice(tuple(GIVEN_NAMES))
    name = chance.choice(SURNAMES) + chance.choice(GIVEN_NAMES[sex])
    born_on = date(chance.randint(1932, 1999), chance.randint(1, 12), chance.randint(1, 28))
    address = f"한빛구 {chance.choice(ROADS)} {chance.randint(1, 140)}"
    crises = ", ".join(chance.sample(CRISES, chance.choice((1, 1, 2, 2, 3))))
    phone = f"010-0{chance.randint(100, 999)}-{chance.randint(1000, 9999)}"
    return [
        0, name, _birth(chance, born_on), sex, _phone(chance, phone), dong, address,
        chance.choice(UNITS), crises, chance.randint(0, 14), chance.choice((0, 0, 0, 1, 2, 3, 5, 8)),
        chance.choice(NOTES),
    ]  # fmt: skip


def _birth(chance: random.Random, born_on: date) -> Cell:
    spellings = ("%Y-%m-%d", "%Y-%m-%d", "%Y.%m.%d", "%Y%m%d", "%Y. %m. %d.", "%Y년 %m월 %d일", "%y%m%d")
    spelling = chance.choice((*spellings, "date"))
    return born_on if spelling == "date" else born_on.strftime(spelling)


def _phone(chance: random.Random, phone: str) -> Cell:
    digits = phone.replace("-", "")
    return chance.choice((phone, phone, phone, digits, phone.replace("-", " "), int(digits), ""))


def _spoil(rows: list[Row]) -> None:
    """Put in what people get wrong: six rows to put right, two that repeat an earlier one, and harmless oddities."""
    rows[6][2] = "19520231"
    rows[13][1] = ""
    rows[22][5] = "누리동"
    rows[29][9] = "여러 달"
    rows[34][8] = "단전, 집안 사정"
    rows[47][2], rows[47][9] = "2031-04-05", "모름"
    rows[3][1:5] = ["남궁 민", "1948-03-02", "남", "010-0412-7788"]
    rows[27][1:5] = ["남궁민", "1948. 3. 2.", "남", "01004127788"]  # the same man, written otherwise
    rows[11][1:5] = ["오점례", "1941.09.17", "여", "010-0733-2051"]
    rows[52][1:5] = ["오점례", "19410917", "여", "010-0904-6610"]  # moved, new number: perhaps the same woman
    rows[8][1:5] = ["Nguyen Thi Hoa", "1990-05-21", "여", "010-0255-1904 (딸 010-0255-1905)"]
    rows[16][11] = "주민번호 480302-1234567 확인 요망"
    rows[19][1] = " 황복순 "
    rows[25][11] = '=HYPERLINK("http://example.invalid","열기")'
    rows[31][4] = "없음"
    rows[38][6] = "한빛구 다솜로 12번길 25 (다솜동), 101동 804호"
    rows[38][7] = ""
    rows[44][9] = "3개월"


def sheet() -> list[Row]:
    """The whole sheet from its title to its footnote."""
    rows: list[Row] = [
        ["2026년 6차 복지사각지대 발굴 대상자 명단 (한빛구, 가상 자료)"],
        ["작성: 한빛구청 복지정책과", "", "", "", "", "", "", "", "", "", "", "2026. 11. 23. 기준"],
        [],
        HEADING,
    ]
    listed = people()
    for dong, count in DONGS.items():
        if dong == "다솜동":
            rows += [[], HEADING]
        part, listed = listed[:count], listed[count:]
        rows += [*part, ["소계", f"{count}명"]]
    return [*rows, [], ["총계", f"{sum(DONGS.values())}명"], ["※ 문의: 한빛구청 복지정책과 (내선 1234)"]]


def as_csv(rows: list[Row]) -> bytes:
    """The sheet as Korean Excel saves a CSV: CP949, every row as wide as the heading, numbers without their zero."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([*row, *[""] * (len(HEADING) - len(row))] for row in rows)
    return out.getvalue().encode("cp949")


def as_xlsx(rows: list[Row]) -> bytes:
    """The sheet as a workbook with real dates and numbers; some names are in NFD, as a Mac saves them."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime(2026, 11, 23), "author": "한빛구(가상)"})  # noqa: DTZ001 no zone in XLSX
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        page = book.add_worksheet("6차 명단")
        for number, row in enumerate(rows):
            for at, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(number, at, cell, day)
                elif isinstance(cell, str):
                    page.write_string(number, at, _as_on_a_mac(cell) if at == 1 and number % 9 == 0 else cell)
                else:
                    page.write_number(number, at, cell)
    return out.getvalue()


def _as_on_a_mac(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def main() -> None:
    """Write both files beside this one."""
    rows = sheet()
    (FOLDER / "discovery_list.csv").write_bytes(as_csv(rows))
    (FOLDER / "discovery_list.xlsx").write_bytes(as_xlsx(rows))


if __name__ == "__main__":
    main()
