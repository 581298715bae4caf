"""A long list is taken in portion by portion, each whole in its own transaction, until none is left.

Somebody watches the bar, or leaves; whoever comes back goes on, and what nobody watched the timetable finishes.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.queries import list_centres_of_district
from app.core.clock import korean_date
from app.core.database import refresh_statistics
from app.core.memory import collecting_later
from app.discoveries.models import ImportedList, ListRow, StagedRows
from app.discoveries.rules import RowOutcome
from app.discoveries.service.entering import Entered, Received, Sending, enter_list
from app.discoveries.service.importing import BULK, Place, planned, record_created, record_import, take_whole
from app.discoveries.service.places import places_again
from app.discoveries.service.staging import AT_ONCE, as_result, as_stored, portions
from app.discoveries.service.standards import held_district
from app.discoveries.service.writing import ROWS, write_rows

WHOLE_UP_TO = 1_000
"""Rows that are taken in at once, while somebody waits for the page."""


@collecting_later()
def start_list(
    session: Session, received: Received, sending: Sending, *, actor: Identity, now: datetime, at_once: int = AT_ONCE,
    whole_up_to: int = WHOLE_UP_TO,
) -> ImportedList:  # fmt: skip
    """Take in a short list whole; judge a long one and put its rows by, for `take_more` to take in.

    Raises:
        HeadingNotFound, RuleBroken, NotFound: as `import_list`.
    """
    entered = enter_list(session, received, sending, actor=actor, now=now)
    if entered.imported.is_repeated or entered.imported.row_count <= whole_up_to:
        return take_whole(session, entered, actor=actor, now=now)
    _put_by(session, entered, at_once)
    record_import(session, entered.imported, actor=actor, now=now)
    return entered.imported


@collecting_later()
def take_more(session: Session, imported: ImportedList, *, actor: Identity, now: datetime) -> int:
    """Take in the next portion of a list. Returns how many rows are left; 0 when the list is whole.

    Many may call it at once: the 시군구 is held until the commit, and each portion is taken by one of them.
    """
    district = held_district(session, imported.district_id)
    session.refresh(imported)
    portion = session.scalars(
        select(StagedRows).where(StagedRows.imported_list_id == imported.id).order_by(StagedRows.position).limit(1)
    ).one_or_none()
    if portion is None:
        imported.rows_left = 0
        return 0
    centres = list_centres_of_district(session, imported.district_id)
    places = places_again(centres, centre_id=imported.centre_id, judged_for=imported.judged_for)
    place = Place(places, district, korean_date(imported.imported_at), imported.round_id)
    created = _take(session, imported, portion, place, actor)
    session.flush()
    if not imported.rows_left and imported.row_count >= BULK:
        refresh_statistics(session, ROWS)
    record_created(session, imported, created, actor=actor, now=now)
    return imported.rows_left


def list_left(session: Session) -> list[ImportedList]:
    """Every list of which rows are left, the oldest first."""
    return list(session.scalars(select(ImportedList).where(ImportedList.rows_left > 0).order_by(ImportedList.id)))


def _take(
    session: Session, imported: ImportedList, portion: StagedRows, place: Place, actor: Identity
) -> list[int]:  # fmt: skip
    """Every row as of the moment the list came in: its people are discovered on one day."""
    plans = planned(session, [as_result(each) for each in portion.results], place, made=_made(session, imported))
    created = write_rows(session, imported, plans, progress=None, actor=actor, now=imported.imported_at)
    imported.rows_left -= len(portion.results)
    session.delete(portion)
    return created


def _made(session: Session, imported: ImportedList) -> frozenset[int]:
    """The households that the rows so far have made."""
    own = select(ListRow.household_id).where(
        ListRow.imported_list_id == imported.id, ListRow.outcome == RowOutcome.NEW
    )  # fmt: skip
    return frozenset(key for key in session.scalars(own) if key is not None)


def _put_by(session: Session, entered: Entered, at_once: int) -> None:
    for position, some in enumerate(portions(entered.result.rows, at_once=at_once)):
        results = [as_stored(result) for result in some]
        session.add(StagedRows(imported_list_id=entered.imported.id, position=position, results=results))
    entered.imported.rows_left = entered.imported.row_count
    session.flush()
