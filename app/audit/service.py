"""Write the access log. A page whose row cannot be written is not shown: the row shares the page's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit.models import AccessChain, AccessLog
from app.audit.rules import GENESIS, Action, Entry, entry_hash


def chain_for(actor: Identity) -> str:
    """The chain a person's acts are written to: one per centre, one per 시군구 for the rest."""
    return f"centre-{actor.centre_id}" if actor.centre_id is not None else f"district-{actor.district_id}"


def record(
    session: Session,
    action: Action,
    *,
    subject: str = "",
    household_id: int | None = None,
    row_count: int = 1,
    detail: str = "",
    purpose: str = "",
    actor: Identity,
    now: datetime,
) -> None:
    """Add one row to the actor's chain, in the caller's transaction.

    Call it last: from here to the commit, others of the same centre wait for the chain's head.
    """
    head = _locked_head(session, chain_for(actor))
    origin = actor.origin
    entry = Entry(
        head.chain, head.position + 1, now, actor.account_id, origin.address, origin.device, origin.request_id,
        action, subject, household_id, row_count, detail, purpose,
    )  # fmt: skip
    digest = entry_hash(entry, head.hash)
    values = {name: getattr(entry, name) for name in Entry.__slots__}
    session.execute(insert(AccessLog).values(**values, hash_before=head.hash, hash=digest))
    head.position, head.hash = entry.position, digest
    session.flush()


def record_list(
    session: Session,
    action: Action,
    household_ids: Iterable[int],
    *,
    subject: str,
    actor: Identity,
    now: datetime,
) -> None:
    """Record that these households' lines were shown together."""
    ids = list(household_ids)
    shown = ",".join(str(household_id) for household_id in ids)
    record(session, action, subject=subject, row_count=len(ids), detail=shown, actor=actor, now=now)


def _locked_head(session: Session, chain: str) -> AccessChain:
    statement = select(AccessChain).where(AccessChain.chain == chain).with_for_update()
    fresh = statement.execution_options(populate_existing=True)
    head = session.execute(fresh).scalar_one_or_none()
    if head is None:
        # Two people may write the very first row of a chain at once; the slower one goes on from the other's head.
        with suppress(IntegrityError), session.begin_nested():
            session.add(AccessChain(chain=chain, position=0, hash=GENESIS))
        head = session.execute(fresh).scalar_one()
    return head
