"""House rules that neither the linter nor the type checker can see."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APP = ROOT / "app"
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
BANNED = {"helper", "helpers", "util", "utils", "manager", "handler", "handlers", "misc", "common", "data", "info"}
CLOCK_READERS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}
DOCUMENTED = ("rules", "service", "queries")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def sources(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*.py") if "__pycache__" not in file.parts)


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def functions(file: Path) -> Iterator[Function]:
    yield from (node for node in ast.walk(parsed(file)) if isinstance(node, Function))


def calls(file: Path) -> Iterator[ast.Call]:
    yield from (node for node in ast.walk(parsed(file)) if isinstance(node, ast.Call))


def is_view(file: Path) -> bool:
    return "web" in file.relative_to(APP).parts or "views" in file.relative_to(APP).parts or file.stem == "views"


def test_only_the_unit_of_work_commits() -> None:
    committers = {
        name_of(file)
        for file in sources(APP)
        for call in calls(file)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "commit"
    }
    assert committers == {"app/core/database.py"}


def test_only_the_edge_knows_who_is_signed_in() -> None:
    knowing = {
        file
        for file in sources(APP)
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Name) and node.id == "current_user"
    }
    assert all(is_view(file) or file.name == "factory.py" for file in knowing), knowing


def test_only_the_clock_reads_the_time() -> None:
    readers = {
        name_of(file)
        for file in sources(APP)
        for call in calls(file)
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and (call.func.value.id, call.func.attr) in CLOCK_READERS
    }
    assert readers == {"app/core/clock.py"}


def test_no_statement_is_put_together_from_text() -> None:
    """A value inside an f-string is not a bound parameter."""
    running = {"text", "exec_driver_sql", "execute", "literal_column"}
    for file in set(sources(APP)) - {APP / "core" / "database.py"}:
        for call in calls(file):
            called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if called in running and call.args:
                assert not isinstance(call.args[0], ast.JoinedStr | ast.BinOp), f"{name_of(file)}:{call.lineno}"


def test_no_page_is_put_together_from_text() -> None:
    forbidden = {"render_template_string", "Markup"}
    for file in sources(APP):
        found = {node.id for node in ast.walk(parsed(file)) if isinstance(node, ast.Name)} & forbidden
        assert not found, f"{name_of(file)}: {found}"


@pytest.mark.parametrize("folder", ["app", "tests", "seed_data"])
def test_no_file_is_too_long(folder: str) -> None:
    for file in sources(ROOT / folder):
        lines = len(file.read_text(encoding="utf-8").splitlines())
        assert lines <= LONGEST_FILE, f"{name_of(file)} has {lines} lines"


def test_no_function_is_too_long() -> None:
    for file in sources(APP):
        for function in functions(file):
            length = (function.end_lineno or 0) - function.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{name_of(file)}: {function.name} has {length} lines"


def test_names_say_what_things_are() -> None:
    for file in sources(APP):
        words = set(file.stem.split("_"))
        for node in parsed(file).body:
            if isinstance(node, ast.ClassDef | Function):
                words |= set(re.findall(r"[A-Z]?[a-z]+", node.name.replace("_", " ")))
        words = {word.lower() for word in words}
        assert not words & BANNED, f"{name_of(file)}: {words & BANNED}"


def test_every_module_says_what_it_is() -> None:
    for file in sources(APP):
        if file.stat().st_size:
            assert ast.get_docstring(parsed(file)), f"{name_of(file)} has no docstring"


@pytest.mark.parametrize("layer", DOCUMENTED)
def test_every_public_function_promises_something(layer: str) -> None:
    """Of a package that is what its `__init__` hands out; its other modules are its own affair."""
    for file in APP.glob(f"*/{layer}.py"):
        assert_documented(file, public=None)
    for package in APP.glob(f"*/{layer}"):
        handed_out = {
            alias.name
            for node in ast.walk(parsed(package / "__init__.py"))
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for file in sources(package):
            assert_documented(file, public=handed_out)


def assert_documented(file: Path, *, public: set[str] | None) -> None:
    for node in parsed(file).body:
        is_public = isinstance(node, Function) and not node.name.startswith("_")
        if is_public and (public is None or node.name in public):
            assert ast.get_docstring(node), f"{name_of(file)}: {node.name} has no docstring"


def test_nothing_is_left_to_do_in_the_code() -> None:
    for folder in ("app", "migrations", "templates", "seed_data"):
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in (".py", ".html", ".js", ".css"):
                words = set(file.read_text(encoding="utf-8").replace(":", " ").split())
                assert not words & {"TODO", "FIXME", "XXX", "HACK"}, name_of(file)
