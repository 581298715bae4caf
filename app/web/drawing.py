"""How templates are drawn: what every one of them knows, and macros whose answers are kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment

from app.web.links import place_of_application


class Templates(Environment):
    """Templates that share one plain dict of the names known to all of them.

    Jinja gives each a chain of two, which is walked name by name wherever a page includes or imports another.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names a template knows, with those of its own (`d`) where it has any."""
        return {**self.globals, **d} if d else self.globals


def kept(macro: Callable[..., Any]) -> Callable[..., Any]:
    """A macro that draws each of its answers once: a page draws sixty signs, and each is the same wherever it stands.

    Only for macros that depend on nothing but their arguments, and for arguments out of a closed set, such as signs and
    enumerations: whatever was asked for is remembered, so nobody's name may be among them.
    """
    answers: dict[Hashable, Any] = {}

    def draw(*given: Hashable, **named: Hashable) -> Any:
        kind = (place_of_application(), given, *named.items())
        if kind not in answers:
            answers[kind] = macro(*given, **named)
        return answers[kind]

    return draw


def install_drawing(app: Flask) -> None:
    """Let templates keep what their macros draw."""
    app.jinja_env.globals["kept"] = kept
