"""Two writers on one record (공동방문): whose words are whose, and what the visit then was. Pure.

Each profession has its own note on the record. Where both wrote into the same text all the same, the words of the one
who joined stand below a heading of their own (in a note) or on a line of their own (in a line), so that on the page
and on paper nothing is lost, and either can be corrected without touching the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from app.core.labelled import Labelled
from app.follow_ups.rules import ContactMode, Profession, Purpose
from app.visits.rules.record import VisitDetails

HEADING = "〔함께 간 사람의 기록〕"
_BETWEEN = f"\n\n{HEADING}\n"
OWNERS = {"welfare_note": Profession.WORKER, "nursing_note": Profession.NURSE}
"""The profession whose note it is."""
SHARED_TEXTS = (*OWNERS, "shared_line", "field_notes")
"""Texts in which two writers may have a part each."""
IN_PERSON = frozenset({ContactMode.FACE, ContactMode.OFFICE})
"""Ways of contact at which two people can be together."""
_PURPOSE_OF = {Profession.NURSE: Purpose.NURSING, Profession.WORKER: Purpose.WELFARE}


class VersionAct(Labelled):
    """What made a new version of a record, where it was no correction."""

    SECOND_NOTE = "SECOND_NOTE", "함께 간 사람의 기록을 더함"
    VOID = "VOID", "무효로 함"
    REVIVE = "REVIVE", "되살림"


@dataclass(frozen=True, slots=True)
class Parts:
    """One text of a record by who wrote it: whoever made the record, and whoever joined."""

    first: str = ""
    second: str = ""


def split_text(name: str, text: str, second: Profession | None) -> Parts:
    """The parts of the text `name` of a record that somebody of the profession `second` joined (None: nobody).

    A note without a heading is wholly that of the writer whose profession it belongs to.
    """
    if second is None:
        return Parts(first=text)
    if name == "shared_line":
        first, _line_end, line = text.rpartition("\n") if "\n" in text else (text, "", "")
        return Parts(first, line)
    first, heading, joined = text.rpartition(_BETWEEN)
    if heading:
        return Parts(first, joined)
    return Parts(second=text) if OWNERS.get(name) is second else Parts(first=text)


def join_text(name: str, parts: Parts, second: Profession | None) -> str:
    """One text out of what either wrote; `split_text` gives the parts back."""
    if second is None:
        return parts.first
    if name == "shared_line":
        first, line = _one_line(parts.first), _one_line(parts.second)
        return f"{first}\n{line}" if line else first
    lone, other = (parts.second, parts.first) if OWNERS.get(name) is second else (parts.first, parts.second)
    return f"{parts.first}{_BETWEEN}{parts.second}" if other.strip() else lone


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())


def joint_purpose(first: Purpose, second: Profession) -> Purpose:
    """What a visit was for, now that somebody of the profession `second` did their part at it as well.

    Nursing and welfare together are a joint visit, which counts as both; looking in on somebody (안부확인) becomes what
    was done besides.
    """
    added = _PURPOSE_OF[second]
    if first is Purpose.CHECK_IN:
        return added
    return first if first in (added, Purpose.JOINT) else Purpose.JOINT


def beside(standing: VisitDetails, typed: VisitDetails, second: Profession) -> VisitDetails:
    """What somebody typed about a visit that a colleague's record tells of, as their part of that record.

    When and how it was stays as the record says; who was seen is added up. What has no place of its own there (another
    place, whom they told) becomes lines of their own note.
    """
    note = next(name for name, owner in OWNERS.items() if owner is second)
    extras = [f"{label}: {' '.join(text.split())}" for label, text in _without_place(standing, typed) if text.strip()]
    texts: dict[str, Any] = {note: "\n".join(filter(None, (getattr(typed, note), *extras)))}
    return replace(
        typed, visit_id=standing.visit_id, occurred_on=standing.occurred_on, mode=standing.mode,
        began_at=standing.began_at, ended_at=standing.ended_at, place=standing.place, told_to=standing.told_to,
        members_seen=standing.members_seen | typed.members_seen,
        companion_ids=standing.companion_ids, companion_name=standing.companion_name,
        alone_because=standing.alone_because, **texts,
    )  # fmt: skip


def _without_place(standing: VisitDetails, typed: VisitDetails) -> list[tuple[str, str]]:
    return [
        ("장소", typed.place if typed.place != standing.place else ""),
        ("알린 사람", typed.told_to if typed.told_to != standing.told_to else ""),
    ]
