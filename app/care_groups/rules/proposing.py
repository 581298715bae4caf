"""What readings propose: the heaviest group any of them asks for, each line with its value, its day and its source."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.care_groups.rules.table import WEIGHTS, Criterion, GroupTable, Level, show
from app.follow_ups.rules import CareGroup

NURSE_ASKED = "간호사가 확인"


@dataclass(frozen=True, slots=True)
class Taking:
    """One number, when and where it was taken. `visit_id` or `assessment_id` says where one reads more."""

    amount: Decimal
    on: date
    source: str
    visit_id: str = ""
    assessment_id: str = ""
    said: str = ""
    """How the number was said where it was an answer: «1~2번»."""

    def words(self, unit: str) -> str:
        """«168 mmHg», «1~2번»."""
        space = "" if unit in _CLOSE else " "
        return self.said or f"{show(self.amount)}{space}{unit}".strip()


_CLOSE = ("점", "번", "%")
"""Units that stand at their number without a space."""
Findings = Mapping[str, Sequence[Taking]]
"""By the code of the criterion; the order does not matter."""


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """Why, in one line: `why` is the edge that was reached, «두 번 이어서 140 이상»."""

    code: str
    label: str
    value: str
    on: date | None
    source: str
    group: CareGroup
    why: str
    confidence: str
    visit_id: str = ""
    assessment_id: str = ""

    def as_stored(self) -> dict[str, Any]:
        """As it is kept with the decision."""
        return {
            "label": self.label, "value": self.value, "on": self.on.isoformat() if self.on else "", "source": self.source,
            "group": self.group.value, "why": self.why, "confidence": self.confidence,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposal:
    """The group that is proposed, None when nothing was measured or asked; the weightiest lines first."""

    group: CareGroup | None
    lines: tuple[ProposalLine, ...]

    @property
    def deciding(self) -> tuple[ProposalLine, ...]:
        """The lines that ask for the proposed group."""
        return tuple(line for line in self.lines if line.group is self.group)


def propose(table: GroupTable, findings: Findings, *, today: date, said: Collection[str] = ()) -> Proposal:
    """Propose a care group.

    Args:
        findings: what was measured; takings older than the table counts, and later ones than `today`, are left out.
        said: codes of the asked criteria that the nurse says hold.

    A worse reading never proposes a lighter group.
    """
    lines = [_asked_line(each) for each in table.asked if each.code in said]
    for criterion in table.measured:
        takings = _counted(findings.get(criterion.code, ()), table, today)
        if takings:
            lines.append(_line(criterion, takings))
    ordered = tuple(sorted(lines, key=lambda line: -WEIGHTS[line.group]))
    return Proposal(ordered[0].group if ordered else None, ordered)


def _counted(takings: Iterable[Taking], table: GroupTable, today: date) -> list[Taking]:
    """Those that count, the newest first."""
    oldest = today - timedelta(days=table.days)
    return sorted((each for each in takings if oldest <= each.on <= today), key=lambda each: each.on, reverse=True)


def _asked_line(criterion: Criterion) -> ProposalLine:
    group = criterion.asked or CareGroup.REGULAR
    return ProposalLine(criterion.code, criterion.label, "예", None, NURSE_ASKED, group, "확인함", criterion.confidence)


def _line(criterion: Criterion, takings: Sequence[Taking]) -> ProposalLine:
    """The heaviest level the takings reach; none of them proposes the lightest group."""
    held = [level for level in criterion.levels if _holds(criterion, level, takings)]
    level = max(held, key=lambda each: WEIGHTS[each.group], default=None)
    last = takings[0]
    plain = ProposalLine(
        criterion.code, criterion.label, last.words(criterion.unit), last.on, last.source, CareGroup.SELF_CARE,
        "기준에 들지 않음", criterion.confidence, last.visit_id, last.assessment_id,
    )  # fmt: skip
    if level is None:
        return plain
    before = "".join(f", 앞서 {each.words('')}" for each in takings[1 : level.times])
    return replace(plain, group=level.group, why=criterion.edge_words(level), value=f"{plain.value}{before}")


def _holds(criterion: Criterion, level: Level, takings: Sequence[Taking]) -> bool:
    latest = takings[: level.times]
    return len(latest) == level.times and all(criterion.reaches(each.amount, level) for each in latest)
