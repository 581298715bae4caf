"""Rows per second of the list import with matching, beside a bare executemany of the same rows in the same run.

Run from the root: `.venv/bin/python -m tests.benchmarks.list_import [ROWS [HOUSEHOLDS]]` (5,000 rows into 10,000 households
unless given). Prints figures for SQLite and PostgreSQL, asserts nothing.

Three lists come in one after the other: people of whom one in fifty is on record already, the same people again in the
next round (all of them are matched), and the first file again (nothing changes).
"""

from __future__ import annotations

import csv
import io
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from app.access.identity import Identity
from app.accounts.models import Centre
from app.core.database import refresh_statistics
from app.discoveries import service
from app.discoveries.models import ImportedList, ListRow
from app.discoveries.queries import count_rows
from app.households.models import Household, Member, SearchGram
from app.households.rules import DwellingDetails, HouseholdDetails, MemberDetails
from app.households.service.bulk import create_households
from sqlalchemy import insert, select
from sqlalchemy.orm import Session
from tests.conftest import fill
from tests.databases import TEMPLATES
from tests.factories.reference import read_shipped
from tests.factories.town import find_town
from tests.moments import NOW

HEADINGS = ("연번", "성명", "생년월일", "성별", "전화번호", "행정동", "도로명주소", "상세주소", "위기정보",
            "체납개월수", "이전발굴횟수", "비고")  # fmt: skip
SURNAMES, SYLLABLES = "김이박최정강조윤장임한오서신권황안송류홍", "민서준하은지우영수현진아라나연주호성미경숙자철순덕봉"
STREETS = ("가람로", "나래길", "다솜로12번길", "한빛대로", "느티나무길", "은행나무로", "물레방아길", "햇살로")
CRISES = ("단전", "단수", "건강보험료 체납", "통신요금 연체", "관리비 체납", "국민연금 체납")
DONGS = ("가람동", "나래동")
ON_RECORD_TOO = 50
AT_ONCE = 1_000

Row = tuple[str, ...]


def people(count: int, seed: int) -> list[Row]:
    """Fictional rows as a central list has them; the same ones on every run."""
    chance = random.Random(seed)
    return [_row(number, chance) for number in range(1, count + 1)]


def _row(number: int, chance: random.Random) -> Row:
    name = chance.choice(SURNAMES) + "".join(chance.choices(SYLLABLES, k=2))
    born = date(1930, 1, 1) + timedelta(days=chance.randrange(25_000))
    phone = f"010-{chance.randrange(2000, 9999)}-{chance.randrange(10_000):04d}" if chance.random() < 0.9 else ""
    return (
        str(number), name, born.isoformat(), chance.choice("남여"), phone, chance.choice(DONGS),
        f"한빛구 {chance.choice(STREETS)} {chance.randrange(1, 900)}",
        f"{chance.randrange(101, 130)}동 {chance.randrange(1, 20) * 100 + chance.randrange(1, 9)}호",
        ", ".join(chance.sample(CRISES, 2)), str(chance.randrange(24)), str(chance.randrange(8)), "",
    )  # fmt: skip


