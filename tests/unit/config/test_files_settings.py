"""Where photos lie, and how much room must stay free beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from app.config import MEGABYTE, SettingsError, read_settings

SECRET = "3nW9xQ7pLr2sVt8yBc4dFg6hJk1mZa5eUi0o"


def test_files_lie_beside_the_database_unless_told_otherwise(tmp_path: Path) -> None:
    plain = read_settings({"OUTREACH_INSTANCE": str(tmp_path)})
    assert (plain.files, plain.files_reserve) == (tmp_path / "files", 512 * MEGABYTE)
    shared = read_settings(
        {"OUTREACH_INSTANCE": str(tmp_path), "OUTREACH_FILES": "/srv/outreach", "OUTREACH_FILES_RESERVE": "2048"}
    )
    assert (shared.files, shared.files_reserve) == (Path("/srv/outreach"), 2048 * MEGABYTE)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"OUTREACH_FILES": "files"}, "absolute path"),
        ({"OUTREACH_FILES_RESERVE": "viel"}, "whole number of megabytes"),
        ({"OUTREACH_FILES_RESERVE": "-1"}, "whole number of megabytes"),
        ({"OUTREACH_FILES_RESERVE": "²"}, "whole number of megabytes"),
    ],
)
def test_what_cannot_be_a_place_or_a_size_stops_the_start(tmp_path: Path, changes: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        read_settings({"OUTREACH_INSTANCE": str(tmp_path), **changes})


def test_in_production_nobody_else_reads_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o750)
    asked = {
        "OUTREACH_INSTANCE": str(tmp_path / "instance"), "OUTREACH_PRODUCTION": "1", "OUTREACH_SECRET_KEY": SECRET,
        "OUTREACH_FILES": str(folder),
    }  # fmt: skip
    assert read_settings(asked).files == folder
    folder.chmod(0o755)
    with pytest.raises(SettingsError, match="can be read by others"):
        read_settings(asked)
