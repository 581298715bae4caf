"""F09: one consent with the words that were agreed to, or the blank form with every text that holds on the day."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.attachments.queries import list_of_visits
from app.attachments.rules import SignatureState
from app.consents.models import Consent
from app.consents.queries import texts_in_force
from app.consents.rules import ConsentChannel, ConsentKind, ConsentWords, Signer, words_from
from app.consents.service import paper_of, text_of
from app.core.text import format_phone
from app.reports.facts.form_parts import ground_of
from app.reports.facts.persons import birth_text
from app.reports.facts.visit_pictures import signature_facts
from app.reports.rules import Letterhead, SignatureFacts, wording
from app.reports.rules.boxed import ChoiceFacts, FormWishes, choice_of
from app.reports.rules.consent_sheet import AGREED, NOT_AGREED, ConsentSheetFacts, ConsentTextFacts, ToldFacts


def gather_consent_sheet(
    session: Session, who: Identity, row: Consent | None, letterhead: Letterhead, wishes: FormWishes
) -> ConsentSheetFacts:
    """The facts of one consent, or of a blank form; unmasked, to be masked by the caller."""
    if row is None:
        return _blank(session, who, letterhead, wishes)
    waits = row.waits_for_signature
    return ConsentSheetFacts(
        number=row.household.number,
        name=row.member.name,
        born=birth_text(row.member),
        phone=format_phone(row.member.phone),
        texts=(_text(row.words, receiver=row.receiver, is_agreed=not waits),),
        signers=choice_of(Signer, row.signer),
        signer_name=row.signer_name,
        proxy_because=row.proxy_because,
        channels=choice_of(ConsentChannel, row.channel),
        given_on=None if waits else row.given_on,
        valid_until=row.valid_until,
        withdrawn=f"{wording.day(row.withdrawn_on)} 거둠: {row.withdrawn_because}" if row.withdrawn_on else "",
        note=row.note,
        taken_by=row.by.title,
        signature=_signature(session, who, row),
        **ground_of(letterhead, wishes),
    )


def _blank(session: Session, who: Identity, letterhead: Letterhead, wishes: FormWishes) -> ConsentSheetFacts:
    held = texts_in_force(session, who.district_id, on=letterhead.written_on).values()
    return ConsentSheetFacts(
        texts=tuple(_text(words_from(row.kind, row.version, row.title, row.document)) for row in held),
        signers=choice_of(Signer),
        channels=choice_of(ConsentChannel),
        **ground_of(letterhead, wishes),
    )


def _text(words: ConsentWords, *, receiver: str = "", is_agreed: bool = False) -> ConsentTextFacts:
    return ConsentTextFacts(
        title=words.title,
        version=words.version,
        needs_receiver=words.kind is ConsentKind.THIRD_PARTY,
        receiver=receiver,
        told=tuple(ToldFacts(heading=each.heading, words=each.words) for each in words.paragraphs),
        answer=ChoiceFacts(options=(AGREED, NOT_AGREED), chosen=(AGREED,) if is_agreed else ()),
    )


def _signature(session: Session, who: Identity, row: Consent) -> SignatureFacts | None:
    """The signature as it was drawn; None where it was given on paper, said, or not yet."""
    key = paper_of(row)
    found = list_of_visits(session, who, [key]).get(key, [])
    drawn = next((each for each in found if each.id == row.signature_id and each.strokes), None)
    if drawn is None:
        return None
    stands = drawn.signed_hash == text_of(row).sha256
    return signature_facts(drawn, (SignatureState.STANDS if stands else SignatureState.DIFFERS).label)
