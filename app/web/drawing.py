"""Macros whose answers are kept: a page draws sixty signs, and each is the same wherever it stands."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from flask import Flask, request


def kept(macro: Callable[..., Any]) -> Callable[..., Any]:
    """A macro that draws each of its answers once.

    Only for macros that depend on nothing but their arguments, and for arguments out of a closed set, such as signs and
    enumerations: whatever was asked for is remembered, so nobody's name may be among them.
    """
    answers: dict[Hashable, Any] = {}

    def draw(*given: Hashable, **named: Hashable) -> Any:
        kind = (request.script_root if request else "", given, *named.items())
        if kind not in answers:
            answers[kind] = macro(*given, **named)
        return answers[kind]

    return draw


def install_drawing(app: Flask) -> None:
    """Let templates keep what their macros draw."""
    app.jinja_env.globals["kept"] = kept
