"""Templates: all compile, each is used, none lets text through unescaped or carries code of its own."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, FileSystemLoader, nodes
from jinja2.meta import find_referenced_templates

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
NAMES = sorted(file.relative_to(TEMPLATES).as_posix() for file in TEMPLATES.rglob("*.html"))
PLAIN = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)


def parsed(name: str) -> nodes.Template:
    return PLAIN.parse((TEMPLATES / name).read_text(encoding="utf-8"), name)


def rendered_by_views() -> set[str]:
    """Every template's name that stands as a text in the code."""
    return {
        node.value
        for file in (ROOT / "app").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".html")
    }


def test_every_template_compiles_with_the_filters_it_uses(app: Flask) -> None:
    for name in NAMES:
        app.jinja_env.get_template(name)
    assert app.jinja_env.autoescape is True or callable(app.jinja_env.autoescape)


def test_every_template_is_used_and_every_used_template_is_there() -> None:
    referenced = {found for name in NAMES for found in find_referenced_templates(parsed(name)) if found}
    assert rendered_by_views() | referenced == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_let_through_unescaped(name: str) -> None:
    tree = parsed(name)
    let_through = [found for found in tree.find_all(nodes.Filter) if found.name == "safe"]
    assert all(isinstance(found.node, nodes.Const) for found in let_through), "something that is no constant is safe"
    assert not list(tree.find_all(nodes.ScopedEvalContextModifier)), "autoescape is switched"


@pytest.mark.parametrize("name", NAMES)
def test_a_template_carries_no_code_style_or_foreign_address(name: str) -> None:
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "an inline handler"
    assert not re.search(r"\sstyle\s*=", text), "an inline style"
    assert "<style" not in text
    assert not re.search(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", text), "another host"
    assert not re.search(r"<script(?![^>]*(?:\ssrc=|type=\"application/json\"))", text), "an inline script"


def test_scripts_and_styles_ask_no_other_host() -> None:
    for file in (ROOT / "app" / "static").rglob("*"):
        if file.suffix in (".js", ".css"):
            text = file.read_text(encoding="utf-8")
            assert not re.search(r"(?:https?:)?//(?!www\.w3\.org)[a-z0-9-]+\.[a-z]{2,}", text), file.name
            assert "innerHTML" not in text, f"{file.name} writes HTML from text"
            assert "eval(" not in text, file.name
