"""Which version of a rule judges on a day: the newest that holds; what an older one judged for good stays as it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.core.working_days import WorkingDays
from app.follow_ups.rules.due import due
from app.follow_ups.rules.terms import NOTHING_JUDGED, Contact, DueAnswer, JudgedWindows, RuleVersion, Term


class Holding(NamedTuple):
    """A version of a rule with the first day on which it judges, and the key it is stored under."""

    effective_from: date
    rule: RuleVersion
    key: int | None = None


class Verdict(NamedTuple):
    """The answer, and the version that gave it."""

    answer: DueAnswer
    by: Holding


def holding_on(versions: Sequence[Holding], day: date) -> int:
    """The place of the version that judges on `day`: the newest in force, the first for a day before any was."""
    return max((place for place, each in enumerate(versions) if each.effective_from <= day), default=0)


def due_by_versions(
    term: Term, versions: Sequence[Holding], contacts: Sequence[Contact], *, today: date, working_days: WorkingDays
) -> Verdict:
    """What `term` asks for on `today`, judged by the version in force. `versions` are those of one rule, ascending.

    A term that was done for good, and a window that had ended, before a version came into force stay as they were
    judged. Raises what `due` raises.
    """
    place = holding_on(versions, today)
    verdict = _judged(term, versions, place, contacts, today, working_days)
    coming = next((each.effective_from for each in versions[place + 1 :] if each.effective_from > today), None)
    if coming is None or (coming > term.starts_on and _is_done_for_good(verdict.answer)):
        return verdict
    recompute_on = min(coming, verdict.answer.recompute_on or coming)
    return Verdict(verdict.answer._replace(recompute_on=recompute_on), verdict.by)


def _is_done_for_good(answer: DueAnswer) -> bool:
    return answer.due_on is None and answer.recompute_on is None


def _judged(
    term: Term, versions: Sequence[Holding], place: int, contacts: Sequence[Contact], today: date, days: WorkingDays
) -> Verdict:
    holding, judged = versions[place], NOTHING_JUDGED
    if place and holding.effective_from > term.starts_on:
        before = _judged(term, versions, place - 1, contacts, holding.effective_from, days)
        if _is_done_for_good(before.answer):
            return before
        judged = JudgedWindows(holding.effective_from, before.answer.missed)
    answer = due(term, holding.rule, contacts, today=today, working_days=days, judged=judged)
    return Verdict(answer, holding)
