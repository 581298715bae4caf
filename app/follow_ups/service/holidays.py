"""Add days off, take some away, put them back; every household whose answers rest on them is counted anew."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.core.clock import korean_date
from app.core.errors import RuleBroken
from app.core.tables.rows import Table
from app.follow_ups.models import HolidayOverride
from app.follow_ups.queries.histories import hold_rules
from app.follow_ups.queries.holidays import known_days
from app.follow_ups.queries.judging import PLANNING_YEARS
from app.follow_ups.queries.touched import list_touched_by_days
from app.follow_ups.rules import HolidayKind
from app.follow_ups.rules.holiday_changes import DayChange, DayVerb, KnownDay, refuse_unfit, refuse_unwritten
from app.follow_ups.rules.holiday_files import FileRow, read_rows
from app.follow_ups.service.refreshing import mark_stale


@dataclass(frozen=True, slots=True)
class DaysChanged:
    """What became of a change."""

    made: tuple[DayChange, ...]
    known_before: tuple[DayChange, ...]
    """Days somebody else had added meanwhile; they were left as they are."""
    touched: int
    """Households whose answers are counted anew."""


def check_day(session: Session, change: DayChange, *, actor: Identity, now: datetime) -> KnownDay:
    """Refuse a change that means nothing or says too little; returns what stands about the day now.

    Raises:
        RuleBroken: as `refuse_unfit` and `refuse_unwritten` of `rules.holiday_changes`.
    """
    known = known_days(session, actor.district_id).get(change.on, KnownDay(change.on))
    _refuse(change, known, now)
    return known


def change_day(session: Session, change: DayChange, *, actor: Identity, now: datetime) -> DaysChanged:
    """Carry one change out for the actor's 시군구.

    Raises:
        RuleBroken: as `check_day`; of two people who add the same day the second is told that it is there.
    """
    hold_rules(session, actor.district_id)
    known = check_day(session, change, actor=actor, now=now)
    named = replace(change, name=change.name or known.added_as or known.public_name or "")
    _write(session, named, actor, now)
    return _reach(session, [named], (), actor=actor, now=now)


def add_days(session: Session, changes: Sequence[DayChange], *, actor: Identity, now: datetime) -> DaysChanged:
    """Add several days at once, as a file gives them; those that came to be days off meanwhile are left alone.

    Raises:
        RuleBroken: none of them can be added any more (NOTHING_TO_ADD).
    """
    hold_rules(session, actor.district_id)
    known = known_days(session, actor.district_id)
    made: list[DayChange] = []
    for change in changes:
        with suppress(RuleBroken):
            _refuse(change, known.get(change.on, KnownDay(change.on)), now)
            _write(session, change, actor, now)
            known[change.on] = KnownDay(change.on, added_as=change.name)
            made.append(change)
    if not made:
        raise RuleBroken("NOTHING_TO_ADD", "추가할 날이 없습니다. 그 사이 모두 휴무일이 되었거나 지난 날이 되었습니다.")
    left = tuple(change for change in changes if change not in made)
    return _reach(session, made, left, actor=actor, now=now)


def read_holiday_file(
    session: Session, table: Table, *, otherwise: HolidayKind, actor: Identity, now: datetime
) -> list[FileRow]:
    """What would become of each row of a file; nothing is stored.

    Raises:
        RuleBroken: as `rules.holiday_files.read_rows`.
    """
    known = known_days(session, actor.district_id)
    return read_rows(table.rows, known, otherwise=otherwise, today=korean_date(now), years=PLANNING_YEARS)


def _refuse(change: DayChange, known: KnownDay, now: datetime) -> None:
    refuse_unfit(change, known, today=korean_date(now), years=PLANNING_YEARS)
    refuse_unwritten(change)


def _write(session: Session, change: DayChange, actor: Identity, now: datetime) -> None:
    if change.verb is DayVerb.UNDO:
        of_day = (HolidayOverride.district_id == actor.district_id, HolidayOverride.on == change.on)
        session.execute(delete(HolidayOverride).where(*of_day))
        return
    session.add(
        HolidayOverride(
            district_id=actor.district_id, on=change.on, name=change.name, is_holiday=change.verb is DayVerb.ADD,
            kind=change.kind, note=change.note, set_by_id=actor.account_id, set_at=now,
        )
    )  # fmt: skip
    session.flush()


def _reach(
    session: Session, made: Sequence[DayChange], left: tuple[DayChange, ...], *, actor: Identity, now: datetime
) -> DaysChanged:
    """Let the households whose answers rest on the changed days be counted anew, and write the log."""
    days: list[date] = [change.on for change in made]
    touched = list_touched_by_days(session, actor.district_id, days)
    mark_stale(session, touched, from_on=korean_date(now))
    for change in made:
        what = " · ".join(filter(None, (change.verb.label, change.name, change.note)))
        audit.record(
            session, Action.CHANGE_HOLIDAY, subject=f"holiday:{change.on}", detail=what, actor=actor, now=now
        )  # fmt: skip
    return DaysChanged(tuple(made), left, len(touched))
