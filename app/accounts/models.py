"""Tables of the organisation and its people."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.permissions import Role
from app.core.database import Base


class District(Base):
    """시군구."""

    __tablename__ = "district"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)

    centres: Mapped[list[Centre]] = relationship(back_populates="district", order_by="Centre.name")


class Centre(Base):
    """읍·면·동 행정복지센터."""

    __tablename__ = "centre"
    __table_args__ = (UniqueConstraint("district_id", "dong"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"))
    dong: Mapped[str]
    """행정동 as lists write it, e.g. 가람동."""
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    code: Mapped[str]
    """First part of household numbers, e.g. 가람 in 가람-0127."""
    last_household_number: Mapped[int] = mapped_column(default=0)

    district: Mapped[District] = relationship(back_populates="centres", lazy="joined")


class Account(Base):
    """One person of the staff. Never deleted: records name their authors for years."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[Role]
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"))
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("centre.id"), index=True)
    phone: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str]
    must_change_password: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    theme: Mapped[str] = mapped_column(default="light")
    email: Mapped[str] = mapped_column(default="")
    wants_mail: Mapped[bool] = mapped_column(default=True)
    """Whether the daily mail goes to `email`; the inbox is always filled."""
    visits_per_day: Mapped[int | None]
    """How many visits fit into a working day of this person; None for what is usual of the role."""

    centre: Mapped[Centre | None] = relationship(lazy="joined")
    district: Mapped[District] = relationship(lazy="joined")

    @property
    def title(self) -> str:
        """Name and role as colleagues say it: «윤가람 방문간호사»."""
        return f"{self.name} {self.role.label}"


class UserSession(Base):
    """One signed-in device. The row is the session: revoke it and the next request is signed out."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_because: Mapped[str] = mapped_column(default="")
    address: Mapped[str]
    device: Mapped[str]

    account: Mapped[Account] = relationship(lazy="joined")


class SignInFailure(Base):
    """One wrong password. Kept in the database, so that all web workers count together."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index("ix_sign_in_failure_login_at", "login_hash", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    login_hash: Mapped[str]
    """Hash of what was typed: people type passwords into the wrong field."""
    address: Mapped[str]
    at: Mapped[datetime]


class Cover(Base):
    """대직: somebody's households are looked after by a colleague between two dates, both included."""

    __tablename__ = "cover"

    id: Mapped[int] = mapped_column(primary_key=True)
    absent_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    covered_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date]
    reason: Mapped[str]
    arranged_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    arranged_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    absent: Mapped[Account] = relationship(foreign_keys=[absent_id])
    covered_by: Mapped[Account] = relationship(foreign_keys=[covered_by_id])
