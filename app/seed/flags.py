"""Safety flags: which households carry one, on what ground, and what a visitor has to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from .dice import shuffled, stream
from .portraits import Archetype, Portrait
from .seed_files import read
from .shapes import FlagPlan
from .staffing import Rota
from .workdays import DAY, Workdays

_STRICT_FIRST = ("NO_VISIT", "POLICE", "PAIR", "SOLO")


def raise_flags(
    seed: int, portraits: Sequence[Portrait], rota: Rota, today: date, workdays: Workdays
) -> dict[str, tuple[FlagPlan, ...]]:
    """The flags of each flagged household, by household key; about one household in twelve has one."""
    rng = stream(seed, "flags")
    pool = shuffled(rng, [p for p in portraits if not p.featured and not p.closing and _is_settled(p, today)])
    flags: dict[str, tuple[FlagPlan, ...]] = {}
    for row in _rows():
        portrait = next(p for p in pool if _fits(p, row["types"]))
        pool.remove(portrait)
        flags[portrait.key] = (_flag(rng, row, portrait, rota, today, workdays),)
    for portrait in (p for p in portraits if p.featured):
        flags |= _featured(rng, portrait, rota, today, workdays)
    return flags


def rule_on(flags: Iterable[FlagPlan], day: date) -> str:
    """The strictest rule that stood on a day; '' when none did."""
    standing = {f.rule for f in flags if f.set_on <= day and (f.ended_on is None or day < f.ended_on)}
    return next((rule for rule in _STRICT_FIRST if rule in standing), "")


def _rows() -> list[dict[str, Any]]:
    words = read("risks")
    return [*(row for row in words["flags"] for _ in range(row["count"])), *words["ended_flags"]]


def _is_settled(portrait: Portrait, today: date) -> bool:
    return (today - portrait.registered_on).days > 60


def _fits(portrait: Portrait, types: str) -> bool:
    if types == "MIDDLE":
        return portrait.archetype is Archetype.MIDDLE_SINGLE
    return types == "ANY" or not portrait.archetype.is_alone


def _flag(
    rng: Random, row: dict[str, Any], portrait: Portrait, rota: Rota, today: date, workdays: Workdays
) -> FlagPlan:
    age = rng.randint(20, min(330, (today - portrait.registered_on).days - 5))
    set_on = workdays.at_or_before(today - timedelta(days=age))
    ended_on = workdays.at_or_after(set_on + timedelta(days=age // 2)) if "because" in row else None
    return FlagPlan(
        kind=row["kind"],
        rule=row["rule"],
        basis=row["basis"],
        instruction=row["instruction"],
        set_on=set_on,
        set_by=rota.responsible(portrait.key, "WORKER", set_on),
        review_on=_review_on(rng, set_on, today),
        ended_on=ended_on,
        ended_because=row.get("because", ""),
    )


def _review_on(rng: Random, set_on: date, today: date) -> date:
    """Half a year on, each time looked at again; one in eight has been left to lie a few days."""
    review = set_on + timedelta(days=182)
    while review <= today:
        review += timedelta(days=182)
    return today - DAY * rng.randint(1, 6) if rng.random() < 0.12 and set_on < today - DAY * 60 else review


def _featured(
    rng: Random, portrait: Portrait, rota: Rota, today: date, workdays: Workdays
) -> dict[str, tuple[FlagPlan, ...]]:
    rows = read("risks")["flags"]
    script = next(row for row in read("featured") if row["code"] == portrait.featured)
    if "flag" not in script:
        return {}
    return {portrait.key: (_flag(rng, rows[script["flag"]], portrait, rota, today, workdays),)}
