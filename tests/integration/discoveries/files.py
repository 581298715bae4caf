"""Lists as people send them, made row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from app.access.identity import Identity
from app.accounts.models import Centre
from app.core.tables.writing import write_xlsx
from app.discoveries import queries, service
from app.discoveries.models import ImportedList, ListRow
from app.discoveries.rules import RowOutcome
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.moments import NOW

HEADINGS = ("연번", "성명", "생년월일", "성별", "전화번호", "행정동", "도로명주소", "상세주소", "위기정보",
            "체납개월수", "이전발굴횟수", "비고")  # fmt: skip
SAMPLES = Path(__file__).parents[2] / "data"

Cells = tuple[str, ...]


def sample(form: str) -> bytes:
    """The round's list as it came in, csv or xlsx."""
    return (SAMPLES / f"round_2026_6.{form}").read_bytes()


def person(name: str = "김순자", **changes: str) -> Cells:
    """One row; unless changed the very 김순자 that `tests.factories.households` knows."""
    plain = {
        "number": "1", "name": name, "born": "1942-03-15", "sex": "여", "phone": "010-2646-2265", "dong": "가람동",
        "road": "한빛구 나래길 121", "unit": "102동 842호", "crises": "단전", "months": "3", "previous": "2", "note": "",
    }  # fmt: skip
    return tuple({**plain, **changes}.values())


def a_list(*rows: Sequence[str], headings: Sequence[str] = HEADINGS) -> bytes:
    """The rows as a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue().encode("utf-8-sig")


def as_workbook(*rows: Sequence[str]) -> bytes:
    """The same as an XLSX file."""
    return write_xlsx([HEADINGS, *rows], sheet="명단")


def take(
    session: Session, actor: Identity, *rows: Sequence[str], now: datetime = NOW, title: str = "2026년 6차 명단",
    centre: Centre | None = None,
) -> ImportedList:  # fmt: skip
    """Take in these rows."""
    content = a_list(*rows)
    return service.import_list(session, content, title=title, centre=centre, actor=actor, now=now)


def counts_of(session: Session, who: Identity, imported: ImportedList) -> dict[str, int]:
    """Rows of each outcome that this person may see; outcomes without rows left out."""
    counts = queries.count_rows(session, who, [imported.id])[imported.id]
    return {outcome.value: count for outcome, count in counts.items() if count}


def row_of(session: Session, imported: ImportedList, number: int) -> ListRow:
    """The row that the spreadsheet numbers so; the heading is row 1."""
    statement = select(ListRow).where(ListRow.imported_list_id == imported.id, ListRow.row_number == number)
    return session.scalars(statement).one()


def rows_with(session: Session, imported: ImportedList, outcome: RowOutcome) -> list[ListRow]:
    """All rows of one outcome in the order of the file."""
    statement = select(ListRow).where(ListRow.imported_list_id == imported.id, ListRow.outcome == outcome)
    return list(session.scalars(statement.order_by(ListRow.row_number)))
