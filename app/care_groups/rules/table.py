"""The table by which readings propose a care group: versioned data, with the source of each line.

The names and the meaning of the groups come from a health centre's page; the figures beside them were found in no
source that could be checked, so each says how sure it is and a 시군구 may put its own in their place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from app.follow_ups.rules import CareGroup

TABLE_CODE = "CARE_GROUP_TABLE"
WEIGHTS = {group: weight for weight, group in enumerate(reversed(CareGroup))}
"""0 for the group that is visited least."""
CONFIDENCES = ("HIGH", "MEDIUM", "LOW", "DEFAULT", "DISTRICT")
MOST_TIMES = 5


class TableError(ValueError):
    """A document is wrong at `place` («SYSTOLIC-0»); `problem` is a Korean sentence."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place}: {problem}")
        self.place, self.problem = place, problem


@dataclass(frozen=True, slots=True)
class Level:
    """From `edge` on, in each of the last `times` takings, a group is proposed; without an edge the level is not used."""

    group: CareGroup
    edge: Decimal | None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is looked at: a number with its levels, or a question the nurse answers herself (`asked`)."""

    code: str
    label: str
    unit: str
    decimals: int
    is_worse_higher: bool
    levels: tuple[Level, ...]
    asked: CareGroup | None
    """The group a yes proposes; None for a number."""
    source: str
    confidence: str

    def reaches(self, amount: Decimal, level: Level) -> bool:
        """Whether an amount is at the level's edge or beyond it."""
        if level.edge is None:
            return False
        return amount >= level.edge if self.is_worse_higher else amount <= level.edge

    def edge_words(self, level: Level) -> str:
        """«160 이상», «두 번 이어서 140 이상», «69 이하»; empty where the level is not used."""
        if level.edge is None:
            return ""
        repeated = f"{_COUNTS[level.times]} 번 이어서 " if level.times > 1 else ""
        return f"{repeated}{show(level.edge)} {'이상' if self.is_worse_higher else '이하'}"


_COUNTS = {2: "두", 3: "세", 4: "네", 5: "다섯"}


@dataclass(frozen=True, slots=True)
class GroupTable:
    """One version of the table."""

    version: str
    name: str
    source: str
    confidence: str
    caution: str
    days: int
    """How many days back a reading still counts."""
    criteria: tuple[Criterion, ...]

    @property
    def measured(self) -> tuple[Criterion, ...]:
        return tuple(each for each in self.criteria if each.asked is None)

    @property
    def asked(self) -> tuple[Criterion, ...]:
        return tuple(each for each in self.criteria if each.asked is not None)


def table_from(document: Mapping[str, Any]) -> GroupTable:
    """The table of one document shaped like `seed_data/care_groups.json`.

    Raises TableError: a field is missing or unknown, or a heavier group begins before a lighter one.
    """
    try:
        table = GroupTable(
            str(document["version"]), document["name"], document["source"], _confidence(document["confidence"]),
            document["caution"], int(document["days"]), tuple(_criterion(row) for row in document["criteria"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise TableError(str(document.get("code", "?")), f"읽을 수 없습니다({error}).") from None
    for criterion in table.criteria:
        _refuse_disorder(criterion)
    return table


def with_edges(document: Mapping[str, Any], edges: Mapping[str, Decimal | None], **changed: Any) -> dict[str, Any]:
    """The same document with other edges, by place («SYSTOLIC-0» is the first level of SYSTOLIC), and other fields.

    Raises TableError when they do not fit together.
    """
    criteria = [{**row, "levels": _moved(row, edges)} if "levels" in row else dict(row) for row in document["criteria"]]
    made = {**document, **changed, "criteria": criteria}
    table_from(made)
    return made


def _moved(row: Mapping[str, Any], edges: Mapping[str, Decimal | None]) -> list[dict[str, Any]]:
    def edge(at: int, level: Mapping[str, Any]) -> Any:
        given = edges.get(place_of(row["code"], at), level["edge"])
        return float(given) if isinstance(given, Decimal) else given

    return [{**level, "edge": edge(at, level)} for at, level in enumerate(row["levels"])]


def place_of(code: str, at: int) -> str:
    """What a level is called in forms and errors."""
    return f"{code}-{at}"


def _criterion(row: Mapping[str, Any]) -> Criterion:
    asked = CareGroup(row["asked"]) if "asked" in row else None
    return Criterion(
        row["code"], row["label"], row.get("unit", ""), int(row.get("decimals", 0)), row.get("worse", "HIGHER") == "HIGHER",
        () if asked else tuple(_level(each) for each in row["levels"]), asked, row["source"], _confidence(row["confidence"]),
    )  # fmt: skip


def _level(row: Mapping[str, Any]) -> Level:
    times = int(row.get("times", 1))
    if not 1 <= times <= MOST_TIMES:
        raise ValueError(times)
    return Level(CareGroup(row["group"]), None if row["edge"] is None else Decimal(str(row["edge"])), times)


def _confidence(word: str) -> str:
    if word not in CONFIDENCES:
        raise ValueError(word)
    return word


def _refuse_disorder(criterion: Criterion) -> None:
    """Of two levels a heavier group asks for a worse figure, or for the same one more often."""
    used = [(at, level) for at, level in enumerate(criterion.levels) if level.edge is not None]
    for at, level in used:
        for other_at, other in used:
            if WEIGHTS[level.group] > WEIGHTS[other.group] and _is_easier(criterion, level, other):
                raise TableError(
                    place_of(criterion.code, min(at, other_at)),
                    f"«{criterion.label}»에서 {level.group.label} 기준은 {other.group.label} 기준보다 나빠야 합니다.",
                )


def _is_easier(criterion: Criterion, heavier: Level, lighter: Level) -> bool:
    """Whether whatever reaches the lighter level reaches the heavier one as well, so that the lighter never speaks."""
    if heavier.times > lighter.times or heavier.edge is None or lighter.edge is None:
        return False
    return criterion.reaches(lighter.edge, heavier)


def show(number: Decimal) -> str:
    """«7», «6.5»: without noughts at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
