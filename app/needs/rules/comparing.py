"""First and latest survey beside each other, each domain by its worst item. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.labelled import Labelled
from app.needs.rules.instrument import Instrument, NeedDomain
from app.needs.rules.vocabulary import NeedLevel


class Turn(Labelled):
    """How a domain went from the first survey to the latest."""

    BETTER = "BETTER", "나아짐"
    SAME = "SAME", "그대로"
    WORSE = "WORSE", "나빠짐"
    NEW = "NEW", "처음 물음"
    GONE = "GONE", "이제 묻지 않음"


@dataclass(frozen=True, slots=True)
class Answered:
    """One survey: the form it was asked with, and the level of each item by its code."""

    on: date
    instrument: Instrument
    levels: Mapping[str, NeedLevel]

    def worst_of(self, domain_code: str) -> NeedLevel | None:
        """The worst level among a domain's items; None where the form has no such domain or nothing was answered."""
        domain = self.instrument.domain(domain_code)
        return worst(self.levels[item.code] for item in domain.items if item.code in self.levels) if domain else None


@dataclass(frozen=True, slots=True)
class DomainTurn:
    """A domain at the first survey and at the latest; None where one of them did not ask about it."""

    label: str
    first: NeedLevel | None
    latest: NeedLevel | None

    @property
    def turn(self) -> Turn:
        """Better, the same, worse, or asked only once."""
        if self.first is None or self.latest is None:
            return Turn.NEW if self.first is None else Turn.GONE
        step = self.latest.severity - self.first.severity
        return Turn.SAME if step == 0 else Turn.WORSE if step > 0 else Turn.BETTER

    @property
    def words(self) -> str:
        """«긴급 → 관찰 나아짐», «필요 그대로», «관찰 처음 물음»."""
        if self.first is None or self.latest is None or self.first is self.latest:
            return f"{(self.latest or self.first or NeedLevel.NONE).label} {self.turn.label}"
        return f"{self.first.label} → {self.latest.label} {self.turn.label}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every domain that either survey asked about; `first_on` is None when there is only one survey."""

    latest_on: date
    domains: tuple[DomainTurn, ...]
    first_on: date | None = None

    @property
    def summary(self) -> str:
        """«나아진 영역 2, 나빠진 영역 1, 그대로 7», or what is needed now where there is nothing to compare with."""
        if self.first_on is None:
            needed = [each.label for each in self.domains if each.latest and each.latest.is_needed]
            return f"‘필요’ 이상인 영역: {', '.join(needed)}" if needed else "‘필요’ 이상인 영역이 없습니다."
        counted = [sum(each.turn is turn for each in self.domains) for turn in (Turn.BETTER, Turn.WORSE, Turn.SAME)]
        return f"나아진 영역 {counted[0]}, 나빠진 영역 {counted[1]}, 그대로 {counted[2]}"


def worst(levels: Iterable[NeedLevel]) -> NeedLevel | None:
    """The gravest of some levels; None of none."""
    return max(levels, key=lambda level: level.severity, default=None)


def compare(first: Answered | None, latest: Answered) -> Comparison:
    """The latest survey beside the first one (None: it is the only one), in the order of the latest form.

    Domains only the first form knew come last.
    """
    turns = [
        DomainTurn(each.label, first.worst_of(each.code) if first else None, latest.worst_of(each.code))
        for each in _domains(latest, first)
    ]
    asked = tuple(each for each in turns if each.first is not None or each.latest is not None)
    return Comparison(latest.on, asked, first.on if first else None)


def _domains(latest: Answered, first: Answered | None) -> Sequence[NeedDomain]:
    if first is None:
        return latest.instrument.domains
    known = {each.code for each in latest.instrument.domains}
    return (*latest.instrument.domains, *(each for each in first.instrument.domains if each.code not in known))
