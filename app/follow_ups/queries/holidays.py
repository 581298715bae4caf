"""The days off of a 시군구: a year of them, what stands about a date, and what a change would move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Account
from app.core.holidays import public_holidays, working_days
from app.core.working_days import WorkingDays
from app.follow_ups.models import HolidayOverride
from app.follow_ups.queries.dues import compute_dues, read_dues
from app.follow_ups.queries.judging import PLANNING_YEARS, working_days_for
from app.follow_ups.queries.previews import Preview, in_batches, preview_of
from app.follow_ups.queries.touched import list_touched_by_days
from app.follow_ups.rules.comparing import DueChange, compare
from app.follow_ups.rules.holiday_changes import DayChange, KnownDay, after_changes, is_weekend
from app.follow_ups.rules.holiday_years import DayLook, Month, OwnDay, YearDay, days_of_year, months_of_year


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """One year of a 시군구, as its page shows it."""

    year: int
    days: Sequence[YearDay]
    months: Sequence[Month]
    working_days: int
    """Days from Monday to Friday of the year that are worked."""

    def count(self, look: DayLook) -> int:
        """How many days of the list look so."""
        return sum(day.look == look for day in self.days)


_OWN: Any = select(
    HolidayOverride.on, HolidayOverride.name, HolidayOverride.kind, HolidayOverride.is_holiday, HolidayOverride.note,
    Account.name.label("set_by"), HolidayOverride.set_at,
).outerjoin(Account, Account.id == HolidayOverride.set_by_id).order_by(HolidayOverride.on)  # fmt: skip


def list_own_days(session: Session, district_id: int, *, first: date, last: date) -> list[OwnDay]:
    """What a 시군구 added and took away from `first` to `last`, with who did it."""
    within = _OWN.where(HolidayOverride.district_id == district_id, HolidayOverride.on.between(first, last))
    return [
        OwnDay(row.on, row.name, row.kind, row.is_holiday, row.note, row.set_by or "", row.set_at)
        for row in session.execute(within)
    ]


def read_year(session: Session, district_id: int, year: int) -> HolidayYear:
    """The public holidays of a year with a 시군구's own additions and removals.

    Raises MissingHolidayYear for a year whose public holidays nobody has provided.
    """
    public = public_holidays([year])
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = days_of_year(public, list_own_days(session, district_id, first=first, last=last))
    worked = working_days_for(session, district_id).count_between(first, last)
    return HolidayYear(year, days, months_of_year(year, days), worked)


def list_takeable(session: Session, district_id: int, *, today: date) -> list[YearDay]:
    """Public holidays of this year and the next that still lie ahead and would be working days."""
    years = [year for year in (today.year, today.year + 1) if year in PLANNING_YEARS]
    days = (day for year in years for day in read_year(session, district_id, year).days)
    return [day for day in days if day.look is DayLook.PUBLIC and day.on >= today and not is_weekend(day.on)]


def known_days(session: Session, district_id: int) -> dict[date, KnownDay]:
    """What stands about every date that is no ordinary day, in the years that are planned."""
    public = public_holidays(PLANNING_YEARS)
    known = {on: KnownDay(on, name) for on, name in public.items()}
    for own in list_own_days(session, district_id, first=date.min, last=date.max):
        name = own.name if own.is_holiday else None
        known[own.on] = KnownDay(own.on, public.get(own.on), name, own.set_by, not own.is_holiday)
    return known


def name_of(session: Session, district_id: int, on: date) -> str:
    """What a day off is called, whoever says that it is one; "" for an ordinary day."""
    known = known_days(session, district_id).get(on, KnownDay(on))
    return known.added_as or known.public_name or ""


def days_after(known: Mapping[date, KnownDay], changes: Iterable[DayChange]) -> WorkingDays:
    """The working days as they would be once the changes are made."""
    added, taken = after_changes(known.values(), changes)
    return working_days(PLANNING_YEARS, added=added, removed=taken)


def preview_days(
    session: Session, who: Identity, changes: Sequence[DayChange], *, today: date, page: int = 1
) -> Preview:
    """What other days off would move in `who`'s 시군구 today; nothing is stored."""
    touched = list_touched_by_days(session, who.district_id, [change.on for change in changes])
    days = days_after(known_days(session, who.district_id), changes)
    moved = _moved(session, who, touched, days, today)
    return preview_of(session, moved, on=today, looked_at=len(touched), page=page)


def _moved(
    session: Session, who: Identity, household_ids: Sequence[int], days: WorkingDays, today: date
) -> Iterator[DueChange]:
    district_id = who.district_id
    for batch in in_batches(session, who, household_ids):
        before = read_dues(session, batch, district_id=district_id, today=today)
        after = compute_dues(session, batch, district_id=district_id, today=today, days=days)
        for household_id in batch:
            yield from compare(before.get(household_id, ()), after.get(household_id, ()))
