"""The queue of discovery beside the same page in bare Flask with raw SQL and Jinja, at any size.

    python -m tests.benchmarks.triage_queue [--households 10000] [--database sqlite postgresql] [--rounds 9]
        [--folder FOLDER]

A district with twice as many items as households, a tenth of the households in the centre that is asked; the search
stands beside it. By turns in the same run; a ratio is the median over pairs. «raw» does the same work, session and
access log included. `--folder` keeps the filled databases for another run. Prints figures, asserts nothing but that both
sides answer.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.core.text import choseong
from sqlalchemy import text
from tests.benchmarks.discovered import Discovered, district_of, fill_discovered
from tests.benchmarks.measuring import Comparison, plan_of, statements_of
from tests.benchmarks.sides import Ours, Raw
from tests.databases import TEMPLATES, Templates, clean_up

LOGIN, SMALL = "worker", 300
QUEUE = "/discoveries/queue"
Tasks = dict[str, Callable[[Any, int], Any]]


def main() -> None:
    """Each database, one after the other."""
    given = _arguments()
    for kind in given.database:
        print(f"\n== {kind}: {given.households:,} households, {2 * given.households:,} items, rounds {given.rounds}")
        folder = Path(given.folder or tempfile.mkdtemp(prefix="outreach-bench-")) / kind
        few, many = (_opened(kind, folder / str(households), households) for households in (SMALL, given.households))
        many.compare(given.rounds)
        many.print_statements(few)
        for side in (few, many):
            side.templates.drop(side.database)
            if not given.folder:
                clean_up(folder / str(side.district.households))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--households", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--database", nargs="*", choices=sorted(TEMPLATES), default=["sqlite", "postgresql"])
    parser.add_argument("--folder", help="keeps the filled databases")
    return parser.parse_args()


def _opened(kind: str, folder: Path, households: int) -> Side:
    folder.mkdir(parents=True, exist_ok=True)
    templates = TEMPLATES[kind](folder, lambda session: fill_discovered(session, households) and None)
    return Side(templates, district_of(households))


class Side:
    """One database with the product and the bare application on it."""

    def __init__(self, templates: Templates, district: Discovered) -> None:
        self.templates, self.database, self.district = templates, templates.copy(), district
        self.ours, self.raw = Ours(self.database.url, LOGIN), Raw(self.database.url, LOGIN, whole=True)
        with self.ours.engine.connect() as connection:
            self.open = connection.scalar(
                text("SELECT count(*) FROM discovery_item WHERE centre_id = 1 AND state = 'OPEN'")
            )
        self.after = re.search(r"after=([\d-]+)", self.raw.get(QUEUE).decode())

    def tasks(self) -> Tasks:
        names = [row[1] for row in self.district.people[:40]]
        after = f"{QUEUE}?after={self.after[1]}" if self.after else QUEUE
        return {
            "queue": lambda app, _number: app.get(QUEUE),
            "queue, second page": lambda app, _number: app.get(after),
            "search, 2 syllables": lambda app, number: self._search(app, names[number % len(names)][1:]),
            "search, 초성 3": lambda app, number: self._search(app, choseong(names[number % len(names)])),
        }

    def _search(self, app: Any, words: str) -> None:
        app.post("/households/search", {"query": words})

    def compare(self, rounds: int) -> None:
        """Both sides by turns."""
        print(f"{self.open:,} open items in the centre")
        print(f"{'page':24}{'ours ms':>9}{'raw ms':>9}{'ours/raw':>10}{'[min–max]':>14}{'own time':>10}")
        for name, ask in self.tasks().items():
            found = Comparison(
                {
                    "ours": lambda number, of=ask: of(self.ours, number),
                    "raw": lambda number, of=ask: of(self.raw, number),
                },
                rounds=rounds,
            )
            low, high = found.span("ours", "raw")
            print(f"{name:24}{found.milliseconds('ours'):>9.2f}{found.milliseconds('raw'):>9.2f}{found.ratio('ours', 'raw'):>10.2f}"
                  f"{f'{low:.2f}–{high:.2f}':>14}{found.own_ratio('ours', 'raw'):>10.2f}")  # fmt: skip

    def print_statements(self, few: Side) -> None:
        """How many statements, few rows and many, and how the queue reaches the tables that grow."""
        for name in self.tasks():
            small, large = len(few.statements(name)), len(self.statements(name))
            print(
                f"{name:24}{small:>4} statements over few rows, {large} over many{'' if small == large else '   differs'}"
            )
        for statement, parameters in self.statements("queue"):
            if statement.startswith("SELECT") and "discovery_item" in statement:
                print("  " + "; ".join(plan_of(self.ours.engine, statement, parameters)))

    def statements(self, name: str) -> list[tuple[str, Any]]:
        """The SQL of one request, once everything is warm."""
        ask = self.tasks()[name]
        ask(self.ours, 1)
        with statements_of(self.ours.engine) as seen:
            ask(self.ours, 2)
        return seen


if __name__ == "__main__":
    main()