def as_csv(rows: list[Row]) -> bytes:
    """The file somebody would upload."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEADINGS, *rows])
    return out.getvalue().encode("utf-8-sig")


def put_on_record(session: Session, rows: list[Row], actor: Identity) -> None:
    """Households that stand there before any list comes."""
    centres = {centre.dong: centre.id for centre in session.scalars(select(Centre))}
    for start in range(0, len(rows), AT_ONCE):
        details = [_details(row, centres) for row in rows[start : start + AT_ONCE]]
        create_households(session, details, actor=actor, now=NOW)
    session.commit()
    refresh_statistics(session)
    session.commit()


def _details(row: Row, centres: dict[str, int]) -> HouseholdDetails:
    head = MemberDetails(row[1], birth_on=date.fromisoformat(row[2]), phone=row[4])
    return HouseholdDetails(centres[row[5]], DwellingDetails(row[6], "", row[7]), phone=row[4], members=(head,))


def figure(name: str, rows: int, work: Callable[[], Any]) -> Any:
    """Do the work once and print rows per second."""
    began = time.perf_counter()
    done = work()
    took = time.perf_counter() - began
    print(f"  {name:<52} {took * 1000:9,.0f} ms  {rows / took:9,.0f} rows/s")
    return done


def bare(session: Session, imported: ImportedList) -> None:
    """The very rows that the first list left behind, written again by four executemany and taken back."""
    rows = list(session.execute(select(ListRow.__table__).where(ListRow.imported_list_id == imported.id)).mappings())
    ids = {row["household_id"] for row in rows} - {None}
    newest = min(ids) - 1
    copies: list[tuple[Any, list[dict[str, Any]]]] = []
    for table, key in ((Household, Household.id), (Member, Member.household_id), (SearchGram, SearchGram.household_id)):
        found = session.execute(select(table.__table__).where(key > newest, key.in_(ids))).mappings()
        copies.append((table, [dict(row) for row in found]))
    session.commit()
    figure(
        "bare executemany of list rows, households, grams", len(rows), lambda: _write(session, imported, rows, copies)
    )
    session.rollback()


def _write(session: Session, imported: ImportedList, rows: Any, copies: Any) -> None:
    shift = 10_000_000
    households, members, grams = (rows_of for _table, rows_of in copies)
    connection = session.connection()
    connection.execute(insert(Household.__table__), [
        {**row, "id": row["id"] + shift, "number": f"bare-{row['id']}"} for row in households
    ])  # fmt: skip
    connection.execute(insert(Member.__table__), [
        {**row, "id": row["id"] + shift, "household_id": row["household_id"] + shift} for row in members
    ])  # fmt: skip
    connection.execute(insert(SearchGram.__table__), [
        {**row, "household_id": row["household_id"] + shift} for row in grams
    ])  # fmt: skip
    connection.execute(insert(ListRow.__table__), [
        {**row, "id": row["id"] + shift, "row_number": row["row_number"] + shift, "follows_id": None,
         "resembles_id": None} for row in rows
    ])  # fmt: skip


def run(session: Session, rows: int, households: int) -> None:
    """Every figure on one database."""
    service.add_crisis_codes(session, read_shipped("crisis_codes"))
    town = find_town(session)
    officer = town.who(town.district_officer)
    recorded, listed = people(households, 1), people(rows, 2)
    put_on_record(session, recorded, town.who(town.district_officer))
    listed[::ON_RECORD_TOO] = [
        (*mine[:1], *theirs[1:]) for mine, theirs in zip(listed[::ON_RECORD_TOO], recorded, strict=False)
    ]
    later = [(*row[:10], str(int(row[10]) + 1), *row[11:]) for row in listed]

    def take(content: bytes, at: Any) -> ImportedList:
        imported = service.import_list(session, content, actor=officer, now=at)
        session.commit()
        return imported

    first, again = as_csv(listed), as_csv(later)
    imported = figure(f"a list of new people, 1 in {ON_RECORD_TOO} on record", rows, lambda: take(first, NOW))
    print("   ", {k.label: v for k, v in count_rows(session, officer, [imported.id])[imported.id].items()})
    bare(session, imported)
    next_round = NOW + timedelta(days=60)
    second = figure("the same people in the next round, all matched", rows, lambda: take(again, next_round))
    print("   ", {k.label: v for k, v in count_rows(session, officer, [second.id])[second.id].items()})
    figure("the first file again: nothing changes", rows, lambda: take(first, next_round))


def main() -> None:
    """Both databases, one after the other."""
    rows, households = (int(text) for text in (*sys.argv[1:], *("5000", "10000")[len(sys.argv) - 1 :]))
    print(f"{rows:,} rows into {households:,} households")
    with tempfile.TemporaryDirectory() as folder:
        for kind, templates in TEMPLATES.items():
            print(kind)
            made = templates(Path(folder), fill)
            database = made.copy()
            with Session(database.engine) as session:
                run(session, rows, households)
            made.drop(database)


if __name__ == "__main__":
    main()
