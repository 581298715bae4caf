"""The schedule from 1,000 to 100,000 households of ten contacts each, on both databases.

    python -m tests.benchmarks.schedule [--sizes 1000 10000 100000] [--database sqlite] [--folder FOLDER]

* The due list of a worker and of a centre as pages, by turns with the same work in bare Flask with raw SQL and Jinja;
  the workload of a person and the size of a centre stay the same while the 시군구 grows, so the cost should as well.
* A full nightly refresh: every stored answer is stale. Beside it, in the same run, the least anybody could do: read the
  same rows with the bare driver, find each household's last contact, add an interval, write the date.
* A holiday more: finding and marking whom it touches, then making them true again.

`--folder` keeps the filled databases for another run. Prints figures, asserts nothing but that answers are true.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from app.core import clock
from app.follow_ups import queries, service
from app.follow_ups.jobs import refresh_dues
from app.follow_ups.models import HolidayOverride
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session
from tests.benchmarks.measuring import Comparison
from tests.benchmarks.population import Population, fill
from tests.benchmarks.sides import Ours, Raw
from tests.databases import TEMPLATES, Templates

WORKER, SUPERVISOR = "nurse-1-1", "supervisor-1"
STALE = "UPDATE obligation SET recompute_on = '2026-01-01'"
AT_ONCE = 2000


@dataclass
class Figures:
    """What was measured at one size."""

    households: int
    lists: dict[str, tuple[float, float, float]]
    """By list: milliseconds of ours, of raw, and their ratio."""
    refreshed: float
    answers: float
    bare: float
    """Households a second, answers a second, and households a second of the bare loop."""
    touched: int
    marking: float
    renewing: float
    """Households a new holiday touches, seconds to mark them, seconds to make them true."""


def main() -> None:
    """Print everything for each database."""
    given = _arguments()
    for kind in given.database:
        print(f"\n== {kind}")
        found = [_measured(kind, size, given) for size in given.sizes]
        _print(found)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--database", nargs="*", choices=sorted(TEMPLATES), default=["sqlite", "postgresql"])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--folder", help="keeps the filled databases")
    return parser.parse_args()


def _measured(kind: str, size: int, given: argparse.Namespace) -> Figures:
    folder = Path(given.folder or tempfile.mkdtemp(prefix="outreach-bench-")) / f"{kind}-{size}"
    folder.mkdir(parents=True, exist_ok=True)
    templates = TEMPLATES[kind](folder, lambda session: fill(session, Population(size, 10 * size, lean=True)))
    database = templates.copy()
    gc.collect()
    gc.freeze()  # as `outreach serve` does
    try:
        return _figures(database.engine, database.url, size, given.rounds)
    finally:
        gc.unfreeze()
        _drop(templates, database)


def _drop(templates: Templates, database: Any) -> None:
    database.engine.dispose()
    templates.drop(database)


def _figures(engine: Engine, url: str, size: int, rounds: int) -> Figures:
    lists = {"worker": _list(url, WORKER, rounds), "centre": _list(url, SUPERVISOR, rounds)}
    with Session(engine) as session:
        answers = session.scalar(text("SELECT count(*) FROM obligation")) or 0
        bare = size / _seconds(lambda: _bare(session))
        session.rollback()
        session.execute(text(STALE))
        session.commit()
        taken = _seconds(lambda: refresh_dues(session, clock.now()))
        _assert_true(session)
        touched, marking, renewing = _holiday(session)
        _assert_true(session)
    return Figures(size, lists, size / taken, answers / taken, bare, touched, marking, renewing)


def _list(url: str, login: str, rounds: int) -> tuple[float, float, float]:
    """오늘 of one person."""
    ours, raw = Ours(url, login), Raw(url, login, whole=True)
    sides = {"ours": lambda _number: ours.get("/today"), "raw": lambda _number: raw.get("/today")}
    found = Comparison(sides, rounds=rounds)
    ours.engine.dispose()
    return found.milliseconds("ours"), found.milliseconds("raw"), found.ratio("ours", "raw")


def _holiday(session: Session) -> tuple[int, float, float]:
    """A Tuesday in three weeks is declared a holiday."""
    now, today = clock.now(), clock.today()
    on = today + timedelta(days=22 - today.weekday())
    session.add(HolidayOverride(district_id=1, on=on, name="임시공휴일", is_holiday=True, note="", set_at=now))
    session.flush()
    touched: list[int] = []

    def mark() -> None:
        touched.extend(queries.list_touched_by_days(session, 1, [on]))
        service.mark_stale(session, touched, from_on=today)
        session.commit()

    marking = _seconds(mark)
    return len(touched), marking, _seconds(lambda: refresh_dues(session, now))


def _bare(session: Session) -> None:
    """Read the same rows, find the last contact of each household, add ninety days, step back over the weekend, write."""
    connection, last = session.connection(), 0
    ids = session.scalars(text("SELECT id FROM household ORDER BY id")).all()
    for at in range(0, len(ids), AT_ONCE):
        first, last = ids[at], ids[min(at + AT_ONCE, len(ids)) - 1]
        contacts: dict[int, date] = {}
        for household, on in _rows(connection, "household_id, occurred_on", "contact", first, last):
            contacts[household] = max(contacts.get(household, date.min), on)
        terms = _rows(connection, "household_id, id", "term", first, last)
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        connection.exec_driver_sql(
            f"UPDATE obligation SET due_on = {mark} WHERE term_id = {mark}",  # noqa: S608
            [(_due(contacts[household]).isoformat(), term) for household, term in terms],
        )


def _rows(connection: Any, columns: str, table: str, first: int, last: int) -> Iterator[tuple[int, Any]]:
    for one, two in connection.exec_driver_sql(
        f"SELECT {columns} FROM {table} WHERE household_id BETWEEN {first} AND {last}"  # noqa: S608
    ):
        yield one, date.fromisoformat(two) if isinstance(two, str) else two


def _due(last: date) -> date:
    on = last + timedelta(days=90)
    return on - timedelta(days=max(0, on.weekday() - 4))


def _assert_true(session: Session) -> None:
    assert queries.count_stale(session, today=clock.today()) == 0
    assert service.find_untrue(session, range(1, 400), today=clock.today()) == {}


def _seconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _print(found: list[Figures]) -> None:
    print(f"{'households':>11} {'list':8}{'ours ms':>9}{'raw ms':>9}{'ours/raw (≤ 2)':>16}{'of smallest (≤ 1.3)':>21}")
    for each in found:
        for name, (ours, raw, ratio) in each.lists.items():
            growth = ours / found[0].lists[name][0]
            print(f"{each.households:>11,} {name:8}{ours:>9.1f}{raw:>9.1f}{ratio:>16.2f}{growth:>21.2f}")
    print(
        f"\n{'households':>11}{'refreshed/s':>13}{'of 10,000':>11}{'answers/s':>11}{'bare loop/s':>13}{'bare/ours':>11}"
    )
    for each in found:
        print(
            f"{each.households:>11,}{each.refreshed:>13,.0f}{each.refreshed / 10_000:>11.2f}{each.answers:>11,.0f}"
            f"{each.bare:>13,.0f}{each.bare / each.refreshed:>11.1f}"
        )
    print(f"\n{'households':>11}{'touched by a holiday':>22}{'share':>8}{'marked in s':>13}{'true again in s':>17}")
    for each in found:
        share = each.touched / each.households
        print(f"{each.households:>11,}{each.touched:>22,}{share:>8.1%}{each.marking:>13.2f}{each.renewing:>17.2f}")


if __name__ == "__main__":
    main()
