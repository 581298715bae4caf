"""Have a consent signed on the screen: the text in full, bound to what was shown."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.attachments import service as attachments
from app.attachments.rules import NotSigned, SignatureDetails, SignedText
from app.attachments.service import FileStore
from app.audit import service as audit
from app.audit.rules import Action
from app.consents.models import Consent
from app.consents.rules import Signer, read_out
from app.consents.service.effects import take_effect
from app.core.errors import RuleBroken

NO_CONSENT = frozenset({NotSigned.DECLINED, NotSigned.MIND})
"""Whoever will not sign, or cannot judge, has not agreed; somebody else may agree for whom the law lets them."""


def text_of(consent: Consent) -> SignedText:
    """Everything of a consent that is read out before it is signed."""
    until = consent.valid_until.isoformat() if consent.valid_until else ""
    by_proxy = f" (대신: {consent.signer_name}, {consent.signer.label})" if consent.signer is not Signer.SELF else ""
    words = read_out(consent.words, person=f"{consent.member.name}{by_proxy}", receiver=consent.to_whom, until=until)
    return SignedText(words, 1)


def paper_of(consent: Consent) -> UUID:
    """The id by which a consent's signature is kept."""
    return uuid5(NAMESPACE_OID, f"consent:{consent.id}")


def sign_consent(
    session: Session, consent: Consent, details: SignatureDetails, *, shown_hash: str, store: FileStore, actor: Identity,
    now: datetime,
) -> None:  # fmt: skip
    """Keep the signature by which a consent begins to count. Signed already, it changes nothing.

    Raises:
        RuleBroken: withdrawn meanwhile, nobody signed without a reason that leaves the will clear, or the text changed.
    """
    session.refresh(consent, with_for_update=True)
    if consent.signature_id is not None:
        return
    if consent.withdrawn_on is not None:
        raise RuleBroken("WITHDRAWN", "이미 거둔 동의입니다. 새로 받아 주세요.")
    if details.not_signed in NO_CONSENT:
        text = "서명을 원하지 않거나 판단하기 어려우면 동의한 것이 아닙니다. 다른 분이 대신할 수 있는지 확인해 주세요."
        raise RuleBroken("NO_CONSENT", text, field="not_signed")
    signature = attachments.sign(
        session, consent.household, details, text_of(consent), shown_hash=shown_hash, belongs_to=paper_of(consent),
        store=store, actor=actor, now=now,
    )  # fmt: skip
    consent.signature_id = signature.id
    session.flush()
    take_effect(session, consent, now=now)
    audit.record(
        session, Action.CONSENT, subject=f"consent:{consent.id}", household_id=consent.household_id, detail="서명",
        actor=actor, now=now,
    )  # fmt: skip
