"""Spreadsheets in and out: what people send is read or refused with a reason, what we write is never a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime

import pytest
import xlsxwriter
from app.core.tables.formulas import neutralise, restore
from app.core.tables.reading import read_table
from app.core.tables.rows import TableError, TableLimits
from app.core.tables.writing import MAX_LETTERS_IN_CELL, write_xlsx
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.csv_files import csv_of

steady = settings(deadline=None)  # judged by result; a busy machine must not fail it

RISKY_FIRST_LETTERS = "=+-@\t\r\n\0＝＋－＠"
ROWS = [("성명", "전화", "비고"), ("김순자", "010-1234-5678", '큰소리로,\n"귀"가 어두움'), ("박뷁", "", "")]

writable = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
risky = st.builds(str.__add__, st.sampled_from([*RISKY_FIRST_LETTERS, "'=", "''-", " =", "\u3000@"]), writable)
cells = st.one_of(writable, risky)


def code_of(content: bytes, **limits: int) -> str:
    """The code with which the content is refused."""
    with pytest.raises(TableError) as refused:
        read_table(content, limits=TableLimits(**limits))
    assert refused.value.text.endswith((".", "요."))
    return refused.value.code


def texts_of(content: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read_table(content).rows]


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    """A workbook as some office made it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        fill(book)
    return out.getvalue()


