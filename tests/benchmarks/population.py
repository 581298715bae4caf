"""A district of any size, as the services would have stored it, loaded in bulk: for benchmarks.

    python -m tests.benchmarks.population [DATABASE_URL] --households 10000 --visits 100000

Every household has a nurse and a worker (one of each to 200 households), about ten visits with contacts, members
seen, readings and judgements, two terms, search grams, assignments, and a row of the access log a visit; the stored
answers are computed by the services. The same rows every time on the same day. `lean` leaves away what the schedule
does not read. `find_differences` asks the services whether they agree.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

import app.all_models  # noqa: F401  (foreign keys across slices)
from app.access.permissions import Role
from app.accounts import service as accounts
from app.accounts.models import Account, Centre, District
from app.alerts.models import Alert
from app.alerts.rules import AlertKind
from app.assignments.models import Assignment
from app.audit.models import AccessChain, AccessLog
from app.audit.rules import GENESIS
from app.core import clock, migrations
from app.core.database import engine_options
from app.follow_ups import service as follow_ups
from app.follow_ups.models import ContactRow, TermRow
from app.households.models import Household, Member, RiskChange, SafetyFlag, SearchGram
from app.households.queries import searchable
from app.households.rules import grams_of
from app.seed.reference import load_reference
from app.visits.models import Visit, VisitDraft, VisitMember, VitalReading
from sqlalchemy import Connection, create_engine, select
from sqlalchemy.orm import Session
from tests.benchmarks import bulk, invented
from tests.benchmarks.records import Book, Columns, Place, household_rows, moment

PASSWORD = "논두렁 너머로 천천히 지는 저녁 해"
PER_CENTRE, PER_PERSON = 1000, 200
IN_ORDER = (
    Household, Member, SearchGram, SafetyFlag, RiskChange, Assignment, TermRow, Visit, ContactRow, VisitMember, VitalReading,
    AccessLog,
)  # fmt: skip
LEAN = (Household, Member, SafetyFlag, TermRow, ContactRow)
"""What the schedule reads."""
COUNTED = (
    District,
    Centre,
    Account,
    Household,
    Member,
    SafetyFlag,
    RiskChange,
    Assignment,
    TermRow,
    VitalReading,
    Alert,
    AccessLog,
)


@dataclass(frozen=True)
class Population:
    """How large the district is, and the day on which all this is so."""

    households: int
    visits: int
    today: date = field(default_factory=clock.today)
    lean: bool = False

    @property
    def tables(self) -> tuple[Any, ...]:
        return LEAN if self.lean else IN_ORDER


def fill(session: Session, population: Population) -> None:
    """Fill a migrated, empty database, in the session's own transaction."""
    load_reference(session)
    session.flush()
    book, connection = Book(session, population.today), session.connection()
    chance, places = Random(2026), _places(population)
    _organisation(connection, population, places)
    for place in places:
        _fill(connection, population, chance, book, place)
    bulk.settle(connection, COUNTED)
    for ids in follow_ups.all_households(session):
        follow_ups.refresh_households(session, ids, today=population.today)
    connection.exec_driver_sql("ANALYZE")


def _places(population: Population) -> list[Place]:
    firsts = range(0, population.households, PER_CENTRE)
    return [
        Place(number, _dong(number - 1), first, min(PER_CENTRE, population.households - first))
        for number, first in enumerate(firsts, start=1)
    ]


def _dong(index: int) -> str:
    again, place = divmod(index, len(invented.DONGS))
    return f"{invented.DONGS[place]}{again + 1 if again else ''}"


def _organisation(connection: Connection, population: Population, places: list[Place]) -> None:
    """The 시군구, its centres and their staff; all have the one password."""
    bulk.add(connection, District, [{"id": 1, "name": "한빛구"}])
    bulk.add(connection, Centre, [_centre(place) for place in places])
    staff = {
        "password_hash": accounts._hasher.hash(PASSWORD), "district_id": 1,
        "created_at": moment(population.today - timedelta(days=900), 9),
    }  # fmt: skip
    people = [("district", "봉다온", Role.DISTRICT, None), *(each for place in places for each in _staff(place))]
    rows = [
        {"id": key, "login": login, "name": name, "role": role, "centre_id": place.id if place else None, **staff}
        for key, (login, name, role, place) in enumerate(people, start=1)
    ]
    bulk.add(connection, Account, rows)
    for row in rows:
        held = {Role.NURSE: "nurses", Role.WORKER: "workers"}.get(row["role"])
        if held:
            getattr(places[row["centre_id"] - 1], held).append(row["id"])


