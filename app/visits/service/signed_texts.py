"""What of a record is signed, and how a signature stands to it today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from uuid import UUID

from app.attachments.rules import AttachmentKind, SignatureState, SignedText, decide_state
from app.visits.models import Visit
from app.visits.rules.signed_text import words_to_sign
from app.visits.service.filling import snapshot


class Signature(Protocol):
    """An attachment, as far as its text is concerned."""

    @property
    def id(self) -> UUID: ...
    @property
    def kind(self) -> AttachmentKind: ...
    @property
    def signed_version(self) -> int | None: ...
    @property
    def signed_hash(self) -> str: ...


def text_to_sign(visit: Visit, *, with_health: bool) -> SignedText:
    """The words above the line, in the version that stands now; with health where it may be read."""
    return SignedText(words_to_sign(snapshot(visit), with_health=with_health), visit.version)


def states_of_signatures(visit: Visit, signatures: Iterable[Signature]) -> dict[UUID, SignatureState]:
    """How each signature of a record stands to its text: as signed, corrected since, or no longer the words signed.

    For pages and papers, by the attachment's id; photos among them are passed over. Asks the database for nothing but
    the record's own corrections.
    """
    return {
        each.id: _state(visit, each.signed_version or 0, each.signed_hash)
        for each in signatures
        if each.kind is AttachmentKind.SIGNATURE
    }


def _state(visit: Visit, version: int, signed_hash: str) -> SignatureState:
    kept = _kept(visit, version)
    texts = () if kept is None else (words_to_sign(kept, with_health=health) for health in (True, False))
    hashes = frozenset(SignedText(text, version).sha256 for text in texts)
    return decide_state(signed_version=version, signed_hash=signed_hash, version=visit.version, hashes=hashes)


def _kept(visit: Visit, version: int) -> Mapping[str, Any] | None:
    """What a version said: the record as it stands, or what was kept when it was corrected."""
    if version == visit.version:
        return snapshot(visit)
    return next((each.before for each in visit.corrections if each.number == version), None)
