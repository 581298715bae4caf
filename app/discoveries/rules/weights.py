"""The weights of the queue line by line, as they are shown and changed. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.discoveries.rules.triage import triage_from
from app.discoveries.rules.vocabulary import ItemOutcome
from app.households.rules import FlagKind, Risk

DISTRICT = "DISTRICT"
_STEPS = {
    "arrears": ("체납", "{}개월 이상"), "previous": ("이전 발굴", "{}번 이상"),
    "in_a_row": ("연속 발굴", "{}회 이상 연속"), "ages": ("나이", "{}세 이상"),
}  # fmt: skip
_ENUMS: Mapping[str, tuple[str, str, Any]] = {
    "last_outcome": ("마지막 결과", "outcome", ItemOutcome), "risk": ("위험도", "risk", Risk), "flags": ("안전 표시", "flag", FlagKind),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WeightLine:
    """One line that gives points."""

    place: str
    """Where it stands in the document: «crises_3», «crises_3_below», «arrears_0»."""
    group: str
    label: str
    points: int | None
    """None for a crisis code the table does not name: it counts as any other."""
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class WeightsChange:
    """What was typed: points by place, points by code for those the table did not name, and from when, by what and why."""

    points: Mapping[str, int]
    named: Mapping[str, int]
    effective_from: date
    source: str
    why: str


def weight_lines(document: Mapping[str, Any], labels: Mapping[str, str]) -> list[WeightLine]:
    """Every line of a document, group by group; then the codes in `labels` that it does not name."""
    return [
        *_crises(document, labels), _single(document, "other_crisis", "위기정보", "표에 없는 위기정보"),
        *(line for name in ("arrears", "previous", "in_a_row") for line in _steps(document, name)),
        *_members(document, "last_outcome"), _single(document, "alone", "사람", "혼자 삶"),
        *_steps(document, "ages"), *_members(document, "risk"), *_members(document, "flags"),
    ]  # fmt: skip


def _crises(document: Mapping[str, Any], labels: Mapping[str, str]) -> Iterator[WeightLine]:
    for at, row in enumerate(document["crises"]):
        label, months = labels.get(row["code"], row["code"]), row.get("months_from")
        sure = row.get("source", ""), row.get("points_confidence", document.get("points_confidence", ""))
        yield WeightLine(f"crises_{at}", "위기정보", label, row["points"], *sure)
        if months is not None:
            words = f"{label}, 체납 {months}개월 미만"
            yield WeightLine(f"crises_{at}_below", "위기정보", words, row.get("points_below", 0), *sure)
    named = {row["code"] for row in document["crises"]}
    for code, label in labels.items():
        if code not in named:
            yield WeightLine(f"code_{code}", "위기정보", label, None, "", "")


def _single(document: Mapping[str, Any], name: str, group: str, label: str) -> WeightLine:
    return _line(name, group, label, document[name])


def _steps(document: Mapping[str, Any], name: str) -> Iterator[WeightLine]:
    group, words = _STEPS[name]
    for at, row in enumerate(document[name]):
        yield _line(f"{name}_{at}", group, words.format(row["from"]), row)


def _members(document: Mapping[str, Any], name: str) -> Iterator[WeightLine]:
    group, key, kind = _ENUMS[name]
    for at, row in enumerate(document[name]):
        yield _line(f"{name}_{at}", group, kind(row[key]).label, row)


def _line(place: str, group: str, label: str, row: Mapping[str, Any]) -> WeightLine:
    return WeightLine(place, group, label, row["points"], row.get("source", ""), row.get("confidence", ""))


def changed_weights(document: Mapping[str, Any], change: WeightsChange, *, version: str) -> dict[str, Any]:
    """The next version of a document, with other points; what each line is about stays.

    Raises:
        TriageError: points out of range, a higher step with fewer of them, or more below a threshold than above it.
    """
    next_one = {name: _with_points(name, part, change) for name, part in document.items()}
    added = [_named(code, points, change) for code, points in change.named.items()]
    next_one["crises"] = [*next_one["crises"], *added]
    next_one |= {
        "version": version, "effective_from": change.effective_from.isoformat(), "why": change.why.strip(),
        "changed_by_source": change.source.strip(),
    }  # fmt: skip
    triage_from(next_one)
    return next_one


def _with_points(name: str, part: Any, change: WeightsChange) -> Any:
    if isinstance(part, list):
        return [_changed(f"{name}_{at}", row, change) for at, row in enumerate(part)]
    return _changed(name, part, change) if isinstance(part, Mapping) and "points" in part else part


def _changed(place: str, row: Mapping[str, Any], change: WeightsChange) -> dict[str, Any]:
    points, below = (
        change.points.get(place, row["points"]),
        change.points.get(f"{place}_below", row.get("points_below")),
    )
    if points == row["points"] and below == row.get("points_below"):
        return dict(row)
    set_here = (
        {"points_confidence": DISTRICT} if "code" in row else {"source": change.source.strip(), "confidence": DISTRICT}
    )
    return {**row, "points": points, **({} if below is None else {"points_below": below}), **set_here}


def _named(code: str, points: int, change: WeightsChange) -> dict[str, Any]:
    return {
        "code": code,
        "points": points,
        "source": change.source.strip(),
        "confidence": DISTRICT,
        "points_confidence": DISTRICT,
    }


def grouped(lines: Sequence[WeightLine]) -> dict[str, list[WeightLine]]:
    """By group, in the order in which they come."""
    groups: dict[str, list[WeightLine]] = {}
    for line in lines:
        groups.setdefault(line.group, []).append(line)
    return groups
