"""A file on its way in: taken in by itself where its headings tell, put by where somebody has to name its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.core.errors import NotFound, RuleBroken
from app.core.privacy import mask_resident_numbers
from app.core.tables.reading import read_table
from app.core.tables.rows import Table, TableRow
from app.discoveries.models import ColumnMapping, ImportedList, IncomingFile
from app.discoveries.rules import HeadingNotFound, ListColumn, Route
from app.discoveries.rules.mapping import headings_key, likely_heading, mapped_heading, missing_columns, without_serials
from app.discoveries.service.entering import Received, Sending
from app.discoveries.service.taking import start_list


def receive(
    session: Session, content: bytes, sending: Sending, *, by_hand: bool = False, actor: Identity, now: datetime
) -> ImportedList | IncomingFile:
    """Take in a file, or put it by until somebody has named its columns: where they cannot be told, or by their wish.

    A file that somebody put by before makes room for this one.

    Raises:
        TableError: the file is no table that can be read.
        RuleBroken, NotFound: as `import_list`.
    """
    received, problem = Received.of(read_table(content)), ""
    if not by_hand:
        try:
            return start_list(session, received, sending, actor=actor, now=now)
        except HeadingNotFound as unclear:
            if likely_heading(received.table.rows) is None:
                raise
            problem = unclear.text
    return _put_by(session, received, sending, problem, actor=actor, now=now)


def name_columns(
    session: Session, incoming: IncomingFile, row_number: int, columns: Mapping[ListColumn, Sequence[int]], *,
    actor: Identity, now: datetime,
) -> ImportedList:  # fmt: skip
    """Take in a file that was put by, with its columns as somebody named them; the next file like it needs nobody.

    Raises:
        RuleBroken: name or birth date is not named, nobody is below the heading, no such row.
    """
    table = table_of(incoming)
    row = next((each for each in table.rows if each.number == row_number), None)
    if row is None:
        raise RuleBroken("NO_SUCH_ROW", "제목 줄을 골라 주세요.")
    if missing := missing_columns(columns):
        words = ", ".join(f"«{column.label}»" for column in missing)
        raise RuleBroken("COLUMNS_MISSING", f"{words} 칸을 골라 주세요. 이 칸이 없으면 명단을 읽을 수 없습니다.")
    sending = Sending(incoming.title, incoming.centre, incoming.round)
    received = Received(table, incoming.fingerprint, mapped_heading(row, columns))
    imported = start_list(session, received, sending, actor=actor, now=now)
    _remember(session, sending.source, row, columns, actor=actor, now=now)
    session.delete(incoming)
    session.flush()
    return imported


def table_of(incoming: IncomingFile) -> Table:
    """The rows of a file that was put by."""
    rows = tuple(TableRow(number, tuple(cells)) for number, cells in incoming.rows)
    return Table(rows, incoming.file_form, unread_sheets=tuple(incoming.unread_sheets))


def drop_incoming(session: Session, incoming: IncomingFile) -> None:
    """Forget a file that was put by; nothing of it was taken in."""
    session.delete(incoming)
    session.flush()


def forget_incoming(session: Session, *, before: datetime) -> int:
    """Forget files that were put by before a moment. Returns how many."""
    old = select(IncomingFile.id).where(IncomingFile.received_at < before)
    keys = session.scalars(old).all()
    session.execute(delete(IncomingFile).where(IncomingFile.id.in_(keys)))
    return len(keys)


def forget_mapping(session: Session, mapping: ColumnMapping, *, actor: Identity, now: datetime) -> None:
    """Forget what the columns of a kind of file mean; the next such file is read by its headings, or asks."""
    subject, detail = f"column-mapping:{mapping.id}", mapping.source.value
    session.delete(mapping)
    session.flush()
    audit.record(session, Action.CHANGE_RULE, subject=subject, detail=detail, actor=actor, now=now)


def _put_by(
    session: Session, received: Received, sending: Sending, problem: str, *, actor: Identity, now: datetime
) -> IncomingFile:  # fmt: skip
    if sending.of_round is not None and sending.of_round.district_id != actor.district_id:
        raise NotFound
    if actor.account_id is None:
        raise LookupError("nobody could name the columns")
    session.execute(delete(IncomingFile).where(IncomingFile.by_id == actor.account_id))
    rows = [without_serials(row) for row in received.table.rows]
    incoming = IncomingFile(
        by_id=actor.account_id, centre_id=sending.centre.id if sending.centre else None,
        round_id=sending.of_round.id if sending.of_round else None, title=sending.title,
        file_form=received.table.form, fingerprint=received.fingerprint,
        rows=[[row.number, list(row.cells)] for row in rows],
        unread_sheets=list(received.table.unread_sheets), problem=problem, received_at=now,
    )  # fmt: skip
    session.add(incoming)
    session.flush()
    return incoming


def _remember(
    session: Session, source: Route, row: TableRow, columns: Mapping[ListColumn, Sequence[int]], *, actor: Identity,
    now: datetime,
) -> None:  # fmt: skip
    key = headings_key(row.cells)
    kept = session.scalars(
        select(ColumnMapping).where(
            ColumnMapping.district_id == actor.district_id, ColumnMapping.source == source,
            ColumnMapping.headings_key == key,
        )
    ).one_or_none()  # fmt: skip
    if kept is None:
        kept = ColumnMapping(district_id=actor.district_id, source=source, headings_key=key)
        session.add(kept)
    kept.headings = [mask_resident_numbers(cell) for cell in row.cells]
    kept.columns = {column.value: list(places) for column, places in columns.items() if places}
    kept.by_id, kept.at = actor.account_id, now
    session.flush()
