"""Write the access log. A page whose row cannot be written is not shown: the row shares the page's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit.models import AccessChain, AccessLog
from app.audit.rules import GENESIS, Action, Entry, entry_hash
from app.core.database import fetch

LOG = cast(Table, AccessLog.__table__)
HEADS = cast(Table, AccessChain.__table__)
# Plain tables, not mapped classes, and statements built once: they run on every page, and nothing in the session needs
# to know of these rows.
_HEAD = select(HEADS.c.position, HEADS.c.hash).where(HEADS.c.chain == bindparam("of_chain")).with_for_update()
_MOVE_HEAD = HEADS.update().where(HEADS.c.chain == bindparam("of_chain"))
_ADD = LOG.insert()


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
    chain = chain_for(actor)
    position, before = _locked_head(session, chain)
    origin = actor.origin
    entry = Entry(
        chain, position + 1, now, actor.account_id, origin.address, origin.device, origin.request_id,
        action, subject, household_id, row_count, detail, purpose,
    )  # fmt: skip
    digest = entry_hash(entry, before)
    values = {name: getattr(entry, name) for name in Entry.__slots__}
    connection = session.connection()
    connection.execute(_ADD, values | {"hash_before": before, "hash": digest})
    connection.execute(_MOVE_HEAD, {"of_chain": chain, "position": entry.position, "hash": digest})


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


def _locked_head(session: Session, chain: str) -> tuple[int, str]:
    """Position and hash of the chain's newest row, held until the commit."""
    named = {"of_chain": chain}
    head = next(iter(fetch(session, _HEAD, named)), None)
    if head is None:
        # Two people may write the very first row of a chain at once; the slower one goes on from the other's head.
        with suppress(IntegrityError), session.begin_nested():
            session.execute(HEADS.insert(), {"chain": chain, "position": 0, "hash": GENESIS})
        (head,) = fetch(session, _HEAD, named)
    return head.position, head.hash
