"""Rows of a form that are added, taken out and moved by buttons, over what was typed, so that nothing of it is lost. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

Typed: TypeAlias = Mapping[str, Sequence[str]]
"""What a form sends: the values of each name."""
_BUTTON = re.compile(r"(add|remove|up|down)-(goals|services)(?:-(\d{1,3}))?")


class RowAct(NamedTuple):
    """What a button asks for: `add-goals`, `remove-services-2`, `up-goals-1`."""

    verb: str
    rows: str
    at: int

    @classmethod
    def from_button(cls, text: str) -> RowAct | None:
        """The act of a button's value; None for anything else."""
        match = _BUTTON.fullmatch(text)
        if match is None or (match[1] != "add" and match[3] is None):
            return None
        return cls(match[1], match[2], int(match[3] or 0))


def act_on(typed: Typed, act: RowAct, *, most: int) -> dict[str, list[str]]:
    """What was typed with the rows put as a button asks; an act that leads nowhere changes nothing.

    Services point at goals by their number from 1 (`services-n-goal`); they follow when goals move.
    """
    rows = _rows_of(typed, act.rows)
    before = list(range(len(rows)))
    order = _order(before, act, most)
    rest = {name: list(values) for name, values in typed.items() if not _is_of(name, act.rows)}
    for new, old in enumerate(order):
        row: Mapping[str, Sequence[str]] = rows[old] if old is not None else {"is_row": ["1"]}
        rest |= {f"{act.rows}-{new}-{name}": list(values) for name, values in row.items()}
    return _pointed(rest, order) if act.rows == "goals" else rest


def _order(before: list[int], act: RowAct, most: int) -> list[int | None]:
    order: list[int | None] = list(before)
    if act.verb == "add":
        return [*order, None] if len(order) < most else order
    if act.at >= len(order):
        return order
    if act.verb == "remove":
        return order[: act.at] + order[act.at + 1 :]
    other = act.at + (1 if act.verb == "down" else -1)
    if 0 <= other < len(order):
        order[act.at], order[other] = order[other], order[act.at]
    return order


def _is_of(name: str, rows: str) -> bool:
    return re.match(rf"{rows}-\d+-", name) is not None


def _rows_of(typed: Typed, rows: str) -> list[dict[str, Sequence[str]]]:
    """The rows in the order of their numbers, which need not be without gaps."""
    found: dict[int, dict[str, Sequence[str]]] = {}
    for name, values in typed.items():
        match = re.fullmatch(rf"{rows}-(\d+)-(.+)", name)
        if match:
            found.setdefault(int(match[1]), {})[match[2]] = values
    return [found[number] for number in sorted(found)]


def _pointed(typed: dict[str, list[str]], order: Sequence[int | None]) -> dict[str, list[str]]:
    place = {str(old + 1): str(new + 1) for new, old in enumerate(order) if old is not None}
    return {
        name: [place.get(value, "") for value in values] if re.fullmatch(r"services-\d+-goal", name) else values
        for name, values in typed.items()
    }
