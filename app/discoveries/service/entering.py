"""A list at the door: its heading found, its rows judged, known if it came before. Nothing of its people is written."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Centre, District
from app.accounts.queries import list_centres_of_district
from app.core.clock import korean_date
from app.core.errors import NotFound, RuleBroken
from app.core.privacy import mask_resident_numbers
from app.core.tables.rows import Table
from app.core.text import normalise
from app.discoveries import queries
from app.discoveries.models import CrisisCodeVersion, ImportedList, Round
from app.discoveries.queries.mappings import remembered_heading
from app.discoveries.rules import Heading, ImportResult, Reference, Route, judge_list
from app.discoveries.service.codes import as_crisis_codes
from app.discoveries.service.places import Places, places_for
from app.discoveries.service.standards import held_district

LONGEST_TITLE = 100


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was read, and by what it is known again."""

    table: Table
    fingerprint: str
    heading: Heading | None = None
    """Its heading, where somebody named the columns."""

    @classmethod
    def of(cls, table: Table) -> Received:
        """A file as it came: SHA-256 in hex over everything in it; what its rows are judged to be may change with the day."""
        rows = ("\x1f".join(map(str.strip, row.cells)) for row in table.rows)
        return cls(table, hashlib.sha256("\x1e".join(rows).encode()).hexdigest())


@dataclass(frozen=True, slots=True)
class Sending:
    """How somebody sends a file."""

    title: str = ""
    centre: Centre | None = None
    """Takes rows that name no 행정동."""
    of_round: Round | None = None

    @property
    def source(self) -> Route:
        """By which way its people became known: that of the round, else the central one."""
        return self.of_round.source if self.of_round else Route.SYS_CENTRAL


@dataclass(frozen=True, slots=True)
class Entered:
    """A list that came in, and what its rows are judged to be."""

    imported: ImportedList
    result: ImportResult
    places: Places
    district: District


def enter_list(
    session: Session, received: Received, sending: Sending, *, actor: Identity, now: datetime
) -> Entered:  # fmt: skip
    """The list of a file, in the session and with a key; the list of an earlier file where it had the same rows.

    Holds the 시군구 until the commit, so that no two lists are looked up at once.

    Raises:
        HeadingNotFound, RuleBroken, NotFound: as `importing.import_list`.
    """
    if sending.of_round is not None and sending.of_round.district_id != actor.district_id:
        raise NotFound
    places = places_for(list_centres_of_district(session, actor.district_id), actor, centre=sending.centre)
    codes = queries.codes_in_force(session, korean_date(now), district_id=actor.district_id)
    received = _with_heading(session, received, sending, actor)
    result = _judged(received, places, codes, korean_date(now))
    district = held_district(session, actor.district_id)
    imported = _new_list(received, result, places, sending, codes=codes, actor=actor, now=now)
    known = _imported_before(session, imported, result)
    if known is not None:
        known.is_repeated = True
        return Entered(known, result, places, district)
    session.add(imported)
    session.flush()
    return Entered(imported, result, places, district)


def _with_heading(session: Session, received: Received, sending: Sending, actor: Identity) -> Received:
    """With the heading that somebody named the columns of before, where nobody names them now."""
    if received.heading is not None:
        return received
    heading = remembered_heading(session, actor.district_id, sending.source, received.table.rows)
    return replace(received, heading=heading)


def _judged(received: Received, places: Places, codes: CrisisCodeVersion, today: date) -> ImportResult:
    reference = Reference(today, list(places.by_dong), as_crisis_codes(codes.document))
    result = judge_list(received.table.rows, reference, heading=received.heading)
    if not result.rows:
        raise RuleBroken("LIST_EMPTY", "제목 줄 아래에 사람이 없습니다. 명단이 맞는지 확인해 주세요.", field="file")
    return result


def _imported_before(session: Session, imported: ImportedList, result: ImportResult) -> ImportedList | None:
    """The list of an earlier file with the same rows, in whatever order and form."""
    where = (imported.district_id, imported.judged_for)
    fingerprints = [row.fingerprint for row in result.rows]
    return queries.find_list(session, *where, imported.fingerprint) or queries.find_same_rows(
        session, *where, fingerprints
    )


def _new_list(
    received: Received, result: ImportResult, places: Places, sending: Sending, *, codes: CrisisCodeVersion,
    actor: Identity, now: datetime,
) -> ImportedList:  # fmt: skip
    table, skipped = received.table, Counter(line.kind.value for line in result.skipped)
    return ImportedList(
        district_id=actor.district_id, centre_id=places.default.id if places.default else None,
        round_id=sending.of_round.id if sending.of_round else None,
        judged_for=places.judged_for(row.person for row in result.rows if row.person), fingerprint=received.fingerprint,
        title=_title_of(table, result, sending.title, now), file_form=table.form,
        headings=[mask_resident_numbers(cell) for cell in result.heading.cells],
        row_count=result.people_rows, rows_left=0, skipped=dict(skipped),
        declared_total=result.declared_total, unread_sheets=list(table.unread_sheets), crisis_codes_id=codes.id,
        imported_at=now, imported_by_id=actor.account_id,
    )  # fmt: skip


def _title_of(table: Table, result: ImportResult, typed: str, now: datetime) -> str:
    """What was typed; else the first words above the heading, where lists carry their name; else the day."""
    above = (cell for row in table.rows if row.number < result.heading.row_number for cell in row.cells)
    words = next((text for text in map(normalise, (typed, *above)) if text), f"{korean_date(now)} 명단")
    return mask_resident_numbers(words)[:LONGEST_TITLE]
