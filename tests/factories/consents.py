"""Consents as the office keeps them."""

from __future__ import annotations

from app.access.identity import Identity
from app.consents.models import Consent
from app.consents.rules import NOBODY, ConsentChannel, ConsentDetails, ConsentKind, Receiver
from app.consents.service import add_consent_texts, give_consent
from app.households.models import Household
from sqlalchemy.orm import Session
from tests.factories.reference import read_shipped
from tests.moments import NOW, TODAY


def give(
    session: Session, household: Household, actor: Identity, kind: ConsentKind = ConsentKind.PERSONAL,
    receiver: Receiver = NOBODY, **more: object,
) -> Consent:  # fmt: skip
    """A consent of the household's first member, on paper and of today unless told otherwise."""
    add_consent_texts(session, read_shipped("consent_texts"))
    told = {"channel": ConsentChannel.PAPER, "given_on": TODAY, **more}
    details = ConsentDetails(household.members[0].id, kind, 0, receiver=receiver, **told)  # type: ignore[arg-type]
    return give_consent(session, household, details, actor=actor, now=NOW)
