"""Keep consents: give, sign, renew, withdraw; and the texts people agree to."""

from app.consents.service.giving import ConsentLacks, give_consent, renew_consent
from app.consents.service.signing import paper_of, sign_consent, text_of
from app.consents.service.texts import TextChange, add_consent_texts, change_text
from app.consents.service.withdrawing import withdraw_consent

__all__ = [
    "ConsentLacks", "TextChange", "add_consent_texts", "change_text", "give_consent", "paper_of", "renew_consent",
    "sign_consent", "text_of", "withdraw_consent",
]  # fmt: skip
