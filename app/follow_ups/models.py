"""Tables of the due engine: rules as versioned rows, terms, contacts, and the stored answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.core.database import Base
from app.follow_ups.rules import (
    AbsenceVerdict,
    ContactMode,
    HolidayKind,
    Profession,
    Purpose,
    RuleKind,
    Shift,
)
from app.households.models import Household, Member, OfHousehold


class RuleVersionRow(Base):
    """One version of a rule, never edited once used; the engine reads it as `rules.RuleVersion`.

    The versions of a code follow one another by `effective_from`; a 시군구 may put its own among those of everybody.
    """

    __tablename__ = "rule_version"
    __table_args__ = (UniqueConstraint("district_id", "code", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"))
    """Whose own version it is; None came with the product and holds for everybody."""
    code: Mapped[str]
    version: Mapped[str]
    name: Mapped[str]
    profession: Mapped[Profession]
    """Whose due it is."""
    whom: Mapped[str]
    """household, member or case."""
    kind: Mapped[RuleKind]
    parameters: Mapped[dict[str, Any]]
    counts_modes: Mapped[list[str]]
    counts_purposes: Mapped[list[str]]
    shift: Mapped[Shift]
    lead_days: Mapped[int | None]
    effective_from: Mapped[date]
    effective_until: Mapped[date | None]
    """After it nobody is put under the rule any more; whoever stands under it stays."""
    source: Mapped[str]
    confidence: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    """Why the version was added."""
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[datetime | None]
    """None for what came with the product."""

    set_by: Mapped[Account | None] = relationship()


class TermRow(OfHousehold, Base):
    """관리 기준: this rule holds for this household or member from a day on, set by somebody for a reason."""

    __tablename__ = "term"
    __table_args__ = (Index("ix_term_household", "household_id", "ends_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    rule_version_id: Mapped[int] = mapped_column(ForeignKey("rule_version.id"))
    """The version by which it was set; what is due is judged by the version of its code that holds on the day."""
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    event_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    promised_on: Mapped[date | None]
    """ONCE: the promised day; `made_on` is when it was promised."""
    made_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    """What was promised, or why this care group."""
    promised_by: Mapped[Profession | None]
    """A promise is the due of whoever made it, whatever the rule says."""
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[datetime]
    ended_because: Mapped[str] = mapped_column(default="")

    rule: Mapped[RuleVersionRow] = relationship(lazy="joined")
    member: Mapped[Member | None] = relationship()
    household: Mapped[Household] = relationship()
    set_by: Mapped[Account | None] = relationship()

    @property
    def profession(self) -> Profession:
        """Whose due it is."""
        return self.promised_by or self.rule.profession


class ContactRow(Base):
    """접촉: somebody was reached, or was not. Only ever added; its id is that of the record that first reports it."""

    __tablename__ = "contact"
    __table_args__ = (
        Index("ix_contact_household", "household_id", "occurred_on"),
        Index("ix_contact_record", "record_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    record_id: Mapped[UUID]
    """The visit it is told by; a corrected visit tells its contact again under a new id."""
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    occurred_on: Mapped[date]
    mode: Mapped[ContactMode]
    purpose: Mapped[Purpose]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    member_ids: Mapped[list[Any]]
    """Ids of the members who were reached."""
    happened_at: Mapped[datetime | None]
    """The moment where it is known: it puts several contacts of one day in order."""
    recorded_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]
    """Set when a correction says that it did not happen so; it then counts for nothing."""


class Obligation(OfHousehold, Base):
    """The engine's stored answer for one term, or for a step of the absence ladder: a cache that lists read.

    It is refreshed with whatever changes it.
    """

    __tablename__ = "obligation"
    __table_args__ = (
        Index("ix_obligation_household_due", "household_id", "due_on"),
        Index("ix_obligation_centre_due", "centre_id", "due_on"),
        Index("ix_obligation_recompute_on", "recompute_on"),
        Index("ix_obligation_rests_until", "rests_until"),
        UniqueConstraint("term_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    """None for a step of the absence ladder."""
    rule_version_id: Mapped[int | None] = mapped_column(ForeignKey("rule_version.id"))
    """The version that judged."""
    ladder_step: Mapped[int | None]
    """1 for the lowest step of the absence ladder; None for a term."""
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    profession: Mapped[Profession]
    kind: Mapped[RuleKind]
    label: Mapped[str]
    """What is to be done, e.g. «집중관리군 방문»."""
    note: Mapped[str] = mapped_column(default="")
    """What was promised, or why the term was set."""
    due_on: Mapped[date | None]
    """None when nothing is due any more."""
    window_start: Mapped[date | None]
    limit_on: Mapped[date | None]
    done: Mapped[int | None]
    needed: Mapped[int | None]
    missed: Mapped[list[Any]]
    because: Mapped[list[Any]]
    """[{code, text}, …]"""
    computed_on: Mapped[date]
    recompute_on: Mapped[date | None]
    """The next day on which the answer may change without any event."""
    rests_from: Mapped[date | None]
    rests_until: Mapped[date | None]
    """The answer rests on which days from the one to the other are worked; None when on none."""

    term: Mapped[TermRow | None] = relationship()
    household: Mapped[Household] = relationship()
    member: Mapped[Member | None] = relationship()


class HolidayOverride(Base):
    """A day added to (임시공휴일, agency day) or taken from the public holidays of a 시군구."""

    __tablename__ = "holiday_override"
    __table_args__ = (UniqueConstraint("district_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"))
    on: Mapped[date]
    name: Mapped[str]
    is_holiday: Mapped[bool]
    """False takes a day of the library's list away."""
    kind: Mapped[HolidayKind | None]
    """What an added day is; None for one taken away."""
    note: Mapped[str] = mapped_column(default="")
    """Where it is written, e.g. the notice that declared it."""
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[datetime]


class LadderVersion(Base):
    """One version of the absence ladder: its steps by risk level. Versions follow one another as those of a rule do."""

    __tablename__ = "ladder_version"
    __table_args__ = (UniqueConstraint("district_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"))
    version: Mapped[str]
    effective_from: Mapped[date]
    document: Mapped[dict[str, Any]]
    """As `rules.ladder_from` reads it, with its source and confidence."""
    note: Mapped[str] = mapped_column(default="")
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[datetime | None]

    set_by: Mapped[Account | None] = relationship()


class AbsenceDecision(OfHousehold, Base):
    """팀장 판단: what the supervisor decided about a row of vain tries, with words. Closes that step of the ladder."""

    __tablename__ = "absence_decision"
    __table_args__ = (Index("ix_absence_decision_household", "household_id", "first_try_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    first_try_on: Mapped[date]
    """With the number of tries it names what was decided about; a further try asks again."""
    tries: Mapped[int]
    verdict: Mapped[AbsenceVerdict]
    until_on: Mapped[date | None]
    """By when what was decided is to be done, where it is not the same day."""
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]

    household: Mapped[Household] = relationship()
    by: Mapped[Account] = relationship()
