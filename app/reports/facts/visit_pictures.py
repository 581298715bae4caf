"""Signatures of a visit as strokes and its photos as small pictures: a paper is drawn again without any file."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.attachments.queries import AttachmentRecord, list_of_visits
from app.attachments.rules.signatures import PAD_HEIGHT, PAD_WIDTH
from app.attachments.service import FileStore, read_small
from app.reports.rules import PhotoFacts, SignatureFacts
from app.visits.models import Visit
from app.visits.service.signed_texts import states_of_signatures

MOST_POINTS = 4000
"""Points of one signature on paper; of a longer one every second, third … is left."""


def gather_signatures(session: Session, who: Identity, visit: Visit) -> tuple[SignatureFacts, ...]:
    """The signatures under this record that the reader may see, in the order in which they were given."""
    found = list_of_visits(session, who, [visit.id]).get(visit.id, [])
    states = states_of_signatures(visit, found)
    return tuple(signature_facts(each, states[each.id].label) for each in found if not each.is_photo and each.strokes)


def signature_facts(row: AttachmentRecord, state: str) -> SignatureFacts:
    """A signature as its strokes; of a very long one some points are left out."""
    strokes = row.strokes or []
    every = 1 + sum(map(len, strokes)) // MOST_POINTS
    return SignatureFacts(
        signer=row.signer,
        signed_at=row.at,
        state=state,
        width=float(PAD_WIDTH),
        height=float(PAD_HEIGHT),
        strokes=tuple(_flat(stroke, every) for stroke in strokes),
    )


def _flat(stroke: Sequence[Sequence[float]], every: int) -> tuple[float, ...]:
    kept = [*stroke[:-1:every], stroke[-1]]
    return tuple(float(each) for point in kept for each in point[:2])


def gather_photos(
    session: Session, who: Identity, visit: Visit, pictures: FileStore | None, *, with_health: bool
) -> tuple[PhotoFacts, ...]:
    """The photos of this record that the reader may see; none without `pictures`, none whose file is not there."""
    if pictures is None:
        return ()
    found = list_of_visits(session, who, [visit.id]).get(visit.id, [])
    shown = [each for each in found if each.is_photo and (with_health or not each.is_health)]
    files = ((each, read_small(pictures, each)) for each in shown)
    return tuple(
        PhotoFacts(caption=each.caption, taken_at=each.at, by=each.by.name, jpeg=b64encode(content).decode())
        for each, content in files
        if content is not None
    )
