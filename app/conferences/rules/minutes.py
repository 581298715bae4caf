"""Minutes as they are typed, and what they lack before somebody may confirm them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from app.cases.rules import CaseClass, CaseStage
from app.conferences.rules.attending import Attendee, unclear
from app.conferences.rules.decisions import refusal, row_of
from app.conferences.rules.vocabulary import Decision, Matter

MOST_ITEMS = 40
"""More households than a day of conferences decides about."""
NO_ITEMS = "안건이 없습니다. 안건을 먼저 더해 주세요."
NO_ATTENDEES = "참석한 사람을 먼저 적어 주세요."
NOT_HELD = "아직 열리지 않은 회의입니다. 회의일이 지난 뒤 확정합니다."
NO_DECISION = "결정을 골라 주세요. 정하지 못했으면 ‘다음 회의로’를 고릅니다."
WORDS_NEEDED = "왜 이렇게 정했는지 ‘결정 내용’에 적어 주세요."


@dataclass(frozen=True, slots=True)
class Closing:
    """What a closure asks for besides the note, as `cases.service.ClosureDetails` wants it."""

    reason: str = ""
    goals: str = ""
    attempts: str = ""
    recheck_on: date | None = None

    def stored(self) -> dict[str, str]:
        """As the agenda keeps it; nothing where nothing was typed."""
        kept = {"reason": self.reason, "goals": self.goals, "attempts": self.attempts,
                "recheck_on": self.recheck_on.isoformat() if self.recheck_on else ""}  # fmt: skip
        return kept if any(kept.values()) else {}


def read_closing(stored: Mapping[str, str]) -> Closing:
    """What a closure asks for, as it was stored."""
    again = stored.get("recheck_on", "")
    return Closing(
        stored.get("reason", ""), stored.get("goals", ""), stored.get("attempts", ""),
        date.fromisoformat(again) if again else None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One household of the agenda as it stands on the page. `seen`: how its case stood when the page was drawn."""

    item_id: int
    matter: Matter
    summary: str = ""
    said: str = ""
    decision: Decision | None = None
    note: str = ""
    closing: Closing = Closing()
    seen: str = ""


@dataclass(frozen=True, slots=True)
class MinutesDraft:
    """All that is typed about a conference; of the agenda those items that the page shows."""

    held_on: date
    began: time | None = None
    ended: time | None = None
    place: str = ""
    attendees: tuple[Attendee, ...] = ()
    opening: str = ""
    items: tuple[ItemDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How the case of an agenda item stands, and what was decided about it."""

    item_id: int
    decision: Decision | None
    note: str
    stage: CaseStage
    case_class: CaseClass | None


@dataclass(frozen=True, slots=True)
class Gaps:
    """What minutes lack: of the whole, and by agenda item. Empty: they may be confirmed."""

    whole: tuple[str, ...] = ()
    items: Mapping[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.whole or self.items)


def gaps_of(held_on: date, *, attendees: tuple[Attendee, ...], items: tuple[Standing, ...], today: date) -> Gaps:
    """What is missing before minutes can be confirmed on a day: the day itself, people, an agenda, each decision."""
    strangers = ", ".join(unclear(attendees))
    whole = (
        NOT_HELD if held_on > today else "", "" if attendees else NO_ATTENDEES,
        f"어느 기관에서 왔는지 적어 주세요: {strangers}." if strangers else "", "" if items else NO_ITEMS,
    )  # fmt: skip
    of_items = {each.item_id: gap for each in items if (gap := gap_of(each))}
    return Gaps(tuple(text for text in whole if text), of_items)


def gap_of(item: Standing) -> str | None:
    """What one item lacks, in Korean; None when its decision can be carried out as far as the table knows."""
    if item.decision is None:
        return NO_DECISION
    refused = refusal(item.decision, item.stage, item.case_class)
    row = row_of(item.decision, item.stage, item.case_class)
    if refused or row is None:
        return refused
    return WORDS_NEEDED if row.needs_words and not item.note.strip() else None
