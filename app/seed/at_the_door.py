"""What was jotted down while there, and what stayed the same: on some of the story's visits, different per household."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from app.core.clock import korean_time
from app.follow_ups.rules import ContactMode
from app.visits.rules import Carried, StableField, VisitDetails

EQUIPMENT = (
    "지팡이, 욕실 손잡이", "보행보조차", "가정용 혈압계", "혈당측정기, 약 달력", "워커, 미끄럼방지 매트", "돋보기, 보청기(왼쪽)",
    "이동변기", "전동침대, 욕창 방지 매트리스", "응급안전안심 단말기", "약 달력",
)  # fmt: skip
ONE_IN = 3
"""Of three visits one has notes made while there; of three households one has equipment."""
BETWEEN = timedelta(minutes=9)
SENTENCES = 3
LONGEST = 40


class AtTheDoor:
    """Remembers the record in which a household's equipment was first written."""

    def __init__(self) -> None:
        self._first: dict[int, UUID] = {}

    def complete(self, details: VisitDetails) -> VisitDetails:
        """The same visit with its notes and what was confirmed, where it has any."""
        if details.mode is not ContactMode.FACE:
            return details
        notes = _notes(details) if details.visit_id.int % ONE_IN == 0 else ""
        return replace(details, field_notes=notes, carried=self._carried(details))

    def _carried(self, details: VisitDetails) -> tuple[Carried, ...]:
        if details.household_id % ONE_IN:
            return ()
        text = EQUIPMENT[details.household_id // ONE_IN % len(EQUIPMENT)]
        first = self._first.setdefault(details.household_id, details.visit_id)
        return (Carried(StableField.EQUIPMENT, text, None if first == details.visit_id else first),)


def _notes(details: VisitDetails) -> str:
    """The first sentences of the note as they were jotted down, each with its time."""
    sentences = (details.nursing_note or details.welfare_note).split(". ")[:SENTENCES]
    if details.began_at is None:
        return "\n".join(sentences)
    times = (details.began_at + (place + 1) * BETWEEN for place in range(len(sentences)))
    return "\n".join(
        f"{korean_time(at):%H:%M} {sentence.strip().rstrip('.')[:LONGEST]}"
        for at, sentence in zip(times, sentences, strict=True)
        if sentence.strip()
    )
