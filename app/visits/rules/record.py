"""What a visit form yields: facts as they were typed, before anything is looked up or stored."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from app.care.rules import CareDetails
from app.core.labelled import Labelled
from app.follow_ups.rules import ContactMode, Purpose
from app.visits.rules.alarms import ActionTaken, SymptomCheck
from app.visits.rules.carried import Carried
from app.visits.rules.vitals import Reading

_KOREA = ZoneInfo("Asia/Seoul")


class Tried(Labelled):
    """What was tried at a door that stayed shut."""

    BELL = "BELL", "초인종"
    KNOCK = "KNOCK", "문 두드림"
    CALLED_OUT = "CALLED_OUT", "부르기"
    PHONE = "PHONE", "전화"


@dataclass(frozen=True, slots=True)
class VisitDetails:
    """One contact with a household as typed; the device makes `visit_id`, so that sending twice is harmless.

    `began_at` and `ended_at` are aware moments and may be unknown in a record typed later. `companion_ids` are
    the accounts that went along. Texts are kept as typed, in NFC and with plain line ends.
    """

    visit_id: UUID
    household_id: int
    occurred_on: date
    mode: ContactMode
    purpose: Purpose
    began_at: datetime | None = None
    ended_at: datetime | None = None
    members_seen: frozenset[int] = frozenset()
    companion_ids: frozenset[int] = frozenset()
    place: str = ""
    welfare_note: str = ""
    nursing_note: str = ""
    shared_line: str = ""
    readings: tuple[Reading, ...] = ()
    symptom_checks: tuple[SymptomCheck, ...] = ()
    actions_taken: tuple[ActionTaken, ...] = ()
    promised_on: date | None = None
    promise_note: str = ""
    next_visit_reason: str = ""
    told_to: str = ""
    companion_name: str = ""
    """Somebody without an account who went along."""
    alone_because: str = ""
    """Why it was made alone where two must go."""
    field_notes: str = ""
    """현장 메모: written while there. It is kept as it was, whatever is corrected later."""
    carried: tuple[Carried, ...] = ()
    care: CareDetails | None = None
    """What was done, rated and checked; None where the form did not ask."""

    def __post_init__(self) -> None:
        _keep_texts(self)

    def member_of(self, member_id: int | None) -> int | None:
        """Whose reading it is: the one named, or the only member seen; None when that cannot be told."""
        if member_id is None and len(self.members_seen) == 1:
            return next(iter(self.members_seen))
        return member_id


@dataclass(frozen=True, slots=True)
class AbsenceDetails:
    """Nobody was met: what was tried, what was left behind, whom among the neighbours one asked.

    `at` is the aware moment at the door (or on the telephone, with `mode` NO_ANSWER).
    """

    visit_id: UUID
    household_id: int
    occurred_on: date
    at: datetime | None = None
    purpose: Purpose = Purpose.WELFARE
    mode: ContactMode = ContactMode.ABSENT
    tried: frozenset[Tried] = frozenset()
    notice_left: bool = False
    neighbour_asked: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        _keep_texts(self)


def keep_text(typed: str) -> str:
    """`typed` as it is stored: NFC, so that a search finds it, and single newlines; nothing is trimmed."""
    return unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n"))


def korean_date(moment: datetime) -> date:
    """The calendar date in Korea at an aware `moment`; ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(_KOREA).date()


def days_late(occurred_on: date, typed_at: datetime) -> int:
    """Whole Korean calendar days between the visit and its typing; 0 when typed on the day."""
    return max((korean_date(typed_at) - occurred_on).days, 0)


def lateness(occurred_on: date, typed_at: datetime) -> str | None:
    """«사후 입력 2일 뒤» when a visit was typed on a later Korean day than it happened, else None."""
    days = days_late(occurred_on, typed_at)
    return f"사후 입력 {days}일 뒤" if days else None


def _keep_texts(record: VisitDetails | AbsenceDetails) -> None:
    for field in fields(record):
        typed = getattr(record, field.name)
        if type(typed) is str:  # not an enum, which is a str as well
            object.__setattr__(record, field.name, keep_text(typed))
