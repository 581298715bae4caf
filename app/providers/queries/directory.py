"""Entries of the directory. It is the 시군구's own: another one's entries do not exist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.core.errors import NotFound
from app.core.keys import LARGEST_KEY
from app.core.text import search_key
from app.providers.models import Provider
from app.providers.rules import ProviderKind, fits, rank

MOST_READ = 5000
"""A directory has hundreds of entries; what is typed is looked for in all of them, by letters and by 초성."""


@dataclass(frozen=True, slots=True)
class ProviderFilter:
    """What is looked for; nothing set means all that still stand."""

    words: str = ""
    kind: ProviderKind | None = None
    need: str = ""
    ended: bool = False


def list_providers(session: Session, district_id: int, wanted: ProviderFilter = ProviderFilter()) -> list[Provider]:
    """Entries of a 시군구 that fit, by how well the name does, then by name."""
    statement = select(Provider).where(Provider.district_id == district_id)
    ended = Provider.ended_at.is_not(None) if wanted.ended else Provider.ended_at.is_(None)
    statement = statement.where(ended).order_by(Provider.name, Provider.id).limit(MOST_READ)
    if wanted.kind is not None:
        statement = statement.where(Provider.kind == wanted.kind)
    found = [row for row in session.scalars(statement) if _fits(row, wanted)]
    return sorted(found, key=lambda row: rank(wanted.words, name=row.name)) if wanted.words.strip() else found


def _fits(row: Provider, wanted: ProviderFilter) -> bool:
    if wanted.need and wanted.need not in row.needs:
        return False
    return fits(wanted.words, name=row.name, services=row.services, other=(row.address, row.contact, row.phone))


def get_provider(session: Session, who: Identity, provider_id: int) -> Provider:
    """One entry of one's own 시군구, or NotFound."""
    row = session.get(Provider, provider_id) if 0 < provider_id <= LARGEST_KEY else None
    if row is None or row.district_id != who.district_id:
        raise NotFound
    return row


def find_by_name(session: Session, district_id: int, name: str) -> Provider | None:
    """The standing entry of that name, however it is spaced; None when there is none."""
    key = search_key(name)
    rows: Sequence[Provider] = list_providers(session, district_id)
    return next((row for row in rows if search_key(row.name) == key), None)
