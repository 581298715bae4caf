"""Spreadsheets read back by another reader say what the facts say, and open safely anywhere."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from app.core.tables.formulas import restore
from app.reports import sheets
from app.reports.rules import CountTable, Masking, Medium, ReportCode, from_json, masked, medium_of, to_json
from app.reports.sheets.parts import Part
from app.reports.sheets.workbook import HEAD_ROW, column_widths
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.unit.reports import count_papers, papers

SPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
EVERY_SHEET = {
    "caseload": papers.caseload(40),
    "nobody": papers.caseload(0),
    "round": count_papers.round_report(),
    "round not begun": count_papers.round_report(days=0),
    "cases": count_papers.case_figures(),
    "needs": count_papers.needs_figures(),
    "incidents": count_papers.incidents(),
}
every_sheet = pytest.mark.parametrize("facts", list(EVERY_SHEET.values()), ids=list(EVERY_SHEET))


def read(content: bytes) -> dict[str, list[list[Any]]]:
    """The cells of each worksheet from its first row on."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def worksheets(content: bytes) -> list[ElementTree.Element]:
    with zipfile.ZipFile(BytesIO(content)) as book:
        names = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
        return [ElementTree.fromstring(book.read(name)) for name in names]  # noqa: S314  (made a line above)


def table_of(rows: list[list[Any]], columns: int) -> list[list[Any]]:
    """The rows below the headings, to the first that is empty."""
    below = [row[:columns] for row in rows[HEAD_ROW + 1 :]]
    return below[: next(at for at, row in enumerate([*below, [""]]) if not row[0])]


@pytest.mark.parametrize(
    "facts", [EVERY_SHEET[each] for each in ("round", "cases", "needs")], ids=["round", "cases", "needs"]
)
def test_every_count_of_the_facts_stands_in_its_cell_as_a_number_with_its_sums(facts: Any) -> None:
    sheets_read = list(read(sheets.draw(facts)).values())
    for counted, rows in zip(facts.tables, sheets_read, strict=False):
        agrees(counted, rows)


def agrees(counted: CountTable, rows: list[list[Any]]) -> None:
    assert rows[HEAD_ROW][: 1 + len(counted.columns)] == [counted.rows_are, *counted.columns]
    table = table_of(rows, len(rows[HEAD_ROW]))
    for line, row in zip((*counted.lines, counted.total), table, strict=True):
        assert row[0] == line.label
        assert tuple(row[1 : 1 + len(line.counts)]) == line.counts
        assert all(isinstance(cell, int | float) for cell in row[1 : 1 + len(line.counts)])
        if counted.is_partition:
            assert row[1 + len(line.counts)] == sum(line.counts)
        if counted.share:
            permille = counted.share.permille(line)
            assert row[1 + len(line.counts)] == ("" if permille is None else pytest.approx(permille / 1000))


def test_a_share_of_nothing_is_empty_and_all_of_it_is_one() -> None:
    share = EVERY_SHEET["round"].by_centre.share  # type: ignore[union-attr]
    line = EVERY_SHEET["round"].by_centre.lines[0]  # type: ignore[union-attr]
    assert share is not None
    assert share.permille(replace(line, counts=(0, 0))) is None
    assert share.permille(replace(line, counts=(3, 3))) == 1000
    assert share.permille(replace(line, counts=(3, 2))) == 666


def test_days_are_days_and_figures_figures_in_the_lists() -> None:
    facts = EVERY_SHEET["caseload"]
    table = table_of(read(sheets.draw(facts))["가구 전체"], 12)
    assert len(table) == len(facts.households)  # type: ignore[union-attr]
    for row, household in zip(table, facts.households, strict=True):  # type: ignore[union-attr]
        assert restore(row[0]) == household.number
        assert row[6] == (household.last_seen_on or "")
        assert row[9] == household.days_overdue
        assert row[11] == household.because
    assert {type(row[6]) for row in table} <= {date, str}
    assert any(isinstance(row[6], date) for row in table)


def test_the_days_of_a_round_are_rows() -> None:
    facts = EVERY_SHEET["round"]
    table = table_of(read(sheets.draw(facts))["남은 건"], 2)
    assert [(row[0], row[1]) for row in table] == [(each.on, each.left) for each in facts.left]  # type: ignore[union-attr]


def test_what_a_paper_hides_is_hidden_here() -> None:
    facts = EVERY_SHEET["caseload"]
    name = facts.households[0].name  # type: ignore[union-attr]
    assert name in str(read(sheets.draw(facts)))
    assert name not in str(read(sheets.draw(masked(facts, Masking.STATISTICS))))


