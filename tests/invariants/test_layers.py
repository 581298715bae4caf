"""The order of the house: imports go down, rules are pure, and no slice escapes the contracts."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APP = ROOT / "app"
MAKES_A_SLICE = ("views", "jobs", "service", "queries", "models", "rules")
PURE_CORE = ("labelled", "lettering", "text", "working_days", "privacy", "clock", "errors", "tables.rows")


def contracts() -> list[dict[str, object]]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, object]] = config["tool"]["importlinter"]["contracts"]
    return found


def slices() -> list[str]:
    """Packages with at least one of the layers in them."""
    return sorted(
        folder.name
        for folder in APP.iterdir()
        if folder.is_dir()
        and any((folder / f"{layer}.py").exists() or (folder / layer).is_dir() for layer in MAKES_A_SLICE)
    )


def rule_files() -> list[Path]:
    return sorted([*APP.glob("*/rules.py"), *APP.glob("*/rules/*.py"), *APP.glob("access/*.py")])


def imported(file: Path) -> Iterator[str]:
    """Every module a file imports, inside functions as well."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_contract_is_kept() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_no_slice_stands_outside_the_order_of_layers() -> None:
    held = {
        str(container).removeprefix("app.")
        for contract in contracts()
        if contract["type"] == "layers"
        for container in contract["containers"]  # type: ignore[attr-defined]
    }
    assert set(slices()) <= held


def test_all_tables_are_imported_together_only_where_the_application_is_put_together() -> None:
    importers = {file.name for file in APP.rglob("*.py") if any("all_models" in name for name in imported(file))}
    assert importers <= {"factory.py", "cli.py"}


@pytest.mark.parametrize("file", rule_files(), ids=lambda file: str(file.relative_to(APP)))
def test_rules_import_the_standard_library_other_rules_and_what_is_pure(file: Path) -> None:
    for name in imported(file):
        top, *rest = name.split(".")
        if top != "app":
            assert top in sys.stdlib_module_names, name
        elif rest[0] == "core":
            assert ".".join(rest[1:]).startswith(PURE_CORE), name
        else:
            assert rest[0] == "access" or rest[1] == "rules", name


def test_the_map_of_the_code_imports_nothing() -> None:
    assert list(imported(APP / "__init__.py")) == []