def workbook_with_sheet(xml: str, shared: str = "") -> bytes:
    """A workbook whose one sheet has this XML between its <sheetData> tags, whatever that may be."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(io.BytesIO(write_xlsx([("a", "b")], sheet="표"))) as original:
        parts = {name: original.read(name) for name in original.namelist()}
    sheet = f'<worksheet xmlns="{main}"><sheetData>{xml}</sheetData></worksheet>'
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    if shared:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{shared}</sst>'.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


class TestReadingText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
    @pytest.mark.parametrize("delimiter", [",", "\t", ";"])
    @pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
    def test_every_encoding_delimiter_and_line_end_gives_the_same_rows(
        self, encoding: str, delimiter: str, line_end: str
    ) -> None:
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter, lineterminator=line_end).writerows(ROWS)
        assert texts_of(out.getvalue().encode(encoding)) == ROWS

    def test_a_delimiter_within_cells_does_not_mislead(self) -> None:
        content = "성명;위기정보\n김순자;단전, 단수, 단가스\n박철수;단수, 통신요금 연체, 단전\n".encode()
        assert texts_of(content)[1] == ("김순자", "단전, 단수, 단가스")

    def test_rows_keep_the_numbers_a_spreadsheet_shows(self) -> None:
        rows = read_table("제목,\n\n성명,전화\n\n김순자,1\n,\n\n".encode()).rows
        assert [row.number for row in rows] == [1, 2, 3, 4, 5]
        assert rows[4].cells == ("김순자", "1")

    def test_the_form_is_told(self) -> None:
        assert read_table("성명,전화\n".encode("cp949")).form == "CSV(CP949)"
        assert read_table("성명,전화\n".encode()).form == "CSV(UTF-8)"

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "TABLE_EMPTY"),
            (b" \r\n ", "TABLE_EMPTY"),
            (b",,,\n,,,\n", "TABLE_EMPTY"),
            ("안녕하세요.\n명단을 보냅니다.\n".encode(), "TABLE_NOT_A_TABLE"),
            (b"%PDF-1.7 ...", "TABLE_NOT_A_TABLE"),
            (b"\x89PNG\r\n\x1a\n", "TABLE_NOT_A_TABLE"),
            ("<html><table><tr><td>성명</td></tr></table>".encode("cp949"), "TABLE_NOT_A_TABLE"),
            (b"a,b\x00c\n", "TABLE_NOT_A_TABLE"),
            (b"PK\x03\x04 not really a zip", "TABLE_BROKEN"),
            (b"\xff\xffa,b\n\x80\x80", "TABLE_UNDECODABLE"),
            ('성명,비고\n김순자,"닫히지 않음\n박철수,둘\n'.encode(), "TABLE_BROKEN"),
            ('성명,비고\n"김"순자,하나\n'.encode(), "TABLE_BROKEN"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Workbook", "TABLE_OLD_FORMAT"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "TABLE_ENCRYPTED"),
            (b"\x9b DRMONE  This Document is encrypted", "TABLE_ENCRYPTED"),
        ],
    )
    def test_what_is_no_table_is_refused_with_a_korean_reason(self, content: bytes, code: str) -> None:
        assert code_of(content) == code

    def test_an_open_quote_swallows_nobody_silently_and_names_its_line(self) -> None:
        with pytest.raises(TableError) as refused:
            read_table('성명,비고\n김순자,하나\n박철수,"둘\n이영희,셋\n'.encode())
        assert "3번째 줄" in refused.value.text

    @pytest.mark.parametrize("limits", [{"max_bytes": 20}, {"max_rows": 2}, {"max_columns": 2}])
    def test_too_much_is_refused(self, limits: dict[str, int]) -> None:
        assert code_of(csv_of(ROWS), **limits) == "TABLE_TOO_LARGE"

    @steady
    @given(st.binary(max_size=300))
    def test_any_bytes_give_rows_or_a_reason(self, content: bytes) -> None:
        with suppress(TableError):
            table = read_table(content)
            assert any(any(row.cells) for row in table.rows)


class TestReadingWorkbooks:
    def test_numbers_dates_and_formulas_come_as_a_person_would_type_them(self) -> None:
        def fill(book: xlsxwriter.Workbook) -> None:
            page = book.add_worksheet("6차")
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
            page.write_row(0, 0, ["김순자", 6.0, 2.5, 1039159430])
            page.write_datetime(0, 4, datetime(1975, 2, 10), day)  # noqa: DTZ001 a sheet knows no zone
            page.write_datetime(0, 5, datetime(1975, 2, 10, 9, 30), moment)  # noqa: DTZ001
            page.write_boolean(0, 6, True)
            page.write_formula(0, 7, "=1+1", None, 2)

        expected = ("김순자", "6", "2.5", "1039159430", "1975-02-10", "1975-02-10 09:30:00", "True", "2")
        assert texts_of(workbook(fill)) == [expected]

    def test_a_value_merged_over_rows_belongs_to_each_of_them(self) -> None:
        def fill(book: xlsxwriter.Workbook) -> None:
            page = book.add_worksheet()
            page.merge_range(0, 0, 0, 1, "명단")
            page.merge_range(1, 0, 3, 0, "가람동")
            page.write_column(1, 1, ["김순자", "박철수", "이영희"])

        rows = [("명단", ""), ("가람동", "김순자"), ("가람동", "박철수"), ("가람동", "이영희")]
        assert texts_of(workbook(fill)) == rows

    def test_the_first_visible_sheet_with_content_is_read_and_the_others_are_named(self) -> None:
        def fill(book: xlsxwriter.Workbook) -> None:
            book.add_worksheet("빈 표지")
            book.add_worksheet("숨김").hide()
            book.add_worksheet("명단").write_row(2, 1, ["성명", "전화"])
            book.add_worksheet("참고").write(0, 0, "코드")

        content = workbook(fill)
        table = read_table(content)
        assert (table.sheet, table.unread_sheets) == ("명단", ("빈 표지", "참고"))
        assert table.rows[-1] == (3, ("", "성명", "전화"))
        assert read_table(content, sheet="참고").rows == ((1, ("코드",)),)
        with pytest.raises(TableError, match="NO_SUCH_SHEET"):
            read_table(content, sheet="숨김")

    def test_a_zip_that_is_no_workbook_is_refused(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            package.writestr("mimetype", "application/hwp+zip")
        assert code_of(out.getvalue()) == "TABLE_NOT_A_TABLE"

    def test_an_empty_workbook_is_refused(self) -> None:
        assert code_of(workbook(lambda book: book.add_worksheet())) == "TABLE_EMPTY"

    @pytest.mark.parametrize("cut", [0.3, 0.7, 0.95])
    def test_a_cut_off_workbook_is_refused(self, cut: float) -> None:
        whole = write_xlsx(ROWS, sheet="표")
        assert code_of(whole[: int(len(whole) * cut)]) == "TABLE_BROKEN"

    @steady
    @given(st.integers(0, 5000), st.binary(min_size=1, max_size=8))
    def test_a_damaged_workbook_is_read_or_refused_but_never_breaks_the_process(self, at: int, junk: bytes) -> None:
        whole = write_xlsx(ROWS, sheet="표")
        at %= len(whole)
        with suppress(TableError):
            assert read_table(whole[:at] + junk + whole[at + len(junk) :]).rows


class TestBombs:
    def test_a_sheet_of_two_cells_far_apart_is_refused_before_the_reader_asks_for_terabytes(self) -> None:
        cell = '<row r="{0}"><c r="{1}"><v>1</v></c></row>'
        bomb = workbook_with_sheet(cell.format(1, "A1") + cell.format(1048576, "XFD1048576"))
        assert len(bomb) < 10_000
        assert code_of(bomb) == "TABLE_TOO_LARGE"

    @pytest.mark.parametrize(
        "xml",
        [
            "<row r='90000'><c r='A90000'><v>1</v></c></row>",
            '<row r="1"><c r="A90000"><v>1</v></c></row>',
            '<row r="1"><c r="&#90;&#90;&#90;1"><v>1</v></c></row>',
            '<row r="89999"/><row><c><v>1</v></c></row>',
            '<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="90000"><x:c><x:v>1</x:v></x:c></x:row>',
        ],
    )
    def test_no_spelling_of_a_far_cell_gets_past(self, xml: str) -> None:
        assert code_of(workbook_with_sheet(xml)) == "TABLE_TOO_LARGE"

    def test_an_area_is_refused_though_rows_and_columns_are_each_allowed(self) -> None:
        content = workbook_with_sheet('<row r="900"><c r="CV900"><v>1</v></c></row>')
        assert code_of(content, max_cells=50_000) == "TABLE_TOO_LARGE"
        assert len(read_table(content).rows) == 900

    def test_formatted_but_empty_cells_far_below_do_no_harm(self) -> None:
        content = workbook_with_sheet(
            '<row r="1"><c r="A1" t="inlineStr"><is><t>성명</t></is></c></row>'
            '<row r="1048576"><c r="A1048576" s="1"/></row>'
        )
        assert texts_of(content) == [("성명",)]

    def test_a_file_that_unfolds_to_much_more_than_it_weighs_is_refused(self) -> None:
        content = workbook_with_sheet(" " * 5_000_000)
        assert len(content) < 50_000
        assert code_of(content, max_unpacked_bytes=1_000_000) == "TABLE_TOO_LARGE"

    def test_one_long_shared_text_in_every_cell_is_refused(self) -> None:
        row = "".join('<c t="s"><v>0</v></c>' for _ in range(50))
        content = workbook_with_sheet(f"<row>{row}</row>" * 40, shared=f"<si><t>{'가' * 1000}</t></si>")
        assert code_of(content, max_letters=1_900_000) == "TABLE_TOO_LARGE"
        assert len(read_table(content, limits=TableLimits(max_letters=2_000_000)).rows) == 40

    def test_many_uses_of_short_texts_beside_one_long_text_are_fine(self) -> None:
        row = '<c t="s"><v>1</v></c><c><v>0</v></c>' * 25
        shared = f"<si><t>{'가' * 1000}</t></si><si><t>남</t></si>"
        content = workbook_with_sheet(f"<row>{row}</row>" * 40, shared=shared)
        assert len(read_table(content, limits=TableLimits(max_letters=100_000)).rows) == 40

    def test_entities_are_not_unfolded(self) -> None:
        doctype = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">]>'
        content = workbook_with_sheet("<row><c><v>1</v></c></row>")
        with zipfile.ZipFile(io.BytesIO(content)) as original:
            parts = {name: original.read(name) for name in original.namelist()}
        parts["xl/worksheets/sheet1.xml"] = doctype.encode() + parts["xl/worksheets/sheet1.xml"]
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            for name, part in parts.items():
                package.writestr(name, part)
        assert code_of(out.getvalue()) == "TABLE_BROKEN"


class TestWriting:
    @pytest.mark.parametrize("first", RISKY_FIRST_LETTERS)
    def test_no_first_letter_makes_a_formula(self, first: str) -> None:
        rows = [("성명", "비고"), (f"{first}1+1", f"{first}HYPERLINK()")]
        written = write_xlsx(rows, sheet="표")
        assert b"<f>" not in zipfile.ZipFile(io.BytesIO(written)).read("xl/worksheets/sheet1.xml")
        raw = CalamineWorkbook.from_filelike(io.BytesIO(written)).get_sheet_by_index(0).to_python()
        for cell in raw[1]:
            assert str(cell)[0] not in RISKY_FIRST_LETTERS

    @steady
    @given(cells)
    def test_neutral_text_never_begins_riskily_and_comes_back_as_it_was(self, text: str) -> None:
        neutral = neutralise(text)
        assert neutral[:1] not in [*RISKY_FIRST_LETTERS]
        assert neutral.lstrip()[:1] not in [*"=+-@＝＋－＠"]
        if not set(text) & set("\0\r\ufffe\uffff"):
            assert restore(neutral) == text

    @steady
    @given(st.lists(st.tuples(st.sampled_from(["김순자", "'인용", "x"]), cells), min_size=1, max_size=5))
    def test_what_is_written_is_read_back(self, rows: list[tuple[str, str]]) -> None:
        expected = [tuple(restore(neutralise(cell)) for cell in row) for row in rows]
        assert texts_of(write_xlsx(rows, sheet="표")) == expected

    def test_a_telephone_number_keeps_its_zero(self) -> None:
        content = write_xlsx([("전화", "이름"), ("01012345678", "김순자")], sheet="표")
        assert texts_of(content)[1][0] == "01012345678"

    def test_numbers_and_dates_stay_numbers_and_dates_in_a_workbook(self) -> None:
        content = write_xlsx([("a", "b", "c", "d"), (3, -2.5, date(1938, 9, 16), None)], sheet="표")
        raw = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        assert raw[1] == [3.0, -2.5, date(1938, 9, 16), ""]

    def test_text_longer_than_a_cell_is_cut_and_says_so(self) -> None:
        [_, row] = texts_of(write_xlsx([("가", "나"), ("긴" * 40_000, "")], sheet="표"))
        assert len(row[0]) == MAX_LETTERS_IN_CELL
        assert row[0].endswith("(이하 줄임)")

    @pytest.mark.parametrize(
        ("asked", "given_name"),
        [("고칠 행", "고칠 행"), ("가/나:다*?[]", "가나다"), ("", "목록"), ("긴" * 40, "긴" * 31)],
    )
    def test_any_sheet_name_is_made_one_that_excel_takes(self, asked: str, given_name: str) -> None:
        assert read_table(write_xlsx(ROWS, sheet=asked)).sheet == given_name
