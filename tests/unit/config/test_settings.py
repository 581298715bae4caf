"""The environment is read once, and an unsafe installation does not start."""

from __future__ import annotations

from pathlib import Path

import pytest
from app.config import SettingsError, read_settings

SECRET = "3nW9xQ7pLr2sVt8yBc4dFg6hJk1mZa5eUi0o"


def production(folder: Path, **more: str) -> dict[str, str]:
    return {"OUTREACH_INSTANCE": str(folder), "OUTREACH_PRODUCTION": "1", "OUTREACH_SECRET_KEY": SECRET, **more}


def test_without_anything_set_there_is_an_sqlite_database_in_the_instance_folder(tmp_path: Path) -> None:
    settings = read_settings({"OUTREACH_INSTANCE": str(tmp_path)})
    assert settings.sqlite_file == tmp_path / "outreach.db"
    assert not settings.production
    assert not settings.demo


def test_the_generated_secret_stays_the_same_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    first, second = (read_settings({"OUTREACH_INSTANCE": str(tmp_path)}).secret_key for _ in range(2))
    assert first == second
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_production_starts_with_a_secret_of_its_own(tmp_path: Path) -> None:
    assert read_settings(production(tmp_path)).secret_key == SECRET


@pytest.mark.parametrize("secret", ["", "short", "a" * 64])
def test_production_refuses_a_missing_short_or_monotonous_secret(tmp_path: Path, secret: str) -> None:
    with pytest.raises(SettingsError, match="OUTREACH_SECRET_KEY"):
        read_settings(production(tmp_path, OUTREACH_SECRET_KEY=secret))


def test_production_refuses_demo_mode(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="OUTREACH_DEMO"):
        read_settings(production(tmp_path, OUTREACH_DEMO="1"))


def test_production_refuses_a_database_that_others_can_read(tmp_path: Path) -> None:
    (tmp_path / "outreach.db").touch()
    (tmp_path / "outreach.db").chmod(0o644)  # whatever umask the process has
    with pytest.raises(SettingsError, match="read by others"):
        read_settings(production(tmp_path))


@pytest.mark.parametrize("url", ["postgresql://x/y", "mysql://x/y", "outreach.db"])
def test_a_database_we_do_not_run_on_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        read_settings({"OUTREACH_INSTANCE": str(tmp_path), "DATABASE_URL": url})
