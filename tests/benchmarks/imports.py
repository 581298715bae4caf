"""Rows per second of the list import with matching, beside a bare executemany of the very same rows in the same run.

    python -m tests.benchmarks.imports [--rows 5000] [--households 10000] [--database sqlite postgresql]

Into a district with twice as many items of discovery as households come, one after the other: a list of new people (one
in fifty is on record), a list of whom every other one is on record, the first list again in the next round, and the
very first file again. «bare» writes what the first list left behind with the driver's executemany: prepared tuples, the
product's tables with their keys and indexes, nothing read, judged or matched. Prints figures, asserts nothing.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.access.identity import Identity, Origin
from app.accounts.models import Account
from app.accounts.queries import identity_of
from app.core import clock
from app.discoveries import service
from app.discoveries.models import DiscoveryItem, ImportedList, ListRow
from app.discoveries.queries import count_rows
from app.households.models import Household, Member, SearchGram
from psycopg.types.json import Json
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.benchmarks.discovered import Discovered, fill_discovered
from tests.benchmarks.listed import Row, as_csv, met_again, people
from tests.databases import TEMPLATES

SHIFT = 100_000_000
"""Added to the keys of rows that are written a second time."""
NEW, HALF = 50, 2


@dataclass(frozen=True)
class Took:
    """Seconds on the clock, and of this process's own time."""

    wall: float
    own: float


def main() -> None:
    """Each database, one after the other."""
    given = _arguments()
    for kind in given.database:
        print(f"\n== {kind}: {given.rows:,} rows into {given.households:,} households, {2 * given.households:,} items")
        with tempfile.TemporaryDirectory(prefix="outreach-bench-") as folder:
            measure(kind, Path(folder), given.rows, given.households)


def measure(kind: str, folder: Path, rows: int, households: int) -> None:
    """Fill a database of this kind, and print what it takes to import into it."""
    held: list[Discovered] = []
    templates = TEMPLATES[kind](folder, lambda session: held.append(fill_discovered(session, households)))
    database = templates.copy()
    with Session(database.engine) as session:
        run(session, held[0], rows)
    templates.drop(database)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--households", type=int, default=10_000)
    parser.add_argument("--database", nargs="*", choices=sorted(TEMPLATES), default=["sqlite", "postgresql"])
    return parser.parse_args()


def run(session: Session, district: Discovered, rows: int) -> None:
    """Every figure on one database."""
    account = session.scalars(select(Account).where(Account.login == "district")).one()
    officer = identity_of(session, account, origin=Origin(), today=clock.today())
    now = clock.now()
    fresh = met_again(people(rows, 7, district.dongs), district.people, NEW)
    half = met_again(people(rows, 8, district.dongs), district.people[rows:], HALF)
    later = [(*row[:10], str(int(row[10]) + 1), *row[11:]) for row in fresh]
    print(f"{'':44}{'rows/s':>9}{'of own time':>13}{'ms':>9}   {'time / bare':>12}")
    imported, took = _take(session, fresh, officer, now)
    base = bare(session, imported)
    _print(f"new people, 1 in {NEW} on record", rows, took, base)
    for name, listed, at in (
        ("every other one on record", half, now),
        ("the first people, next round", later, now + timedelta(days=60)),
    ):
        found, took = _take(session, listed, officer, at)
        _print(name, rows, took, base)
        print(
            "   ",
            {outcome.label: count for outcome, count in count_rows(session, officer, [found.id])[found.id].items()},
        )
    _print("the very same file again", rows, _take(session, fresh, officer, now)[1], base)
    _print("bare executemany", rows, base, base)


def _take(session: Session, listed: list[Row], officer: Identity, at: datetime) -> tuple[ImportedList, Took]:
    content = as_csv(listed)

    def take() -> ImportedList:
        imported = service.import_list(session, content, actor=officer, now=at)
        session.commit()
        return imported

    return _timed(take)


def _timed(work: Callable[[], Any]) -> tuple[Any, Took]:
    wall, own = time.perf_counter(), time.process_time()
    done = work()
    return done, Took(time.perf_counter() - wall, time.process_time() - own)


def _print(name: str, rows: int, took: Took, base: Took) -> None:
    ratio = f"{took.wall / base.wall:>7.2f}"
    print(f"{name:44}{rows / took.wall:>9,.0f}{rows / took.own:>13,.0f}{took.wall * 1000:>9,.0f}   {ratio:>12}")


def bare(session: Session, imported: ImportedList) -> Took:
    """Write the rows of a list once more: households, members, grams, list rows, items. Nothing of it is kept."""
    session.rollback()
    driver: Any = session.connection().connection.driver_connection
    cursor = driver.cursor()
    copies = [_copied(cursor, model.__table__, own, imported.id) for model, own in (
        (Household, "id"), (Member, "household_id"), (SearchGram, "household_id"), (ListRow, "id"), (DiscoveryItem, "list_row_id"),
    )]  # fmt: skip
    _done, took = _timed(lambda: [cursor.executemany(statement, rows) for statement, rows in copies])
    session.rollback()
    return took


def _copied(cursor: Any, table: Any, own: str, list_id: int) -> tuple[str, list[tuple[Any, ...]]]:
    """The INSERT of a table's rows that came with a list, under keys nobody else has."""
    of_rows = table.name in ("list_row", "discovery_item")
    made = (
        "id FROM list_row WHERE imported_list_id"
        if of_rows
        else "household_id FROM list_row WHERE outcome = 'NEW' AND imported_list_id"
    )
    names = ", ".join(column.name for column in table.columns)
    cursor.execute(f"SELECT {names} FROM {table.name} WHERE {own} IN (SELECT {made} = {list_id})")  # noqa: S608
    keys = {"id", own, "row_number"}
    rows = [
        tuple(_again(column.name, value, keys) for column, value in zip(table.columns, row, strict=True))
        for row in cursor
    ]
    marks = ", ".join(["?" if "sqlite" in type(cursor).__module__ else "%s"] * len(table.columns))
    return f"INSERT INTO {table.name} ({names}) VALUES ({marks})", rows  # noqa: S608


def _again(name: str, value: Any, keys: set[str]) -> Any:
    if isinstance(value, dict | list):
        return Json(value)
    if name == "number":
        return f"bare-{value}"
    return value + SHIFT if name in keys else value


if __name__ == "__main__":
    main()
