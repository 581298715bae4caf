"""`url_for` of the templates, made cheap: a list of a hundred households asks for seven hundred addresses.

Building an address takes Werkzeug ten microseconds, a hundred and more where it has a query. Here each kind of address
is built once, with figures in place of its values, and filled in from then on.
"""

from __future__ import annotations

import re
from typing import Any

from flask import Flask, has_request_context, request

STANDS_FOR = 7_311_000_001
"""Figures that occur in no address of ours by themselves; the second value is the next number."""
_STANDS_IN_ADDRESSES = re.compile(r"[A-Za-z0-9_-]+").fullmatch
"""Words that an address carries as they are, such as the name of a state."""


def place_of_application() -> str:
    """Below which address the application lies for whoever asks: "" for the root, and where nobody asks.

    Asked for hundreds of times a page, so past the proxy, which takes five times as long.
    """
    return request._get_current_object().script_root if has_request_context() else ""  # type: ignore[attr-defined]


class Links:
    """Answers like `app.url_for`."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.patterns: dict[tuple[str, ...], str] = {}
        self.files: dict[tuple[str, ...], str] = {}
        self.in_path: dict[str, frozenset[str]] = {}

    def __call__(self, endpoint: str, **values: Any) -> str:
        """The address of an endpoint. Values that are neither plain keys nor plain words are left to Flask."""
        place = place_of_application()
        if endpoint == "static":
            return self._file(place, values)
        for value in values.values():
            if type(value) is not int or value < 0:
                return self._with_words(place, endpoint, values)
        return self._filled(place, endpoint, values)

    def _with_words(self, place: str, endpoint: str, values: dict[str, Any]) -> str:
        """Words are filled in behind the «?» alone: what may stand in a path is judged by its route."""
        given = {name: value for name, value in values.items() if value is not None}
        words = [name for name, value in given.items() if type(value) is str and _STANDS_IN_ADDRESSES(value)]
        keys = [name for name, value in given.items() if type(value) is int and value >= 0]
        if len(words) + len(keys) == len(given) and self._are_of_query(endpoint, words):
            return self._filled(place, endpoint, given)
        return self.app.url_for(endpoint, **values)

    def _are_of_query(self, endpoint: str, names: list[str]) -> bool:
        """Whether none of these stands in a path or tells Flask something (`_anchor`, `_external`)."""
        if endpoint not in self.in_path:
            rules = self.app.url_map.iter_rules(endpoint)
            self.in_path[endpoint] = frozenset(name for rule in rules for name in rule.arguments)
        return not any(name[0] == "_" or name in self.in_path[endpoint] for name in names)

    def _filled(self, place: str, endpoint: str, values: dict[str, Any]) -> str:
        kind = (place, endpoint, *values)
        pattern = self.patterns.get(kind)
        if pattern is None:
            pattern = self.patterns[kind] = self._learn(endpoint, *values)
        return pattern.format_map(values)

    def _file(self, place: str, values: dict[str, Any]) -> str:
        """The address of a file of ours: templates name some hundred, and draw sixty icons out of one of them."""
        kind = (place, *map(str, values.values()))
        if kind not in self.files:
            self.files[kind] = self.app.url_for("static", **values)
        return self.files[kind]

    def _learn(self, endpoint: str, *names: str) -> str:
        figures: dict[str, Any] = {name: STANDS_FOR + number for number, name in enumerate(names)}
        pattern = self.app.url_for(endpoint, **figures).replace("{", "{{").replace("}", "}}")
        for name, figure in figures.items():
            pattern = pattern.replace(str(figure), f"{{{name}}}")
        return pattern


def install_links(app: Flask) -> None:
    """Let templates ask for addresses the cheap way."""
    app.jinja_env.globals["url_for"] = Links(app)
