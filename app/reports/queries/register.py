"""Read the print register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.access.identity import Identity
from app.accounts.models import Account
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.reports.models import PrintRecord
from app.reports.rules import ReportCode
from app.safety.queries import get_protection


def count_copies(
    session: Session, code: str, *, centre_id: int | None, household_id: int | None, subject_account_id: int | None
) -> int:
    """How often this paper about this subject was printed before; a paper about nobody is the office's."""
    statement = select(func.count()).where(
        PrintRecord.code == code,
        PrintRecord.household_id.is_not_distinct_from(household_id),
        PrintRecord.subject_account_id.is_not_distinct_from(subject_account_id),
    )
    if household_id is None and subject_account_id is None:
        statement = statement.where(PrintRecord.centre_id.is_not_distinct_from(centre_id))
    return session.scalar(statement) or 0


def count_copies_of_sheets(session: Session, code: str, centre_id: int | None, subject: str) -> int:
    """How often a centre printed these very visit records on this form before; `subject` is the key in the facts."""
    statement = select(func.count()).where(
        PrintRecord.code == code,
        PrintRecord.centre_id.is_not_distinct_from(centre_id),
        PrintRecord.facts["facts"]["subject"].as_string() == subject,
    )
    return session.scalar(statement) or 0


def count_in_year(session: Session, code: str, centre_id: int | None, *, year: int) -> int:
    """How many papers of this kind the centre printed in a year: the serial of the document number."""
    statement = select(func.count()).where(
        PrintRecord.code == code,
        PrintRecord.centre_id.is_not_distinct_from(centre_id),
        PrintRecord.written_on >= date(year, 1, 1),
        PrintRecord.written_on <= date(year, 12, 31),
    )
    return session.scalar(statement) or 0


def list_prints(session: Session, who: Identity, *, after: int | None = None, limit: int = 50) -> Sequence[PrintRecord]:
    """The register of one's scope, newest first; one more than `limit` when there is a next page."""
    statement = select(PrintRecord).where(_in_scope(who))
    if after is not None:
        statement = statement.where(PrintRecord.id < after)
    return session.scalars(
        statement.options(joinedload(PrintRecord.printed_by)).order_by(PrintRecord.id.desc()).limit(limit + 1)
    ).all()


def get_print(session: Session, who: Identity, print_id: int) -> PrintRecord:
    """One print of one's scope, or NotFound; the report of a restricted task only for those who may see the task."""
    key = print_id if print_id <= LARGEST_KEY else 0
    found = session.scalars(select(PrintRecord).where(PrintRecord.id == key, _in_scope(who))).one_or_none()
    if found is None:
        raise NotFound
    if found.code == ReportCode.PROTECTION:
        get_protection(session, who, found.facts["facts"]["task_id"])
    return found


def _in_scope(who: Identity) -> ColumnElement[bool]:
    """The papers of one's centres, and for people of the 시군구 its own."""
    of_centre = PrintRecord.centre_id.in_(who.centre_ids)
    if who.role.belongs_to_centre:
        return of_centre
    printers = select(Account.id).where(Account.district_id == who.district_id)
    return or_(of_centre, PrintRecord.centre_id.is_(None) & PrintRecord.printed_by_id.in_(printers))
