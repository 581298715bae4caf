"""The one meaning of overdue (today > due, nowhere anything else), decided from stored values alone."""

from __future__ import annotations

from datetime import date

from app.follow_ups.rules.vocabulary import RuleKind, Status


def status_on(
    today: date,
    *,
    kind: RuleKind,
    due_on: date | None,
    window_start: date | None,
    limit_on: date | None = None,
) -> Status:
    """The status on `today` of an answer stored earlier; right for every day before its `recompute_on`.

    A DEADLINE is overdue only after its hard limit; after the mere target it is LATE_TARGET.
    """
    if due_on is None or window_start is None:
        return Status.DONE
    if limit_on is not None and today > limit_on:
        return Status.OVERDUE
    if today > due_on:
        return Status.LATE_TARGET if kind is RuleKind.DEADLINE else Status.OVERDUE
    if today == due_on:
        return Status.DUE
    return Status.OPEN if window_start <= today else Status.UPCOMING
