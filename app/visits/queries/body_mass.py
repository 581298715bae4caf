"""The body mass index of a weight, with the height that was known on that day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from app.visits.models import VitalReading
from app.visits.queries.vitals import judgements_in_force, last_values
from app.visits.rules import Judgement, Measure, VitalKind, body_mass_index, judge_bmi, show_with_unit


@dataclass(frozen=True, slots=True)
class BodyMass:
    """An index in kg/m² and what the table says of it."""

    value: Decimal
    height: str
    """«153.0cm»."""
    is_measured_with: bool
    """The height is one of the readings themselves; otherwise it was measured before."""
    judgement: Judgement | None


def body_masses(session: Session, readings: Iterable[VitalReading], *, until: date) -> dict[int, BodyMass]:
    """The index of everybody whose weight is among the readings, by member; by the table of `until`.

    Whose height is not among them is taken at the newest one measured by `until`; without any there is no index.
    """
    taken = {(row.member_id, row.kind): row.value for row in readings if row.value}
    weights = {member_id: value for (member_id, kind), value in taken.items() if kind is VitalKind.WEIGHT}
    if not weights:
        return {}
    known = {**last_values(session, weights, until=until), **taken}
    table, found = judgements_in_force(session, until), {}
    for member_id, weight in weights.items():
        if height := known.get((member_id, VitalKind.HEIGHT)):
            found[member_id] = BodyMass(
                body_mass_index(weight_kg=weight, height_cm=height), show_with_unit(Measure.HEIGHT, height),
                (member_id, VitalKind.HEIGHT) in taken, judge_bmi(table, weight_kg=weight, height_cm=height),
            )  # fmt: skip
    return found
