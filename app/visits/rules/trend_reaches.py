"""What the table of judgements says along a scale: the grey ground behind a chart of readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, product

from app.households.rules import Sex
from app.visits.rules.alarms import Tone
from app.visits.rules.judgements import Circumstance, Judgements
from app.visits.rules.vital_kinds import GlucoseContext, VitalKind

Span = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Reach:
    """From `low` (included) to `high` the table says `label` of one line; None leaves a side open."""

    line: int
    low: float | None
    high: float | None
    label: str
    tone: str


def reaches_of(
    kind: VitalKind, table: Judgements, *, sex: Sex | None = None, context: GlucoseContext | None = None
) -> tuple[Reach, ...]:
    """What the table says of each number of `kind` along its scale, the other number being usual, without symptoms."""
    circumstance = Circumstance(context, sex)
    fields = [measure.field for measure in kind.measures]
    spans = {name: list(_spans(kind, table, name)) for name in fields}
    choices = (dict(zip(fields, chosen, strict=True)) for chosen in product(*spans.values()))
    usual = next((chosen for chosen in choices if _tone(kind, table, chosen, circumstance) == Tone.OK.value), None)
    if usual is None:
        return ()
    return tuple(
        reach
        for line, name in enumerate(fields)
        for reach in _joined(_judged(kind, table, usual, name, line, span, circumstance) for span in spans[name])
    )


def _spans(kind: VitalKind, table: Judgements, name: str) -> Iterator[Span]:
    """The scale of one number, cut wherever some band begins or ends."""
    bounds = (bound for band in table.bands if band.subject == kind for bound in band.bounds if bound.of == name)
    edges = sorted({float(edge) for bound in bounds for edge in (bound.at_least, bound.below) if edge is not None})
    return pairwise([None, *edges, None])


def _tone(kind: VitalKind, table: Judgements, chosen: dict[str, Span], circumstance: Circumstance) -> str:
    said = table.judge_amounts(kind, {name: _within(span) for name, span in chosen.items()}, circumstance)
    return said.tone.value if said else ""


def _judged(
    kind: VitalKind, table: Judgements, usual: dict[str, Span], name: str, line: int, span: Span, who: Circumstance
) -> Reach:
    amounts = {each: _within(span if each == name else other) for each, other in usual.items()}
    said = table.judge_amounts(kind, amounts, who)
    return Reach(line, *span, said.label if said else "", said.tone.value if said else "")


def _within(span: Span) -> Decimal:
    """A number inside a span: far enough from an open end, midway otherwise."""
    low, high = span
    if low is None and high is None:
        return Decimal(0)
    if low is None or high is None:
        return Decimal(str(high)) - 1 if low is None else Decimal(str(low))
    return (Decimal(str(low)) + Decimal(str(high))) / 2


def _joined(reaches: Iterable[Reach]) -> Iterator[Reach]:
    """Neighbours of which the same is said, as one."""
    held: Reach | None = None
    for reach in reaches:
        if held is not None and (held.label, held.tone) == (reach.label, reach.tone):
            held = Reach(held.line, held.low, reach.high, held.label, held.tone)
            continue
        if held is not None and held.label:
            yield held
        held = reach
    if held is not None and held.label:
        yield held
