"""Tables of service plans: versions with goals and services, their checks, and referrals out."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.cases.models import Case, OfCase
from app.consents.models import Consent
from app.core.database import Base
from app.households.models import Household, Member, OfHousehold
from app.plans.rules import GoalReach, GoalSpan, PlanState, ReferralGround, ReferralReply, ReferralState, ServiceMethod
from app.providers.models import Provider


class Plan(OfCase, Base):
    """서비스 제공계획: one version for one case. An approved one changes by a new version only."""

    __tablename__ = "service_plan"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("welfare_case.id"))
    number: Mapped[int]
    """1 is the first plan; each re-plan counts on."""
    state: Mapped[PlanState]
    drawn_on: Mapped[date]
    because: Mapped[str] = mapped_column(default="")
    """Why there is a new version."""
    clients_view: Mapped[str] = mapped_column(default="")
    signer_name: Mapped[str] = mapped_column(default="")
    unsigned_because: Mapped[str] = mapped_column(default="")
    signature_id: Mapped[UUID | None] = mapped_column(ForeignKey("attachment.id"))
    approved_on: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    case: Mapped[Case] = relationship()
    by: Mapped[Account] = relationship()
    goals: Mapped[list[PlanGoal]] = relationship(
        back_populates="plan", order_by="PlanGoal.position", cascade="all, delete-orphan"
    )
    services: Mapped[list[PlanService]] = relationship(
        back_populates="plan", order_by="PlanService.position", cascade="all, delete-orphan"
    )


class OfPlan(OfHousehold):
    """Whatever is kept about one plan: it is of the plan's household."""

    if TYPE_CHECKING:

        @property
        def plan(self) -> Plan: ...

    @property
    def household(self) -> Household:
        return self.plan.household

    @property
    def household_id(self) -> int:
        return self.plan.household_id


class PlanGoal(OfPlan, Base):
    """One goal of a plan."""

    __tablename__ = "plan_goal"
    __table_args__ = (Index("ix_plan_goal_plan", "plan_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("service_plan.id"))
    position: Mapped[int]
    span: Mapped[GoalSpan]
    need: Mapped[str] = mapped_column(default="")
    """Code of the need item it answers."""
    text: Mapped[str]
    target_on: Mapped[date | None]
    reach: Mapped[GoalReach]
    reach_note: Mapped[str] = mapped_column(default="")

    plan: Mapped[Plan] = relationship(back_populates="goals")


class PlanService(OfPlan, Base):
    """One service of a plan: kind, way, amount, period, who gives it and who checks (사회보장급여법 제15조)."""

    __tablename__ = "plan_service"
    __table_args__ = (Index("ix_plan_service_plan", "plan_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("service_plan.id"))
    position: Mapped[int]
    goal_position: Mapped[int | None]
    title: Mapped[str]
    method: Mapped[ServiceMethod]
    amount: Mapped[str] = mapped_column(default="")
    """«주 1회», «쌀 10kg»."""
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("provider.id"))
    provider_name: Mapped[str] = mapped_column(default="")
    checker_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    check_days: Mapped[int | None]
    """Every how many days it is checked; None: with the checks of the case."""
    note: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None]
    ended_because: Mapped[str] = mapped_column(default="")

    plan: Mapped[Plan] = relationship(back_populates="services")
    provider: Mapped[Provider | None] = relationship()
    checker: Mapped[Account | None] = relationship()
    checks: Mapped[list[ServiceCheck]] = relationship(back_populates="service", order_by="ServiceCheck.checked_on")

    @property
    def giver(self) -> str:
        """Who gives it: the entry of the directory, or the name that was typed."""
        return self.provider.name if self.provider else self.provider_name


class ServiceCheck(Base):
    """점검: whether a service is given as planned, on one day."""

    __tablename__ = "service_check"
    __table_args__ = (Index("ix_service_check_service", "service_id", "checked_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("plan_service.id"))
    visit_id: Mapped[UUID | None]
    checked_on: Mapped[date]
    is_given: Mapped[bool]
    is_satisfied: Mapped[bool | None]
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]

    service: Mapped[PlanService] = relationship(back_populates="checks")
    by: Mapped[Account] = relationship()


class Referral(OfHousehold, Base):
    """의뢰: somebody is referred to an agency, by consent or a named ground, and a reply is waited for."""

    __tablename__ = "referral"
    __table_args__ = (
        Index("ix_referral_household", "household_id", "sent_on"),
        Index("ix_referral_waiting", "state", "reply_due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("welfare_case.id"))
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("provider.id"))
    receiver: Mapped[str]
    reason: Mapped[str]
    asked_for: Mapped[str]
    shared: Mapped[list[Any]] = mapped_column(default=list)
    """Which kinds of facts go along."""
    ground: Mapped[ReferralGround]
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id"))
    ground_note: Mapped[str] = mapped_column(default="")
    state: Mapped[ReferralState]
    sent_on: Mapped[date | None]
    reply_due_on: Mapped[date | None]
    replied_on: Mapped[date | None]
    reply: Mapped[ReferralReply | None]
    reply_note: Mapped[str] = mapped_column(default="")
    ended_because: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    household: Mapped[Household] = relationship()
    member: Mapped[Member | None] = relationship()
    provider: Mapped[Provider | None] = relationship()
    consent: Mapped[Consent | None] = relationship()
    by: Mapped[Account] = relationship()

    @property
    def lost_its_consent(self) -> bool:
        """Whether the consent it was sent by was taken back while an answer is waited for."""
        return self.state is ReferralState.SENT and self.consent is not None and self.consent.withdrawn_on is not None
