"""Judged rows of a long list, put by to be taken in some hundred at a time, and read back just as they were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from app.discoveries.rules import (
    EarlierRow,
    ListColumn,
    ListedPerson,
    MatchDegree,
    ProblemReason,
    RowOutcome,
    RowProblem,
    RowResult,
)
from app.households.rules import Sex

AT_ONCE = 500
"""Rows to a portion: few enough that the bar moves, and that nobody waits long for the database."""


def portions(results: Sequence[RowResult], *, at_once: int = AT_ONCE) -> Iterator[list[RowResult]]:
    """The rows in the order of the file, `at_once` of them or some more: rows that hang on one another stay together.

    So every portion can be decided by itself, and all together come to what the list would have come to whole.
    """
    firsts = _firsts(results)
    followers: dict[int, list[RowResult]] = {}
    for result in results:
        followers.setdefault(firsts[result.row_number], []).append(result)
    some: list[RowResult] = []
    for together in followers.values():
        some += together
        if len(some) >= at_once:
            yield sorted(some, key=lambda result: result.row_number)
            some = []
    if some:
        yield sorted(some, key=lambda result: result.row_number)


def _firsts(results: Sequence[RowResult]) -> dict[int, int]:
    """By row number: the row at the head of those it hangs on, itself when it hangs on none."""
    firsts: dict[int, int] = {}
    for result in results:  # a row hangs on rows above it only
        number = result.row_number
        firsts[number] = firsts.get(result.earlier.row_number, number) if result.earlier else number
    return firsts


def as_stored(result: RowResult) -> dict[str, Any]:
    """A judged row as it is put by."""
    earlier = result.earlier
    return {
        "row": result.row_number, "cells": list(result.cells), "fingerprint": result.fingerprint,
        "outcome": result.outcome.value, "person": _person_stored(result.person) if result.person else None,
        "problems": [[each.row_number, each.reason, each.column, each.detail] for each in result.problems],
        "earlier": [earlier.row_number, earlier.degree, earlier.reason] if earlier else None,
    }  # fmt: skip


def as_result(stored: Mapping[str, Any]) -> RowResult:
    """The row that was put by."""
    earlier, person = stored["earlier"], stored["person"]
    return RowResult(
        stored["row"], tuple(stored["cells"]), stored["fingerprint"], RowOutcome(stored["outcome"]),
        person=_person(person) if person else None,
        problems=tuple(RowProblem(row, ProblemReason(why), ListColumn(at), more) for row, why, at, more in stored["problems"]),
        earlier=EarlierRow(earlier[0], MatchDegree(earlier[1]), earlier[2]) if earlier else None,
    )  # fmt: skip


def _person_stored(person: ListedPerson) -> dict[str, Any]:
    kept = {name: value for name, value in asdict(person).items() if value not in ("", (), None)}
    return {**kept, "birth_on": person.birth_on.isoformat()}


def _person(stored: Mapping[str, Any]) -> ListedPerson:
    read: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()}
    sex = read.pop("sex", None)
    return ListedPerson(
        birth_on=date.fromisoformat(read.pop("birth_on")), sex=Sex(sex) if sex else None, **read
    )  # fmt: skip
