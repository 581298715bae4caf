"""A district of any size with two items of discovery a household: the closed one of an earlier round, and today's.

The first centre holds a tenth of the district, and all its items of this round are open: a queue of some thousand.
Households are made by the service, items and their rows in bulk. The same rows on every run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, cast

from app.access.identity import Identity, Origin
from app.access.permissions import Role
from app.accounts import service as accounts
from app.accounts.models import Account, Centre, District
from app.core import clock
from app.core.database import bulk_insert, next_ids, refresh_statistics
from app.discoveries.models import CrisisCodeVersion, DiscoveryItem, ImportedList, ListRow, Round, TriageTable
from app.discoveries.queries import person_key
from app.discoveries.rules import ItemOutcome, ItemState, ListedPerson, Route, RowOutcome
from app.households.service.bulk import Created, create_households
from app.seed.reference import load_reference
from sqlalchemy import Table, select
from sqlalchemy.orm import Session
from tests.benchmarks.listed import HEADINGS, Row, as_household, people
from tests.benchmarks.population import PASSWORD

AT_ONCE = 2_000
PER_CENTRE = 5_000
DONGS = ("가람동", "나래동", "다솜동", "라온동", "마루동", "바름동", "새솔동", "아람동", "자람동", "참샘동", "하늘동", "한울동",
         "가온동", "누리동", "도담동", "미르동", "보람동", "사랑동", "여울동")  # fmt: skip
ROWS, ITEMS = (cast(Table, model.__table__) for model in (ListRow, DiscoveryItem))
ROW = ("id", "imported_list_id", "centre_id", "row_number", "fingerprint", "cells", "outcome", "reason", "read_as", "crisis_codes",
       "months_in_arrears", "previous_discoveries", "household_id", "member_id", "discovered_on")  # fmt: skip
ITEM = ("centre_id", "round_id", "list_row_id", "source", "household_id", "person_key", "received_on", "summary", "score",
        "score_lines", "triage_id", "state", "outcome", "outcome_at", "outcome_note", "sent_back_because", "version")  # fmt: skip
CODES = ("CI_POWER_CUT", "CI_WATER_CUT")
SYSTEM = Identity(None, "시스템", Role.ADMIN, None, "", 0, frozenset(), Origin(device="benchmark"))


@dataclass(frozen=True)
class Discovered:
    """What a district holds when it is filled."""

    households: int
    people: list[Row]
    """Who lives there, as a list would name them."""
    dongs: tuple[str, ...]


def district_of(households: int) -> Discovered:
    """What `fill_discovered` fills a district of this size with."""
    dongs = DONGS[: max(1, min(len(DONGS), households // PER_CENTRE))]
    known = [*people(households // 10, 1, dongs[:1]), *people(households - households // 10, 2, dongs[1:] or dongs)]
    return Discovered(households, known, dongs)


def fill_discovered(session: Session, households: int) -> Discovered:
    """Fill a migrated, empty database in the session's own transaction; twice as many items as households."""
    load_reference(session)
    district = district_of(households)
    centres = _organisation(session, district.dongs)
    lists = [_list(session, ago) for ago in (120, 3)]
    for start in range(0, households, AT_ONCE):
        some = district.people[start : start + AT_ONCE]
        details = [as_household(row, centres[row[5]]) for row in some]
        made = create_households(session, details, actor=SYSTEM, now=clock.now())
        for imported in lists:
            _discover(session, imported, start, list(zip(some, made, [centres[row[5]] for row in some], strict=True)))
    session.flush()
    refresh_statistics(session)
    return district


