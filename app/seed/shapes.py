"""What a planned story consists of. Values of closed lists are the strings the database stores; keys are ours.

Every `_on` is a date in Korea, every `_at` an aware datetime in Korean time (UTC+9).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

KST = timezone(timedelta(hours=9), "KST")


@dataclass(frozen=True, slots=True)
class CentrePlan:
    """동 행정복지센터. `code` stands before household numbers; `phone` is from a range that no subscriber has."""

    key: str
    code: str
    name: str
    dong: str
    phone: str


@dataclass(frozen=True, slots=True)
class StaffPlan:
    """One account. `centre` is None for the people of the 구청. `title` is what the job is called in Korean."""

    login: str
    name: str
    role: str
    centre: str | None
    title: str


@dataclass(frozen=True, slots=True)
class MemberPlan:
    """가구원; the first one of a household is its head. `conditions` steer vitals and notes and are not stored."""

    key: str
    name: str
    sex: str
    birth_on: date
    relation: str
    phone: str = ""
    note: str = ""
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DwellingPlan:
    """Where they live and how to get to the door."""

    kind: str
    road_address: str
    lot_address: str
    unit: str
    approach: str


@dataclass(frozen=True, slots=True)
class RiskPlan:
    """One judgement of risk with its reason."""

    level: str
    reason: str
    judged_on: date


@dataclass(frozen=True, slots=True)
class FlagPlan:
    """A safety flag; `ended_on` with `ended_because` once it no longer stands."""

    kind: str
    rule: str
    basis: str
    instruction: str
    set_on: date
    set_by: str
    review_on: date
    ended_on: date | None = None
    ended_because: str = ""


@dataclass(frozen=True, slots=True)
class ClosurePlan:
    """Why nobody goes there any more. `reason` is MOVED, DIED, FACILITY, IMPROVED or REFUSED."""

    closed_on: date
    reason: str
    note: str
    closed_by: str


@dataclass(frozen=True, slots=True)
class HouseholdPlan:
    """가구, with `risks` from the oldest judgement to the one that stands."""

    key: str
    centre: str
    registered_on: date
    household_type: str
    benefits: tuple[str, ...]
    health_ground: str | None
    dwelling: DwellingPlan
    phone: str
    emergency_contact: str
    note: str
    members: tuple[MemberPlan, ...]
    risks: tuple[RiskPlan, ...]
    flags: tuple[FlagPlan, ...] = ()
    closure: ClosurePlan | None = None


@dataclass(frozen=True, slots=True)
class AssignmentPlan:
    """Who is responsible (`duty` WORKER or NURSE) from `from_on`; `until_on` is the last day, None when standing."""

    household: str
    duty: str
    login: str
    from_on: date
    until_on: date | None
    reason: str
    set_by: str


@dataclass(frozen=True, slots=True)
class CoverPlan:
    """One colleague stands in for another, both days included."""

    absent: str
    by: str
    from_on: date
    until_on: date
    reason: str
    set_by: str


@dataclass(frozen=True, slots=True)
class CareGroupPlan:
    """A member's care group from a day on: INTENSIVE, REGULAR or SELF_CARE. A later one ends the earlier one."""

    household: str
    member: str
    group: str
    starts_on: date
    reason: str
    set_by: str


@dataclass(frozen=True, slots=True)
class TermPlan:
    """A household's welfare rule by its code.

    ONCE rules (LINKAGE_CHECK, PROMISE) carry `promised_on`, made on `starts_on`. Promises made on a visit are on
    the visit and are not repeated here.
    """

    household: str
    rule: str
    starts_on: date
    ends_on: date | None
    reason: str
    set_by: str
    promised_on: date | None = None


@dataclass(frozen=True, slots=True)
class VitalsPlan:
    """One member's vitals on one visit. Units: mmHg, /min, ℃, %, mg/dL, kg, cm, NRS 0–10.

    `blood_pressure` holds one (systolic, diastolic), two where the first had to be measured again.
    `glucose` holds one value, two where it was checked again after 15 minutes, all in `glucose_context`.
    `not_taken` maps a kind to REFUSED, IMPOSSIBLE or NO_DEVICE.
    """

    member: str
    blood_pressure: tuple[tuple[int, int], ...] = ()
    arm: str = "RIGHT"
    posture: str = "SITTING"
    pulse: int | None = None
    respiration: int | None = None
    temperature: Decimal | None = None
    spo2: int | None = None
    glucose: tuple[int, ...] = ()
    glucose_context: str = ""
    hba1c: Decimal | None = None
    weight: Decimal | None = None
    height: Decimal | None = None
    waist: Decimal | None = None
    pain: int | None = None
    not_taken: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CrisisPlan:
    """What was asked and done about one member's dangerous value; no `symptoms` means that there were none."""

    member: str
    symptoms: tuple[str, ...]
    action: str
    note: str


@dataclass(frozen=True, slots=True)
class AbsencePlan:
    """What was tried when nobody opened or answered, and a line about it; such a visit has no other note.

    `tried` is a subset of BELL, KNOCK, PHONE, never empty.
    """

    tried: tuple[str, ...]
    note: str
    notice_left: bool = False
    neighbour_asked: str = ""


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """One visit or contact. `members` were reached; nobody is on absences, unanswered calls, letters and neighbours.

    `companion` is the second person of a two-person or joint visit, by login. `alone_reason` is given when a
    two-person household was visited alone all the same.
    """

    id: UUID
    household: str
    by: str
    companion: str | None
    alone_reason: str
    mode: str
    purpose: str
    began_at: datetime
    ended_at: datetime
    typed_at: datetime
    members: tuple[str, ...]
    welfare_note: str = ""
    nursing_note: str = ""
    shared_line: str = ""
    vitals: tuple[VitalsPlan, ...] = ()
    crisis: CrisisPlan | None = None
    absence: AbsencePlan | None = None
    promised_on: date | None = None
    promise_note: str = ""
    told_to: str = ""

    @property
    def occurred_on(self) -> date:
        return self.began_at.date()


@dataclass(frozen=True, slots=True)
class CorrectionPlan:
    """A submitted visit put right: the texts and vitals that stand afterwards, and why. None means: as before."""

    visit: UUID
    corrected_at: datetime
    by: str
    reason: str
    welfare_note: str | None = None
    nursing_note: str | None = None
    vitals: tuple[VitalsPlan, ...] | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Everything there is to load, in an order in which it can be loaded; visits are sorted by when they began."""

    today: date
    seed: int
    district: str
    centres: tuple[CentrePlan, ...]
    staff: tuple[StaffPlan, ...]
    households: tuple[HouseholdPlan, ...]
    assignments: tuple[AssignmentPlan, ...]
    covers: tuple[CoverPlan, ...]
    care_groups: tuple[CareGroupPlan, ...]
    terms: tuple[TermPlan, ...]
    visits: tuple[VisitPlan, ...]
    corrections: tuple[CorrectionPlan, ...]