@every_sheet
def test_each_worksheet_says_what_it_is_whose_copy_and_how_it_was_counted(facts: Any) -> None:
    head = facts.letterhead
    for rows in read(sheets.draw(facts)).values():
        said = "\n".join(str(row[0]) for row in rows)
        assert said.startswith(f"{head.title}: ")
        for words in (
            head.period,
            head.document_number,
            f"제{head.copy_number}부",
            head.purpose.label,
            head.masking.label,
        ):
            assert words in said
        for rule in head.counting_rules:
            assert f"· {rule}" in said
        if not table_of(rows, 1):
            raise AssertionError("a table without rows says «해당 없음»")


@every_sheet
def test_headings_stay_in_view_and_are_printed_again_on_a4(facts: Any) -> None:
    content = sheets.draw(facts)
    for sheet in worksheets(content):
        pane = sheet.find(".//m:pane", SPACE)
        assert pane is not None
        assert (pane.get("ySplit"), pane.get("state")) == (str(HEAD_ROW + 1), "frozen")
        setup = sheet.find("m:pageSetup", SPACE)
        assert setup is not None
        assert (setup.get("paperSize"), setup.get("fitToHeight")) == ("9", "0")
        footer = sheet.find(".//m:oddFooter", SPACE)
        assert footer is not None
        assert footer.text is not None
        assert "&P/&N쪽" in footer.text
        assert "문서확인" in footer.text
        assert len(footer.text) < 255
    with zipfile.ZipFile(BytesIO(content)) as book:
        assert book.read("xl/workbook.xml").decode().count("_xlnm.Print_Titles") == len(worksheets(content))


@every_sheet
def test_no_column_is_narrower_than_its_shorter_words(facts: Any) -> None:
    for sheet, rows in zip(worksheets(sheets.draw(facts)), read(sheets.draw(facts)).values(), strict=True):
        widths = [float(col.get("width", "0")) for col in sheet.findall(".//m:cols/m:col", SPACE)
                  for _ in range(int(col.get("max", "0")) - int(col.get("min", "0")) + 1)]  # fmt: skip
        for row in (rows[HEAD_ROW], *table_of(rows, len(rows[HEAD_ROW]))):
            for width, cell in zip(widths, row, strict=False):
                words = str(cell).split()
                longest = max((sum(2 if ord(letter) > 0x10FF else 1 for letter in word) for word in words), default=0)
                assert width >= min(longest, 50), (cell, width)


@settings(max_examples=40, deadline=None)
@given(
    st.one_of(
        st.text(max_size=80), st.sampled_from(["=1+1", "+82", "-3", "@SUM(A1)", "\t=2", "＝1", "'=1", "=HYPERLINK(1)"])
    )
)
def test_nothing_that_was_typed_is_a_formula_and_it_is_read_back_as_it_was(typed: str) -> None:
    facts = papers.caseload(1)
    row = replace(facts.households[0], because=f"{typed}끝", name=typed)
    content = sheets.draw(replace(facts, households=(row,)))
    assert all(sheet.find(".//m:f", SPACE) is None for sheet in worksheets(content))
    cell = read(content)["가구 전체"][HEAD_ROW + 1][11]
    assert isinstance(cell, str)
    assert letters(restore(cell)) == letters(f"{typed}끝")


def letters(text: str) -> str:
    """What XML can carry, with line breaks of one kind."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each for each in kept if each in "\t\n" or (ord(each) >= 0x20 and each not in "\ufffe\uffff"))


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    facts = papers.caseload(1)
    row = replace(facts.households[0], because="가" * 40_000)
    cell = read(sheets.draw(replace(facts, households=(row,))))["가구 전체"][HEAD_ROW + 1][11]
    assert len(cell) == 32_767
    assert cell.endswith("(이하 줄임)")


@every_sheet
def test_the_same_facts_give_the_same_bytes_also_out_of_the_register(facts: Any) -> None:
    assert sheets.draw(from_json(to_json(facts))) == sheets.draw(facts)


@pytest.mark.parametrize("code", [each for each in ReportCode if sheets.has_sheet(each)])
def test_the_version_of_a_sheet_says_what_it_is(code: ReportCode) -> None:
    version = sheets.template_version(code)
    assert version.startswith(code)
    assert medium_of(version) is Medium.XLSX
    assert medium_of(f"{code}-1") is Medium.PDF


def test_a_paper_that_is_no_table_has_no_sheet() -> None:
    assert not sheets.has_sheet(ReportCode.CASE_REPORT)
    with pytest.raises(KeyError):
        sheets.draw(papers.full_case_report())


def test_a_long_sentence_does_not_make_a_column_endless() -> None:
    part = Part("목록", "목록", ("이름", "수"), (("가" * 300, 1_234_567),))
    assert column_widths(part) == [56, 11]


def test_naming_the_sheets_loads_no_report_library() -> None:
    program = "import sys; from app.reports import rules, sheets; print('xlsxwriter' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert answer.stdout.strip() == "False"
