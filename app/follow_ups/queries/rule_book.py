"""The versions of rules and of the absence ladder that hold in a 시군구."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, bindparam, cast, or_, select
from sqlalchemy.orm import Session

from app.core.database import fetch
from app.core.errors import NotFound
from app.follow_ups.models import LadderVersion, RuleVersionRow
from app.follow_ups.rules import (
    AbsenceLadder,
    Holding,
    Profession,
    RuleKind,
    RuleVersion,
    holding_on,
    ladder_from,
    rule_from,
)

HYPOTHETICAL = -1
"""The key of a version that is not stored yet."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a rule as the engine needs it, with the words that lists show."""

    key: int
    code: str
    version: str
    name: str
    profession: Profession
    kind: RuleKind
    effective_from: date
    rule: RuleVersion

    @property
    def holding(self) -> Holding:
        return Holding(self.effective_from, self.rule, self.key)


@dataclass(frozen=True)
class RuleBook:
    """Every version of every rule that holds in a 시군구, by code, ascending."""

    by_code: Mapping[str, tuple[Version, ...]]
    by_key: Mapping[int, Version] = field(init=False)
    holdings: Mapping[str, tuple[Holding, ...]] = field(init=False)

    def __post_init__(self) -> None:
        put, everything = object.__setattr__, self.by_code.items()
        put(self, "by_key", {each.key: each for _code, versions in everything for each in versions})
        put(self, "holdings", {code: tuple(each.holding for each in versions) for code, versions in everything})

    def versions(self, code: str) -> tuple[Version, ...]:
        """The versions of a rule, ascending; none for a code nobody knows."""
        return self.by_code.get(code, ())

    def holding(self, code: str, on: date) -> Version | None:
        """The version that judges on a day: the newest in force, the first for a day before any was."""
        versions = self.versions(code)
        return versions[holding_on(self.holdings[code], on)] if versions else None

    def with_version(self, row: RuleVersionRow) -> RuleBook:
        """The same with one more version, stored or not: to see what it would change."""
        added = _version_of(row)
        others = [each for each in self.versions(row.code) if each.key != added.key]
        versions = sorted([*others, added], key=lambda each: each.effective_from)
        return RuleBook({**self.by_code, row.code: tuple(versions)})


_BOOK: Any = (
    select(
        RuleVersionRow.id, RuleVersionRow.code, RuleVersionRow.version, RuleVersionRow.name, RuleVersionRow.profession,
        RuleVersionRow.kind, cast(RuleVersionRow.parameters, Text), cast(RuleVersionRow.counts_modes, Text),
        cast(RuleVersionRow.counts_purposes, Text), RuleVersionRow.shift, RuleVersionRow.lead_days,
        RuleVersionRow.effective_from,
    )
    .where(or_(RuleVersionRow.district_id.is_(None), RuleVersionRow.district_id == bindparam("district_id")))
    .order_by(
        RuleVersionRow.code, RuleVersionRow.effective_from, RuleVersionRow.district_id.is_not(None), RuleVersionRow.id
    )
)  # fmt: skip


def rule_book(session: Session, district_id: int) -> RuleBook:
    """The rules of a 시군구: those of everybody and its own, of one day its own after those of everybody."""
    return _book(tuple(tuple(row) for row in fetch(session, _BOOK, {"district_id": district_id})))


@lru_cache(maxsize=32)
def _book(rows: tuple[tuple[Any, ...], ...]) -> RuleBook:
    by_code: dict[str, tuple[Version, ...]] = defaultdict(tuple)
    for row in rows:
        by_code[row[1]] += (_version(*row),)
    return RuleBook(dict(by_code))


