"""One household of the benchmark's district as rows of every table that a household has rows in.

The stored answers of the due engine are not among them: the services compute them once all rows are there.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from app.assignments.models import Assignment
from app.assignments.rules import Duty
from app.audit.models import AccessLog
from app.audit.rules import GENESIS, Action, Entry, entry_hash
from app.core.clock import KOREA
from app.follow_ups.models import ContactRow, RuleVersionRow, TermRow
from app.follow_ups.rules import ContactMode
from app.households.models import Household, Member, RiskChange, SafetyFlag, SearchGram
from app.households.rules import FlagKind, FlagRule, HouseholdStatus, Risk, Searchable, grams_of
from app.households.service.stored import household_columns, member_columns
from app.visits.models import Visit, VisitMember, VitalReading
from app.visits.queries import judgements_in_force
from app.visits.rules import Reading, Tried, VisitState, VitalKind, judge
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.benchmarks import bulk, invented
from tests.benchmarks.invented import Told

Columns = dict[str, Any]
Rows = dict[Any, list[Columns]]
REGULAR, MONTHLY, QUARTERLY = "NURSE_REGULAR", "CASE_CHECK_GENERAL", "ISOLATION_LOW"
EVERY = {MONTHLY: 30, QUARTERLY: 91}


@dataclass
class Place:
    """A centre, its staff, and the households it looks after."""

    id: int
    dong: str
    first: int
    """How many households stand before its first one."""
    households: int
    nurses: list[int] = field(default_factory=list)
    workers: list[int] = field(default_factory=list)
    log: tuple[int, str] = (0, GENESIS)
    """Position and hash of the newest row of its access log."""


class Book:
    """What every household is judged by, and the next key of each table that counts its keys."""

    def __init__(self, session: Session, today: date) -> None:
        self.today = today
        self.rules = {row.code: row for row in session.scalars(select(RuleVersionRow))}
        self.judgements = judgements_in_force(session, today)
        self.keys: dict[Any, int] = defaultdict(int)
        session.expunge_all()

    def key(self, model: Any) -> int:
        """The next key of a table."""
        self.keys[model] += 1
        return self.keys[model]


def household_rows(chance: Random, book: Book, place: Place, number: int, visits: int) -> Rows:
    """All rows of the `number`-th household of a place (from 0)."""
    return _Household(chance, book, place, number).rows(visits)


def moment(on: date, hour: int, minute: int = 0) -> datetime:
    """A time of day in Korea."""
    return datetime.combine(on, time(hour, minute), KOREA)


class _Household:
    """Gathers the rows of one household."""

    def __init__(self, chance: Random, book: Book, place: Place, number: int) -> None:
        self.chance, self.book, self.place, self.number = chance, book, place, number
        self.id = book.key(Household)
        person = number * len(place.nurses) // place.households
        self.nurse, self.worker = place.nurses[person], place.workers[person]
        self.since = book.today - timedelta(days=chance.randint(420, 800))
        self.made: Rows = defaultdict(list)

    def rows(self, visits: int) -> Rows:
        details = invented.household_details(self.chance, self.place.id, self.place.dong, self.book.today)
        members = [
            {"id": self.book.key(Member), "household_id": self.id, "position": position, **member_columns(member)}
            for position, member in enumerate(details.members)
        ]
        self.made[Member] = members
        check = self.chance.choice((MONTHLY, QUARTERLY))
        told = invented.history(
            self.chance, self.book.today, visits, [row["id"] for row in members], worker_every=EVERY[check]
        )
        self._household(household_columns(details), members)
        for each in told:
            self._visit(each)
        self._term(REGULAR, members[0]["id"])
        self._term(check, None)
        self._side_rows()
        return self.made

    def _household(self, columns: Columns, members: list[Columns]) -> None:
        names = [member["name"] for member in members]
        number, risk = f"{self.place.dong}-{self.number + 1:04d}", invented.risk(self.chance)
        row = {
            "id": self.id, "number": number, "centre_id": self.place.id, "title": " · ".join(names[:2]),
            "status": HouseholdStatus.ACTIVE, "risk": risk, "risk_since_on": self.since if risk is not Risk.NONE else None,
            "worker_id": self.worker, "nurse_id": self.nurse, "created_at": moment(self.since, 9), "created_by_id": self.worker,
            **columns,
        }  # fmt: skip
        self.made[Household].append(row)
        phones = tuple(phone for phone in (row["phone"], *(member["phone"] for member in members)) if phone)
        years = tuple(member["birth_year"] for member in members if member["birth_year"])
        searched = Searchable(
            number, tuple(names), years, phones, (row["road_address"], row["lot_address"]), row["unit"]
        )
        self.made[SearchGram] = [
            {"centre_id": self.place.id, "gram": gram, "household_id": self.id} for gram in sorted(grams_of(searched))
        ]

    def _visit(self, told: Told) -> None:
        contact, by = told.contact, self.nurse if told.is_nurse else self.worker
        key, began = bulk.random_uuid(self.chance), moment(contact.occurred_on, self.chance.randint(9, 16), 5)
        absent = contact.mode is ContactMode.ABSENT
        shared = {
            "household_id": self.id,
            "occurred_on": contact.occurred_on,
            "mode": contact.mode,
            "purpose": contact.purpose,
            "by_id": by,
        }
        ended = began + timedelta(minutes=25)
        self.made[Visit].append({
            "id": key, "state": VisitState.ABSENT if absent else VisitState.SUBMITTED, "began_at": began,
            "ended_at": None if absent else ended, "typed_at": ended, "received_at": ended, "typed_by_id": by,
            "welfare_note": "" if absent else self.chance.choice(invented.NOTES),
            "nursing_note": self.chance.choice(invented.NURSING) if told.is_nurse and not absent else "",
            "shared_line": self.chance.choice(invented.SHARED) if told.is_nurse and not absent else "",
            "tried": [Tried.BELL.value] if absent else [], "notice_left": absent, **shared,
        })  # fmt: skip
        self.made[ContactRow].append(
            {"id": key, "record_id": key, "member_ids": sorted(contact.members), "recorded_at": ended, **shared}
        )
        self.made[VisitMember] += [{"visit_id": key, "member_id": member} for member in sorted(contact.members)]
        if told.is_nurse and not absent:
            self._readings(key, sorted(contact.members)[0], began + timedelta(minutes=10))
        self._log(Action.LOG_VISIT, f"visit:{key}", by, ended)

    def _readings(self, visit: UUID, member: int, at: datetime) -> None:
        systolic = self.chance.randint(104, 166)
        pressure = {"systolic": Decimal(systolic), "diastolic": Decimal(systolic - self.chance.randint(35, 60))}
        taken = [
            Reading(VitalKind.BLOOD_PRESSURE, member, measured_at=at, **pressure),
            Reading(VitalKind.PULSE, member, value=Decimal(self.chance.randint(58, 96)), measured_at=at),
        ]
        self.made[VitalReading] += [self._reading(visit, reading) for reading in taken]

    def _reading(self, visit: UUID, reading: Reading) -> Columns:
        found = judge(reading, self.book.judgements)
        said = (
            {
                "judgement_code": found.code,
                "judgement_label": found.label,
                "judgement_tone": found.tone.value,
                "judged_by": found.version,
            }
            if found
            else {}
        )
        return {
            "id": self.book.key(VitalReading), "visit_id": visit, "member_id": reading.member_id, "kind": reading.kind,
            "value": reading.value, "systolic": reading.systolic, "diastolic": reading.diastolic,
            "measured_at": reading.measured_at, **NO_JUDGEMENT, **said,
        }  # fmt: skip

    def _term(self, code: str, member: int | None) -> None:
        by = self.nurse if member else self.worker
        self.made[TermRow].append({
            "id": self.book.key(TermRow), "household_id": self.id, "member_id": member,
            "rule_version_id": self.book.rules[code].id, "starts_on": self.since, "note": "처음 정함", "set_by_id": by,
            "set_at": moment(self.since, 17),
        })  # fmt: skip

    def _side_rows(self) -> None:
        """Assignments, the judgement of risk, and here and there a safety flag."""
        set_by = {
            "from_on": self.since,
            "reason": "신규 등록",
            "set_by_id": self.worker,
            "set_at": moment(self.since, 9),
        }
        for duty, account in ((Duty.NURSE, self.nurse), (Duty.WORKER, self.worker)):
            key = self.book.key(Assignment)
            self.made[Assignment].append(
                {"id": key, "household_id": self.id, "duty": duty, "account_id": account, **set_by}
            )
        risk = self.made[Household][0]["risk"]
        if risk is not Risk.NONE:
            self.made[RiskChange].append({
                "id": self.book.key(RiskChange), "household_id": self.id, "risk": risk, "reason": "혼자 지내고 거동이 불편함",
                "on": self.since, "by_id": self.worker,
            })  # fmt: skip
        if self.chance.random() < 0.08:
            self.made[SafetyFlag].append({
                "id": self.book.key(SafetyFlag), "household_id": self.id, "kind": FlagKind.LARGE_DOG, "rule": FlagRule.PAIR,
                "basis": "마당에 큰 개를 묶지 않음", "instruction": "전화하고 나서 대문 열기", "set_on": self.since,
                "set_by_id": self.worker, "review_on": self.book.today + timedelta(days=90),
            })  # fmt: skip

    def _log(self, action: Action, subject: str, by: int, at: datetime) -> None:
        """One row of the centre's access log, chained to the one before."""
        position, before = self.place.log
        entry = Entry(
            f"centre-{self.place.id}",
            position + 1,
            at,
            by,
            "10.20.0.7",
            "tablet",
            "",
            action,
            subject,
            self.id,
            1,
            "",
            "",
        )
        digest = entry_hash(entry, before)
        values = {name: getattr(entry, name) for name in Entry.__slots__}
        self.made[AccessLog].append({"id": self.book.key(AccessLog), **values, "hash_before": before, "hash": digest})
        self.place.log = (entry.position, digest)


NO_JUDGEMENT = {"judgement_code": "", "judgement_label": "", "judgement_tone": "", "judged_by": ""}
