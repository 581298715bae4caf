"""What each kind of rule counts by itself, before the term's end, days off and the window are looked at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from app.follow_ups.rules import because
from app.follow_ups.rules.terms import (
    AfterEvent,
    Because,
    Deadline,
    Interval,
    JudgedWindows,
    MissedWindow,
    Once,
    Quota,
    RuleVersion,
    Term,
    TermIncomplete,
)

ONE_DAY = timedelta(days=1)


class Tally(NamedTuple):
    """Where a quota stands in the window [`first_on`, `next_on`) that the answer is about."""

    first_on: date
    next_on: date
    done: int
    needed: int
    missed: tuple[MissedWindow, ...] = ()


class Reckoned(NamedTuple):
    """One kind's part of an answer. `due_on` is not shifted yet; None: nothing more is due."""

    due_on: date | None
    why: tuple[Because, ...]
    after: date | None = None
    """An EARLIER shift must stay after it: the last counted contact, or the eve of a window without one."""
    limit_on: date | None = None
    tally: Tally | None = None
    changes_on: date | None = None
    """The day a quota's window gives way to the next, if that changes anything."""


def reckon(term: Term, rule: RuleVersion, days: Sequence[date], today: date, judged: JudgedWindows) -> Reckoned:
    """Reckon by the rule's kind. `days` are the satisfying days up to `today`, ascending, each once.

    Raises TermIncomplete.
    """
    parameters = rule.parameters
    if isinstance(parameters, Interval):
        return _interval(term, rule, parameters, days)
    if isinstance(parameters, Quota):
        return _quota(term, rule, parameters, days, today, judged)
    if isinstance(parameters, Deadline):
        return _deadline(term, rule, parameters, today)
    if isinstance(parameters, Once):
        return _once(term, rule, days)
    return _after_event(term, rule, parameters, days)


def window_of(term: Term, quota: Quota, day: date) -> tuple[date, date]:
    """The quota's window [first day, first day of the next) holding `day`; for days before it, the first.

    Every boundary is counted from `starts_on`. Without `repeats` there is only the first window.
    """
    first_on, next_on, times = term.starts_on, quota.period.after(term.starts_on), 1
    while next_on <= day and quota.repeats:
        times += 1
        first_on, next_on = next_on, quota.period.after(term.starts_on, times)
    return first_on, next_on


def _interval(term: Term, rule: RuleVersion, interval: Interval, days: Sequence[date]) -> Reckoned:
    if days:
        last = days[-1]
        return Reckoned(interval.every.after(last), (because.counted_from(rule, interval, last),), after=last)
    due_on = (interval.first_within or interval.every).after(term.starts_on)
    return Reckoned(due_on, (because.first_wanted(rule, interval, term.starts_on),))


def _quota(
    term: Term, rule: RuleVersion, quota: Quota, days: Sequence[date], today: date, judged: JudgedWindows
) -> Reckoned:
    has_ended = term.ends_on is not None and today > term.ends_on
    first_on, next_on = window_of(term, quota, today if term.ends_on is None else min(today, term.ends_on))
    # Over once the day after it has come; a window cut short by the term's end is neither over nor missed.
    is_over = next_on <= (today if term.ends_on is None else min(today, term.ends_on + ONE_DAY))
    end = bisect_left(days, next_on)
    done = end - bisect_left(days, first_on)
    missed = _missed_windows(term, quota, days, next_on if is_over else first_on, judged)
    tally = Tally(first_on, next_on, done, quota.count, missed)
    why = (because.count(rule, quota, (first_on, next_on), done, is_over=is_over),)
    if has_ended and quota.repeats:
        return Reckoned(next_on, why, tally=tally)  # any date after the end will do
    if done >= quota.count and quota.repeats:
        return _next_window(term, quota, tally, why)
    if done >= quota.count or is_over:
        return Reckoned(None, why, tally=tally)
    after = days[end - 1] if done else first_on - ONE_DAY
    left = (next_on - ONE_DAY - after).days
    due_on = after + timedelta(days=-(-left // (quota.count - done)))
    return Reckoned(due_on, why, after=after, tally=tally, changes_on=next_on)


def _next_window(term: Term, quota: Quota, met: Tally, why: tuple[Because, ...]) -> Reckoned:
    """The window is met: the answer is that of the next one, as if it had begun with no contact."""
    first_on, next_on = window_of(term, quota, met.next_on)
    tally = Tally(first_on, next_on, 0, quota.count, met.missed)
    due_on = first_on - ONE_DAY + timedelta(days=-(-(next_on - first_on).days // quota.count))
    why = (*why, because.next_window(quota, (first_on, next_on)))
    return Reckoned(due_on, why, after=first_on - ONE_DAY, tally=tally, changes_on=first_on)


def _missed_windows(
    term: Term, quota: Quota, days: Sequence[date], until: date, judged: JudgedWindows
) -> tuple[MissedWindow, ...]:
    """The windows that ended by `until` with too few days; those judged before stay as they were judged."""
    missed, first_on, next_on, times = [*judged.missed], term.starts_on, quota.period.after(term.starts_on), 1
    while next_on <= until:
        done = bisect_left(days, next_on) - bisect_left(days, first_on)
        if done < quota.count and next_on > judged.until:
            missed.append(MissedWindow(first_on, done, quota.count))
        times += 1
        first_on, next_on = next_on, quota.period.after(term.starts_on, times)
    return tuple(missed)


def _deadline(term: Term, rule: RuleVersion, deadline: Deadline, today: date) -> Reckoned:
    if term.event_on is None:
        raise TermIncomplete("event_on")
    due_on = term.event_on + timedelta(days=deadline.target_days)
    why: tuple[Because, ...] = (because.target(rule, deadline, term.event_on, due_on),)
    if deadline.limit_days is None:
        limit_on = None
    else:
        limit_on = term.event_on + timedelta(days=deadline.limit_days)
        if limit_on != due_on:
            why = (*why, because.limit(deadline, limit_on))
    # Like a contact, a closing after the term's end is none of this term's.
    if term.closed_on is None or (term.ends_on is not None and term.closed_on > term.ends_on):
        return Reckoned(due_on, why, limit_on=limit_on)
    if term.closed_on > today:
        return Reckoned(due_on, why, limit_on=limit_on, changes_on=term.closed_on)
    return Reckoned(None, (*why, because.closed(term.closed_on)), limit_on=limit_on)


def _once(term: Term, rule: RuleVersion, days: Sequence[date]) -> Reckoned:
    if term.promised_on is None:
        raise TermIncomplete("promised_on")
    why = (because.promise(rule, term.promised_on, term.made_on),)
    return _until_contact(term.promised_on, why, days, (term.made_on or term.starts_on) + ONE_DAY)


def _after_event(term: Term, rule: RuleVersion, parameters: AfterEvent, days: Sequence[date]) -> Reckoned:
    if term.event_on is None:
        raise TermIncomplete("event_on")
    why = (because.event(rule, parameters.within_days, term.event_on),)
    return _until_contact(term.event_on + timedelta(days=parameters.within_days), why, days, term.event_on)


def _until_contact(due_on: date, why: tuple[Because, ...], days: Sequence[date], earliest: date) -> Reckoned:
    """Due until the first satisfying contact on or after `earliest`."""
    index = bisect_left(days, earliest)
    if index == len(days):
        return Reckoned(due_on, why)
    return Reckoned(None, (*why, because.closed(days[index])))
