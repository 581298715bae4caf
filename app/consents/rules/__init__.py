"""동의: what people agreed to, by which text, towards whom, until when; and what is missing. Pure."""

from app.consents.rules.covering import (
    NOBODY,
    ConsentFacts,
    Lack,
    Missing,
    Need,
    Receiver,
    covering,
    what_is_missing,
)
from app.consents.rules.giving import CHILD_BELOW, SOON, ConsentDetails, proposed_end, refusals
from app.consents.rules.texts import MUST_SAY, ConsentWords, Paragraph, TextError, read_out, words_from
from app.consents.rules.vocabulary import ConsentChannel, ConsentKind, Signer

__all__ = [
    "CHILD_BELOW", "MUST_SAY", "NOBODY", "SOON", "ConsentChannel", "ConsentDetails", "ConsentFacts", "ConsentKind",
    "ConsentWords", "Lack", "Missing", "Need", "Paragraph", "Receiver", "Signer", "TextError", "covering", "proposed_end",
    "read_out", "refusals", "what_is_missing", "words_from",
]  # fmt: skip
