"""Take in a list of people in possible need (발굴 명단): every row gets a result, and the same rows change nothing twice."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Centre, District
from app.accounts.queries import list_centres_of_district
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.database import refresh_statistics
from app.core.errors import RuleBroken
from app.core.privacy import mask_resident_numbers
from app.core.tables.reading import read_table
from app.core.tables.rows import Table
from app.core.text import normalise
from app.discoveries import queries
from app.discoveries.models import CrisisCodeVersion, ImportedList
from app.discoveries.rules import ImportResult, Reference, judge_list
from app.discoveries.service.codes import as_crisis_codes
from app.discoveries.service.places import Places, places_for
from app.discoveries.service.planning import Memory, Plan, Planner
from app.discoveries.service.triage import take_items
from app.discoveries.service.writing import Progress, write_rows

BULK = 100
"""From so many new households on the planner of the database is told about them."""
LONGEST_TITLE = 100


def import_list(
    session: Session, content: bytes, *, title: str = "", centre: Centre | None = None,
    progress: Progress | None = None, actor: Identity, now: datetime,
) -> ImportedList:  # fmt: skip
    """Take in a file. The same rows again, in this file or as another, are answered with the first result: see
    `ImportedList.is_repeated`.

    A row goes to the centre its 행정동 names. People of a centre put in their own centre's rows only; the others come
    back. Somebody surely on record is joined to that household, whose facts stay as they are; somebody perhaps on
    record is held for a person to decide; anybody else becomes a household.

    Args:
        content: the whole file, XLSX or CSV.
        title: what the list is called; by default what stands above its heading.
        centre: takes rows that name no 행정동; by default the actor's own.
        progress: told how many rows of how many are written.

    Raises:
        TableError: the file is no table that can be read.
        HeadingNotFound: it names no columns for name and birth date.
        RuleBroken: nobody is on the list, or no crisis codes were ever loaded.
        NotFound: the centre is out of scope.
    """
    table, today = read_table(content), korean_date(now)
    places = places_for(list_centres_of_district(session, actor.district_id), actor, centre=centre)
    codes = queries.codes_in_force(session, today)
    result = _judged(table, places, codes, today)
    district = _held_district(session, actor)
    imported = _new_list(table, result, places, title=title, codes=codes, actor=actor, now=now)
    known = _imported_before(session, imported, result)
    if known is not None:
        known.is_repeated = True
        return known
    session.add(imported)
    session.flush()
    plans = _planned(session, result, places, district, today)
    created = write_rows(session, imported, plans, progress=progress, actor=actor, now=now)
    take_items(session, imported)
    _record(session, imported, created, actor=actor, now=now)
    return imported


def _judged(table: Table, places: Places, codes: CrisisCodeVersion, today: date) -> ImportResult:
    reference = Reference(today, list(places.by_dong), as_crisis_codes(codes.document))
    result = judge_list(table.rows, reference)
    if not result.rows:
        raise RuleBroken("LIST_EMPTY", "제목 줄 아래에 사람이 없습니다. 명단이 맞는지 확인해 주세요.", field="file")
    return result


def _held_district(session: Session, actor: Identity) -> District:
    """The 시군구, held until the commit: two lists at once would not see each other's people."""
    return session.scalars(select(District).where(District.id == actor.district_id).with_for_update(of=District)).one()


def _imported_before(session: Session, imported: ImportedList, result: ImportResult) -> ImportedList | None:
    """The list of an earlier file with the same rows, in whatever order and form."""
    where = (imported.district_id, imported.judged_for)
    fingerprints = [row.fingerprint for row in result.rows]
    return queries.find_list(session, *where, imported.fingerprint) or queries.find_same_rows(
        session, *where, fingerprints
    )


def _new_list(
    table: Table, result: ImportResult, places: Places, *, title: str, codes: CrisisCodeVersion, actor: Identity,
    now: datetime,
) -> ImportedList:  # fmt: skip
    skipped = Counter(line.kind.value for line in result.skipped)
    return ImportedList(
        district_id=actor.district_id, centre_id=places.default.id if places.default else None,
        judged_for=places.judged_for(row.person for row in result.rows if row.person), fingerprint=_fingerprint(table),
        title=_title_of(table, result, title, now), file_form=table.form,
        headings=list(result.heading.cells), row_count=result.people_rows, skipped=dict(skipped),
        declared_total=result.declared_total, unread_sheets=list(table.unread_sheets), crisis_codes_id=codes.id,
        imported_at=now, imported_by_id=actor.account_id,
    )  # fmt: skip


def _fingerprint(table: Table) -> str:
    """SHA-256 in hex over everything that stands in the file: what its rows are judged to be may change with the day."""
    rows = ("\x1f".join(map(str.strip, row.cells)) for row in table.rows)
    return hashlib.sha256("\x1e".join(rows).encode()).hexdigest()


def _title_of(table: Table, result: ImportResult, typed: str, now: datetime) -> str:
    """What was typed; else the first words above the heading, where lists carry their name; else the day."""
    above = (cell for row in table.rows if row.number < result.heading.row_number for cell in row.cells)
    words = next((text for text in map(normalise, (typed, *above)) if text), f"{korean_date(now)} 명단")
    return mask_resident_numbers(words)[:LONGEST_TITLE]


def _planned(
    session: Session, result: ImportResult, places: Places, district: District, today: date
) -> list[Plan]:  # fmt: skip
    persons = [row.person for row in result.rows if row.person is not None]
    fingerprints = [row.fingerprint for row in result.rows if row.person is not None]
    memory = Memory(
        queries.find_known_people(session, places.reachable, persons, district_name=district.name),
        queries.find_known_rows(session, district.id, fingerprints),
        queries.decided_links(session, places.reachable),
    )
    planner = Planner(places, memory, today)
    return [planner.plan(row) for row in result.rows]


def _record(session: Session, imported: ImportedList, created: list[int], *, actor: Identity, now: datetime) -> None:
    """Two rows: the people of the file, and the households it made."""
    session.flush()
    if len(created) >= BULK:
        refresh_statistics(session)
    subject = f"list:{imported.id}"
    audit.record(session, Action.IMPORT, subject=subject, row_count=imported.row_count, actor=actor, now=now)
    if created:
        ids, count = _spans(created), len(created)
        audit.record(session, Action.CREATE, subject=subject, row_count=count, detail=ids, actor=actor, now=now)


def _spans(ids: Sequence[int]) -> str:
    """Household ids as the log keeps them, neighbours drawn together: «101-274,280»."""
    runs = [list(run) for _gap, run in groupby(enumerate(sorted(ids)), key=lambda pair: pair[1] - pair[0])]
    ends = ((run[0][1], run[-1][1]) for run in runs)
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in ends)
