"""Take in a list of people in possible need (발굴 명단): every row gets a result, and the same rows change nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Centre, District
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.database import refresh_statistics
from app.core.memory import collecting_later
from app.core.tables.reading import read_table
from app.discoveries import queries
from app.discoveries.models import ImportedList, Round
from app.discoveries.rules import RowResult
from app.discoveries.service.entering import Entered, Received, Sending, enter_list
from app.discoveries.service.places import Places
from app.discoveries.service.planning import Memory, Plan, Planner
from app.discoveries.service.writing import ROWS, Progress, write_rows

BULK = 100
"""From so many new households on the planner of the database is told about them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the people of a list may be and may go."""

    places: Places
    district: District
    today: date
    """The day the list came in: all its rows are discovered on it."""
    round_id: int | None = None


@collecting_later()
def import_list(
    session: Session, content: bytes, *, title: str = "", centre: Centre | None = None, of_round: Round | None = None,
    progress: Progress | None = None, actor: Identity, now: datetime,
) -> ImportedList:  # fmt: skip
    """Take in a file whole. The same rows again, in this file or as another, are answered with the first result: see
    `ImportedList.is_repeated`.

    A row goes to the centre its 행정동 names. People of a centre put in their own centre's rows only; the others come
    back. Somebody surely on record is joined to that household, whose facts stay as they are; somebody perhaps on
    record is held for a person to decide; anybody else becomes a household.

    Args:
        content: the whole file, XLSX or CSV.
        title: what the list is called; by default what stands above its heading.
        centre: takes rows that name no 행정동; by default the actor's own.
        of_round: the round it belongs to, if any.
        progress: told how many rows of how many are written.

    Raises:
        TableError: the file is no table that can be read.
        HeadingNotFound: it names no columns for name and birth date, and nobody has named them before.
        RuleBroken: nobody is on the list, or no crisis codes were ever loaded.
        NotFound: the centre or the round is out of scope.
    """
    received = Received.of(read_table(content))
    entered = enter_list(session, received, Sending(title, centre, of_round), actor=actor, now=now)
    return take_whole(session, entered, progress=progress, actor=actor, now=now)


@collecting_later()
def take_whole(
    session: Session, entered: Entered, *, progress: Progress | None = None, actor: Identity, now: datetime
) -> ImportedList:  # fmt: skip
    """Write every row of a list that has just come in; one that came before stays as it is."""
    imported = entered.imported
    if imported.is_repeated:
        return imported
    place = Place(entered.places, entered.district, korean_date(now), imported.round_id)
    plans = planned(session, entered.result.rows, place)
    created = write_rows(session, imported, plans, progress=progress, actor=actor, now=now)
    session.flush()
    if len(created) >= BULK:
        refresh_statistics(session, ROWS)
    record_import(session, imported, actor=actor, now=now)
    record_created(session, imported, created, actor=actor, now=now)
    return imported


def planned(
    session: Session, results: Sequence[RowResult], place: Place, *, made: frozenset[int] = frozenset()
) -> list[Plan]:
    """What becomes of these rows, among all that is on record.

    Args:
        made: households that other rows of the same list have made: within a list people are compared by its own
            rules, and an address alone means nothing.
    """
    persons = [row.person for row in results if row.person is not None]
    fingerprints = [row.fingerprint for row in results if row.person is not None]
    reachable, district = place.places.reachable, place.district
    memory = Memory(
        queries.find_known_people(session, reachable, persons, without=made),
        queries.find_known_rows(session, district.id, fingerprints),
        queries.decided_links(session, reachable),
    )
    planner = Planner(place.places, memory, place.today, round_id=place.round_id)
    return [planner.plan(row) for row in results]


def record_import(session: Session, imported: ImportedList, *, actor: Identity, now: datetime) -> None:
    """One row for all people of the file."""
    subject = f"list:{imported.id}"
    audit.record(session, Action.IMPORT, subject=subject, row_count=imported.row_count, actor=actor, now=now)


def record_created(
    session: Session, imported: ImportedList, created: Sequence[int], *, actor: Identity, now: datetime
) -> None:  # fmt: skip
    """One row for the households that were made."""
    if created:
        subject, ids, count = f"list:{imported.id}", _spans(created), len(created)
        audit.record(session, Action.CREATE, subject=subject, row_count=count, detail=ids, actor=actor, now=now)


def _spans(ids: Sequence[int]) -> str:
    """Household ids as the log keeps them, neighbours drawn together: «101-274,280»."""
    runs = [list(run) for _gap, run in groupby(enumerate(sorted(ids)), key=lambda pair: pair[1] - pair[0])]
    ends = ((run[0][1], run[-1][1]) for run in runs)
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in ends)
