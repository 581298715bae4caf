"""The trend of one person's vitals: blood pressure, glucose and weight, as one drawing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from app.reports.documents.charts import Panel, Series, draw_panels
from app.reports.rules.case_report import ReadingFacts

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

HIGH_SYSTOLIC = 140
HIGH_DIASTOLIC = 90
"""mmHg. From here blood pressure is called high (대한고혈압학회 고혈압 진료지침)."""


def vitals_trend(readings: Sequence[ReadingFacts], *, width: float, height: float) -> Drawing | None:
    """What was measured at least twice, in `width` by `height` points; None when nothing was."""
    panels = list(_panels(sorted(readings, key=lambda reading: reading.measured_at)))
    return draw_panels(panels, width=width, height=height) if panels else None


def _panels(readings: Sequence[ReadingFacts]) -> Iterator[Panel]:
    pressure = (
        _series("수축기", readings, lambda reading: reading.systolic, HIGH_SYSTOLIC),
        _series("이완기", readings, lambda reading: reading.diastolic, HIGH_DIASTOLIC),
    )
    glucose = _series("혈당", readings, lambda reading: reading.glucose)
    weight = _series("체중", readings, lambda reading: reading.weight)
    if all(len(series.points) > 1 for series in pressure):
        yield Panel("혈압 (mmHg)", pressure, share=1.5)
    if len(glucose.points) > 1:
        yield Panel("혈당 (mg/dL)", (glucose,))
    if len(weight.points) > 1:
        yield Panel("체중 (kg)", (weight,))


def _series(
    name: str,
    readings: Sequence[ReadingFacts],
    measured: Callable[[ReadingFacts], float | None],
    high: float | None = None,
) -> Series:
    values = ((reading.measured_at, measured(reading)) for reading in readings)
    return Series(name, tuple((at, value) for at, value in values if value is not None), high)
