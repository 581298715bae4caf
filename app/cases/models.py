"""Tables of cases: one episode of care for a household, its steps, approvals, first counselling, emergency aid."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.cases.rules import ApprovalKind, CaseClass, CaseStage, CounsellingWay, Verdict
from app.core.database import Base
from app.households.models import Household, OfHousehold


class ReasonTable(Base):
    """One version of a closed list that offices change: closure reasons, target groups. Never edited once used."""

    __tablename__ = "reason_table"
    __table_args__ = (UniqueConstraint("name", "district_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"))
    """Whose own list it is; None holds for everybody."""
    version: Mapped[str]
    effective_from: Mapped[date]
    document: Mapped[dict[str, Any]]
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[datetime | None]


class Case(OfHousehold, Base):
    """사례: from intake to the end of aftercare. Opening again makes a new case linked to the one before."""

    __tablename__ = "welfare_case"
    __table_args__ = (
        Index("ix_case_household", "household_id", "id"),
        Index("ix_case_stage", "centre_id", "stage", "stage_since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("welfare_case.id"))
    stage: Mapped[CaseStage]
    stage_since: Mapped[date]
    intake_on: Mapped[date]
    route: Mapped[str]
    """발굴 경로: code of `rules.Route`."""
    item_id: Mapped[int | None]
    """The discovery item that became this case."""
    reason: Mapped[str] = mapped_column(default="")
    target_groups: Mapped[list[Any]] = mapped_column(default=list)
    keeper_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """사례관리 담당: who carries the case."""
    case_class: Mapped[CaseClass | None]
    """None until it was classified."""
    classified_on: Mapped[date | None]
    class_reason: Mapped[str] = mapped_column(default="")
    proposed_class: Mapped[CaseClass | None]
    """What the needs suggested; a person decided."""
    closed_on: Mapped[date | None]
    closure_reason: Mapped[str] = mapped_column(default="")
    """Code in the list of closure reasons."""
    closure_note: Mapped[str] = mapped_column(default="")
    goals_reached: Mapped[str] = mapped_column(default="")
    aftercare_until: Mapped[date | None]
    ended_on: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    household: Mapped[Household] = relationship()
    previous: Mapped[Case | None] = relationship(remote_side=[id])
    keeper: Mapped[Account | None] = relationship(foreign_keys=[keeper_id])
    steps: Mapped[list[CaseStep]] = relationship(back_populates="case", order_by="CaseStep.id")
    approvals: Mapped[list[Approval]] = relationship(back_populates="case", order_by="Approval.id")


class OfCase(OfHousehold):
    """Whatever is kept about one case: it is of the case's household."""

    if TYPE_CHECKING:

        @property
        def case(self) -> Case: ...

    @property
    def household(self) -> Household:
        return self.case.household

    @property
    def household_id(self) -> int:
        return self.case.household_id


class CaseStep(Base):
    """One move of a case from stage to stage, with its reason."""

    __tablename__ = "case_step"
    __table_args__ = (Index("ix_case_step_case", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("welfare_case.id"))
    from_stage: Mapped[CaseStage | None]
    to_stage: Mapped[CaseStage]
    on: Mapped[date]
    because: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]

    case: Mapped[Case] = relationship(back_populates="steps")
    by: Mapped[Account] = relationship()


class Approval(OfCase, Base):
    """결재: something of a case that the supervisor approves or sends back with words."""

    __tablename__ = "approval"
    __table_args__ = (Index("ix_approval_waiting", "centre_id", "decided_at"), Index("ix_approval_case", "case_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("welfare_case.id"))
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    kind: Mapped[ApprovalKind]
    subject_id: Mapped[int | None]
    """The plan's key, where it is a plan."""
    asked: Mapped[dict[str, Any]]
    """What is to be approved, as it stood when it was asked."""
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    verdict: Mapped[Verdict | None]
    words: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship(back_populates="approvals")
    asked_by: Mapped[Account] = relationship(foreign_keys=[asked_by_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def is_waiting(self) -> bool:
        return self.decided_at is None


class Counselling(OfHousehold, Base):
    """초기상담: the first talk, as the form F01 wants it. The id is made by the tablet."""

    __tablename__ = "counselling"
    __table_args__ = (Index("ix_counselling_household", "household_id", "counselled_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("welfare_case.id"))
    visit_id: Mapped[UUID | None]
    counselled_on: Mapped[date]
    way: Mapped[CounsellingWay]
    route: Mapped[str] = mapped_column(default="")
    with_whom: Mapped[str] = mapped_column(default="")
    complaint: Mapped[str] = mapped_column(default="")
    """주 호소: in the person's own words."""
    housing: Mapped[str] = mapped_column(default="")
    income: Mapped[str] = mapped_column(default="")
    health: Mapped[str] = mapped_column(default="")
    family: Mapped[str] = mapped_column(default="")
    told: Mapped[str] = mapped_column(default="")
    measures: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    household: Mapped[Household] = relationship()
    by: Mapped[Account] = relationship()


class EmergencyAid(OfHousehold, Base):
    """긴급복지: on-site check, decision, after-survey, each with its clock."""

    __tablename__ = "emergency_aid"
    __table_args__ = (Index("ix_emergency_aid_household", "household_id", "asked_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("welfare_case.id"))
    asked_at: Mapped[datetime]
    crisis: Mapped[str]
    checked_at: Mapped[datetime | None]
    check_note: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    is_granted: Mapped[bool | None]
    kinds: Mapped[list[Any]] = mapped_column(default=list)
    decision_note: Mapped[str] = mapped_column(default="")
    surveyed_on: Mapped[date | None]
    survey_note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    household: Mapped[Household] = relationship()
