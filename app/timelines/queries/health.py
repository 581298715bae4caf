"""Problems, results of instruments and registrations on the line of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from uuid import UUID

from app.assessments.queries import Result, series_of
from app.care.models import ProblemRating
from app.care.queries import ProblemLine, rating_words, values_of
from app.care_groups.models import Registration
from app.timelines.queries.words import noon
from app.timelines.rules import Door, Event, EventKind


def problems(lines: Sequence[ProblemLine]) -> Iterator[Event]:
    """What was opened, rated otherwise and closed; what one person did with several at once is one line."""
    opened, changed = defaultdict(list), defaultdict(list)
    for line in lines:
        title, row = f"{line.kind.label} · {line.whose}", line.row
        opened[row.opened_on, row.opened_by.name].append((title, row.signs))
        for rating, words in _changes(line):
            changed[rating.rated_on, rating.by.name, rating.visit_id].append((f"{title} {words}", rating.note))
        if row.closed_on is not None:
            closer = (row.closed_by.name,) if row.closed_by else ()
            yield Event(
                EventKind.HEALTH, noon(row.closed_on), f"문제 종결 {title}", line.closed_because, "ok", "check",
                tags=closer,
            )  # fmt: skip
    for (on, by), told in opened.items():
        yield _told(on, by, told, "문제", "열림")
    for (on, by, visit_id), told in changed.items():
        yield _told(on, by, told, "문제 평가", "바뀜", visit_id=visit_id)


def _told(
    on: date, by: str, told: Sequence[tuple[str, str]], first: str, many: str, *, visit_id: UUID | None = None
) -> Event:
    """One thing by its name with its words below, several by their number with their names below."""
    opens = Door("visits.show_visit", {"visit_id": visit_id}) if visit_id else None
    title, text = f"{first} {len(told)}건 {many}", "\n".join(title for title, _text in told)
    if len(told) == 1:
        title, text = f"{first} {told[0][0]}", told[0][1]
    return Event(EventKind.HEALTH, noon(on), title, text, icon="flag", opens=opens, tags=(by,))


def _changes(line: ProblemLine) -> Iterator[tuple[ProblemRating, str]]:
    """Each rating that differs from the one before, with both said; one that does not is told by its visit."""
    for before, rating in pairwise(line.ratings):
        was, now = values_of(before), values_of(rating)
        if was != now:
            yield rating, rating_words(now, was)


def band_changes(results: Sequence[Result]) -> Iterator[Event]:
    """Each first result, and each that fell into another band: «PHQ-9 우울 7점 가벼움 → 14점 중간 ▲»."""
    for change in (each for series in series_of(results) for each in series.changes if each.is_new_band):
        row, band = change.result.row, change.result.band
        whose = (row.member.name,) if row.member else ()
        tone = "warn" if change.is_worse else "ok" if change.before else ""
        opens = Door(
            "assessments.show_assessment", {"household_id": row.household_id, "assessment_id": row.id}
        )  # fmt: skip
        yield Event(
            EventKind.HEALTH, noon(row.assessed_on), change.words, band.advice if band else "", tone, "report",
            opens=opens, tags=(*whose, row.by.name),
        )  # fmt: skip


def registrations(rows: Sequence[Registration]) -> Iterator[Event]:
    """When somebody was registered with a programme and discharged from it."""
    for row in rows:
        name, who = row.programme.label, row.member.name
        tags = (who, row.by.name)
        yield Event(EventKind.HEALTH, noon(row.registered_on), f"{name} 등록", icon="edit", tags=tags)
        if row.discharged_on is not None:
            by = (row.discharged_by.name,) if row.discharged_by else ()
            why = row.discharge_reason.label if row.discharge_reason else ""
            yield Event(EventKind.HEALTH, noon(row.discharged_on), f"{name} 퇴록", why, icon="close", tags=(who, *by))
