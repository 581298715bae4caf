"""Tables of the record made at the door."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.core.database import Base
from app.follow_ups.rules import ContactMode, Purpose
from app.households.models import Household, Member, OfHousehold
from app.visits.rules import (
    Arm,
    GlucoseContext,
    MeterFlag,
    NationalSystem,
    NotMeasured,
    PlannedState,
    Position,
    VisitState,
    VitalKind,
)
from app.visits.rules.second_notes import VersionAct


class Visit(OfHousehold, Base):
    """방문 기록. The id is made by the tablet, so that sending it twice records it once."""

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_household", "household_id", "began_at"),
        Index("ix_visit_by", "by_id", "occurred_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    state: Mapped[VisitState]
    mode: Mapped[ContactMode]
    purpose: Mapped[Purpose]
    occurred_on: Mapped[date]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    typed_at: Mapped[datetime]
    """When writing began on the device."""
    received_at: Mapped[datetime]
    """When the server got it. With `began_at` and `typed_at` the three times of every record."""
    place: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    typed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    companion_ids: Mapped[list[Any]] = mapped_column(default=list)
    """Accounts that went along (동행)."""
    welfare_note: Mapped[str] = mapped_column(default="")
    nursing_note: Mapped[str] = mapped_column(default="")
    shared_line: Mapped[str] = mapped_column(default="")
    """The nurse's one line that the welfare side may read."""
    symptom_checks: Mapped[list[Any]] = mapped_column(default=list)
    """[{member_id, symptoms}]; a check without symptoms means «없음 확인»."""
    actions_taken: Mapped[list[Any]] = mapped_column(default=list)
    """[{member_id, action, note}]: what was done about alarming readings."""
    tried: Mapped[list[str]] = mapped_column(default=list)
    """Absence: what was tried (bell, phone …)."""
    notice_left: Mapped[bool] = mapped_column(default=False)
    neighbour_asked: Mapped[str] = mapped_column(default="")
    """What neighbours or the caretaker said; empty when nobody was asked."""
    absence_note: Mapped[str] = mapped_column(default="")
    promised_on: Mapped[date | None]
    promise_note: Mapped[str] = mapped_column(default="")
    next_visit_reason: Mapped[str] = mapped_column(default="")
    """Why the promised day is later than the proposed one."""
    told_to: Mapped[str] = mapped_column(default="")
    field_notes: Mapped[str] = mapped_column(default="")
    """현장 메모: free lines written while there, before the record was put in order."""
    carried: Mapped[list[Any]] = mapped_column(default=list)
    """[{name, text, from_visit_id}]: stable fields carried over from an earlier record and confirmed."""
    companion_name: Mapped[str] = mapped_column(default="")
    """Somebody without an account who went along: police, 통장, another agency."""
    alone_because: Mapped[str] = mapped_column(default="")
    """Why it was made alone where two must go; empty when it was not."""
    cancelled_because: Mapped[str] = mapped_column(default="")
    """CANCELLED: why it did not take place after it was begun."""
    second_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Joint visit: the colleague of the other profession who wrote the other note."""
    second_typed_at: Mapped[datetime | None]
    second_received_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    """Taken back as a whole, with a reason: it counts for nothing and stays on record."""
    voided_because: Mapped[str] = mapped_column(default="")
    voided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    household: Mapped[Household] = relationship()
    second_by: Mapped[Account | None] = relationship(foreign_keys=[second_by_id])
    voided_by: Mapped[Account | None] = relationship(foreign_keys=[voided_by_id])
    by: Mapped[Account] = relationship(foreign_keys=[by_id])
    typed_by: Mapped[Account] = relationship(foreign_keys=[typed_by_id])
    attendances: Mapped[list[VisitMember]] = relationship(back_populates="visit", cascade="all, delete-orphan")
    readings: Mapped[list[VitalReading]] = relationship(
        back_populates="visit", order_by="VitalReading.id", cascade="all, delete-orphan"
    )
    versions: Mapped[list[VisitVersion]] = relationship(back_populates="visit", order_by="VisitVersion.number")
    """Everything that stood here before: corrections, and what else made a new version."""

    @property
    def corrections(self) -> list[VisitVersion]:
        """The versions that a correction (정정) overwrote, oldest first."""
        return [version for version in self.versions if version.act is None]

    @property
    def counts(self) -> bool:
        """Whether it says something that happened: neither taken back nor cancelled."""
        return self.voided_at is None and self.state is not VisitState.CANCELLED


class VisitMember(Base):
    """A member who was seen on a visit."""

    __tablename__ = "visit_member"

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)

    visit: Mapped[Visit] = relationship(back_populates="attendances")
    member: Mapped[Member] = relationship()


class VitalReading(Base):
    """One measurement, with the judgement that was shown beside it and the version that judged."""

    __tablename__ = "vital_reading"
    __table_args__ = (Index("ix_vital_reading_member", "member_id", "kind", "measured_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[VitalKind]
    value: Mapped[Decimal | None]
    """In the kind's unit; None for blood pressure, and when nothing was measured."""
    systolic: Mapped[Decimal | None]
    diastolic: Mapped[Decimal | None]
    arm: Mapped[Arm | None]
    position: Mapped[Position | None]
    context: Mapped[GlucoseContext | None]
    flag: Mapped[MeterFlag | None]
    """What a meter showed in place of a number."""
    not_measured: Mapped[NotMeasured | None]
    judgement_code: Mapped[str] = mapped_column(default="")
    judgement_label: Mapped[str] = mapped_column(default="")
    judgement_tone: Mapped[str] = mapped_column(default="")
    judged_by: Mapped[str] = mapped_column(default="")
    """Version of the table that judged."""
    measured_at: Mapped[datetime]

    visit: Mapped[Visit] = relationship(back_populates="readings")
    member: Mapped[Member] = relationship()


