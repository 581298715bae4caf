"""Answers per second of the due engine, per kind of rule, beside bare date arithmetic in the same run.

Run from the root: `.venv/bin/python tests/benchmarks/engine.py`. Prints figures, asserts nothing.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from app.core.holidays import working_days
from app.follow_ups.rules import (
    AfterEvent,
    Contact,
    ContactMode,
    Deadline,
    Interval,
    Once,
    Parameters,
    Purpose,
    Quota,
    RuleVersion,
    Shift,
    Span,
    Term,
    due,
)

CASES = 20_000
ROUNDS = 3
TODAY = date(2026, 9, 22)
DAYS = working_days(range(2024, 2031))
KINDS: dict[str, tuple[Parameters, int]] = {
    "INTERVAL(3개월), 접촉 5": (Interval(Span(months=3)), 5),
    "QUOTA(3개월 8회), 접촉 5": (Quota(8, Span(months=3), repeats=False), 5),
    "QUOTA(1개월 2회, 반복), 접촉 24": (Quota(2, Span(months=1), repeats=True), 24),
    "DEADLINE(10, 30)": (Deadline(10, 30), 5),
    "ONCE": (Once(), 5),
    "AFTER_EVENT(7)": (AfterEvent(7), 5),
}

Case = tuple[Term, RuleVersion, Sequence[Contact]]


def cases(parameters: Parameters, contacts: int) -> list[Case]:
    """Random terms of the last year, each with its own short history; the same ones on every run."""
    chance = random.Random(2026)
    rule = RuleVersion("RULE", "2026", parameters, frozenset({ContactMode.FACE}), shift=Shift.EARLIER, name="규칙")
    return [_case(rule, contacts, chance) for _ in range(CASES)]


def _case(rule: RuleVersion, contacts: int, chance: random.Random) -> Case:
    start = TODAY - timedelta(days=chance.randrange(10, 90 if contacts < 20 else 360))
    gone = (TODAY - start).days
    days = [start + timedelta(days=chance.randrange(gone)) for _ in range(contacts)]
    history = [Contact(day, ContactMode.FACE, Purpose.NURSING, (1,)) for day in days]
    return Term(start, event_on=start, promised_on=TODAY), rule, history


def ask_all(asked: Iterable[Case]) -> None:
    for term, rule, history in asked:
        due(term, rule, history, today=TODAY, working_days=DAYS)


def bare(asked: Iterable[Case]) -> None:
    """The least that any engine does: find the last contact, add ninety days, step back over the weekend."""
    for _term, _rule, history in asked:
        day = max(contact.occurred_on for contact in history) + timedelta(days=90)
        while day.weekday() > 4:
            day -= timedelta(days=1)


def per_second(run: Callable[[Iterable[Case]], None], asked: list[Case]) -> float:
    """Best of a few rounds."""
    return max(CASES / _seconds(run, asked) for _ in range(ROUNDS))


def _seconds(run: Callable[[Iterable[Case]], None], asked: list[Case]) -> float:
    begun = time.perf_counter()
    run(asked)
    return time.perf_counter() - begun


def main() -> None:
    print(f"{'rule':<34}{'answers/s':>12}{'bare dates/s':>14}{'ratio':>8}")
    for name, (parameters, contacts) in KINDS.items():
        asked = cases(parameters, contacts)
        engine, floor = per_second(ask_all, asked), per_second(bare, asked)
        print(f"{name:<34}{engine:>12,.0f}{floor:>14,.0f}{floor / engine:>8.1f}")


if __name__ == "__main__":
    main()
