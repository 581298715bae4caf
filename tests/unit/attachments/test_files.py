"""The folder of files: whole or not at all, for us alone, never fuller than it may be."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from app.attachments.rules import Place
from app.attachments.service import FileStore
from app.core.errors import RuleBroken

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files", reserve=1000)


def age(path: Path, days: float) -> None:
    at = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (at, at))


def test_what_is_kept_is_read_back_whole_and_small(store: FileStore) -> None:
    place = Place.new(uuid4(), "jpg")
    store.keep(place, b"whole", b"small")
    assert (store.read(place.key), store.read(place.small_key)) == (b"whole", b"small")
    assert store.holds(place.small_key)


def test_files_and_folders_are_for_us_alone(store: FileStore) -> None:
    place = Place.new(uuid4(), "jpg")
    store.keep(place, b"whole", b"small")
    made = [store.folder, *store.folder.rglob("*")]
    assert {oct(path.stat().st_mode & 0o777) for path in made if path.is_file()} == {"0o600"}
    assert {oct(path.stat().st_mode & 0o777) for path in made if path.is_dir()} == {"0o700"}
    assert not [path for path in made if path.suffix == ".part"]


def test_a_write_that_breaks_off_leaves_nothing_behind(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    place = Place.new(uuid4(), "jpg")
    store.refuse_when_full()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RuleBroken) as refused:
        store.keep(place, b"whole", b"small")
    assert refused.value.code == "DISK_NEARLY_FULL"
    assert not [path for path in store.folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(("free", "is_taken"), [(1000, True), (999, False), (0, False)])
def test_below_its_reserve_a_disk_takes_no_picture(
    store: FileStore, monkeypatch: pytest.MonkeyPatch, free: int, is_taken: bool
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(total=10**9, used=0, free=free))
    if is_taken:
        store.refuse_when_full()
        return
    with pytest.raises(RuleBroken, match="DISK_NEARLY_FULL") as refused:
        store.refuse_when_full()
    assert "글은 그대로 저장됩니다" in refused.value.text


def test_what_is_not_there_is_said_to_be_missing(store: FileStore) -> None:
    place = Place.new(uuid4(), "jpg")
    assert store.read(place.key) is None
    assert not store.holds(place.key)
    store.forget(place)


def test_old_files_are_found_with_the_place_they_belong_to(store: FileStore) -> None:
    old, young = Place.new(uuid4(), "jpg"), Place.new(uuid4(), "jpg")
    for place in (old, young):
        store.keep(place, b"whole", b"small")
    unfinished = store.folder / (young.key + ".part")
    unfinished.write_bytes(b"half")
    for path in (store.folder / old.key, store.folder / old.small_key, unfinished):
        age(path, 2)
    age(store.folder / young.key, 0.5)
    found = dict(store.list_before(NOW - timedelta(days=1)))
    assert found == {store.folder / old.key: old, store.folder / old.small_key: old, unfinished: None}


def test_what_was_set_aside_waits_before_it_is_deleted(store: FileStore) -> None:
    place = Place.new(uuid4(), "jpg")
    store.keep(place, b"whole")
    store.set_aside(store.folder / place.key, NOW)
    waiting = store.folder / "swept" / Path(place.key).name
    assert waiting.read_bytes() == b"whole"
    assert store.empty_swept(NOW - timedelta(days=30)) == 0
    assert store.empty_swept(NOW + timedelta(seconds=1)) == 1
    assert not waiting.exists()
