"""Tables of care: the Omaha problem list, interventions, medicines and their check."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.care.rules import InterventionKind
from app.core.database import Base
from app.households.models import Household, Member, OfHousehold


class Problem(OfHousehold, Base):
    """One problem of the Omaha System on a person or a household; nurse and worker share the list."""

    __tablename__ = "problem"
    __table_args__ = (Index("ix_problem_household", "household_id", "closed_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    code: Mapped[str]
    """Code of the problem in `seed_data/omaha.json`."""
    signs: Mapped[str] = mapped_column(default="")
    """Signs and symptoms in own words."""
    opened_on: Mapped[date]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    closed_on: Mapped[date | None]
    closed_because: Mapped[str] = mapped_column(default="")
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    household: Mapped[Household] = relationship()
    member: Mapped[Member | None] = relationship()
    opened_by: Mapped[Account] = relationship(foreign_keys=[opened_by_id])
    closed_by: Mapped[Account | None] = relationship(foreign_keys=[closed_by_id])
    ratings: Mapped[list[ProblemRating]] = relationship(back_populates="problem", order_by="ProblemRating.id")


class ProblemRating(Base):
    """Knowledge, behaviour and status of a problem on a day, 1 (worst) to 5 (best)."""

    __tablename__ = "problem_rating"
    __table_args__ = (Index("ix_problem_rating_problem", "problem_id", "rated_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"))
    visit_id: Mapped[UUID | None]
    rated_on: Mapped[date]
    knowledge: Mapped[int]
    behaviour: Mapped[int]
    status: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    problem: Mapped[Problem] = relationship(back_populates="ratings")
    by: Mapped[Account] = relationship()


class Intervention(Base):
    """What was done on a visit: 교육, 처치, 사례관리, 관찰, picked quickly."""

    __tablename__ = "intervention"
    __table_args__ = (
        Index("ix_intervention_visit", "visit_id"),
        Index("ix_intervention_household", "household_id", "done_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    visit_id: Mapped[UUID]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    problem_id: Mapped[int | None] = mapped_column(ForeignKey("problem.id"))
    kind: Mapped[InterventionKind]
    target: Mapped[str]
    """Code of the quick pick in `seed_data/interventions.json`."""
    note: Mapped[str] = mapped_column(default="")
    done_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    by: Mapped[Account] = relationship()
    member: Mapped[Member | None] = relationship()


class Medicine(Base):
    """One medicine of a person, as it is known: carried from visit to visit and confirmed."""

    __tablename__ = "medicine"
    __table_args__ = (Index("ix_medicine_member", "member_id", "ended_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    name: Mapped[str]
    dose: Mapped[str] = mapped_column(default="")
    how: Mapped[str] = mapped_column(default="")
    """When and how often it is taken."""
    prescribed_by: Mapped[str] = mapped_column(default="")
    since_on: Mapped[date | None]
    confirmed_on: Mapped[date]
    ended_on: Mapped[date | None]
    ended_because: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]

    member: Mapped[Member] = relationship()


class MedicineCheck(Base):
    """The five points of a medicine check on one visit of one person."""

    __tablename__ = "medicine_check"
    __table_args__ = (UniqueConstraint("visit_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    visit_id: Mapped[UUID]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    answers: Mapped[dict[str, Any]]
    """By point: knows the names, missed in seven days, what is left, doubles or others', side effects."""
    checked_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    member: Mapped[Member] = relationship()
