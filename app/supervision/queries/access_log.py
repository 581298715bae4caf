"""Read the access log of a 시군구 as a reviewer reads it: who, when, from where, whose record, what."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.identity import Identity
from app.accounts.models import Account, Centre
from app.assignments.rules import Duty
from app.audit.models import AccessLog
from app.audit.rules import Action
from app.households.models import Household

MOST_NUMBERS = 50
"""Household numbers shown of one list or search; a list of a whole district would bury the rest."""
_LISTS = (Action.LIST, Action.SEARCH)
_HANDED_OVER = re.compile(r"(NURSE|WORKER) → (\d+|없음)")
"""The detail `assignments.service` writes: the duty and the account that received it."""


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What the log is narrowed to; empty fields do not narrow."""

    actor_id: int | None = None
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class LogLine:
    """One row of the log, with names and numbers in place of keys."""

    entry: AccessLog
    who: str
    numbers: tuple[str, ...]
    """Numbers of the households it concerned, no more than MOST_NUMBERS."""
    words: str
    """What the row says besides, e.g. which fields changed; never a list of keys."""

    @property
    def has_more_numbers(self) -> bool:
        return self.entry.action in _LISTS and self.entry.row_count > len(self.numbers)


def list_log(
    session: Session, who: Identity, wanted: LogFilter, *, after: int | None = None, limit: int = 50
) -> list[LogLine]:
    """The newest rows of one's own 시군구 first, one more than `limit` when there are older ones."""
    statement = select(AccessLog).where(AccessLog.chain.in_(_chains(session, who)))
    if wanted.actor_id is not None:
        statement = statement.where(AccessLog.actor_id == wanted.actor_id)
    if wanted.action is not None:
        statement = statement.where(AccessLog.action == wanted.action)
    if after is not None:
        statement = statement.where(AccessLog.id < after)
    entries = session.scalars(statement.order_by(AccessLog.id.desc()).limit(limit + 1)).all()
    return _lines(session, entries)


def _chains(session: Session, who: Identity) -> list[str]:
    """The chains people of this 시군구 write to; see `audit.service.chain_for`."""
    centres = session.scalars(select(Centre.id).where(Centre.district_id == who.district_id))
    return [f"district-{who.district_id}", *(f"centre-{centre_id}" for centre_id in centres)]


def _lines(session: Session, entries: Sequence[AccessLog]) -> list[LogLine]:
    receivers = {int(found[2]) for entry in entries if (found := _handed_over(entry)) and found[2].isdecimal()}
    titles = _titles(session, receivers | {entry.actor_id for entry in entries if entry.actor_id is not None})
    about = {entry.id: _household_ids(entry) for entry in entries}
    numbers = _numbers(session, {each for ids in about.values() for each in ids})
    return [
        LogLine(
            entry,
            titles.get(entry.actor_id or 0, "시스템"),
            tuple(numbers[each] for each in about[entry.id] if each in numbers),
            _words(entry, titles),
        )
        for entry in entries
    ]


def _household_ids(entry: AccessLog) -> list[int]:
    if entry.household_id is not None:
        return [entry.household_id]
    if entry.action not in _LISTS:
        return []
    return [int(key) for key in entry.detail.split(",")[:MOST_NUMBERS] if key.isdecimal()]


def _words(entry: AccessLog, titles: Mapping[int, str]) -> str:
    """The detail of a row, with a duty and a name in place of their codes."""
    if entry.action in _LISTS:
        return ""
    found = _handed_over(entry)
    if found is None:
        return entry.detail
    receiver = titles.get(int(found[2]), found[2]) if found[2].isdecimal() else found[2]
    return f"{Duty(found[1]).label} → {receiver}"


def _handed_over(entry: AccessLog) -> re.Match[str] | None:
    return _HANDED_OVER.fullmatch(entry.detail) if entry.action is Action.ASSIGN else None


def _titles(session: Session, account_ids: Collection[int]) -> dict[int, str]:
    return {one.id: one.title for one in session.scalars(select(Account).where(Account.id.in_(account_ids)))}


def _numbers(session: Session, household_ids: Collection[int]) -> dict[int, str]:
    statement = select(Household.id, Household.number).where(Household.id.in_(household_ids))
    return {row[0]: row[1] for row in session.execute(statement)}