class VisitVersion(Base):
    """The text before a correction, or before what else changed the record. The visit row holds what stands now."""

    __tablename__ = "visit_version"
    __table_args__ = (UniqueConstraint("visit_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"))
    number: Mapped[int]
    """1 is the text as first submitted."""
    before: Mapped[dict[str, Any]]
    """As `service.snapshot` writes it; with `act` where it was no correction."""
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    visit: Mapped[Visit] = relationship(back_populates="versions")
    by: Mapped[Account] = relationship()

    @property
    def act(self) -> VersionAct | None:
        """What was done to the record; None for a correction."""
        return VersionAct(self.before["act"]) if "act" in self.before else None


class VisitDraft(OfHousehold, Base):
    """What has been typed and not yet submitted; its id becomes the visit's."""

    __tablename__ = "visit_draft"
    __table_args__ = (Index("ix_visit_draft_account", "account_id", "saved_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    form: Mapped[str]
    """visit, absence, or second: one's own note beside a colleague's record."""
    body: Mapped[dict[str, Any]]
    version: Mapped[int]
    started_at: Mapped[datetime]
    saved_at: Mapped[datetime]

    household: Mapped[Household] = relationship()


class NationalEntry(Base):
    """«입력 완료»: one version of the record was typed into a national system (행복이음, PHIS) as well."""

    __tablename__ = "national_entry"
    __table_args__ = (UniqueConstraint("visit_id", "system", "visit_version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"))
    system: Mapped[NationalSystem]
    visit_version: Mapped[int]
    """The version that was typed; a correction afterwards asks for it again."""
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]

    visit: Mapped[Visit] = relationship()
    by: Mapped[Account] = relationship()


class PlannedVisit(OfHousehold, Base):
    """방문 일정: who means to go where, on which day, at what hour. The id may be made by a tablet."""

    __tablename__ = "planned_visit"
    __table_args__ = (
        Index("ix_planned_visit_assignee", "assignee_id", "planned_on"),
        Index("ix_planned_visit_household", "household_id", "planned_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    assignee_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    """Who goes."""
    companion_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Who goes along (동행)."""
    companion_name: Mapped[str] = mapped_column(default="")
    """Somebody without an account who goes along: police, 통장, another agency."""
    planned_on: Mapped[date]
    planned_at: Mapped[time | None]
    """Hour in Korea; None for «some time that day»."""
    minutes: Mapped[int]
    purpose: Mapped[Purpose]
    note: Mapped[str] = mapped_column(default="")
    state: Mapped[PlannedState]
    because: Mapped[str] = mapped_column(default="")
    """Why it was cancelled."""
    visit_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit.id"))
    """The record that kept it."""
    set_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    """When it was last moved, cancelled or kept; None for one that stands as it was set."""
    version: Mapped[int] = mapped_column(default=1)
    """Counts changes; one that started from an older version is not written over a newer one."""

    household: Mapped[Household] = relationship()
    assignee: Mapped[Account] = relationship(foreign_keys=[assignee_id])
    companion: Mapped[Account | None] = relationship(foreign_keys=[companion_id])
    moves: Mapped[list[PlannedVisitMove]] = relationship(back_populates="planned", order_by="PlannedVisitMove.id")

    def count_change(self, now: datetime) -> None:
        """Whoever started from what stood before is told, and calendars elsewhere see when it changed."""
        self.version, self.changed_at = self.version + 1, now


class PlannedVisitMove(Base):
    """One change of a planned visit's day, hour or person, with its reason."""

    __tablename__ = "planned_visit_move"
    __table_args__ = (Index("ix_planned_visit_move_planned", "planned_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    planned_id: Mapped[UUID] = mapped_column(ForeignKey("planned_visit.id"))
    from_on: Mapped[date]
    from_at: Mapped[time | None]
    from_assignee_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    to_on: Mapped[date]
    to_at: Mapped[time | None]
    to_assignee_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]

    planned: Mapped[PlannedVisit] = relationship(back_populates="moves")
    by: Mapped[Account] = relationship(foreign_keys=[by_id])


class JudgementVersion(Base):
    """One version of the table that judges vitals; a record keeps the version that judged it."""

    __tablename__ = "judgement_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(unique=True)
    effective_from: Mapped[date]
    document: Mapped[dict[str, Any]]
    """As `rules.load_judgements` reads it."""
