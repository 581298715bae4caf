"""The pages people wait for, beside the same work in bare Flask with raw SQL and Jinja, and a bare ReportLab canvas.

    python -m tests.benchmarks.pages [--households 10000] [--visits 100000] [--database sqlite] [--folder FOLDER]

All through Flask's test client in one process, by turns in the same run; a ratio is the median over pairs. «raw» does
the same work: session and covers, the page's rows, the chained row of the access log. «bare» leaves session and log
away. `--folder` keeps the filled databases for another run. Prints figures, asserts nothing but that both sides answer.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from app.access.identity import Identity, Origin
from app.accounts.models import Account
from app.accounts.queries import identity_of
from app.core import clock
from app.core.migrations import upgrade
from app.core.text import choseong
from app.households.models import Member
from app.households.queries import search
from app.households.rules import Wanted, parse_search
from pypdf import PdfReader
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session
from tests.benchmarks.measuring import Comparison, Work, plan_of, statements_of
from tests.benchmarks.population import Population, fill, find_differences
from tests.benchmarks.raw import lists
from tests.benchmarks.sides import Ours, Raw, Subject, visit_fields
from tests.databases import TEMPLATES, Database, Templates

NURSE = "nurse-1-1"
SMALL = Population(30, 60)
Sides = dict[str, Work]


def main() -> None:
    """Print everything for each database."""
    given = _arguments()
    for kind in given.database:
        folder = Path(given.folder or tempfile.mkdtemp(prefix="outreach-bench-")) / kind
        folder.mkdir(parents=True, exist_ok=True)
        population = Population(given.households, given.visits)
        templates = TEMPLATES[kind](folder, lambda session, of=population: fill(session, of))
        many = templates.copy()
        print(f"\n== {kind}: {given.households:,} households, {given.visits:,} visits, rounds {given.rounds}")
        with Session(many.engine) as session:
            print("rows differing from what the services store:", find_differences(session, population) or "none")
        few, bench = _filled(templates, SMALL), Bench(many.url, given.rounds)
        bench.run()
        bench.print_statements(Bench(few.url, given.rounds))
        for database in (few, many):
            templates.drop(database)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--households", type=int, default=10_000)
    parser.add_argument("--visits", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--database", nargs="*", choices=sorted(TEMPLATES), default=["sqlite", "postgresql"])
    parser.add_argument("--folder", help="keeps the filled databases")
    return parser.parse_args()


class Bench:
    """One database, and the three sides that work on it."""

    def __init__(self, url: str, rounds: int) -> None:
        self.ours, self.raw, self.bare = Ours(url, NURSE), Raw(url, NURSE, whole=True), Raw(url, NURSE, whole=False)
        self.rounds, self.chance = rounds, Random(41)
        with Session(self.ours.engine) as session:
            self.subjects, self.queries, self.nurse = _subjects(session), _queries(session), _account(session)

    def run(self) -> None:
        """Everything that is measured by the clock, and the plans."""
        self._pages()
        self._papers()
        self._search()
        self.print_plans()

    def _pages(self) -> None:
        print(
            f"{'page':26}{'ours ms':>9}{'raw ms':>9}{'ours/raw':>10}{'[min–max]':>14}{'own time':>10}{'bare ms':>9}{'ours/bare':>11}"
        )
        for name, ask in self._tasks().items():
            found = Comparison({side: self._asks(side, ask) for side in ("ours", "raw", "bare")}, rounds=self.rounds)
            low, high = found.span("ours", "raw")
            print(
                f"{name:26}{found.milliseconds('ours'):>9.2f}{found.milliseconds('raw'):>9.2f}{found.ratio('ours', 'raw'):>10.2f}"
                f"{f'{low:.2f}–{high:.2f}':>14}{found.own_ratio('ours', 'raw'):>10.2f}{found.milliseconds('bare'):>9.2f}"
                f"{found.ratio('ours', 'bare'):>11.2f}"
            )

    def _asks(self, side: str, ask: Callable[[Any, int], Any]) -> Work:
        app = getattr(self, side)
        return lambda number: ask(app, number)

    def _tasks(self) -> dict[str, Callable[[Any, int], Any]]:
        return {
            "due list (today)": lambda app, _number: app.get("/today"),
            "household page": lambda app, number: app.get(f"/households/{self._subject(number).id}"),
            **{
                f"search page, {name}": lambda app, number, of=words: app.post(
                    "/households/search", {"query": of[number % len(of)]}
                )
                for name, words in self.queries.items()
            },
            "visit save": self._save,
        }

    def _subject(self, number: int) -> Subject:
        return self.subjects[number % len(self.subjects)]

    def _save(self, app: Any, number: int) -> None:
        subject = self._subject(number)
        app.post(f"/households/{subject.id}/visits/new", visit_fields(subject, self.chance), 302)

    def _papers(self) -> None:
        print(
            f"\n{'paper':26}{'pages':>7}{'raw':>5}{'ours p/s':>10}{'raw p/s':>9}{'p/s, of raw':>13}{'ms, ours/raw':>14}"
        )
        for name, ask in self._paper_tasks().items():
            sides = {side: self._asks(side, ask) for side in ("ours", "raw")}
            ours, raw = (len(PdfReader(BytesIO(work(0))).pages) for work in sides.values())
            found = Comparison(sides, rounds=self.rounds)
            slower = found.ratio("ours", "raw")
            print(
                f"{name:26}{ours:>7}{raw:>5}{1000 * ours / found.milliseconds('ours'):>10.1f}"
                f"{1000 * raw / found.milliseconds('raw'):>9.1f}{ours / raw / slower:>13.2f}{slower:>14.2f}"
            )

    def _paper_tasks(self) -> dict[str, Callable[[Any, int], Any]]:
        asked = {"purpose": "MEETING", "masking": "AGENCY"}
        caseload = {**asked, "code": "R04", "account_id": str(self.nurse)}
        return {
            "case report": lambda app, number: app.post(f"/households/{self._subject(number).id}/report", asked),
            "caseload report": lambda app, _number: app.post("/reports", caseload),
        }

    def _search(self) -> None:
        """The query alone, of a nurse (one centre) and of the 시군구 (all of them).

        «SQL» is what the database and its driver take; «ours» and «raw» end with all rows of the page in hand.
        """
        print(
            f"\n{'search query':34}{'found':>7}{'SQL ms':>8}{'ours ms':>9}{'raw ms':>8}{'ours/raw':>10}{'LIKE ms':>9}"
        )
        with Session(self.ours.engine) as session:
            for login in (NURSE, "district"):
                account = session.scalars(select(Account).where(Account.login == login)).one()
                who = identity_of(session, account, origin=Origin(), today=clock.today())
                for name, words in self.queries.items():
                    self._search_as(session, who, f"{login}, {name}", words)

    def _search_as(self, session: Session, who: Identity, name: str, words: list[str]) -> None:
        wanted, centres = [parse_search(word) for word in words], sorted(who.centre_ids)
        found = Comparison({
            "sql": partial(_replay, session, [_sql_of(self.ours.engine, session, who, each) for each in wanted]),
            "ours": lambda number: search(session, who, wanted[number % len(wanted)]),
            "raw": lambda number: lists.find(self.raw.database, centres, words[number % len(words)]),
            "like": lambda number: _like(session, words[number % len(words)]),
        }, rounds=self.rounds)  # fmt: skip
        hits = sum(len(search(session, who, each)) for each in wanted) / len(wanted)
        session.rollback()
        print(
            f"{name:34}{hits:>7.1f}{found.milliseconds('sql'):>8.2f}{found.milliseconds('ours'):>9.2f}"
            f"{found.milliseconds('raw'):>8.2f}{found.ratio('ours', 'raw'):>10.2f}{found.milliseconds('like'):>9.2f}"
        )

    def print_statements(self, few: Bench) -> None:
        """SQL statements of each page over few rows and over many: alike, or a page asks once a row."""
        print(f"\n{'statements':26}{'few rows':>10}{'many rows':>11}")
        for name in {**self._tasks(), **self._paper_tasks()}:
            small, large = len(few.statements(name)), len(self.statements(name))
            print(f"{name:26}{small:>10}{large:>11}{'' if small == large else '   differs'}")

    def statements(self, name: str) -> list[tuple[str, Any]]:
        """The SQL of one request, once everything is warm."""
        ask = {**self._tasks(), **self._paper_tasks()}[name]
        ask(self.ours, 1)
        with statements_of(self.ours.engine) as seen:
            ask(self.ours, 2)
        return seen

    def print_plans(self) -> None:
        """How the due list and a search reach the tables that grow."""
        for name in ("due list (today)", f"search page, {next(iter(self.queries))}"):
            print(f"\nplans of {name}")
            for statement, parameters in self.statements(name):
                if statement.startswith("SELECT"):
                    reached = plan_of(self.ours.engine, statement, parameters)
                    print("  " + "; ".join(reached))


def _account(session: Session) -> int:
    return session.scalars(select(Account.id).where(Account.login == NURSE)).one()


def _subjects(session: Session) -> list[Subject]:
    """Households of the nurse with their members, the head first."""
    rows = session.execute(
        text("SELECT h.id, m.id FROM household h JOIN member m ON m.household_id = h.id JOIN account a ON a.id = h.nurse_id"
             " WHERE a.login = :login ORDER BY h.id, m.position"), {"login": NURSE},
    )  # fmt: skip
    members: dict[int, list[int]] = {}
    for household, member in rows:
        members.setdefault(household, []).append(member)
    return [Subject(household, found[0], found) for household, found in members.items()]


def _queries(session: Session) -> dict[str, list[str]]:
    """What people type: two syllables of a name, and initial consonants."""
    names = session.scalars(select(Member.name).where(Member.household_id <= 200).order_by(Member.id)).all()
    picked = Random(3).sample([name for name in names if len(name) == 3], min(20, len(names) // 3))
    return {
        "2 syllables": [name[1:] for name in picked],
        "surname + 1": [name[:2] for name in picked],
        "초성 3": [choseong(name) for name in picked],
    }


LIKE = """SELECT h.id, h.title FROM household h WHERE h.id IN (SELECT household_id FROM member WHERE name LIKE :query) LIMIT 50"""


def _sql_of(engine: Engine, session: Session, who: Identity, wanted: Wanted) -> list[tuple[str, Any]]:
    with statements_of(engine) as seen:
        search(session, who, wanted)
    return seen


def _replay(session: Session, searches: list[list[tuple[str, Any]]], number: int) -> None:
    """What the database and its driver alone take for a search."""
    connection = session.connection()
    for statement, parameters in searches[number % len(searches)]:
        connection.exec_driver_sql(statement, parameters).all()


def _like(session: Session, word: str) -> Any:
    return session.execute(text(LIKE), {"query": f"%{word}%"}).all()


def _filled(templates: Templates, population: Population) -> Database:
    database = templates.empty()
    upgrade(database.engine)
    with Session(database.engine) as session, session.begin():
        fill(session, population)
    return database


if __name__ == "__main__":
    main()
