"""동의: what people agreed to, by which text, towards whom, until when; and what is missing. Pure."""

from app.consents.rules.vocabulary import ConsentChannel, ConsentKind, Signer

__all__ = ["ConsentChannel", "ConsentKind", "Signer"]
