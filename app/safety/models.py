"""Tables of safety: who is out and came back, incidents, restricted tasks, and whom to call. Two stamps, no tracking."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.core.database import Base
from app.households.models import Household, Member, OfHousehold
from app.safety.rules import AlarmStep, Called, IncidentAccount, IncidentKind, ProtectionKind, account_from


class Outing(OfHousehold, Base):
    """외근: somebody went to a household and says when they mean to be out of it. The id is made by the tablet."""

    __tablename__ = "outing"
    __table_args__ = (
        Index("ix_outing_account", "account_id", "started_at"),
        Index("ix_outing_household", "household_id", "started_at"),
        Index("ix_outing_open", "ended_at", "planned_end_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    visit_id: Mapped[UUID | None]
    """The record that is being written about it, a draft at first."""
    companion_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    companion_name: Mapped[str] = mapped_column(default="")
    """Somebody without an account who goes along: police, 통장, another agency."""
    started_at: Mapped[datetime]
    planned_end_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Who stamped the end; a supervisor may do it after a call."""
    end_note: Mapped[str] = mapped_column(default="")
    extended: Mapped[list[Any]] = mapped_column(default=list)
    """[[at, planned end before]]: each time they said they would be longer."""
    alone_because: Mapped[str] = mapped_column(default="")
    """Why somebody went alone where two must go; empty when they did not."""
    allowed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """The supervisor who let them go alone."""
    received_at: Mapped[datetime]

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    companion: Mapped[Account | None] = relationship(foreign_keys=[companion_id])
    household: Mapped[Household] = relationship()
    alarms: Mapped[list[OutingAlarm]] = relationship(back_populates="outing", order_by="OutingAlarm.id")


class OutingAlarm(Base):
    """One step of the alarm of one outing: raised exactly once, also across restarts."""

    __tablename__ = "outing_alarm"
    __table_args__ = (UniqueConstraint("outing_id", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    outing_id: Mapped[UUID] = mapped_column(ForeignKey("outing.id"))
    step: Mapped[AlarmStep]
    raised_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answer: Mapped[str] = mapped_column(default="")
    """What was found out, in words."""

    outing: Mapped[Outing] = relationship(back_populates="alarms")
    answered_by: Mapped[Account | None] = relationship()


class AloneOverride(OfHousehold, Base):
    """A supervisor lets somebody go alone to a household where two must go, for one day, with a reason."""

    __tablename__ = "alone_override"
    __table_args__ = (Index("ix_alone_override_household", "household_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    on: Mapped[date]
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]

    household: Mapped[Household] = relationship()
    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    by: Mapped[Account] = relationship(foreign_keys=[by_id])


class Incident(Base):
    """안전사고: what happened to somebody of the staff. Written in half a minute, completed later."""

    __tablename__ = "incident"
    __table_args__ = (Index("ix_incident_centre", "centre_id", "occurred_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    outing_id: Mapped[UUID | None] = mapped_column(ForeignKey("outing.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    """To whom it happened."""
    kind: Mapped[IncidentKind]
    occurred_at: Mapped[datetime]
    what: Mapped[str] = mapped_column(default="")
    is_hurt: Mapped[bool] = mapped_column(default=False)
    called: Mapped[list[str]] = mapped_column(default=list)
    """Numbers that were called: 112, 119, the centre."""
    measures: Mapped[str] = mapped_column(default="")
    """What was done about it: treatment, report, counselling."""
    reported_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reported_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]
    """When the short report was made whole; None while it waits."""
    flags_reviewed_at: Mapped[datetime | None]
    """When a supervisor looked at the household's safety flags because of it; None while that waits."""
    flags_reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    household: Mapped[Household | None] = relationship()
    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    reported_by: Mapped[Account] = relationship(foreign_keys=[reported_by_id])
    versions: Mapped[list[IncidentVersion]] = relationship(back_populates="incident", order_by="IncidentVersion.number")

    @property
    def told(self) -> IncidentAccount:
        """What is written about it now."""
        called = tuple(Called(value) for value in self.called)
        return IncidentAccount(self.kind, self.occurred_at, self.is_hurt, called, self.what, self.measures)


class IncidentVersion(Base):
    """What was written about an incident before somebody changed it. The incident holds what stands now."""

    __tablename__ = "incident_version"
    __table_args__ = (UniqueConstraint("incident_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incident.id"))
    number: Mapped[int]
    """1 is what was told first."""
    before: Mapped[dict[str, Any]]
    """As `rules.account_to_json` writes it."""
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    incident: Mapped[Incident] = relationship(back_populates="versions")
    by: Mapped[Account] = relationship()

    @property
    def told(self) -> IncidentAccount:
        """What was written then."""
        return account_from(self.before)


class DutyContact(Base):
    """비상 연락망: one line of a centre's phone tree."""

    __tablename__ = "duty_contact"
    __table_args__ = (Index("ix_duty_contact_centre", "centre_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    position: Mapped[int]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    title: Mapped[str]
    """Who it is: name and office, e.g. «가람지구대»."""
    phone: Mapped[str]
    ended_at: Mapped[datetime | None]

    account: Mapped[Account | None] = relationship()


class HotlineVersion(Base):
    """One version of the public numbers (119, 112, 109 …): they change, so they are data."""

    __tablename__ = "hotline_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(unique=True)
    effective_from: Mapped[date]
    document: Mapped[dict[str, Any]]


class ProtectionTask(OfHousehold, Base):
    """학대 의심·자살 위험: to be dealt with at once, seen by named staff only.

    Who reported it stands in `reporter` and nowhere else: on no list, export or paper but the report itself.
    """

    __tablename__ = "protection_task"
    __table_args__ = (Index("ix_protection_task_household", "household_id", "closed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    visit_id: Mapped[UUID | None]
    kind: Mapped[ProtectionKind]
    because: Mapped[str]
    """What was seen or answered."""
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    due_at: Mapped[datetime]
    staff_ids: Mapped[list[Any]] = mapped_column(default=list)
    """Accounts that may see it besides the supervisors of the centre."""
    reporter: Mapped[str] = mapped_column(default="")
    reported_to: Mapped[str] = mapped_column(default="")
    reported_at: Mapped[datetime | None]
    receipt_number: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    household: Mapped[Household] = relationship()
    member: Mapped[Member | None] = relationship()
    opened_by: Mapped[Account] = relationship(foreign_keys=[opened_by_id])
