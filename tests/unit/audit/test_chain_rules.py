"""The hash chain as a pure rule: what breaks it, and what must never change about it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from app.audit.rules import GENESIS, Action, Entry, entry_hash, find_breaks
from hypothesis import given
from hypothesis import strategies as st

FIRST = Entry(
    "centre-1", 1, datetime(2026, 11, 23, 1, 0, 0, 5, tzinfo=UTC), 7, "10.0.0.1", "tablet", "r1",
    Action.VIEW, "household:3", 3, 1, "", "안부 확인",
)  # fmt: skip
KOREA = timezone(timedelta(hours=9))
CHANGED = {
    "chain": "centre-2", "position": 2, "at": datetime(2026, 11, 23, 1, 0, 0, 6, tzinfo=UTC), "actor_id": None,
    "address": "10.0.0.2", "device": "desk", "request_id": "r2", "action": Action.PRINT, "subject": "household:4",
    "household_id": None, "row_count": 2, "detail": "x", "purpose": "안부 확인 ",
}  # fmt: skip


def chain(length: int) -> list[tuple[Entry, str, str]]:
    rows, before = [], GENESIS
    for position in range(1, length + 1):
        entry = replace(FIRST, position=position, subject=f"household:{position}")
        digest = entry_hash(entry, before)
        rows.append((entry, before, digest))
        before = digest
    return rows


def breaks(rows: list[tuple[Entry, str, str]], ends_at: tuple[int, str] | None) -> list[int]:
    return [found.position for found in find_breaks(rows, chain="centre-1", ends_at=ends_at)]


def test_the_hash_of_a_row_is_the_same_in_every_release() -> None:
    """A log written years ago must still verify: changing this value invalidates every log there is."""
    assert entry_hash(FIRST, GENESIS) == "4c9354d5a5737ff727f5410764933b461ca4f7bebbc2b22b6779f0a10c74ac97"


@pytest.mark.parametrize("field", [field.name for field in fields(Entry)])
def test_every_field_is_in_the_hash(field: str) -> None:
    assert entry_hash(replace(FIRST, **{field: CHANGED[field]}), GENESIS) != entry_hash(FIRST, GENESIS)


def test_the_hash_before_is_in_the_hash() -> None:
    assert entry_hash(FIRST, GENESIS) != entry_hash(FIRST, "1" * 64)


def test_the_zone_a_moment_is_told_in_is_not() -> None:
    assert entry_hash(replace(FIRST, at=FIRST.at.astimezone(KOREA)), GENESIS) == entry_hash(FIRST, GENESIS)


def test_text_cannot_move_from_one_field_to_the_next() -> None:
    one, other = replace(FIRST, detail='a","b', purpose=""), replace(FIRST, detail="a", purpose="b")
    assert entry_hash(one, GENESIS) != entry_hash(other, GENESIS)


def test_an_empty_chain_is_whole() -> None:
    assert breaks([], (0, GENESIS)) == []
    assert breaks([], None) == [1]


@given(st.integers(1, 12), st.data())
def test_a_whole_chain_is_whole_and_any_one_row_gone_is_named(length: int, data: st.DataObject) -> None:
    rows = chain(length)
    head = (length, rows[-1][2])
    assert breaks(rows, head) == []
    gone = data.draw(st.integers(1, length))
    assert breaks([row for row in rows if row[0].position != gone], head) == [gone]


@given(st.integers(1, 12), st.data())
def test_any_one_row_changed_is_named(length: int, data: st.DataObject) -> None:
    rows = chain(length)
    changed = data.draw(st.integers(1, length))
    entry, before, digest = rows[changed - 1]
    rows[changed - 1] = replace(entry, detail="다르게"), before, digest
    assert breaks(rows, (length, rows[-1][2])) == [changed]


def test_every_action_has_a_word() -> None:
    labels = [action.label for action in Action]
    assert len(set(labels)) == len(labels)
    assert all(labels)