def _staff(place: Place) -> Iterator[tuple[str, str, Role, Place | None]]:
    for number in range(1, -(-place.households // PER_PERSON) + 1):
        yield f"nurse-{place.id}-{number}", f"윤가람{number}", Role.NURSE, place
        yield f"worker-{place.id}-{number}", f"민하준{number}", Role.WORKER, place
    yield f"supervisor-{place.id}", "도윤서", Role.SUPERVISOR, place


def _centre(place: Place) -> Columns:
    return {
        "id": place.id, "district_id": 1, "dong": f"{place.dong}동", "name": f"{place.dong}동 행정복지센터", "code": place.dong,
        "phone": "02-000-1000", "last_household_number": place.households,
    }  # fmt: skip


def _fill(connection: Connection, population: Population, chance: Random, book: Book, place: Place) -> None:
    """All households of one centre, and what its nurses have begun to write and not yet read."""
    rows: dict[Any, list[Columns]] = {model: [] for model in IN_ORDER}
    each = max(1, round(population.visits / population.households))
    for number in range(place.households):
        for model, made in household_rows(chance, book, place, number, each).items():
            rows[model] += made
    for model in population.tables:
        bulk.add(connection, model, rows[model])
    position, last = (0, GENESIS) if population.lean else place.log
    bulk.add(connection, AccessChain, [{"chain": f"centre-{place.id}", "position": position, "hash": last}])
    if population.lean:
        return
    at = moment(population.today, 8)
    for index, nurse in enumerate(place.nurses):
        household = rows[Household][index * len(rows[Household]) // len(place.nurses)]["id"]
        bulk.add(connection, VisitDraft, [_draft(chance, nurse, household, at)])
        bulk.add(connection, Alert, [_alert(book, nurse, household, at, number) for number in range(3)])


def _draft(chance: Random, nurse: int, household: int, at: Any) -> Columns:
    return {
        "id": bulk.random_uuid(chance), "account_id": nurse, "household_id": household, "form": "visit",
        "body": {"welfare_note": "쓰다 만 기록"}, "version": 1, "started_at": at, "saved_at": at,
    }  # fmt: skip


def _alert(book: Book, nurse: int, household: int, at: Any, number: int) -> Columns:
    return {
        "id": book.key(Alert), "kind": AlertKind.ASSIGNED, "subject": f"reassign:{number}", "recipient_id": nurse,
        "household_id": household, "text": "2가구를 맡게 되었습니다.", "created_at": at,
    }  # fmt: skip


def find_differences(session: Session, population: Population, *, sample: int = 40) -> list[str]:
    """Households whose stored answers, last meeting or grams are not what the services make of them."""
    ids = Random(7).sample(range(1, population.households + 1), min(sample, population.households))
    differing = set(follow_ups.find_untrue(session, ids, today=population.today))
    for household in session.scalars(select(Household).where(Household.id.in_(ids))).all():
        grams = set(session.scalars(select(SearchGram.gram).where(SearchGram.household_id == household.id)))
        if not population.lean and grams != grams_of(searchable(household)):
            differing.add(household.number)
    session.rollback()
    return sorted(differing)


def main() -> None:
    """Fill the database of a URL, or a file that is thrown away."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url", nargs="?", help="sqlite:///… or postgresql+psycopg://… of an empty database")
    parser.add_argument("--households", type=int, default=10_000)
    parser.add_argument("--visits", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="outreach-bench-") as folder:
        load(given.url or f"sqlite:///{folder}/population.db", Population(given.households, given.visits))


def load(url: str, population: Population) -> None:
    """Fill an empty database, and say how long it took and whether the services agree."""
    engine, began = create_engine(**engine_options(url)), time.perf_counter()
    migrations.upgrade(engine)
    with Session(engine) as session, session.begin():
        fill(session, population)
    print(f"{population.households:,} households, {population.visits:,} visits in {time.perf_counter() - began:.1f} s")
    with Session(engine) as session:
        print("differing from what the services store:", find_differences(session, population) or "none")
    engine.dispose()


if __name__ == "__main__":
    main()
