"""The Omaha System as data: 42 problems in four domains, and three scales from 1 (worst) to 5 (best).

Source: Martin, The Omaha System (2005), in the public domain; the Korean wording is our own. A code, once used, keeps
its meaning for good, so that a record of years ago is read by the table of today.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.labelled import Labelled
from app.core.text import choseong, is_choseong, search_key

LOWEST, HIGHEST = 1, 5
SCALES = ("knowledge", "behaviour", "status")
NUMBER_OF_PROBLEMS = 42


class Domain(Labelled):
    """The four domains of the Omaha System."""

    ENVIRONMENTAL = "ENVIRONMENTAL", "환경"
    PSYCHOSOCIAL = "PSYCHOSOCIAL", "심리사회"
    PHYSIOLOGICAL = "PHYSIOLOGICAL", "생리"
    BEHAVIOUR = "BEHAVIOUR", "건강 행동"


class OmahaError(ValueError):
    """The table of problems is not one."""


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One of the 42: what it is called, what it shows itself by, and who may see it."""

    code: str
    domain: Domain
    label: str
    name: str
    """As the system calls it in English."""
    signs: tuple[str, ...]
    is_health: bool
    """Seen by whoever may read health detail."""
    is_restricted: bool
    """Abuse and neglect: seen by those responsible, the supervisor and whoever opened it; on no paper."""

    def is_found_by(self, query: str) -> bool:
        """Whether part of the label, of a sign or of the English name was typed, or 초성 of the label."""
        if is_choseong(query):
            return choseong(query) in choseong(self.label)
        wanted = search_key(query)
        return any(wanted in search_key(word) for word in (self.label, *self.signs, self.name))


@dataclass(frozen=True, slots=True)
class Scale:
    """One of K, B and S, with a Korean word for each of its five steps."""

    code: str
    label: str
    asks: str
    anchors: tuple[str, ...]

    def word(self, value: int) -> str:
        """«들쭉날쭉함» for 3; raises IndexError outside 1..5."""
        if not LOWEST <= value <= HIGHEST:
            raise IndexError(value)
        return self.anchors[value - LOWEST]


@dataclass(frozen=True, slots=True)
class Omaha:
    """One version of the table."""

    version: str
    source: str
    problems: Mapping[str, ProblemKind]
    scales: Mapping[str, Scale]
    becauses: Mapping[Domain, str]
    """Why a domain is health or is shared, in Korean."""

    def kind(self, code: str) -> ProblemKind:
        """The problem of a code; one nobody knows is shown by its code and counts as health."""
        known = self.problems.get(code)
        return known or ProblemKind(code, Domain.PHYSIOLOGICAL, code, code, (), True, False)

    def search(self, query: str) -> tuple[ProblemKind, ...]:
        """The problems a query finds, in the order of the system; all of them for an empty one."""
        return tuple(kind for kind in self.problems.values() if kind.is_found_by(query))


def omaha_from(document: Mapping[str, Any]) -> Omaha:
    """The table of a document as in `seed_data/omaha.json`.

    Raises:
        OmahaError: a part is missing or unknown, a code stands twice, or there are not 42 problems.
    """
    try:
        health = {Domain(each["code"]): bool(each["is_health"]) for each in document["domains"]}
        kinds = [_kind(each, health) for each in document["problems"]]
        scales = [_scale(each) for each in document["scales"]]
        becauses = {Domain(each["code"]): str(each["because"]) for each in document["domains"]}
        version, source = str(document["version"]), str(document["source"])
    except (KeyError, TypeError, ValueError) as error:
        raise OmahaError("omaha.json: a part is missing or of another kind") from error
    _refuse_gaps(kinds, scales)
    return Omaha(version, source, {k.code: k for k in kinds}, {scale.code: scale for scale in scales}, becauses)


def _kind(row: Mapping[str, Any], health: Mapping[Domain, bool]) -> ProblemKind:
    domain = Domain(row["domain"])
    return ProblemKind(
        row["code"], domain, row["label"], row["name"], tuple(row["signs"]),
        is_health=bool(row.get("is_health", health[domain])), is_restricted=bool(row.get("is_restricted", False)),
    )  # fmt: skip


def _scale(row: Mapping[str, Any]) -> Scale:
    return Scale(row["code"], row["label"], row["asks"], tuple(row["anchors"]))


def _refuse_gaps(kinds: Sequence[ProblemKind], scales: Sequence[Scale]) -> None:
    if len({kind.code for kind in kinds}) != NUMBER_OF_PROBLEMS or len(kinds) != NUMBER_OF_PROBLEMS:
        raise OmahaError(f"omaha.json: {NUMBER_OF_PROBLEMS} problems, each code once")
    if tuple(scale.code for scale in scales) != SCALES or any(len(s.anchors) != HIGHEST for s in scales):
        raise OmahaError("omaha.json: three scales with five anchors each")
