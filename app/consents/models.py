"""Tables of consent: the texts people were shown, and who agreed to what, from when until when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, and_, inspect
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from app.accounts.models import Account
from app.consents.rules import ConsentChannel, ConsentFacts, ConsentKind, ConsentWords, Receiver, Signer, words_from
from app.core.database import Base
from app.households.models import Household, Member, OfHousehold
from app.households.rules import HealthGround
from app.households.rules.health import HealthConsent
from app.providers.models import Provider


class ConsentText(Base):
    """One version of the words somebody agrees to; never edited once anybody has signed them."""

    __tablename__ = "consent_text"
    __table_args__ = (UniqueConstraint("district_id", "kind", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"))
    """Whose own text it is; None holds for everybody."""
    kind: Mapped[ConsentKind]
    version: Mapped[str]
    effective_from: Mapped[date]
    title: Mapped[str]
    document: Mapped[dict[str, Any]]
    """What is collected, what for, how long, and that one may refuse: paragraphs in their order."""
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[datetime | None]


class Consent(OfHousehold, Base):
    """동의: one person agreed to one text, perhaps towards one receiver, until a day or a withdrawal."""

    __tablename__ = "consent"
    __table_args__ = (
        Index("ix_consent_household", "household_id", "kind"),
        Index("ix_consent_expiring", "valid_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    """Whose consent it is."""
    kind: Mapped[ConsentKind]
    text_id: Mapped[int] = mapped_column(ForeignKey("consent_text.id"))
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("provider.id"))
    """THIRD_PARTY: the agency of the directory that may be told."""
    receiver: Mapped[str] = mapped_column(default="")
    """THIRD_PARTY: the agency's name as it stood on the paper."""
    channel: Mapped[ConsentChannel]
    signer: Mapped[Signer]
    signer_name: Mapped[str] = mapped_column(default="")
    """Who signed when it was not the person."""
    proxy_because: Mapped[str] = mapped_column(default="")
    signature_id: Mapped[UUID | None] = mapped_column(ForeignKey("attachment.id"))
    given_on: Mapped[date]
    valid_until: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    withdrawn_on: Mapped[date | None]
    withdrawn_because: Mapped[str] = mapped_column(default="")
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]

    household: Mapped[Household] = relationship()
    member: Mapped[Member] = relationship()
    text: Mapped[ConsentText] = relationship()
    provider: Mapped[Provider | None] = relationship()
    by: Mapped[Account] = relationship(foreign_keys=[by_id])
    withdrawn_by: Mapped[Account | None] = relationship(foreign_keys=[withdrawn_by_id])

    @property
    def is_signed(self) -> bool:
        """Whether it counts at all."""
        return not self.waits_for_signature

    def as_health_consent(self, day: date | None) -> HealthConsent:
        """As it bears on a household's ground for sharing health; without a day it is not in force."""
        by_guardian = self.signer is Signer.GUARDIAN
        ground = HealthGround.PROXY_CONSENT if by_guardian else HealthGround.CONSENT
        holds = day is not None and self.facts.holds(day)
        return HealthConsent(self.member_id, ground, self.given_on, self.valid_until, holds)

    @property
    def waits_for_signature(self) -> bool:
        """Whether it counts for nothing yet."""
        return self.channel is ConsentChannel.SCREEN and self.signature_id is None

    @property
    def to_whom(self) -> Receiver:
        """Who may be told, of a consent to be told on."""
        return Receiver(self.receiver, self.provider_id)

    @property
    def facts(self) -> ConsentFacts:
        """What it covers, as the rules ask."""
        return ConsentFacts(
            self.member_id, self.kind, self.given_on, self.to_whom, self.valid_until, self.withdrawn_on,
            not self.waits_for_signature, self.id,
        )  # fmt: skip

    @property
    def words(self) -> ConsentWords:
        """The text that was agreed to."""
        return words_from(self.kind, self.text.version, self.text.title, self.text.document)


_ABOUT_HEALTH = and_(Household.id == foreign(Consent.household_id), Consent.kind == ConsentKind.SENSITIVE)
inspect(Household).add_property(
    "health_consents",
    relationship(Consent, primaryjoin=_ABOUT_HEALTH, viewonly=True, order_by=(Consent.given_on, Consent.id)),
)
"""What `Household.health_basis_on` asks: here, because households know nothing of consents."""
