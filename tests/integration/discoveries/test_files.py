"""«고칠 행»: what could not be taken in comes back, is put right, and is sent again."""

from __future__ import annotations

import io
import zipfile

import pytest
from app.access.identity import Identity
from app.core.tables.reading import read_table
from app.core.tables.writing import write_xlsx
from app.discoveries import queries, service
from app.households.models import Household
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.integration.discoveries.files import HEADINGS, counts_of, person, row_of, sample, take
from tests.moments import NOW

BAD = (
    person("", phone="", road="한빛구 햇살로 1"),
    person("서춘자", born="19571332", phone="", road="한빛구 햇살로 2"),
    person("한봄", born="1960-02-02", phone="", road="한빛구 햇살로 3", months="석달", note="=1+1"),
)


def file_of(session: Session, who: Identity, *rows: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The «고칠 행» file of a list, written and read as a person's spreadsheet would."""
    imported = take(session, who, *rows)
    content = write_xlsx(queries.rows_to_fix(session, who, imported), sheet="고칠 행")
    return [row.cells for row in read_table(content).rows]


def test_bad_rows_come_back_as_typed_with_the_reason_behind(session: Session, worker: Identity) -> None:
    heading, *rows = file_of(session, worker, person(), *BAD)
    assert heading == (*HEADINGS, "사유")
    assert [row[:-1] for row in rows] == [tuple(cells) for cells in BAD]
    assert [row[-1].partition("(")[0] for row in rows] == ["성명 없음", "생년월일 오류", "체납개월수 오류"]


def test_rows_put_right_are_taken_in_from_the_very_file_that_came_back(session: Session, worker: Identity) -> None:
    heading, *rows = file_of(session, worker, person(), *BAD)
    right = [list(row) for row in rows]
    right[0][1], right[1][2], right[2][9] = "홍이름", "1957-12-31", "3"
    content = write_xlsx([heading, *map(tuple, right)], sheet="고칠 행")
    imported = service.import_list(session, content, actor=worker, now=NOW)
    assert counts_of(session, worker, imported) == {"NEW": 3}
    assert [row_of(session, imported, number).person.name for number in (2, 3, 4)] == ["홍이름", "서춘자", "한봄"]


def test_rows_left_wrong_come_back_again_with_one_reason_column(session: Session, worker: Identity) -> None:
    heading, *rows = file_of(session, worker, *BAD)
    content = write_xlsx([heading, *rows], sheet="고칠 행")
    again = service.import_list(session, content, actor=worker, now=NOW)
    assert not again.is_repeated
    table = queries.rows_to_fix(session, worker, again)
    assert table[0] == (*HEADINGS, "사유")
    assert [row[-1].partition("(")[0] for row in table[1:]] == ["성명 없음", "생년월일 오류", "체납개월수 오류"]


def test_nothing_in_the_file_is_a_formula(session: Session, worker: Identity) -> None:
    risky = ("=1+1", "+82", "@SUM(A1)", "＝cmd", "\t=1")
    imported = take(session, worker, *(person("", phone="", note=note) for note in risky))
    content = write_xlsx(queries.rows_to_fix(session, worker, imported), sheet="고칠 행")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet, texts = (book.read(f"xl/{part}").decode() for part in ("worksheets/sheet1.xml", "sharedStrings.xml"))
    assert "<f>" not in sheet
    assert all(f">&#39;{note}<" in texts or f">'{note}<" in texts for note in risky)
    assert [row.cells[HEADINGS.index("비고")] for row in read_table(content).rows[1:]] == list(risky)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_round_comes_back_with_its_six_rows(session: Session, officer: Identity, form: str) -> None:
    imported = service.import_list(session, sample(form), actor=officer, now=NOW)
    table = queries.rows_to_fix(session, officer, imported)
    assert [row[0] for row in table] == ["연번", "5", "35", "47", "62", "96", "149"]


def test_a_centre_gets_back_its_own_rows_alone(
    session: Session, officer: Identity, worker: Identity, narae_worker: Identity
) -> None:
    whole = take(session, officer, person(), *BAD)
    assert len(queries.rows_to_fix(session, officer, whole)) == 4
    assert len(queries.rows_to_fix(session, worker, whole)) == 1
    own = take(session, worker, *BAD, person("남의집", dong="나래동"))
    assert len(queries.rows_to_fix(session, worker, own)) == 5
    assert len(queries.rows_to_fix(session, narae_worker, own)) == 1
    assert session.scalar(select(func.count()).select_from(Household)) == 1
