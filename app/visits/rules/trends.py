"""One person's readings of one kind over time, with what the table of judgements calls usual beside them.

A trend is frozen and made of plain texts and numbers, so that a printed paper can keep it and be drawn again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.households.rules import Sex
from app.visits.rules.alarms import Tone
from app.visits.rules.judgements import Judgements, judge_mean
from app.visits.rules.summary import vitals_line
from app.visits.rules.trend_reaches import Reach, reaches_of
from app.visits.rules.vital_kinds import GlucoseContext, VitalKind
from app.visits.rules.vitals import Reading, mean_blood_pressure

ALARMING = (Tone.WARN.value, Tone.DANGER.value)
CHARTED = (VitalKind.BLOOD_PRESSURE, VitalKind.GLUCOSE, VitalKind.WEIGHT)
"""What is looked at first."""

_NAMES = {VitalKind.BLOOD_PRESSURE: ("수축기", "이완기")}
_LEAST_SPAN = {
    VitalKind.BLOOD_PRESSURE: 60.0, VitalKind.PULSE: 20.0, VitalKind.RESPIRATION: 8.0, VitalKind.TEMPERATURE: 1.0,
    VitalKind.SPO2: 6.0, VitalKind.GLUCOSE: 40.0, VitalKind.HBA1C: 1.0, VitalKind.WEIGHT: 4.0, VitalKind.HEIGHT: 4.0,
    VitalKind.WAIST: 6.0, VitalKind.PAIN: 4.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taking:
    """What one visit measured of a kind. Without values nothing was measured, and `word` says why («거부», «LO»)."""

    at: datetime
    values: tuple[float, ...]
    """One for each line of the trend, in its unit."""
    word: str = ""
    """«식후 2시간», «2회 평균»."""
    says: str = ""
    """The judgement that was shown beside it."""
    tone: str = ""

    @property
    def is_alarming(self) -> bool:
        return self.tone in ALARMING


@dataclass(frozen=True, slots=True)
class Trend:
    """Everything a chart and its table need; `takings` oldest first."""

    title: str
    unit: str
    decimals: int
    names: tuple[str, ...]
    """The lines: 수축기 and 이완기, or the one."""
    takings: tuple[Taking, ...]
    reaches: tuple[Reach, ...] = ()
    source: str = ""
    least_span: float = 1.0
    """What the height of a chart shows at the least, so that no small change looks steep."""

    @property
    def measured(self) -> tuple[Taking, ...]:
        return tuple(taking for taking in self.takings if taking.values)

    def amount(self, value: float) -> str:
        """«152», «36.5»."""
        return f"{value:.{self.decimals}f}"

    def shown(self, taking: Taking) -> str:
        """«152/88», or why there is no number."""
        return "/".join(map(self.amount, taking.values)) or taking.word


@dataclass(frozen=True, slots=True)
class Measured:
    """One stored reading, when it was taken, and the judgement of its day."""

    reading: Reading
    at: datetime
    says: str = ""
    tone: str = ""


def make_trend(
    kind: VitalKind, visits: Iterable[Sequence[Measured]], table: Judgements | None, *, sex: Sex | None = None
) -> Trend | None:
    """The trend of one person's `kind`, each of `visits` holding its readings in the order they were taken.

    Blood pressures of one visit are one point, their mean. None when no number was ever measured.
    """
    takings = tuple(sorted((each for visit in visits for each in _takings(kind, visit, table)), key=lambda t: t.at))
    if not any(taking.values for taking in takings):
        return None
    return Trend(
        title=kind.label,
        unit=kind.unit,
        decimals=kind.decimals,
        names=_NAMES.get(kind, (kind.label,)),
        takings=takings,
        reaches=reaches_of(kind, table, sex=sex, context=_shared_context(takings)) if table else (),
        source=f"{table.version} · {table.caution}" if table else "",
        least_span=_LEAST_SPAN[kind],
    )


def _takings(kind: VitalKind, visit: Sequence[Measured], table: Judgements | None) -> Iterator[Taking]:
    taken = [each for each in visit if each.reading.is_measured]
    mean = mean_blood_pressure(each.reading for each in taken) if kind is VitalKind.BLOOD_PRESSURE else None
    if mean is None or len(taken) < 2:
        yield from map(_taking, visit)
        return
    judged = judge_mean([each.reading for each in taken], table) if table else None
    label, tone = (judged.label, judged.tone.value) if judged else ("", "")
    yield Taking(taken[-1].at, (float(mean.systolic), float(mean.diastolic)), f"{len(taken)}회 평균", label, tone)


def _taking(each: Measured) -> Taking:
    reading = each.reading
    if not reading.is_measured or reading.flag is not None:
        word = reading.flag.value if reading.flag else vitals_line([reading]).removeprefix(reading.kind.label).strip()
        return Taking(each.at, (), word, each.says, each.tone)
    values = tuple(float(amount) for amount in reading.amounts.values())
    return Taking(each.at, values, reading.context.label if reading.context else "", each.says, each.tone)


def _shared_context(takings: Iterable[Taking]) -> GlucoseContext | None:
    """When the client had eaten, where it was the same every time."""
    words = {taking.word for taking in takings if taking.values}
    return next((context for context in GlucoseContext if words == {context.label}), None)
