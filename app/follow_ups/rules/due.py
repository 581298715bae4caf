"""The due engine: one pure function says what is due, when and why; every list, paper and figure uses it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from app.core.working_days import WorkingDays
from app.follow_ups.rules import because
from app.follow_ups.rules.reckoning import Reckoned, Tally, reckon
from app.follow_ups.rules.shifting import shift_off
from app.follow_ups.rules.statuses import status_on
from app.follow_ups.rules.terms import (
    NOTHING_JUDGED,
    Because,
    Contact,
    DaySpan,
    DueAnswer,
    JudgedWindows,
    RuleVersion,
    Term,
)
from app.follow_ups.rules.vocabulary import ContactMode, RuleKind, Status

ONE_DAY = timedelta(days=1)
COUNTED_FROM_CONTACTS = frozenset({RuleKind.INTERVAL, RuleKind.QUOTA})


class _Case(NamedTuple):
    """What was asked, and the two days of the history that every kind needs."""

    term: Term
    rule: RuleVersion
    today: date
    working_days: WorkingDays
    last_on: date | None
    """Latest satisfying day."""
    coming_on: date | None
    """First satisfying day that is still ahead: a tablet with a wrong clock wrote it."""


def due(
    term: Term,
    rule: RuleVersion,
    contacts: Iterable[Contact],
    *,
    today: date,
    working_days: WorkingDays,
    judged: JudgedWindows = NOTHING_JUDGED,
) -> DueAnswer:
    """What `term` asks for by `rule` on `today`, given all contacts of its household in any order.

    `judged` are the windows that an older version of the rule judged for good. Contacts after `today` or after the term's end are ignored. Raises TermIncomplete when the term lacks the
    date its kind starts from, MissingHolidayYear when it must know a day off in a year without holidays.
    """
    days, coming_on = counted_days(term, rule, contacts, today)
    reckoned = reckon(term, rule, days, today, judged)
    case = _Case(term, rule, today, working_days, days[-1] if days else None, coming_on)
    if reckoned.due_on is None:
        return _nothing_due(case, reckoned, reckoned.why, coming_on)
    if term.ends_on is None or term.ends_on >= max(today, reckoned.due_on):
        return _still_due(case, reckoned, reckoned.due_on)
    after_end = term.ends_on + ONE_DAY
    recompute_on = None if today >= after_end else _first(after_end, coming_on, reckoned.changes_on)
    return _nothing_due(case, reckoned, (*reckoned.why, because.ended(term.ends_on)), recompute_on)


def counted_days(
    term: Term, rule: RuleVersion, contacts: Iterable[Contact], today: date
) -> tuple[list[date], date | None]:
    """The satisfying days up to `today`, ascending, each once; and the first such day still to come."""
    modes, purposes, starts_on, member = rule.modes, rule.purposes, term.starts_on, term.member
    ends_on = term.ends_on or date.max
    days = {
        contact.occurred_on
        for contact in contacts
        if contact.mode in modes
        and contact.purpose in purposes
        and starts_on <= contact.occurred_on <= ends_on
        and (member is None or member in contact.members)
    }
    ordered = sorted(days)
    if not ordered or ordered[-1] <= today:
        return ordered, None
    past = [day for day in ordered if day <= today]
    return past, ordered[len(past)]


def last_seen_on(contacts: Iterable[Contact], today: date) -> date | None:
    """The latest face-to-face contact up to `today`, of any purpose: a call or a letter is not seeing."""
    faces = (contact.occurred_on for contact in contacts if contact.mode is ContactMode.FACE)
    return max((day for day in faces if day <= today), default=None)


def _nothing_due(case: _Case, reckoned: Reckoned, why: tuple[Because, ...], recompute_on: date | None) -> DueAnswer:
    tally = reckoned.tally
    return DueAnswer(
        status=Status.DONE,
        due_on=None,
        window_start=None,
        limit_on=None,
        done=tally.done if tally else None,
        needed=tally.needed if tally else None,
        missed=tally.missed if tally else (),
        because=(*why, *_tally_reasons(case, tally), because.rule_used(case.rule)),
        last_counted_on=case.last_on,
        recompute_on=recompute_on,
    )


def _still_due(case: _Case, reckoned: Reckoned, counted: date) -> DueAnswer:
    term, rule, today, working_days, last_on, coming_on = case
    due_on, moved, looked_at = shift_off(
        counted, rule, working_days, starts_on=term.starts_on, after=reckoned.after, last=last_on
    )
    window_start, limit_on, tally = _window_start(case, due_on), reckoned.limit_on, reckoned.tally
    too_few, too_few_on, counted_in = _reach(case, reckoned)
    after_end = term.ends_on + ONE_DAY if term.ends_on else None
    return DueAnswer(
        status=status_on(today, kind=rule.kind, due_on=due_on, window_start=window_start, limit_on=limit_on),
        due_on=due_on,
        window_start=window_start,
        limit_on=limit_on,
        done=tally.done if tally else None,
        needed=tally.needed if tally else None,
        missed=tally.missed if tally else (),
        because=(*reckoned.why, *moved, *too_few, *_tally_reasons(case, tally), because.rule_used(rule)),
        last_counted_on=last_on,
        recompute_on=_first(coming_on, reckoned.changes_on, too_few_on, after_end),
        rests=_spanning(looked_at, counted_in),
    )


def _window_start(case: _Case, due_on: date) -> date:
    """The day from which the contact may be made: `lead` ahead, and never on the day of the last one."""
    opens_on = due_on - case.rule.lead
    if case.last_on is None or case.rule.kind not in COUNTED_FROM_CONTACTS:
        return opens_on
    return max(opens_on, case.last_on + ONE_DAY)


def _reach(case: _Case, reckoned: Reckoned) -> tuple[tuple[Because, ...], date | None, DaySpan | None]:
    """Whether the working days left can hold what is left of a quota; if so, from which day they cannot."""
    tally, after = reckoned.tally, reckoned.after
    if tally is None or after is None:
        return (), None, None
    left, counted_in = tally.needed - tally.done, DaySpan(after + ONE_DAY, tally.next_on - ONE_DAY)
    if left > case.working_days.count_between(max(case.today, counted_in.first_on), counted_in.last_on):
        return (because.unreachable(left, counted_in.last_on),), None, counted_in
    return (), case.working_days.last_of(left, counted_in.last_on) + ONE_DAY, counted_in


def _spanning(one: DaySpan | None, other: DaySpan | None) -> DaySpan | None:
    """The span over both."""
    if one is None or other is None:
        return one or other
    return DaySpan(min(one.first_on, other.first_on), max(one.last_on, other.last_on))


def _tally_reasons(case: _Case, tally: Tally | None) -> tuple[Because, ...]:
    if tally is None:
        return ()
    missed = (because.missed(tally.missed),) if tally.missed else ()
    return (*missed, because.last_contact(case.last_on)) if case.last_on else missed


def _first(*days: date | None) -> date | None:
    return min(filter(None, days), default=None)
