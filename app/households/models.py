"""Tables of households. What changed, who changed it and what stood there before is kept for good."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Centre
from app.core.database import Base, OrderedText
from app.households.rules import (
    ClosureReason,
    Dwelling,
    FlagKind,
    FlagRule,
    HealthGround,
    HouseholdStatus,
    HouseholdType,
    Relation,
    Risk,
    Sex,
)
from app.households.rules.health import HealthBasis, HealthConsent, health_basis


class KeptHealthConsent(Protocol):
    """What a household asks of a consent about health."""

    @property
    def member(self) -> Member: ...

    @property
    def is_signed(self) -> bool: ...

    def as_health_consent(self, day: date | None) -> HealthConsent:
        """As the rules judge it on a day."""


class Household(Base):
    """가구: the one thing everything hangs on."""

    __tablename__ = "household"
    __table_args__ = (
        Index("ix_household_centre", "centre_id", "status", "id"),
        Index("ix_household_lot_door", "lot_door"),
        Index("ix_household_nurse", "nurse_id", "status", "id"),
        Index("ix_household_road_door", "road_door"),
        Index("ix_household_worker", "worker_id", "status", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    """Our own number, e.g. 가람-0127; no resident number exists in this product."""
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    title: Mapped[str]
    """Head's name, or both names of a couple: what the household is called."""
    status: Mapped[HouseholdStatus] = mapped_column(default=HouseholdStatus.ACTIVE)
    closed_on: Mapped[date | None]
    closure_reason: Mapped[ClosureReason | None]
    closure_note: Mapped[str] = mapped_column(default="")
    household_type: Mapped[HouseholdType]
    benefits: Mapped[list[str]] = mapped_column(default=list)
    """Values of `rules.Benefit`."""
    risk: Mapped[Risk] = mapped_column(default=Risk.NONE)
    risk_since_on: Mapped[date | None]
    health_ground: Mapped[HealthGround | None]
    """As somebody set it by hand; what counts on a day is `health_basis_on`."""
    road_address: Mapped[str] = mapped_column(default="")
    lot_address: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    road_door: Mapped[str] = mapped_column(OrderedText, default="")
    """Key of the door by road, «가람로 12|101», made of the address wherever that is written; empty without a building."""
    lot_door: Mapped[str] = mapped_column(OrderedText, default="")
    """Key of the door by lot."""
    dwelling: Mapped[Dwelling | None]
    approach: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    emergency_contact: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Kept by `assignments`, which holds the history."""
    nurse_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    last_seen_on: Mapped[date | None]
    """Latest face-to-face contact; kept by `follow_ups`."""
    absences_in_row: Mapped[int] = mapped_column(default=0)
    """Vain tries since somebody was last reached; kept by `follow_ups`."""
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)
    """Counts edits; an edit that started from an older version is not written over a newer one."""

    centre: Mapped[Centre] = relationship()
    worker: Mapped[Account | None] = relationship(foreign_keys=[worker_id])
    nurse: Mapped[Account | None] = relationship(foreign_keys=[nurse_id])
    members: Mapped[list[Member]] = relationship(back_populates="household", order_by="Member.position, Member.id")
    flags: Mapped[list[SafetyFlag]] = relationship(back_populates="household", order_by="SafetyFlag.id.desc()")

    if TYPE_CHECKING:
        health_consents: Sequence[KeptHealthConsent]
        """Consents about health of everybody who ever lived here; the relation belongs to `consents`, which lies above."""

    def health_basis_on(self, day: date | None) -> HealthBasis:
        """On what health detail is shared on a day; without a day no consent is in force."""
        signed = [each for each in self.health_consents if each.is_signed and each.member.is_present]
        people = {member.id for member in self.members if member.is_present} if signed else ()
        return health_basis(self.health_ground, [each.as_health_consent(day) for each in signed], people)

    def health_ground_on(self, day: date | None) -> HealthGround | None:
        """The ground that counts on a day; None: only nursing reads health."""
        return self.health_basis_on(day).ground

    @property
    def is_active(self) -> bool:
        return self.status is HouseholdStatus.ACTIVE

    @property
    def address(self) -> str:
        """Where they live, on one line."""
        return ", ".join(part for part in (self.road_address or self.lot_address, self.unit) if part)


class OfHousehold:
    """Whatever is kept about one household: it is seen by whoever may see the household.

    What the policy asks of a thing stands here once. A class that has its own column of one of these names is
    asked that instead.
    """

    if TYPE_CHECKING:

        @property
        def household(self) -> Household: ...

    @property
    def centre_id(self) -> int:
        return self.household.centre_id

    @property
    def worker_id(self) -> int | None:
        return self.household.worker_id

    @property
    def nurse_id(self) -> int | None:
        return self.household.nurse_id

    def health_ground_on(self, day: date | None) -> HealthGround | None:
        return self.household.health_ground_on(day)


class Member(OfHousehold, Base):
    """가구원."""

    __tablename__ = "member"
    __table_args__ = (Index("ix_member_household", "household_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    relation: Mapped[Relation]
    sex: Mapped[Sex | None]
    birth_on: Mapped[date | None]
    birth_year: Mapped[int | None]
    phone: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    left_on: Mapped[date | None]
    left_because: Mapped[str] = mapped_column(default="")

    household: Mapped[Household] = relationship(back_populates="members")

    @property
    def is_present(self) -> bool:
        return self.left_on is None


class SafetyFlag(OfHousehold, Base):
    """안전 표시: read before anybody rings the bell."""

    __tablename__ = "safety_flag"
    __table_args__ = (Index("ix_safety_flag_household", "household_id", "ended_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    kind: Mapped[FlagKind]
    rule: Mapped[FlagRule]
    basis: Mapped[str]
    instruction: Mapped[str] = mapped_column(default="")
    set_on: Mapped[date]
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    review_on: Mapped[date]
    ended_on: Mapped[date | None]
    ended_because: Mapped[str] = mapped_column(default="")

    household: Mapped[Household] = relationship(back_populates="flags")
    set_by: Mapped[Account | None] = relationship()

    @property
    def is_standing(self) -> bool:
        return self.ended_on is None


class RiskChange(Base):
    """One judgement of risk, with its reason."""

    __tablename__ = "risk_change"
    __table_args__ = (Index("ix_risk_change_household", "household_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    risk: Mapped[Risk]
    reason: Mapped[str]
    on: Mapped[date]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    by: Mapped[Account | None] = relationship()


class HouseholdChange(Base):
    """One field of a household or a member that was edited: what stood there before and after."""

    __tablename__ = "household_change"
    __table_args__ = (Index("ix_household_change_household", "household_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    field: Mapped[str]
    """Korean name of the field, with the member's position where it is a member's."""
    before: Mapped[str]
    after: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    by: Mapped[Account | None] = relationship()


class SearchGram(Base):
    """One searchable piece of a household: name grams, 초성, birth year, last digits, address pieces.

    A trigram index finds nothing for a two-syllable Korean name; this table finds it in a tenth of a millisecond
    on both databases. A gram that begins a longer one of the same household is left away: it is found as a range.
    Written by `service`, read by `queries.search`. Without foreign keys, which took as long as the rows themselves:
    households and centres are never taken away, and each row follows from its household alone.
    """

    __tablename__ = "search_gram"
    __table_args__ = (
        Index("ix_search_gram_household", "household_id"),
        {"sqlite_with_rowid": False},
    )

    centre_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    gram: Mapped[str] = mapped_column(OrderedText, primary_key=True)
    household_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
