"""Quick picks: what is done again and again, one tap each, one's own most used first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.care.rules.vocabulary import InterventionKind

MOST_AT_HAND = 8
"""So many picks stand open; the others are one tap further."""


class PicksError(ValueError):
    """The table of quick picks is not one."""


@dataclass(frozen=True, slots=True)
class Pick:
    """Something done on a visit. `problems` are the Omaha codes it usually serves; `professions` who is offered it."""

    code: str
    kind: InterventionKind
    label: str
    professions: frozenset[str]
    problems: tuple[str, ...]
    is_health: bool


@dataclass(frozen=True, slots=True)
class Picks:
    """One version of the table."""

    version: str
    source: str
    all: Mapping[str, Pick]
    usual: Mapping[str, tuple[str, ...]]
    """By profession: what is shown first to somebody who has recorded nothing yet."""

    def pick(self, code: str) -> Pick:
        """The pick of a code; one nobody knows is shown by its code and counts as health."""
        known = self.all.get(code)
        return known or Pick(code, InterventionKind.SURVEILLANCE, code, frozenset(), (), True)

    def offered_to(self, profession: str, recent: Iterable[str] = ()) -> tuple[Pick, ...]:
        """Every pick of a profession, those used most in `recent` first, then in the usual order.

        Among equally often used ones the usual order decides, so that chips stay where the hand expects them.
        """
        usual = self.usual.get(profession, ())
        own = [pick for pick in self.all.values() if profession in pick.professions]
        used = Counter(recent)
        places = {code: place for place, code in enumerate(usual)}
        return tuple(sorted(own, key=lambda pick: (-used[pick.code], places.get(pick.code, len(usual)))))


def picks_from(document: Mapping[str, Any], problems: Collection[str]) -> Picks:
    """The table of a document as in `seed_data/interventions.json`; `problems` are the Omaha codes there are.

    Raises:
        PicksError: a part is missing or unknown, a code stands twice, or a usual pick is not one.
    """
    try:
        rows = [_pick(row) for row in document["picks"]]
        usual = {str(whose): tuple(codes) for whose, codes in document["usual"].items()}
        version, source = str(document["version"]), str(document["source"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PicksError("interventions.json: a part is missing or of another kind") from error
    _refuse_unknown(rows, usual, problems)
    return Picks(version, source, {row.code: row for row in rows}, usual)


def _pick(row: Mapping[str, Any]) -> Pick:
    return Pick(
        row["code"], InterventionKind(row["kind"]), row["label"], frozenset(row["for"]), tuple(row["problems"]),
        bool(row["is_health"]),
    )  # fmt: skip


def _refuse_unknown(rows: Sequence[Pick], usual: Mapping[str, Sequence[str]], problems: Collection[str]) -> None:
    codes = {row.code for row in rows}
    if len(codes) != len(rows):
        raise PicksError("interventions.json: a code stands twice")
    if not {code for row in rows for code in row.problems}.issubset(problems):
        raise PicksError("interventions.json: a pick serves a problem there is not")
    if not {code for whose in usual.values() for code in whose}.issubset(codes):
        raise PicksError("interventions.json: a usual pick is not in the list")
