"""Where a date goes that falls on a day off."""

from __future__ import annotations

from datetime import date, timedelta

from app.core.working_days import WorkingDays
from app.follow_ups.rules import because
from app.follow_ups.rules.terms import Because, DaySpan, RuleVersion
from app.follow_ups.rules.vocabulary import RuleKind, Shift

ONE_DAY = timedelta(days=1)


def shift_off(
    counted: date,
    rule: RuleVersion,
    working_days: WorkingDays,
    *,
    starts_on: date,
    after: date | None,
    last: date | None,
) -> tuple[date, tuple[Because, ...], DaySpan | None]:
    """`counted` moved to a working day as the rule says, with the reason if it moved, and the days that were looked at.

    EARLIER goes back, but neither before `starts_on` nor to or before `after`; then forwards instead.
    Raises MissingHolidayYear.
    """
    shift = Shift.NONE if rule.kind is RuleKind.AFTER_EVENT else rule.shift
    if shift is Shift.NONE:
        return counted, (), None
    if working_days.is_working(counted):
        return counted, (), DaySpan(counted, counted)
    refusal, back_to = "", counted
    if shift is Shift.EARLIER:
        moved = back_to = working_days.on_or_before(counted)
        refusal = _refusal(moved, starts_on, after, last)
    if shift is Shift.LATER or refusal:
        moved = working_days.on_or_after(counted)
    earliest = starts_on if after is None else max(starts_on, after + ONE_DAY)
    reason = because.shifted(counted, moved, refusal, earliest, working_days)
    return moved, (reason,), DaySpan(back_to, max(counted, moved))


def _refusal(earlier: date, starts_on: date, after: date | None, last: date | None) -> str:
    """Why a date may not go back to `earlier`; empty when it may."""
    if earlier < starts_on:
        return "시작일보다 앞당길 수 없어"
    if after is None or earlier > after:
        return ""
    return "마지막 접촉보다 앞당길 수 없어" if after == last else "이번 기간보다 앞당길 수 없어"