@lru_cache(maxsize=512)
def _version(
    key: int, code: str, version: str, name: str, profession: Profession, kind: RuleKind, parameters: str, modes: str,
    purposes: str, shift: str, lead_days: int | None, effective_from: date,
) -> Version:  # fmt: skip
    rule = rule_from(
        {
            "code": code, "version": version, "name": name, "kind": kind, "parameters": json.loads(parameters),
            "counts_modes": json.loads(modes), "counts_purposes": json.loads(purposes), "shift": shift,
            "lead_days": lead_days,
        }
    )  # fmt: skip
    return Version(key, code, version, name, profession, kind, effective_from, rule)


def _version_of(row: RuleVersionRow) -> Version:
    return _version(
        row.id or HYPOTHETICAL, row.code, row.version, row.name, Profession(row.profession), RuleKind(row.kind),
        json.dumps(row.parameters), json.dumps(row.counts_modes), json.dumps(row.counts_purposes), row.shift,
        row.lead_days, row.effective_from,
    )  # fmt: skip


def engine_rule(row: RuleVersionRow) -> RuleVersion:
    """A stored rule version as the engine reads it."""
    return _version_of(row).rule


def get_rule_in_force(session: Session, code: str, *, district_id: int, on: date) -> RuleVersionRow:
    """The version under which somebody is put on a day, the first one for a day before any held; or NotFound."""
    versions = list_rule_versions(session, district_id, code)
    holding = [row for row in versions if row.effective_from <= on]
    if not versions or (holding and not _takes_in(holding[-1], on)):
        raise NotFound
    return holding[-1] if holding else versions[0]


def list_rule_versions(session: Session, district_id: int, code: str | None = None) -> Sequence[RuleVersionRow]:
    """The versions of one rule, or of all, in the order in which they follow one another."""
    statement = select(RuleVersionRow).where(
        or_(RuleVersionRow.district_id.is_(None), RuleVersionRow.district_id == district_id)
    )
    if code is not None:
        statement = statement.where(RuleVersionRow.code == code)
    return session.scalars(
        statement.order_by(RuleVersionRow.effective_from, RuleVersionRow.district_id.is_not(None), RuleVersionRow.id)
    ).all()


def list_rules_in_force(
    session: Session, *, district_id: int, on: date, whom: str | None = None
) -> list[RuleVersionRow]:
    """Every rule's version under which somebody may be put on a day."""
    newest: dict[str, RuleVersionRow] = {}
    for row in list_rule_versions(session, district_id):
        if row.effective_from <= on:
            newest[row.code] = row
    rows = [row for row in newest.values() if _takes_in(row, on) and whom in (None, row.whom)]
    return sorted(rows, key=lambda row: row.id)


def _takes_in(row: RuleVersionRow, on: date) -> bool:
    return row.effective_until is None or row.effective_until >= on


@dataclass(frozen=True, slots=True)
class LadderBook:
    """The versions of the absence ladder that hold in a 시군구, ascending."""

    versions: tuple[tuple[date, AbsenceLadder], ...]

    def holding(self, on: date) -> AbsenceLadder | None:
        """The ladder of a day, the first one for a day before any held; None when there is none at all."""
        in_force = [ladder for effective_from, ladder in self.versions if effective_from <= on]
        return in_force[-1] if in_force else self.versions[0][1] if self.versions else None

    def next_change(self, after: date) -> date | None:
        """The first day after `after` on which another version begins to hold."""
        return next((effective_from for effective_from, _ in self.versions if effective_from > after), None)


_LADDERS: Any = (
    select(LadderVersion.effective_from, cast(LadderVersion.document, Text))
    .where(or_(LadderVersion.district_id.is_(None), LadderVersion.district_id == bindparam("district_id")))
    .order_by(LadderVersion.effective_from, LadderVersion.district_id.is_not(None), LadderVersion.id)
)


def ladder_book(session: Session, district_id: int) -> LadderBook:
    """The absence ladders of a 시군구."""
    rows = fetch(session, _LADDERS, {"district_id": district_id})
    return LadderBook(tuple((effective_from, _ladder(document)) for effective_from, document in rows))


@lru_cache(maxsize=64)
def _ladder(document: str) -> AbsenceLadder:
    return ladder_from(json.loads(document))
