"""Add an entry, change it, take it out of the directory and bring it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.audit import service as audit
from app.audit.rules import Action
from app.core.errors import RuleBroken, StaleRecord
from app.core.text import normalise, search_key
from app.providers import queries
from app.providers.models import Provider
from app.providers.rules import ProviderDetails, ReadRow, check_provider


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the rows of a list; the three add up to them."""

    added: int
    known: int
    refused: tuple[ReadRow, ...]


def add_provider(session: Session, details: ProviderDetails, *, actor: Identity, now: datetime) -> Provider:
    """Put somebody into the directory of one's own 시군구.

    Raises RuleBroken: no name, or one of that name stands there already.
    """
    check_provider(details)
    if queries.find_by_name(session, actor.district_id, details.name):
        raise RuleBroken("KNOWN", "같은 이름의 기관이 이미 있습니다.", field="name")
    return _added(session, details, actor, now)


def change_provider(
    session: Session, provider: Provider, details: ProviderDetails, *, version: int, actor: Identity, now: datetime
) -> None:
    """Write an entry anew.

    Raises:
        StaleRecord: somebody else changed it meanwhile.
        RuleBroken: no name, or another one of that name stands there.
    """
    check_provider(details)
    _hold(session, provider, version)
    other = queries.find_by_name(session, provider.district_id, details.name)
    if other is not None and other.id != provider.id:
        raise RuleBroken("KNOWN", "같은 이름의 기관이 이미 있습니다.", field="name")
    _write(provider, details)
    _kept(session, provider, "고침", actor, now)


def end_provider(session: Session, provider: Provider, *, actor: Identity, now: datetime) -> None:
    """Take an entry out of the directory; plans and referrals that name it keep it."""
    if provider.ended_at is None:
        provider.ended_at = now
        _kept(session, provider, "뺌", actor, now)


def restore_provider(session: Session, provider: Provider, *, actor: Identity, now: datetime) -> None:
    """Bring an entry back.

    Raises RuleBroken: another one of that name has been added since.
    """
    if provider.ended_at is None:
        return
    if queries.find_by_name(session, provider.district_id, provider.name):
        raise RuleBroken("KNOWN", "그 사이 같은 이름의 기관이 등록되었습니다.")
    provider.ended_at = None
    _kept(session, provider, "되돌림", actor, now)


def import_providers(session: Session, rows: Sequence[ReadRow], *, actor: Identity, now: datetime) -> Imported:
    """Take the good rows of a list that are not there yet; the same list again changes nothing."""
    known = {search_key(row.name) for row in queries.list_providers(session, actor.district_id)}
    added = again = 0
    for row in rows:
        if row.details is None:
            continue
        if search_key(row.details.name) in known:
            again += 1
            continue
        known.add(search_key(row.details.name))
        _added(session, row.details, actor, now)
        added += 1
    return Imported(added, again, tuple(row for row in rows if row.details is None))


def _added(session: Session, details: ProviderDetails, actor: Identity, now: datetime) -> Provider:
    provider = Provider(district_id=actor.district_id, by_id=actor.account_id, at=now, version=0)
    _write(provider, details)
    session.add(provider)
    _kept(session, provider, "등록", actor, now)
    return provider


def _write(provider: Provider, details: ProviderDetails) -> None:
    provider.kind, provider.name = details.kind, normalise(details.name)
    provider.services, provider.needs = list(details.services), list(details.needs)
    provider.phone, provider.fax, provider.address = details.phone, details.fax, details.address
    provider.contact, provider.note = details.contact, details.note


def _hold(session: Session, provider: Provider, version: int) -> None:
    session.flush()
    session.refresh(provider, with_for_update=True)
    if provider.version != version:
        raise StaleRecord


def _kept(session: Session, provider: Provider, what: str, actor: Identity, now: datetime) -> None:
    provider.version += 1
    session.flush()
    audit.record(session, Action.PROVIDER, subject=f"provider:{provider.id}", detail=what, actor=actor, now=now)