def _organisation(session: Session, dongs: tuple[str, ...]) -> dict[str, int]:
    district = District(name="한빛구")
    session.add(district)
    session.flush()
    centres = [
        Centre(district_id=district.id, dong=dong, name=f"{dong} 행정복지센터", code=dong[:-1], phone="02-000-1000")
        for dong in dongs
    ]
    session.add_all(centres)
    session.flush()
    staff: dict[str, Any] = {
        "password_hash": accounts._hasher.hash(PASSWORD), "district_id": district.id,
        "created_at": clock.now() - timedelta(days=900),
    }  # fmt: skip
    session.add_all([
        Account(login="worker", name="민하준", role=Role.WORKER, centre_id=centres[0].id, **staff),
        Account(login="nurse", name="윤가람", role=Role.NURSE, centre_id=centres[0].id, **staff),
        Account(login="district", name="봉다온", role=Role.DISTRICT, **staff),
    ])  # fmt: skip
    session.flush()
    return {centre.dong: centre.id for centre in centres}


def _list(session: Session, ago: int) -> ImportedList:
    """A round that opened so many days ago, and its one list."""
    at, district = clock.now() - timedelta(days=ago), session.scalars(select(District)).one()
    opens = clock.korean_date(at)
    of_round = Round(district_id=district.id, source=Route.SYS_CENTRAL, title=f"{opens.year}년 {opens.month}월 차수", opens_on=opens,
                     closes_on=opens + timedelta(days=54), at=at)  # fmt: skip
    session.add(of_round)
    session.flush()
    imported = ImportedList(
        district_id=district.id, round_id=of_round.id, judged_for="", fingerprint=f"{ago}", title=of_round.title, file_form="CSV",
        headings=list(HEADINGS), row_count=0, skipped={}, unread_sheets=[], imported_at=at,
        crisis_codes_id=session.scalars(select(CrisisCodeVersion.id)).first(),
    )  # fmt: skip
    session.add(imported)
    session.flush()
    return imported


def _discover(session: Session, imported: ImportedList, start: int, found: list[tuple[Row, Created, int]]) -> None:
    ids = next_ids(session, ROWS, len(found))
    on, chance = clock.korean_date(imported.imported_at), Random(start)
    bulk_insert(session, ROWS, ROW, (
        _list_row(key, imported.id, start + place, on, *each) for place, (key, each) in enumerate(zip(ids, found, strict=True))
    ))  # fmt: skip
    triage_id = session.scalars(select(TriageTable.id)).first()
    bulk_insert(session, ITEMS, ITEM, _items(imported, ids, found, triage_id, on, chance))


def _list_row(
    key: int, list_id: int, number: int, on: date, row: Row, made: Created, centre_id: int
) -> tuple[Any, ...]:
    read = {"name": row[1], "birth_on": row[2], "phone": row[4].replace("-", ""), "road_address": row[6], "unit": row[7],
            "dong": row[5], "listed_number": row[0]}  # fmt: skip
    return (
        key, list_id, centre_id, number + 2, f"{list_id}-{number}", list(row), RowOutcome.JOINED, "", read, list(CODES),
        int(row[9]), int(row[10]), made.household_id, made.member_ids[0], on,
    )  # fmt: skip


def _items(
    imported: ImportedList,
    ids: Any,
    found: list[tuple[Row, Created, int]],
    triage_id: int | None,
    on: date,
    chance: Random,
) -> Iterator[tuple[Any, ...]]:
    """Items of the earlier round are closed; those of today's are open with the first centre, elsewhere every other."""
    at: datetime = imported.imported_at
    is_past = clock.now() - at > timedelta(days=54)
    for key, (row, made, centre_id) in zip(ids, found, strict=True):
        is_closed = is_past or (row[5] != DONGS[0] and chance.random() < 0.5)
        points = [
            [chance.randrange(1, 20), "단전"],
            [chance.randrange(1, 15), "건강보험료 체납"],
            [5, f"이전 발굴 {row[10]}번"],
        ]
        yield (
            centre_id, imported.round_id, key, Route.SYS_CENTRAL, made.household_id,
            person_key(ListedPerson(0, row[1], date.fromisoformat(row[2]))), on, "", sum(each[0] for each in points), points,
            triage_id, ItemState.CLOSED if is_closed else ItemState.OPEN, ItemOutcome.NO_NEED if is_closed else None,
            at + timedelta(days=9) if is_closed else None, "", "", 1,
        )  # fmt: skip
