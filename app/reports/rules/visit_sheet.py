"""The facts of the visit record (F05, 방문기록지): one sheet for each visit, as it was made at the door.

Two forms, 복지 and 간호, of one record. Which fields an official form has could not be seen; these are the facts of
visit verification (who, for whom, where, when from and to, what), the three times of our records, and what
간호기록부 is commonly held to contain (의료법 시행규칙 names them; the wording was not at hand: confidence medium).
What the reader may not see is not in here at all; `nursing_withheld` says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.core.labelled import Labelled
from app.reports.rules.letterhead import Letterhead
from app.reports.rules.register import ReportCode
from app.reports.rules.values import Address, Age, PersonName, Phone, Prose
from app.visits.rules.trends import Trend


class SheetForm(Labelled):
    """Whose record is written on it."""

    WELFARE = "WELFARE", "복지"
    NURSING = "NURSING", "간호"

    @property
    def heading(self) -> str:
        return f"방문기록지({self.label})"


class EmptyWord(Labelled):
    """What an empty field says. A person chooses: nothing is blank by accident."""

    NONE = "NONE", "해당 없음"
    UNKNOWN = "UNKNOWN", "미확인"


@dataclass(frozen=True, slots=True)
class SheetWishes:
    """How somebody wants visit records printed. Without a form each goes on that of whoever made the record."""

    form: SheetForm | None = None
    empty: EmptyWord = EmptyWord.NONE
    blanks: tuple[SheetForm, ...] = ()
    with_photos: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMemberFacts:
    name: PersonName
    relation: str
    sex: str
    age: Age
    was_seen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VitalLineFacts:
    """One measurement, or why there is none."""

    member: PersonName
    kind: str
    """«혈압», «식후 2시간 혈당»."""
    value: str
    """With its unit: «152/88 mmHg»; «거부», «LO»."""
    measured_at: datetime
    judged: str
    """As it was shown on the day, with how it was taken: «고혈압 1기 범위», «왼팔 · 앉아서»."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberTrendFacts:
    member: PersonName
    trends: tuple[Trend, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedFacts:
    """A line that names what it is about and says it: a symptom check, an action, a point of the medicine check."""

    member: PersonName
    what: str
    said: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneFacts:
    """One intervention, or one problem rated."""

    kind: str
    what: str
    member: PersonName
    problem: str
    note: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreFacts:
    instrument: str
    member: PersonName
    total: str
    band: str
    note: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionFacts:
    number: int
    at: datetime
    by: str
    reason: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureFacts:
    """A signature as it was drawn; strokes are lists of x, y one after the other, within `width` by `height`."""

    signer: PersonName
    signed_at: datetime
    state: str
    """How it stands to the text today: «서명한 글 그대로», «서명 뒤 정정됨»."""
    width: float
    height: float
    strokes: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFacts:
    """A photo with its picture, so that the paper opens again as it was when the file is gone."""

    caption: Prose
    taken_at: datetime
    by: str
    jpeg: str
    """The small picture in base 64."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """One visit on one form."""

    form: SheetForm
    number: str
    name: PersonName
    address: Address
    phone: Phone
    household_type: str
    benefits: tuple[str, ...]
    risk: str
    worker: str
    nurse: str
    members: tuple[SheetMemberFacts, ...]
    occurred_on: date
    began_at: datetime
    ended_at: datetime | None
    typed_at: datetime
    received_at: datetime
    mode: str
    purpose: str
    place: Prose
    visited_by: tuple[str, ...]
    """Who made the record, then who wrote the other note of a joint visit; with their duties."""
    companions: tuple[str, ...] = ()
    alone_because: Prose = ""
    late: str = ""
    voided: Prose = ""
    """Why, by whom and when it was taken back; empty for a record that counts."""
    absence: tuple[NotedFacts, ...] = ()
    welfare_note: Prose = ""
    shared_line: Prose = ""
    nursing_note: Prose = ""
    nursing_withheld: str = ""
    vitals: tuple[VitalLineFacts, ...] = ()
    trends: tuple[MemberTrendFacts, ...] = ()
    alarms: tuple[NotedFacts, ...] = ()
    """Symptoms asked for and what was done about alarming readings."""
    done: tuple[DoneFacts, ...] = ()
    medicines: tuple[NotedFacts, ...] = ()
    scores: tuple[ScoreFacts, ...] = ()
    promised_on: date | None = None
    promise_note: Prose = ""
    next_visit_reason: Prose = ""
    told_to: Prose = ""
    corrections: tuple[CorrectionFacts, ...] = ()
    signatures: tuple[SignatureFacts, ...] = ()
    photos: tuple[PhotoFacts, ...] = ()
    """Only where somebody asked for them on a paper that hides nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitSheetFacts:
    code: ClassVar[ReportCode] = ReportCode.VISIT_SHEET

    letterhead: Letterhead
    subject: str
    """Which visits on which forms, as one key: by it the copies of a paper are counted."""
    empty: EmptyWord
    sheets: tuple[SheetFacts, ...] = ()
    """In the order of the day."""
    blanks: tuple[SheetForm, ...] = ()
    """Forms to be filled in by hand."""
